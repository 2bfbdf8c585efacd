"""Which part of a variance goes with what, and which factors go along with an outcome."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import false_discovery_control, spearmanr

Floats = NDArray[np.float64]
FEWEST = 4
"""Points below which a rank correlation has no chance that could be told."""


class Parts(NamedTuple):
    """Variance by source, in the square of the outcome's unit; none is below zero."""

    arms: float
    points: float
    both: float
    chance: float

    def shares(self) -> Parts:
        """Return each as a share of all; zeros where nothing varies."""
        total = sum(self)
        return Parts(*(part / total for part in self)) if total > 0.0 else Parts(0.0, 0.0, 0.0, 0.0)


def parts_of(values: Floats) -> Parts:
    """Return the components of the variance of ``values``, shape ``(points, arms, seeds)``.

    Seeds are nested in points and crossed with arms: each point has seeds of its own, which all
    arms share. By mean squares, all effects random (Searle, Casella and McCulloch, 1992, ch. 4).
    ``both`` is what arms do at one point and not at another; ``chance`` is seeds.

    Raises:
        ValueError: fewer than two points, arms or seeds.
    """
    if min(values.shape) < 2:
        raise ValueError(f"two of each are needed, given {values.shape}")
    p, d, s = values.shape
    mean = values.mean()
    cells, rows = values.mean(axis=2), values.mean(axis=(1, 2))
    columns, runs = values.mean(axis=(0, 2)), values.mean(axis=1)
    of_points = d * s * ((rows - mean) ** 2).sum() / (p - 1)
    of_arms = p * s * ((columns - mean) ** 2).sum() / (d - 1)
    apart = cells - rows[:, None] - columns[None, :] + mean
    of_both = s * (apart**2).sum() / ((p - 1) * (d - 1))
    of_seeds = d * ((runs - rows[:, None]) ** 2).sum() / (p * (s - 1))
    left = values - cells[:, :, None] - runs[:, None, :] + rows[:, None, None]
    of_rest = (left**2).sum() / (p * (d - 1) * (s - 1))
    found = (
        (of_arms - of_both) / (p * s),
        (of_points - of_seeds - of_both + of_rest) / (d * s),
        (of_both - of_rest) / s,
        max(0.0, (of_seeds - of_rest) / d) + of_rest,
    )
    return Parts(*(max(0.0, float(one)) for one in found))


class Along(NamedTuple):
    """How a factor goes along with an outcome: Spearman's rho, and the chance of it."""

    factor: int
    outcome: int
    rho: float
    chance: float


def along(factors: Floats, outcomes: Floats, false: float) -> list[Along]:
    """Return which factors go along with which outcomes, the strongest first; of few points, none.

    Args:
        factors: shape ``(points, factors)``.
        outcomes: shape ``(points, outcomes)``.
        false: share of false ones among them, held by Benjamini and Hochberg over all pairs.
    """
    found = []
    if len(factors) < FEWEST:
        return []
    for f in range(factors.shape[1]):
        for o in range(outcomes.shape[1]):
            if np.ptp(factors[:, f]) > 0.0 and np.ptp(outcomes[:, o]) > 0.0:
                rho, chance = spearmanr(factors[:, f], outcomes[:, o])
                found.append(Along(f, o, float(rho), float(chance)))
    if not found:
        return []
    held = false_discovery_control([one.chance for one in found])
    firm = [one for one, share in zip(found, held, strict=True) if share <= false]
    return sorted(firm, key=lambda one: (-abs(one.rho), one.factor, one.outcome))
