"""Points that each move one factor from one base: what that does there, and nothing else."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from results.statistics.sensitivity.resampled import LEVEL, Floats

MOST = 5_000
"""Points among which a base is looked for."""


class Move(NamedTuple):
    """A point that differs from the base in one factor.

    Attributes:
        row: its row among the points.
        base: the row of the base.
        factor: which factor it moves.
        text: from what to what, in the experiment's own words.
    """

    row: int
    base: int
    factor: str
    text: str


def moves_of(points: pd.DataFrame) -> list[Move]:
    """Return the moves from one base, or nothing where the points have no such base.

    Args:
        points: a row per point, a column per factor.
    """
    if not 1 < len(points) <= MOST:
        return []
    codes = np.column_stack([pd.factorize(points[name])[0] for name in points])
    for base in range(len(points)):
        apart = codes != codes[base]
        count = apart.sum(axis=1)
        if (count <= 1).all():
            rows = [(row, int(np.argmax(apart[row]))) for row in np.flatnonzero(count)]
            names = list(points.columns)
            return [
                Move(int(row), base, names[k],
                     f"{_text(points.iat[base, k])} -> {_text(points.iat[int(row), k])}")
                for row, k in rows
            ]  # fmt: skip
    return []


def _text(value: object) -> str:
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def difference(base: Floats, moved: Floats) -> tuple[float, float, float]:
    """Return what a move does: the mean over seeds and its 95% t-interval, paired by seed.

    Args:
        base: outcomes at the base, shape ``(seeds,)``.
        moved: the same seeds after the move.
    """
    gaps = moved - base
    mean = float(gaps.mean())
    if len(gaps) < 2:
        return mean, float("nan"), float("nan")
    half = float(stdtrit(len(gaps) - 1, 0.5 + LEVEL / 2.0) * gaps.std(ddof=1) / len(gaps) ** 0.5)
    return mean, mean - half, mean + half
