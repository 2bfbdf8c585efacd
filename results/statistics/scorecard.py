"""Designs of payment on the eight criteria: what was simulated beside what a source states.

Scores are shares, shape (designs, 1 + criteria, seeds); place 0 is the mean of the criteria. All
designs have the same seeds, so differences are paired by seed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from results.statistics.compare import difference

Floats = NDArray[np.float64]
CRITERIA = 8
OVER_ALL = 0
"""The place of the mean over all criteria."""
CHOICES = ("bundling", "route", "unit")
"""What a design chooses, in the order of its name."""
BEST, ALIKE, NO_BETTER, NOTHING = "best", "alike", "no-better", "nothing"
ASKS = (BEST, ALIKE, NO_BETTER, NOTHING)
"""What is stated: one side scores best, both alike, the first no better, or nothing."""
AGREE, DISAGREE, OPEN, NO_VERDICT = "agrees", "disagrees", "not told apart", "nothing stated"
MATTERS = 0.05
"""Difference of scores (share) below which two sides count as alike; assumed."""
_SAME = 1e-12
"""Scores this near count as one: sums in another order."""


class Stated(NamedTuple):
    """What a source states of one choice on one criterion.

    Attributes:
        criterion: 1 to 8; 0: over all.
        choice: one of ``CHOICES``.
        asks: one of ``ASKS``.
        better: levels of the first side; where ``asks`` is best, those stated to score best.
        worse: levels of the second side.
        inferred: it is not in the source as such, but follows from what is.
        source: where it is from.
        text: what is said there, in our words.
    """

    criterion: int
    choice: str
    asks: str
    better: tuple[str, ...]
    worse: tuple[str, ...]
    inferred: bool
    source: str
    text: str


class Contrast(NamedTuple):
    """A stated row and what was simulated: first side minus second, by seed."""

    stated: Stated
    difference: float
    low: float
    high: float
    verdict: str


class Ranking(NamedTuple):
    """Kendall's tau of the simulated order of designs with another, and its 95% interval."""

    tau: float
    low: float
    high: float

    @property
    def verdict(self) -> str:
        """Whether the simulated order is the other one."""
        if not np.isfinite(self.tau):
            return NO_VERDICT
        return AGREE if self.low > 0 else DISAGREE if self.high < 0 else OPEN


class Weighted(NamedTuple):
    """What weights drawn at random make of D designs.

    Attributes:
        best: share of draws in which each is best, shape (D,).
        rank: its mean rank, 1 is best, shape (D,).
        tau: of each draw's order with that of equal weights: median, 5% and 95%.
    """

    best: Floats
    rank: Floats
    tau: tuple[float, float, float]


def with_mean(scores: Floats) -> Floats:
    """Return scores (designs, criteria, seeds) with their mean over criteria in front."""
    return np.concatenate([scores.mean(axis=1, keepdims=True), scores], axis=1)


def levels_of(design: str) -> tuple[str, ...]:
    """Return bundling, route and unit of ``design:bundled/practice/act``."""
    return tuple(design.partition(":")[2].split("/")[: len(CHOICES)])


def side(designs: Sequence[str], choice: str, levels: Iterable[str]) -> NDArray[np.bool_]:
    """Return which designs have one of these levels of a choice."""
    place, wanted = CHOICES.index(choice), set(levels)
    return np.array([levels_of(design)[place] in wanted for design in designs])


def contrast(designs: Sequence[str], scores: Floats, stated: Stated) -> Contrast:
    """Return what was simulated of a stated row: means of both sides' designs, paired by seed."""
    one, two = (side(designs, stated.choice, levels) for levels in (stated.better, stated.worse))
    column = scores[:, stated.criterion]
    found = difference(column[two].mean(axis=0), column[one].mean(axis=0))
    gap, low, high = found["difference"], found["low"], found["high"]
    return Contrast(stated, gap, low, high, judge(stated.asks, low, high))


def judge(asks: str, low: float, high: float) -> str:
    """Return the verdict on a stated row, from the interval of first minus second.

    Best: the interval leaves out zero. Alike, or no better: it lies within ``MATTERS``, or beyond.
    """
    if asks == NOTHING:
        return NO_VERDICT
    if asks == BEST:
        return AGREE if low > 0 else DISAGREE if high < 0 else OPEN
    if asks == NO_BETTER:
        return AGREE if high < MATTERS else DISAGREE if low > MATTERS else OPEN
    if -MATTERS < low and high < MATTERS:
        return AGREE
    return DISAGREE if low > MATTERS or high < -MATTERS else OPEN


