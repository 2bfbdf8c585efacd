"""A few key figures of a run, for the end of the command line's output."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd

from results.statistics.reduce import bands, yearly
from results.words.numbers import number
from results.words.outcomes import Words

OUTCOMES = (
    "organisations",
    "organisation_size_weighted",
    "hubs_running",
    "unsupported_share",
    "oi_spending",
    "transaction_cost_per_insured",
    "coverage",
    "trust",
)


class Figure(NamedTuple):
    """One outcome in the last year that has it: median and 10-90% over replicates."""

    outcome: str
    name: str
    unit: str
    year: int
    median: float
    low: float
    high: float

    def plain(self) -> dict[str, Any]:
        """Return the figure for JSON."""
        return self._asdict()


def key_figures(series: pd.DataFrame, words: Words) -> list[Figure]:
    """Return the key figures that a series holds, in a fixed order."""
    if series.empty:
        return []
    band = bands(yearly(series, words, OUTCOMES))
    found = []
    for outcome in OUTCOMES:
        rows = band[band["outcome"] == outcome]
        if rows.empty:
            continue
        last = rows.iloc[-1]
        called = words[outcome]
        found.append(
            Figure(
                outcome, called.english, called.year_unit, int(last["year"]),
                float(last["median"]), float(last["low"]), float(last["high"]),
            )
        )  # fmt: skip
    return found


def lines(figures: list[Figure], runs: int) -> list[list[str]]:
    """Return rows of text: name with unit, year, median, and the band where there is one."""
    rows = []
    for one in figures:
        span = f"{number(one.low)} to {number(one.high)}" if runs > 1 else ""
        rows.append([f"{one.name} ({one.unit})", str(one.year), number(one.median), span])
    return rows
