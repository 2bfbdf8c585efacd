"""Amounts that a run still pays long after the date they are of.

Amounts are in euros of the date they hold from: the model has no index of prices. A sourced amount
that nothing replaces for years is used as it was, and whoever reads a result should know.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.policy.keys import TITLE_SERIES
from sim.policy.overrides import SETTING
from sim.policy.regime import Regime
from sim.policy.values import Dated, Series, is_assumed
from sim.policy.whose import in_order
from sim.reading.dates import ALWAYS, tick_of

STALE_YEARS = 5.0
"""Years after which a sourced amount counts as stale (assumed; about two terms of a contract)."""


class Stale(NamedTuple):
    """A dated amount: its dotted name and date, and the years it is used beyond that date."""

    name: str
    value: float
    unit: str
    years: float
    source: str

    def described(self) -> dict[str, Any]:
        """Return what the manifest says of it."""
        return self._asdict()


def stale_of(regime: Regime, first: int, last: int) -> list[Stale]:
    """Return the sourced amounts in euros that are used more than ``STALE_YEARS`` after their date.

    Args:
        regime: titles and policy with their dates.
        first: first quarter that counts, from 2006Q1 = 0.
        last: last quarter that counts.

    Returns:
        In the order of titles and keys. What is assumed, zero or set by hand, or whose title has
        ended before the quarters that count, is not among them.
    """
    ticks = np.arange(last + 1)
    active = regime.tables(last + 1)[0]["active"] > 0
    out: list[Stale] = []
    for number, title in enumerate(regime.titles):
        for key in TITLE_SERIES:
            used = active[:, number] & (ticks >= first)
            out += _old(f"title.{title.name}.{key}", title.series(key), used)
    for name, series in in_order(regime.policy).items():
        out += _old(f"policy.{name}", series, ticks >= first)
    return out


def _old(name: str, series: Series, used: NDArray[np.bool_]) -> Iterator[Stale]:
    for number, dated in enumerate(series):
        if not _counts(dated):
            continue
        start = tick_of(dated.start)
        end = tick_of(series[number + 1].start) if number + 1 < len(series) else len(used)
        quarters = np.flatnonzero(used[max(0, start) : max(0, end)])
        if not len(quarters):
            continue
        years = (max(0, start) + int(quarters[-1]) + 1 - start) / 4.0
        if years > STALE_YEARS:
            yield Stale(f"{name}@{dated.start}", dated.value, dated.unit, years, dated.source)


def _counts(dated: Dated) -> bool:
    """Return whether a value is a sourced amount of money of a known date."""
    return (
        dated.unit.startswith("EUR")
        and dated.value != 0.0
        and dated.start != ALWAYS
        and dated.source != SETTING
        and not is_assumed(dated.source)
    )
