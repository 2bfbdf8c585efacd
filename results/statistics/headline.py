"""The figures that are shown of a run before all others: by the command line and by its report."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd

from results.statistics.reduce import bands, yearly
from results.words.outcomes import Words
from results.words.shown import HEADLINES


class Headline(NamedTuple):
    """One outcome in the last year that has it: mean, median and 10-90% over replicates.

    What is written is the mean, as everywhere: in the report, in ``compare``, and in a question
    with ``avg``. The median is for whoever reads JSON.
    """

    outcome: str
    name: str
    unit: str
    year: int
    mean: float
    median: float
    low: float
    high: float

    def plain(self) -> dict[str, Any]:
        """Return the figure for JSON."""
        return self._asdict()


def headlines(series: pd.DataFrame, words: Words, language: str = "en") -> list[Headline]:
    """Return the headline figures that a series holds, in a fixed order.

    Args:
        series: long outcome table, quarterly or yearly.
        words: what the store says of outcomes.
        language: of names and units, ``en`` or ``nl``.
    """
    if series.empty:
        return []
    band = bands(yearly(series, words, HEADLINES))
    found = []
    for outcome in HEADLINES:
        rows = band[band["outcome"] == outcome]
        if rows.empty:
            continue
        last = rows.iloc[-1]
        called = words[outcome]
        cuts = (float(last[name]) for name in ("mean", "median", "low", "high"))
        name, unit = called.label(language), called.unit_in(language)
        found.append(Headline(outcome, name, unit, int(last["year"]), *cuts))
    return found
