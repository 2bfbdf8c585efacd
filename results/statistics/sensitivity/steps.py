"""Elementary effects by Morris: what a step of one factor does, over the points of trajectories.

The mean of their sizes (mu*), their mean (mu) and their standard deviation (sigma), all of the mean
over seeds and freed of what seed noise adds to sizes and spread.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from scipy.special import ndtr

from results.statistics.sensitivity.resampled import Floats, across

NAMES = ("mu*", "mu", "sigma")
IDLE = 2000
"""Factors without effect that are made of noise, where they fit in memory."""
LEAST_IDLE, AT_ONCE = 100, 2_000_000
"""How many at least; and effects of single seeds that are made at once."""


class Trajectories(NamedTuple):
    """Elementary effects, by what one range of a factor would do.

    Attributes:
        effects: shape ``(trajectories, factors, seeds)``, in the outcome's unit.
        values: outcomes at the points of trajectories, shape ``(trajectories, points, seeds)``.
    """

    effects: Floats
    values: Floats

    def names(self) -> list[tuple[str, int, int]]:
        """Return what the estimates are, in their order: index, factor and once more the factor."""
        factors = range(self.effects.shape[1])
        return [*((index, k, k) for index in NAMES for k in factors), ("seed", -1, -1)]

    def estimate(self, points: Floats, seeds: Floats) -> Floats:
        """Return mu*, mu and sigma of each factor, and the share that seeds make of the variance.

        Args:
            points: weights of trajectories, adding up to 1.
            seeds: weights of seeds, adding up to 1.
        """
        effects = self.effects @ seeds
        mean = points @ effects
        few = 1.0 - float(points @ points)
        seen = np.maximum((points @ effects**2 - mean**2) / few, 0.0)
        each = np.einsum("i,iks->ks", points, self.effects)
        own = ((np.einsum("i,iks->ks", points, self.effects**2) - each**2) @ seeds**2) / few
        spread = np.sqrt(np.maximum(across(seen, own, seeds), 0.0))
        shift = np.sqrt(np.maximum(across(mean**2, each**2 @ seeds**2, seeds), 0.0))
        # Noise turns small effects into larger ones of either sign: by as much as it would were
        # effects normal, mean sizes are too large.
        more = mean_size(mean, np.sqrt(seen)) - mean_size(shift, spread)
        size = np.maximum(points @ np.abs(effects) - more, 0.0)
        return np.concatenate([size, mean, spread, [self._seed_share(points, seeds)]])

    def idle(self, seed: int = 1) -> Floats:
        """Return the mu* that 95% of factors stay below which do nothing, by the noise of seeds.

        Shape ``(factors,)``, in the outcome's unit; NaN with one seed. ``seed`` is of the effects
        that are made of noise alone.
        """
        count, factors, seeds = self.effects.shape
        if seeds == 1:
            return np.full(factors, np.nan)
        random = np.random.default_rng(seed)
        many = max(LEAST_IDLE, min(IDLE, AT_ONCE // (count * seeds)))
        noise = random.standard_normal((count, many, seeds)) * seeds**0.5
        ways = Trajectories(noise, self.values)
        sizes = ways.estimate(np.full(count, 1.0 / count), np.full(seeds, 1.0 / seeds))[:many]
        spread = np.sqrt(self.effects.var(axis=2, ddof=1).mean(axis=0) / seeds)
        return np.asarray(np.quantile(sizes, 0.95) * spread)

    def _seed_share(self, points: Floats, seeds: Floats) -> float:
        if len(seeds) == 1:
            return float("nan")
        pairs = 1.0 - float(seeds @ seeds)
        mean = self.values @ seeds
        within = float(points @ (((self.values - mean[..., None]) ** 2) @ seeds / pairs).mean(1))
        between = points @ (mean**2).mean(1) - (points @ mean.mean(1)) ** 2
        own = points @ (self.values**2).mean(1) - (points @ self.values.mean(1)) ** 2
        variance = float(across(between, own @ seeds**2, seeds))
        return within / (within + max(variance, 0.0)) if within > 0.0 else 0.0


def effects_of(values: Floats, steps: Floats) -> Floats:
    """Return elementary effects from outcomes along trajectories.

    Args:
        values: shape ``(trajectories, factors + 1, seeds)``.
        steps: shape ``(trajectories, factors, factors)``: by how much of its range each factor
            moves from one point to the next; one of them does, by the same size everywhere.

    Returns:
        Shape ``(trajectories, factors, seeds)``, in the outcome's unit per whole range.
    """
    moved = np.argmax(np.abs(steps), axis=2)
    size = np.take_along_axis(steps, moved[..., None], axis=2)[..., 0]
    found = np.empty((*moved.shape, values.shape[2]))
    rise = np.diff(values, axis=1) / size[..., None]
    np.put_along_axis(found, moved[..., None], rise, axis=1)
    return found


def mean_size(mean: Floats, deviation: Floats) -> Floats:
    """Return the mean size of normal numbers, by their means and standard deviations."""
    safe = np.where(deviation > 0.0, deviation, 1.0)
    shift = mean / safe
    tail = safe * math.sqrt(2.0 / math.pi) * np.exp(-(shift**2) / 2.0)
    folded = tail + mean * (1.0 - 2.0 * ndtr(-shift))
    return np.asarray(np.where(deviation > 0.0, folded, np.abs(mean)))
