"""How many seeds each point of a plan has, where points have their own number of them."""

from __future__ import annotations

from dataclasses import dataclass

from agents.compiled.record import IntArray
from experiments.sweeps.file.until import Target


@dataclass(frozen=True, eq=False)
class Stages:
    """How far a plan with seeds of its own at every point is.

    Attributes:
        targets: what is to be found out.
        most: seeds of a point at most.
        pilot: seeds that every point begins with.
        counts: seeds of each point by now, shape ``(points,)``.
        ends: runs at the end of each stage, the pilot being the first.
    """

    targets: tuple[Target, ...]
    most: int
    pilot: int
    counts: IntArray
    ends: tuple[int, ...]
