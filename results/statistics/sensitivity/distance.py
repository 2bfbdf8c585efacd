"""PAWN: how far the distribution of an outcome moves where a factor is held in a narrow band.

It looks at whole distributions, not at variance alone. A factor that does nothing gets an index
above zero too, as few points never have the same distribution twice; how much, factors say whose
values are dealt at random.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from results.statistics.sensitivity.resampled import Floats

BANDS = 10
LEAST_IN_BAND = 10
"""Points of a band below which there are fewer bands."""
IDLE = 200
"""Factors without effect that are made by dealing values."""
FEWEST = 40
"""Points of a sample below which nothing is said."""


class Distances(NamedTuple):
    """PAWN's index of each factor (median over bands), and what 95% of idle factors stay below."""

    indices: Floats
    idle: float
    bands: int


def pawn(points: Floats, values: Floats, seed: int = 1) -> Distances:
    """Return PAWN's index of each factor (Pianosi and Wagener, 2018).

    Args:
        points: the sample, shape ``(points, factors)``; only the order of values counts.
        values: the outcome at each point, the mean over its seeds, shape ``(points,)``.
        seed: of the dealing.

    Raises:
        ValueError: there are fewer than ``FEWEST`` points.
    """
    count = len(values)
    if count < FEWEST:
        raise ValueError(f"{count} points are too few: PAWN takes {FEWEST} or more")
    random = np.random.default_rng(seed)
    bands = max(3, min(BANDS, count // LEAST_IN_BAND))
    ties = random.random(points.shape)
    ranks = [np.lexsort((ties[:, k], points[:, k])).argsort() for k in range(points.shape[1])]
    dealt = [random.permutation(count) for _ in range(IDLE)]
    found = np.array([_median_distance(one, values, bands) for one in [*ranks, *dealt]])
    own = points.shape[1]
    return Distances(found[:own], float(np.quantile(found[own:], 0.95)), bands)


def _median_distance(ranks: NDArray[np.int64], values: Floats, bands: int) -> float:
    """Return the median over bands of the distance (Kolmogorov-Smirnov) from all points.

    Args:
        ranks: place of each point by the factor, from 0.
        values: the outcome at each point.
        bands: how many; as many points in each, but for one.
    """
    count = len(values)
    order = np.argsort(values, kind="stable")
    band = (ranks * bands // count)[order]
    inside = (band[:, None] == np.arange(bands)).cumsum(axis=0)
    ends = np.append(np.diff(values[order]) > 0.0, True)  # where the steps of both are complete
    every = (np.arange(1, count + 1) / count)[ends]
    gaps = np.abs(inside[ends] / inside[-1] - every[:, None]).max(axis=0)
    return float(np.median(gaps))
