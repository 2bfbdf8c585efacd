"""How many replicates would do: from which the coefficient of variation stays where it is.

The rule is that of Lee et al. (2015), section 2: the least number of runs from which the
coefficient of variation (standard deviation over mean) differs by less than epsilon from that of
every larger sample looked at. They warn, as we do, that it says little where a mean is about zero.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

EPSILON = 0.05
"""Largest change of the coefficient of variation that counts as none.

It is a difference, not a ratio: with 0.05 the standard deviation is settled to within a
twentieth of the mean, whatever the spread. An outcome that varies by less than that in all settles
at once, one that varies as much as its mean is high takes hundreds of runs.
"""
LEAST = 4
"""Fewer values say nothing: two to compute from and as many beyond."""
REACHED, CONSTANT, NOT_REACHED, ABOUT_ZERO, TOO_FEW = range(5)
VERDICTS = ("reached", "constant", "not reached", "mean not told from zero", "too few replicates")


class Needed(NamedTuple):
    """What G samples say; each array has shape (G,)."""

    replicates: NDArray[np.int64]
    """Least number of replicates that would do; 0 where there is no answer."""
    verdict: NDArray[np.int64]
    """Place in ``VERDICTS``."""
    cv: NDArray[np.float64]
    """Coefficient of variation of the whole sample (a share of the mean); NaN if undefined."""
    seen: NDArray[np.int64]
    """Values in the sample."""


def replicates_needed(values: ArrayLike, epsilon: float = EPSILON) -> Needed:
    """Return the least number of replicates from which the coefficient of variation is stable.

    The first n values of a sample, in the order of their seeds, are its smaller sample of size n,
    for every n from 2. An answer needs as many values beyond it as it has itself: the last but one
    of N values is close to all N of them whatever they are. So at most half of N is an answer, and
    otherwise it is not reached in N. A mean within two standard errors of zero, which a very
    skewed outcome may have too, has no coefficient of variation. Values that are all the same
    need 1.

    Args:
        values: shape (G, N), or (N,) for one sample: an outcome's value per replicate, in the
            outcome's unit; NaN where a run failed is left out.
        epsilon: largest difference between coefficients of variation that counts as none,
            a share of the mean, above 0.

    Raises:
        ValueError: ``epsilon`` is not above 0, or ``values`` have another shape.
    """
    if not epsilon > 0:
        raise ValueError(f"epsilon is {epsilon}: it has to be above 0, such as {EPSILON}")
    table = np.atleast_2d(np.asarray(values, dtype=float))
    if table.ndim != 2:
        raise ValueError(f"values have shape {table.shape}: one row per sample is needed")
    table = np.where(np.isfinite(table), table, np.nan)
    # Failed runs go last, so that each row starts with its values in the order of the seeds.
    table = np.take_along_axis(table, np.argsort(np.isnan(table), axis=1, kind="stable"), axis=1)
    seen = (~np.isnan(table)).sum(axis=1)
    cv, mean, deviation = _running(table)
    last = np.maximum(seen - 1, 0)[:, None]
    least = _least(cv, seen, epsilon) if table.shape[1] else np.zeros(len(table), dtype=np.int64)
    verdict = np.where(least > 0, REACHED, NOT_REACHED)
    if table.shape[1]:
        whole = np.take_along_axis(cv, last, axis=1)[:, 0]
        middle = np.take_along_axis(mean, last, axis=1)[:, 0]
        spread = np.take_along_axis(deviation, last, axis=1)[:, 0]
        near = np.abs(middle) <= 2 * spread / np.sqrt(np.maximum(seen, 1))
        verdict = np.where(near, ABOUT_ZERO, verdict)
        verdict = np.where(spread <= 1e-12 * np.abs(middle), CONSTANT, verdict)
    else:
        whole = np.full(len(table), np.nan)
    verdict = np.where(seen < LEAST, TOO_FEW, verdict).astype(np.int64)
    count = np.where(verdict == REACHED, least, np.where(verdict == CONSTANT, 1, 0))
    whole = np.where((verdict == ABOUT_ZERO) | (verdict == TOO_FEW), np.nan, whole)
    whole = np.where(verdict == CONSTANT, 0.0, whole)
    return Needed(count.astype(np.int64), verdict, whole, seen.astype(np.int64))


def _running(
    table: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return coefficient of variation, mean and standard deviation of the first n, per n."""
    filled = np.nan_to_num(table)
    n = np.arange(1, table.shape[1] + 1)
    # Sums of what is left after the first value: no digits are lost where a mean is large.
    start = filled[:, :1]
    rest = filled - start
    sums, squares = np.cumsum(rest, axis=1), np.cumsum(rest * rest, axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = (squares - sums * sums / n) / (n - 1)
        deviation = np.sqrt(np.maximum(variance, 0.0))
        mean = start + sums / n
        cv = deviation / np.abs(mean)
    return cv, mean, deviation


def _least(cv: NDArray[np.float64], seen: NDArray[np.int64], epsilon: float) -> NDArray[np.int64]:
    """Return the least n, 0 where none, whose cv is within epsilon of every larger sample's."""
    size = np.arange(1, cv.shape[1] + 1)
    inside = size[None, :] <= seen[:, None]
    high = np.where(inside, cv, -np.inf)[:, ::-1]
    low = np.where(inside, cv, np.inf)[:, ::-1]
    # What follows, itself included: the running extremes from the end.
    with np.errstate(invalid="ignore"):
        above = np.maximum.accumulate(high, axis=1)[:, ::-1] - cv
        below = cv - np.minimum.accumulate(low, axis=1)[:, ::-1]
        good = (above < epsilon) & (below < epsilon)
    good &= (size >= 2)[None, :] & (2 * size[None, :] <= seen[:, None])
    return np.where(good.any(axis=1), good.argmax(axis=1) + 1, 0).astype(np.int64)