def won(found: Sequence[Contrast], choice: str) -> tuple[int, int, int]:
    """Return on how many criteria the first side is told best, the second, and neither.

    Args:
        found: contrasts of which those of ``choice`` on one criterion have two single levels.
        choice: one of ``CHOICES``.
    """
    first = second = neither = 0
    for one in found:
        if one.stated.choice != choice or one.stated.criterion == OVER_ALL:
            continue
        # Rows may name either level first: count by the order of names.
        turned = one.stated.better > one.stated.worse
        low, high = (-one.high, -one.low) if turned else (one.low, one.high)
        first, second = first + (low > 0), second + (high < 0)
        neither += low <= 0 <= high
    return first, second, neither


def stated_scores(designs: Sequence[str], rows: Iterable[Stated], criterion: int) -> Floats:
    """Return how many of the stated rows of a criterion call each design's level best."""
    score = np.zeros(len(designs))
    for row in rows:
        if row.criterion == criterion and row.asks == BEST:
            score += side(designs, row.choice, row.better)
    return score


def ranks(values: Floats) -> Floats:
    """Return the rank of each of D values, 1 for the highest, shared alike by equal ones."""
    above = (values[None, :] > values[:, None] + _SAME).sum(axis=1)
    equal = (np.abs(values[None, :] - values[:, None]) <= _SAME).sum(axis=1)
    found: Floats = above + (equal + 1) / 2
    return found


def _signs(values: Floats) -> Floats:
    """Return which of two values is higher, for all pairs of the last axis: -1, 0 or 1."""
    first, second = np.triu_indices(values.shape[-1], 1)
    gaps = values[..., first] - values[..., second]
    return np.where(np.abs(gaps) <= _SAME, 0.0, np.sign(gaps))


def tau(values: Floats, other: Floats) -> Floats:
    """Return Kendall's tau of values (..., D) with another order (..., D), over pairs of designs.

    Only pairs count that both orders tell apart, so that 1 is no pair the other way round, however
    many are equal (with ties it is Goodman and Kruskal's gamma). NaN where there are none.
    """
    one, two = _signs(values), _signs(other)
    size = np.abs(one * two).sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        found: Floats = np.where(size > 0, (one * two).sum(axis=-1) / size, np.nan)
    return found


def ranking(values: Floats, other: Floats, draws: int = 2000) -> Ranking:
    """Return tau of the means of ``values`` (D, seeds) with an order, (D,) or of (D, seeds).

    The interval is the percentile interval over samples of the seeds, with replacement, stretched
    to the value itself: samples are noisier than what they are of. Draws are the same each time.
    """
    moves = other.ndim == 2
    whole = float(tau(values.mean(axis=1), other.mean(axis=1) if moves else other))
    if not np.isfinite(whole):
        return Ranking(np.nan, np.nan, np.nan)
    seeds = values.shape[1]
    picked = np.random.default_rng(1).integers(0, seeds, (draws, seeds))
    fixed = other[:, picked].mean(axis=2).T if moves else other
    low, high = np.nanpercentile(tau(values[:, picked].mean(axis=2).T, fixed), [2.5, 97.5])
    return Ranking(whole, min(whole, float(low)), max(whole, float(high)))


def not_told_from_best(values: Floats) -> NDArray[np.bool_]:
    """Return which of D designs no paired interval tells from the best; ``values`` (D, seeds)."""
    best = values[int(values.mean(axis=1).argmax())]
    found = [difference(one, best) for one in values]
    return np.array([not one["low"] > 0 for one in found])


def drawn_weights(draws: int, seed: int = 1, criteria: int = CRITERIA) -> Floats:
    """Return weights of criteria that add up to 1, all sets alike likely: (draws, criteria)."""
    return np.random.default_rng(seed).dirichlet(np.ones(criteria), draws)


def by_rank(scores: Floats) -> Floats:
    """Return scores (D, criteria) as places between the worst, 0, and the best, 1."""
    return np.stack([(len(one) - ranks(one)) / (len(one) - 1) for one in scores.T], axis=1)


def weighted(scores: Floats, weights: Floats) -> Weighted:
    """Return how often each design is best, and how the order moves, over sets of weights.

    Args:
        scores: means over seeds (D, criteria), or places by ``by_rank``.
        weights: shape (draws, criteria).
    """
    totals = weights @ scores.T
    top = totals >= totals.max(axis=1, keepdims=True) - _SAME
    best = (top / top.sum(axis=1, keepdims=True)).mean(axis=0)
    order = np.mean([ranks(one) for one in totals], axis=0)
    moved = tau(totals, scores.mean(axis=1))
    middle, low, high = np.nanpercentile(moved, [50.0, 5.0, 95.0])
    return Weighted(best, order, (float(middle), float(low), float(high)))
