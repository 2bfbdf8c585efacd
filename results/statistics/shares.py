"""Shares with an interval, and which of two groups each run of a pair is in."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

NORMAL = 1.959963984540054
"""Quantile of the normal distribution that leaves 2.5% above it."""


class Share(NamedTuple):
    """So many of so many, with the 95% interval of Wilson (1927)."""

    hits: int
    of: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """The share; not-a-number of none."""
        return self.hits / self.of if self.of else math.nan


def share_of(hits: NDArray[np.bool_]) -> Share:
    """Return how many are true (shape ``(n,)``), also where that is none, or all."""
    n, count = len(hits), int(np.count_nonzero(hits))
    if n == 0:
        return Share(0, 0, 0.0, 1.0)
    p, z = count / n, NORMAL
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    # At none and at all one end is that end, but for rounding.
    return Share(
        count, n, 0.0 if count == 0 else middle - half, 1.0 if count == n else middle + half
    )


class Pairs(NamedTuple):
    """Rows of paired runs by the group of each arm: both without, both within, or in two groups."""

    without: NDArray[np.int64]
    within: NDArray[np.int64]
    apart: NDArray[np.int64]


def same_group(first: NDArray[np.bool_], second: NDArray[np.bool_]) -> Pairs:
    """Return which pairs are in the same group in both arms; shapes ``(pairs,)``."""
    return Pairs(
        np.flatnonzero(~first & ~second),
        np.flatnonzero(first & second),
        np.flatnonzero(first != second),
    )
