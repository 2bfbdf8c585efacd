"""Shares of variance by Sobol', out of the points of Saltelli's scheme.

Saltelli et al. (2010): of a factor alone (S1), with all that it does together with others (ST),
and of pairs. They are those of the mean over seeds; seed noise is a share of its own.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np

from results.statistics.sensitivity.resampled import Floats, across, nothing_left


class Scheme:
    """Outcomes at the points of Saltelli's scheme, with the products that its indices are made of.

    Args:
        values: shape ``(base points, rows of a block, seeds)``: A, each factor of A from B, with
            pairs each factor of B from A, and B.
        factors: how many.
    """

    def __init__(self, values: Floats, factors: int) -> None:
        self.factors = factors
        self.pairs = list(combinations(range(factors), 2)) if values.shape[1] > factors + 2 else []
        self.raw = values
        ends = values[:, [0, -1], :]
        self.values = values - ends.mean(axis=(0, 1))
        a, b, ab, ba = self._sides(self.values)
        self._square = (a * a + b * b) / 2.0
        self._half = (a + b) / 2.0
        self._first = b[:, None] * (ab - a[:, None])
        self._total = (ab - a[:, None]) ** 2 / 2.0
        self._together = a * b
        self._ba, self._ab = ba, ab

    def _sides(self, values: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        k = self.factors
        return values[:, 0], values[:, -1], values[:, 1 : k + 1], values[:, k + 1 : 2 * k + 1]

    def names(self) -> list[tuple[str, int, int]]:
        """Return what the estimates are, in their order: index, factor and the other of a pair."""
        one = [(index, k, k) for index in ("S1", "ST") for k in range(self.factors)]
        return [*one, *(("S2", *pair) for pair in self.pairs), ("seed", -1, -1)]

    def estimate(self, points: Floats, seeds: Floats) -> Floats:
        """Return all indices by weights of base points and seeds, in the order of ``names``.

        The last is the share of one run's variance that seeds make at a point. The others are NaN
        where nothing is left of the variance when that is taken out.
        """
        mean = self.values @ seeds
        a, b, ab, ba = self._sides(mean)
        own = seeds**2
        variance = self._variance(points, seeds, a, b)
        within = self._within(points, seeds)
        if not variance > 0.0:
            return nothing_left(len(self.names()), within)
        first = across(
            points @ (b[:, None] * (ab - a[:, None])), points @ (self._first @ own), seeds
        )
        total = across(points @ ((ab - a[:, None]) ** 2 / 2.0), points @ (self._total @ own), seeds)
        found = [first / variance, total / variance]
        if self.pairs:
            found.append(self._second(points, seeds, mean) / variance - self._sums(found[0]))
        return np.concatenate([*found, [within / (within + variance)]])

    def _variance(self, points: Floats, seeds: Floats, a: Floats, b: Floats) -> float:
        own = seeds**2
        both = points @ ((a * a + b * b) / 2.0) - (points @ ((a + b) / 2.0)) ** 2
        same = points @ (self._square @ own) - (points @ self._half) ** 2 @ own
        return float(across(both, same, seeds))

    def _within(self, points: Floats, seeds: Floats) -> float:
        """Return the variance between the seeds of a point, over the points of A and B."""
        if len(seeds) == 1:
            return float("nan")
        ends = self.raw[:, [0, -1]]
        apart = ends - (ends @ seeds)[..., None]
        spread = (apart**2 @ seeds) / (1.0 - float(seeds @ seeds))
        return float(points @ spread.mean(axis=1))

    def _second(self, points: Floats, seeds: Floats, mean: Floats) -> Floats:
        a, b, ab, ba = self._sides(mean)
        j, k = np.array(self.pairs).T
        both = ((ba * points[:, None]).T @ ab)[j, k] - points @ (a * b)
        own = seeds**2
        same = np.einsum("i,ijs,iks,s->jk", points, self._ba, self._ab, own, optimize=True)[j, k]
        return across(both, same - points @ (self._together @ own), seeds)

    def _sums(self, first: Floats) -> Floats:
        j, k = np.array(self.pairs).T
        return np.asarray(first[j] + first[k])
