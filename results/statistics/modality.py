"""Whether replicates of one point fall into two groups: then their mean describes neither.

The rule: draw a Gaussian kernel density; where it has two peaks with a valley between them that
is a third lower than the lower peak, and each side of the valley holds a tenth of the values and
at least four of them, the sample is flagged. The bandwidth is 0.9 sd n^(-1/5) (Silverman 1986,
with the standard deviation alone, which two groups inflate: the rule smooths rather too much than
too little). Values on a lattice, such as counts, are smoothed over 0.7 of a step, so that
neighbouring counts are never two groups. Fewer than 20 values are not judged.

A dip test (Hartigan and Hartigan 1985) at 5% was tried beside it: as few false alarms, but of
samples of 50 in groups of 80 and 20%, 6 standard deviations apart, it found one in twenty, this
rule nine in ten; and a region that sometimes fails to organise gives groups of unequal size.

How often samples are flagged was measured: ``results/statistics/modality_rates.py``.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

LEAST = 20
"""Fewer values are not judged."""
VALLEY = 2 / 3
"""Highest density of a valley, as a share of the lower of its two peaks."""
SHARE, VALUES = 0.1, 4
"""Each group holds at least this share of the values, and this many."""
STEPS = 0.7
"""Least bandwidth of values on a lattice, in steps."""
CHANCE = 0.035
"""Rate at which samples of one group are flagged at worst (see ``modality_rates.py``)."""
_GRID = 96
_AT_ONCE = 250_000
"""Cells of a kernel table held at once (1 MB: it stays in the processor's cache)."""


class Modality(NamedTuple):
    """What G samples say; each array has shape (G,)."""

    tested: NDArray[np.bool_]
    """There were values enough."""
    flagged: NDArray[np.bool_]
    """Two groups."""
    split: NDArray[np.float64]
    """The valley, in the unit of the values; NaN where not flagged."""
    above: NDArray[np.float64]
    """Share of the values above it; NaN where not flagged."""


class Groups(NamedTuple):
    """The two groups of one sample: the mean of each, in the unit of the values, and its size."""

    low: float
    low_count: int
    high: float
    high_count: int


def groups_of(values: ArrayLike) -> Groups | None:
    """Return the two groups into which one sample falls, or None where it does not.

    Args:
        values: shape (N,), a value per replicate in any unit; NaN is left out.
    """
    known = np.asarray(values, dtype=float)
    known = known[np.isfinite(known)]
    split = float(modality(known).split[0])
    if not math.isfinite(split):
        return None
    sides = known[known <= split], known[known > split]
    low, high = (float(side.mean()) for side in sides)
    return Groups(low, len(sides[0]), high, len(sides[1]))


def modality(values: ArrayLike) -> Modality:
    """Return which samples fall into two groups.

    Args:
        values: shape (G, N), or (N,) for one sample: a value per replicate in any unit; NaN is
            left out.

    Raises:
        ValueError: ``values`` have another shape.
    """
    table = np.atleast_2d(np.asarray(values, dtype=float))
    if table.ndim != 2:
        raise ValueError(f"values have shape {table.shape}: one row per sample is needed")
    count = len(table)
    found = Modality(
        np.isfinite(table).sum(axis=1) >= LEAST,
        np.zeros(count, dtype=bool),
        np.full(count, np.nan),
        np.full(count, np.nan),
    )
    rows = np.flatnonzero(found.tested)
    part = max(1, _AT_ONCE // (_GRID * max(table.shape[1], 1)))
    for start in range(0, len(rows), part):
        chosen = rows[start : start + part]
        flagged, split, above = _judge(table[chosen])
        found.flagged[chosen], found.split[chosen], found.above[chosen] = flagged, split, above
    return found


def _judge(
    table: NDArray[np.float64],
) -> tuple[NDArray[np.bool_], NDArray[np.float64], NDArray[np.float64]]:
    """Return for each sample whether it is flagged, its deepest valley and the share above it."""
    table = np.sort(np.where(np.isfinite(table), table, np.nan), axis=1)  # NaN goes last
    n = np.isfinite(table).sum(axis=1)
    width = 0.9 * np.nanstd(table, axis=1, ddof=1) * n**-0.2
    width = np.maximum(width, STEPS * _steps(table, n))
    size = np.nanmax(np.abs(table), axis=1)
    varies = width > 1e-9 * size
    width = np.where(varies, width, 1.0)
    # Peaks with a tenth of the values lie between these quantiles: an outlier costs no detail.
    low, high = (_sorted_quantile(table, n, share) for share in (0.02, 0.98))
    grid = np.linspace(low - width, high + width, _GRID, axis=1)
    # In widths from the middle, single precision is far finer than a valley, and four times as
    # fast. A missing value lies infinitely far away.
    middle, scale = table[:, :1] + 0.5 * (high - low)[:, None], width[:, None] * math.sqrt(2)
    places = ((grid - middle) / scale).astype(np.float32)
    own = np.where(np.isfinite(table), (table - middle) / scale, np.inf).astype(np.float32)
    away = places[:, :, None] - own[:, None, :]
    density = np.exp(-(away * away)).sum(axis=2, dtype=np.float64)
    left = np.maximum.accumulate(density, axis=1)
    right = np.maximum.accumulate(density[:, ::-1], axis=1)[:, ::-1]
    depth = density / np.maximum(np.minimum(left, right), 1e-300)
    below = (table[:, None, :] <= grid[:, :, None]).sum(axis=2) / n[:, None]
    held = np.minimum(below, 1 - below)
    enough = held >= np.maximum(SHARE, VALUES / n)[:, None] - 1e-9
    depth = np.where(enough, depth, 1.0)
    place = depth.argmin(axis=1)[:, None]
    flagged = (np.take_along_axis(depth, place, 1)[:, 0] <= VALLEY) & varies
    split = np.where(flagged, np.take_along_axis(grid, place, 1)[:, 0], np.nan)
    above = np.where(flagged, 1 - np.take_along_axis(below, place, 1)[:, 0], np.nan)
    return flagged, split, above


def _sorted_quantile(
    table: NDArray[np.float64], n: NDArray[np.int64], share: float
) -> NDArray[np.float64]:
    """Return a quantile of each sorted row, whose first ``n`` values count."""
    place = share * (n - 1)
    below = place.astype(np.int64)
    rows = np.arange(len(table))
    first, then = table[rows, below], table[rows, np.minimum(below + 1, n - 1)]
    return first + (then - first) * (place - below)


def _steps(table: NDArray[np.float64], n: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the step of values that lie on a lattice, 0 for others; rows are sorted.

    Two values alone are a lattice only if they are whole numbers, whose step is 1: 2 and 3
    organisations are neighbours, 0.2 and 0.8 are not.
    """
    gaps = np.diff(table, axis=1)
    real = gaps > 1e-9 * np.nanmax(np.abs(table), axis=1)[:, None]
    step = np.min(np.where(real, gaps, np.inf), axis=1, initial=np.inf)
    known = np.isfinite(step)
    step = np.where(known, step, 1.0)
    ratio = np.where(real, gaps, 0.0) / step[:, None]
    even = (np.abs(ratio - np.round(ratio)) < 1e-6).all(axis=1)
    distinct = real.sum(axis=1) + 1
    whole = (np.nan_to_num(table) == np.round(np.nan_to_num(table))).all(axis=1)
    step = np.where(distinct == 2, np.where(whole, 1.0, 0.0), step)
    return np.where(known & even & (distinct <= 0.7 * n), step, 0.0)
