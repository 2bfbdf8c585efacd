"""Designs on whole numbers: levels that are even steps apart, so that each is drawn as often."""

from __future__ import annotations

from experiments.sweeps.file.factors import Factor
from sim.errors import BadInput

MOST_GRID = 64
"""Levels of Morris' grid."""
MOST_SHOWN = 20


def check_grid(grid: int, factors: tuple[Factor, ...], where: str) -> None:
    """Refuse a grid of Morris that is odd, or not even on the whole numbers of some factor.

    A range of n whole numbers has a grid of p levels where p - 1 divides n - 1. With another one
    some numbers would be drawn more often than others, and one step would be two sizes.

    Raises:
        BadInput: with the grids that fit all factors.
    """
    where = f"{where}.grid"
    if grid % 2 or not 2 <= grid <= MOST_GRID:
        problem = f"{grid} does not fit"
        raise BadInput(where, problem, allowed=f"an even number, 2 .. {MOST_GRID}")
    ranged = [factor for factor in factors if factor.sampled and factor.whole]
    fitting = [
        one
        for one in range(2, MOST_GRID + 1, 2)
        if all(_span(factor) % (one - 1) == 0 for factor in ranged)
    ]
    for factor in ranged:
        if grid not in fitting and _span(factor) % (grid - 1):
            raise BadInput(
                where, f"{grid} levels are no even steps of {factor.name}, {_said(factor)}",
                allowed=f"{_listed(fitting)}, or values instead of a range",
            )  # fmt: skip


def check_levels(factor: Factor) -> None:
    """Refuse levels of a factorial that are no even steps on the whole numbers of a range.

    Raises:
        BadInput: with the numbers of levels that fit.
    """
    if not (factor.whole and factor.levels) or _span(factor) % (factor.levels - 1) == 0:
        return
    fitting = [one for one in range(2, 1001) if _span(factor) % (one - 1) == 0]
    raise BadInput(
        f"{factor.where}.levels", f"{factor.levels} are no even steps of {_said(factor)}",
        allowed=f"{_listed(fitting)}, or values instead of a range",
    )  # fmt: skip


def _span(factor: Factor) -> int:
    return int(factor.high) - int(factor.low)


def _said(factor: Factor) -> str:
    return f"whole numbers {int(factor.low)} .. {int(factor.high)}"


def _listed(numbers: list[int]) -> str:
    more = f" and {len(numbers) - MOST_SHOWN} more" if len(numbers) > MOST_SHOWN else ""
    return ", ".join(str(one) for one in numbers[:MOST_SHOWN]) + more
