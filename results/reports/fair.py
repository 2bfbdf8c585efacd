"""What must be known before a difference is read: is the money equal, are there enough seeds."""

from __future__ import annotations

import pandas as pd

from results.words.numbers import number

MONEY = "oi_per_insured"
EQUAL = 0.02
"""Money of two runs counts as equal within this share of the larger."""
FEWEST = 30
"""Seeds below which a t interval over seeds was found to be too narrow (it missed in 10-23%)."""

_MONEY = {
    ("en", True): "Money is equal within 2%: {a} and {b} EUR per insured for O&I. ",
    ("en", False): "Money differs: {a} against {b} EUR per insured for O&I. What differs below may "
    "come from the money and not from what is compared. ",
    ("nl", True): "Het geld is gelijk op 2% na: {a} en {b} euro per verzekerde voor O&I.",
    ("nl", False): "Het geld verschilt: {a} tegen {b} euro per verzekerde voor O&I. Wat verschilt, "
    "kan van het geld komen en niet van wat wordt vergeleken.",
}
_FEW = {
    "en": "There are fewer than 30 seeds: the intervals are too narrow. ",
    "nl": "Er zijn minder dan 30 seeds: de intervallen zijn te smal.",
}


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
    said = ""
    money = money_of(table)
    if money is not None:
        one, two = (number(euros, language) for euros in money)
        said = _MONEY[language, is_equal(money)].format(a=one, b=two)
    if len(table) and int(table["n"].min()) < FEWEST:
        said = f"{said.strip()} {_FEW[language]}".strip() + (" " if language == "en" else "")
    return said
