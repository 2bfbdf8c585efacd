"""What must be known before a difference is read: is the money equal, are there enough seeds."""

from __future__ import annotations

import pandas as pd

from results.words.numbers import number
from results.words.texts import say

MONEY = "oi_per_insured"
EQUAL = 0.02
"""Money of two runs counts as equal within this share of the larger."""
FEWEST = 30
"""Seeds below which a t interval over seeds was found to be too narrow (it missed in 10-23%)."""


def money_of(table: pd.DataFrame) -> tuple[float, float] | None:
    """Return what both sides pay for O&I, in EUR per insured, or None where it was not recorded."""
    rows = table[table["outcome"] == MONEY]
    if rows.empty:
        return None
    return float(rows["mean_a"].iloc[0]), float(rows["mean_b"].iloc[0])


def is_equal(money: tuple[float, float]) -> bool:
    """Return whether two sums count as equal money."""
    return abs(money[0] - money[1]) <= EQUAL * max(abs(money[0]), abs(money[1]))


def fair(table: pd.DataFrame, language: str = "en") -> str:
    """Return what must be said beside paired differences: money, and too few seeds.

    Args:
        table: rows of ``results.statistics.compare.paired`` or of sweeps.
        language: ``en`` or ``nl``.
    """
    said = []
    money = money_of(table)
    if money is not None:
        one, two = (number(euros, language) for euros in money)
        key = "versus.money_equal" if is_equal(money) else "versus.money_differs"
        said.append(say(key, language, a=one, b=two))
    if len(table) and int(table["n"].min()) < FEWEST:
        said.append(say("versus.few", language))
    return " ".join(said)
