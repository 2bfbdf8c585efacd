"""Shares of variance of levels that were all crossed: of these levels, not of what lies between."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from results.statistics.sensitivity.resampled import Floats, across, nothing_left


class Grid(NamedTuple):
    """Outcomes at all combinations of levels.

    Attributes:
        values: shape ``(points of a sample, levels of the first factor, ..., seeds)``; without
            a sample its first length is 1.
    """

    values: Floats

    @property
    def factors(self) -> int:
        """How many factors have levels."""
        return self.values.ndim - 2

    def names(self) -> list[tuple[str, int, int]]:
        """Return what the estimates are, in their order; factor -1 is the sample as a whole."""
        sampled = [-1] if self.values.shape[0] > 1 else []
        every = [*range(self.factors), *sampled]
        return [*((index, k, k) for index in ("S1", "ST") for k in every), ("seed", -1, -1)]

    def estimate(self, points: Floats, seeds: Floats) -> Floats:
        """Return shares of variance by weights of the points of the sample and of seeds."""
        values = self.values - self.values.mean(axis=tuple(range(self.values.ndim - 1)))
        both = _parts(values @ seeds[:, None], points)[..., 0]
        found = across(both, _parts(values, points) @ seeds**2, seeds)
        variance, parts, within = found[0], found[1:], self._within(points, seeds)
        if not variance > 0.0:
            return nothing_left(len(self.names()), within)
        half = len(parts) // 2
        share = within / (within + variance)
        return np.concatenate([parts[:half] / variance, 1.0 - parts[half:] / variance, [share]])

    def _within(self, points: Floats, seeds: Floats) -> float:
        if len(seeds) == 1:
            return float("nan")
        apart = self.values - (self.values @ seeds)[..., None]
        spread = (apart**2 @ seeds) / (1.0 - float(seeds @ seeds))
        return float(points @ spread.mean(axis=tuple(range(1, spread.ndim))))


def _parts(values: Floats, points: Floats) -> Floats:
    """Return variances of each seed: in all, of means by one factor, and of means over it.

    Shape ``(1 + 2 * factors, seeds)``, the sample last where there is one.
    """
    levels = tuple(range(1, values.ndim - 1))
    over = np.tensordot(points, values, axes=1)  # the mean over the sample
    axes = tuple(range(over.ndim - 1))
    mean = over.mean(axis=axes)
    all_of_it = (np.tensordot(points, values**2, axes=1)).mean(axis=axes) - mean**2
    alone, others = [], []
    for axis in axes:
        rest = tuple(one for one in axes if one != axis)
        alone.append((over.mean(axis=rest) ** 2).mean(axis=0) - mean**2)
        without = values.mean(axis=axis + 1)
        left = tuple(range(without.ndim - 2))
        squares = np.tensordot(points, without**2, axes=1)
        others.append(squares.mean(axis=left) - mean**2)
    if values.shape[0] > 1:
        alone.append(points @ values.mean(axis=levels) ** 2 - mean**2)
        others.append((over**2).mean(axis=axes) - mean**2)
    return np.stack([all_of_it, *alone, *others])
