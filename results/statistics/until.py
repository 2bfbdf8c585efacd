"""How many seeds a point needs until the mean of an outcome is known to within a width.

The rule is Stein's (1945): the variance of a pilot says how many runs a mean needs, and the
interval keeps the pilot's degrees of freedom, mean +- t(n0 - 1) s0 / sqrt(n). Of normal outcomes it
covers the mean in 95% of all cases, although chance decides how many runs there are: a mean and the
deviations from it are independent. Two guards, which look at deviations only and so leave that as
it is, help where outcomes are skewed or fall into groups: the spread of all runs has to reach
the width too, and fewer than 59 runs settle only what they give at half the width, and nothing
where all give one number. ``python -m results.statistics.until_rates`` measures what the coverage
then is.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

LEVEL = 0.95
LEAST = 20
"""Fewest seeds of a pilot. Of ten, one in three has no run of a group of a tenth."""
STEP = 1.1
"""Each stage adds a tenth at least, so that there are few of them."""
FEW = 59
"""So many runs leave 5% that none of them is one of a twentieth of all that differs."""
REACHED, MORE, NOT_REACHED, ABOUT_ZERO, TOO_FEW = range(5)
VERDICTS = ("reached", "more", "not reached", "mean not told from zero", "too few runs")
"""``more`` is said while there are seeds to add; what is settled is one of the others."""

Floats = NDArray[np.float64]


class Width(NamedTuple):
    """How well a mean is to be known: half of its 95% interval, at most.

    Attributes:
        size: in the outcome's unit, or a share of the mean; above 0.
        relative: whether it is a share.
    """

    size: float
    relative: bool = False


class Judged(NamedTuple):
    """What the runs of P points say; each array has shape ``(P,)``."""

    seeds: NDArray[np.int64]
    """Seeds that a point should have: as many as it has where no more are asked for."""
    mean: Floats
    """In the outcome's unit; NaN where no run is done."""
    half: Floats
    """Half of the 95% interval, in the outcome's unit; NaN with fewer than two runs."""
    verdict: NDArray[np.int64]
    """Place in ``VERDICTS``."""


def judge(values: Floats, counts: NDArray[np.int64], pilot: int, width: Width, most: int) -> Judged:
    """Return what is known of each point, and how many seeds it should have.

    A run that failed, or has no value, gives nothing, and another seed takes its place. Where a
    width is a share of the mean and the mean is within two standard errors of zero, the runs are
    doubled as long as the seeds allowed would do if it were as far from zero as it may be.

    Args:
        values: shape ``(P, K)``, by seed, in the outcome's unit; NaN where there is none.
        counts: seeds that each point has, shape ``(P,)``, failed ones too; at most K.
        pilot: seeds of the pilot.
        width: that is asked for.
        most: seeds of a point, at most.
    """
    n, mean, spread = _moments(values)
    first, _, early = _moments(values[:, :pilot])
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):  # a width may be tiny
        reach = np.maximum(_quantile(first) * early, _quantile(n) * spread)
        half = reach / np.sqrt(n)
        wanted = width.size * (np.abs(mean) if width.relative else np.ones(len(n)))
        need = np.ceil((reach / wanted) ** 2)
        error = 2.0 * spread / np.sqrt(n)
        zero = width.relative & (np.abs(mean) <= error) & (spread > 0.0) & (half > wanted)
        # As far from zero as it may be: would the seeds allowed do then?
        farthest = np.ceil((reach / (width.size * (np.abs(mean) + error))) ** 2)
    few = ~((first >= 2) & np.isfinite(half))
    sure = (half <= wanted / 2.0) & (spread > 0.0)
    least = np.where(sure, 0.0, float(FEW))
    enough = (half <= wanted) & (n >= least)
    need = np.where(zero, 2.0 * n, np.where(np.isfinite(need), need, float(most)))
    need = np.maximum.reduce([need, np.ceil(n * STEP), least])
    need = np.maximum(np.minimum(need + counts - n, float(most)).astype(np.int64), counts)
    verdict = np.where(need > counts, MORE, NOT_REACHED)
    verdict = np.where(enough, REACHED, verdict)
    hopeless = zero & ((farthest > most) | (need <= counts))
    verdict = np.where(hopeless, ABOUT_ZERO, verdict)
    verdict = np.where(few, TOO_FEW, verdict).astype(np.int64)
    return Judged(np.where(verdict == MORE, need, counts), mean, half, verdict)


def _moments(values: Floats) -> tuple[Floats, Floats, Floats]:
    """Return number, mean and standard deviation of the finite values of each row."""
    known = np.isfinite(values)
    n = known.sum(axis=1).astype(float)
    filled = np.where(known, values, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = filled.sum(axis=1) / n
        apart = np.where(known, values - mean[:, None], 0.0)
        spread = np.sqrt((apart**2).sum(axis=1) / (n - 1.0))
    # Rounding alone is no spread.
    still = spread <= 1e-12 * np.abs(mean)
    return n, np.where(n > 0, mean, math.nan), np.where(still, 0.0, spread)


def _quantile(n: Floats) -> Floats:
    """Return the quantile of Student's t of a two-sided interval; NaN below two values."""
    from scipy.special import stdtrit  # here: most sweeps have no such target, and it takes long

    found: Floats = np.where(n >= 2, stdtrit(np.maximum(n - 1.0, 1.0), 0.5 + LEVEL / 2), math.nan)
    return found


def settled(values: Floats, pilot: int, width: Width, most: int) -> Judged:
    """Return how the points end, and their seeds, where their runs are there to be drawn from.

    Args:
        values: shape ``(P, K)`` with K at least ``most``: what each seed would give.
        pilot: seeds of the pilot.
        width: that is asked for.
        most: seeds of a point, at most.
    """
    counts = np.full(len(values), pilot, dtype=np.int64)
    place = np.arange(values.shape[1])
    while True:
        seen = np.where(place < counts[:, None], values, math.nan)
        found = judge(seen, counts, pilot, width, most)
        if not (found.verdict == MORE).any():
            return found
        counts = found.seeds


def known_means(about: Mapping[str, Any]) -> pd.DataFrame:
    """Return a row per target and point of a sweep that had targets and is finished.

    Columns: outcome, year, point, seeds, mean and half_width in the outcome's unit (half of the 95%
    interval), width as it was asked for, relative and verdict. No rows where there were no targets.

    Args:
        about: its manifest.
    """
    import pandas as pd

    until = about.get("until") or {"seeds": [], "targets": []}
    rows = []
    for one in until["targets"]:
        if "verdict" not in one:  # still at work
            continue
        each = zip(until["seeds"], one["mean"], one["half_width"], one["verdict"], strict=True)
        for point, (seeds, mean, half, verdict) in enumerate(each, 1):
            known = (math.nan if value is None else value for value in (mean, half))
            rows.append((one["outcome"], one["year"], point, seeds, *known, one["width"],
                         one["relative"], verdict))  # fmt: skip
    names = ["outcome", "year", "point", "seeds", "mean", "half_width", "width", "relative"]
    return pd.DataFrame(rows, columns=[*names, "verdict"])
