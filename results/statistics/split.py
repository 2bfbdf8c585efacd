"""Replicates that fall into two groups, kept apart: a median between them describes neither."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from results.statistics.modality import modality
from results.statistics.reduce import bands


class Group(NamedTuple):
    """Replicates that go together, all of them where they do not fall apart."""

    share: float
    """Of the replicates with a value in the last year."""
    band: pd.DataFrame
    """What ``results.statistics.reduce.bands`` says of them."""
    runs: tuple[str, ...]


def groups(years: pd.DataFrame, outcome: str) -> list[Group]:
    """Return the groups of an outcome's replicates: one, or two by their values in the last year.

    The lower group comes first. None where there is no value.

    Args:
        years: what ``results.statistics.reduce.yearly`` returns.
        outcome: its name.
    """
    rows = years[years["outcome"] == outcome].dropna(subset=["value"])
    if rows.empty:
        return []
    last = rows[rows["year"] == rows["year"].max()]
    values = last["value"].to_numpy(dtype=float)
    found = modality(values)
    if not found.flagged[0]:
        return [Group(1.0, bands(rows), tuple(rows["run_id"].unique()))]
    parts = []
    for side in (values <= found.split[0], values > found.split[0]):
        runs = tuple(last.loc[side, "run_id"])
        parts.append(Group(float(side.mean()), bands(rows[rows["run_id"].isin(runs)]), runs))
    return parts


class Cell(NamedTuple):
    """A sample as a figure shows it: cuts of all, and of each of two groups if it falls apart."""

    low: float
    middle: float
    high: float
    halves: tuple[tuple[float, float], ...]
    """Median and share of each of two groups; nothing where there is one."""


def cell(values: NDArray[np.float64], low: float = 0.1, high: float = 0.9) -> Cell:
    """Return quantiles of a sample, and the medians of its two groups; NaN where it is empty."""
    known = values[np.isfinite(values)]
    if not len(known):
        return Cell(np.nan, np.nan, np.nan, ())
    cuts = np.quantile(known, [low, 0.5, high])
    found = modality(known)
    halves: tuple[tuple[float, float], ...] = ()
    if found.flagged[0]:
        sides = known <= found.split[0], known > found.split[0]
        halves = tuple((float(np.median(known[one])), float(one.mean())) for one in sides)
    return Cell(float(cuts[0]), float(cuts[1]), float(cuts[2]), halves)
