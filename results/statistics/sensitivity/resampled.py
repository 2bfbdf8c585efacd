"""Intervals by drawing points and seeds anew, and what is the same of two seeds at once.

Every index is a share of products of outcomes. The product of an outcome with itself holds its
seed noise squared; that of two different seeds of one point does not. So products are taken over
pairs of different seeds, however seeds and points are weighed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

Floats = NDArray[np.float64]
Estimate = Callable[[Floats, Floats], Floats]
"""Estimates by weights of blocks of points and of seeds, each of which add up to 1."""

LEVEL = 0.95
DRAWS = 400
FEWEST_SEEDS = 5
"""Seeds from which drawing seeds anew says something of other seeds."""


class Interval(NamedTuple):
    """Estimates with the ends of their 95% intervals; NaN where nothing can be said."""

    value: Floats
    low: Floats
    high: Floats


def across(both: Floats, own: Floats, seeds: Floats) -> Floats:
    """Return a product over pairs of different seeds.

    Args:
        both: the product of the means over seeds, as these are weighed.
        own: the products of each seed with itself, added up by the squares of their weights.
        seeds: weights of the seeds, shape ``(n,)``, adding up to 1; one seed has no pairs, and its
            product with itself is returned.
    """
    pairs = 1.0 - float(seeds @ seeds)
    if len(seeds) == 1:
        return both
    return np.asarray((both - own) / pairs)


def nothing_left(count: int, within: float) -> Floats:
    """Return estimates where seeds make all of the variance: NaN, and their share, 1, the last."""
    found = np.full(count, np.nan)
    found[-1] = 1.0 if within > 0.0 else np.nan
    return found


def even(count: int) -> Floats:
    """Return equal weights that add up to 1."""
    return np.full(count, 1.0 / count)


def drawn(count: int, random: np.random.Generator, least: int = 1) -> Floats:
    """Return the weights of a draw with replacement that holds ``least`` different ones or more."""
    while True:
        found = np.bincount(random.integers(0, count, count), minlength=count)
        if np.count_nonzero(found) >= least:
            return found / count


def interval(
    estimate: Estimate, blocks: int, seeds: int, *, draws: int = DRAWS, seed: int = 1
) -> Interval:
    """Return estimates with 95% intervals over blocks of points and over seeds.

    Blocks are drawn anew with replacement, seeds too where there are ``FEWEST_SEEDS``, each alone
    and both together. What a seed does in single points is in the variance over blocks already;
    drawing both shows how much of the variance over seeds is of that kind, and it is taken out.

    Args:
        estimate: gives the estimates by weights of blocks and seeds.
        blocks: how many blocks of points were drawn; one, or none drawn by chance, is not varied.
        seeds: how many seeds each point has.
        draws: how often.
        seed: of the drawing.
    """
    random = np.random.default_rng(seed)
    all_blocks, all_seeds = even(blocks), even(seeds)
    value = estimate(all_blocks, all_seeds)
    by_blocks, by_seeds = blocks > 1, seeds >= FEWEST_SEEDS
    if not (by_blocks or by_seeds):
        none = np.full(value.shape, np.nan)
        return Interval(value, none, none)
    own: list[Floats] = []
    common: list[Floats] = []
    beside: list[Floats] = []
    for _ in range(draws):
        some = drawn(blocks, random, 2) if by_blocks else all_blocks
        few = drawn(seeds, random, 2) if by_seeds else all_seeds
        if by_blocks:
            own.append(estimate(some, all_seeds))
        if by_seeds:
            common.append(estimate(all_blocks, few))
        if by_blocks and by_seeds:
            beside.append(estimate(some, few) - own[-1] - common[-1] + value)
    total = np.zeros(value.shape)
    if by_seeds:
        single = _variance(beside, seeds) if by_blocks else 0.0
        total = total + np.maximum(_variance(common, seeds) - single, 0.0)
    if by_blocks:
        total = total + _variance(own, blocks)
    freedom = (blocks if by_blocks else seeds) - 1
    half = float(stdtrit(freedom, 0.5 + LEVEL / 2.0)) * np.sqrt(total)
    return Interval(value, value - half, value + half)


def _variance(found: list[Floats], count: int) -> Floats:
    """Return the variance of draws; ``count`` of which each was one makes up for their fewness."""
    table = np.array(found)
    known = np.isfinite(table)
    enough = known.mean(axis=0) > 0.5
    filled = np.where(known, table, np.nan)
    with np.errstate(invalid="ignore"):
        spread = np.full(table.shape[1:], np.nan)
        if enough.any():
            spread[enough] = np.nanvar(filled[:, enough], axis=0, ddof=1)
    return spread * (count / (count - 1.0) if count > 1 else 1.0)
