"""Designs: which combinations of factors are run.

What has values is crossed: every value with every other. What has a range is sampled, all
ranges together: by Latin hypercube or Sobol' sequence (scipy.stats.qmc), by the schemes of
Saltelli or Morris (SALib) where sensitivity is asked, or evenly in a full factorial.
"""

from __future__ import annotations

import itertools
import math
import warnings
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from agents.compiled.record import FloatArray
from experiments.runs.values import Value
from experiments.sweeps.file.factors import Factor
from experiments.sweeps.file.points import read_points
from experiments.sweeps.file.whole import check_grid, check_levels
from sim.errors import BadInput, nearest
from sim.policy.read import validate
from sim.policy.values import Strict

KINDS = ("factorial", "latin-hypercube", "sobol", "saltelli", "morris", "points")
MOST_POINTS = 1_000_000

_USES = {
    "factorial": (),
    "latin-hypercube": ("points", "seed"),
    "sobol": ("points", "seed"),
    "saltelli": ("points", "seed", "second_order"),
    "morris": ("points", "seed", "grid"),
    "points": ("file",),
}


class DesignTable(Strict):
    """``[design]`` as it is written."""

    kind: str
    points: int | None = None
    seed: int = 1
    second_order: bool = False
    grid: int = 4
    file: str | None = None


@dataclass(frozen=True)
class Design:
    """A design, checked; ``rows`` gives its points.

    Attributes:
        kind: one of ``KINDS``.
        points: sampled points asked for; of Saltelli the base sample, of Morris trajectories.
        seed: seed of the sample.
        second_order: whether Saltelli's scheme allows indices of pairs.
        grid: levels of Morris' grid.
        listed: the points of a points file, in the order of the factors.
    """

    kind: str
    points: int = 0
    seed: int = 1
    second_order: bool = False
    grid: int = 4
    listed: tuple[tuple[Value, ...], ...] = ()

    def described(self) -> dict[str, Any]:
        """Return what a manifest says of it."""
        keys = [k for k in _USES[self.kind] if k != "file"]
        return {"kind": self.kind, **{key: getattr(self, key) for key in keys}}


def make_design(
    raw: dict[str, Any], factors: tuple[Factor, ...], path: Path
) -> tuple[Design, tuple[Factor, ...]]:
    """Return the design of an experiment, and its factors with those of a points file.

    Raises:
        BadInput: it does not fit the factors, or needs a package that is not installed.
    """
    where = f"{path}: design"
    table = _table(raw, factors, where)
    if table.kind == "points":
        _refuse_levels(table.kind, factors, where)
        if not (table.file or "").strip():
            raise BadInput(f"{where}.file", "is missing", allowed="a CSV file of points")
        listed, found = read_points(path.parent / str(table.file), factors, f"{where}.file")
        return Design("points", listed=listed), found
    if table.kind == "factorial":
        for factor in factors:
            _check_even(factor, where)
        return Design("factorial"), factors
    _check_sample(table, factors, where)
    design = Design(table.kind, table.points or 0, table.seed, table.second_order, table.grid)
    return design, factors


def _table(raw: dict[str, Any], factors: tuple[Factor, ...], where: str) -> DesignTable:
    """Return ``[design]``, whose keys all do something; without it, a factorial."""
    if not raw:
        for factor in factors:
            if factor.sampled and not factor.levels:
                raise BadInput(
                    where, f"is missing: {factor.name} has a range", allowed="a table [design]"
                )
        raw = {"kind": "factorial"}
    table = validate(DesignTable, raw, where, ".")
    if table.kind not in KINDS:
        raise BadInput(
            f"{where}.kind", f"{table.kind!r} is unknown", allowed=", ".join(KINDS),
            nearest=nearest(table.kind, KINDS),
        )  # fmt: skip
    for key in sorted(set(table.model_fields_set) - {"kind", *_USES[table.kind]}):
        uses = ", ".join(_USES[table.kind]) or "nothing more"
        raise BadInput(f"{where}.{key}", f"does nothing for {table.kind}", allowed=uses)
    return table


def _check_even(factor: Factor, where: str) -> None:
    """Refuse a range of which a factorial cannot take even levels."""
    if not factor.sampled:
        return
    if not factor.levels:
        raise BadInput(
            f"{where}.kind", f"a factorial needs levels for the range of {factor.name}",
            allowed="levels = 2 or more beside low and high, or another kind of design",
        )  # fmt: skip
    if factor.shape:
        raise BadInput(
            f"{factor.where}.distribution", f"{factor.distribution} does nothing in a factorial",
            allowed="uniform or log-uniform, whose levels are even, or values",
        )  # fmt: skip
    check_levels(factor)


def _refuse_levels(kind: str, factors: tuple[Factor, ...], where: str) -> None:
    for factor in factors:
        if factor.levels:
            raise BadInput(
                f"{where}.kind", f"{kind} does not use the levels of {factor.name}",
                allowed="no levels, or kind = 'factorial'",
            )  # fmt: skip


def _check_sample(table: DesignTable, factors: tuple[Factor, ...], where: str) -> None:
    kind = table.kind
    if not any(factor.sampled for factor in factors):
        raise BadInput(
            f"{where}.kind", f"{kind} has nothing to sample",
            allowed="a factor with low and high, or kind = 'factorial'",
        )  # fmt: skip
    _refuse_levels(kind, factors, where)
    if table.points is None:
        raise BadInput(f"{where}.points", "is missing", allowed="how many to sample, 2 or more")
    _check_within(table.points, 2, MOST_POINTS, f"{where}.points")
    _check_within(table.seed, 0, 2**32 - 1, f"{where}.seed")
    if kind in ("sobol", "saltelli") and table.points & (table.points - 1):
        lower = 2 ** int(math.log2(table.points))
        raise BadInput(
            f"{where}.points", f"{table.points} would spoil the balance of a Sobol' sequence",
            allowed=f"a power of two, such as {lower} or {2 * lower}",
        )  # fmt: skip
    if kind == "morris":
        check_grid(table.grid, factors, where)
    if kind in ("saltelli", "morris") and find_spec("SALib") is None:
        raise BadInput(
            f"{where}.kind", f"{kind} needs SALib, which is not installed",
            allowed="the extra: pip install 'regiosim[analysis]'",
        )  # fmt: skip


def _check_within(value: int, low: int, high: int, where: str) -> None:
    if not low <= value <= high:
        raise BadInput(where, f"{value} is out of range", allowed=f"{low:,} .. {high:,}")


def rows_of(design: Design, factors: tuple[Factor, ...]) -> list[tuple[Value, ...]]:
    """Return the points of a design: a value per factor, crossed values outermost."""
    if design.kind == "points":
        return list(design.listed)
    sampled = [factor for factor in factors if factor.sampled]
    if design.kind == "factorial":
        lists = [f.spread(f.levels) if f.sampled else f.values for f in factors]
        return list(itertools.product(*lists))
    cube = unit_sample(design, len(sampled))
    even = design.kind == "morris"
    columns = [f.on_grid(cube[:, k]) if even else f.at(cube[:, k]) for k, f in enumerate(sampled)]
    drawn = list(zip(*columns, strict=True))
    crossed = itertools.product(*(f.values for f in factors if not f.sampled))
    rows = []
    for fixed in crossed:
        for point in drawn:
            own, others = iter(point), iter(fixed)
            rows.append(tuple(next(own) if f.sampled else next(others) for f in factors))
    return rows


def count_of(design: Design, factors: tuple[Factor, ...]) -> int:
    """Return how many points a design has, without making them."""
    if design.kind == "points":
        return len(design.listed)
    if design.kind == "factorial":
        return math.prod(len(f.spread(f.levels)) if f.sampled else len(f.values) for f in factors)
    dimensions = sum(factor.sampled for factor in factors)
    per = {
        "saltelli": (2 * dimensions if design.second_order else dimensions) + 2,
        "morris": dimensions + 1,
    }.get(design.kind, 1)
    crossed = math.prod(len(factor.values) for factor in factors if not factor.sampled)
    return design.points * per * crossed


def unit_sample(design: Design, dimensions: int) -> FloatArray:
    """Return sampled points in the unit cube, shape ``(rows, dimensions)``.

    Saltelli gives ``points * (dimensions + 2)`` rows (``2 * dimensions + 2`` with pairs),
    Morris ``points * (dimensions + 1)``, the others ``points``.
    """
    if design.kind in ("latin-hypercube", "sobol"):
        from scipy.stats import qmc

        random = np.random.default_rng(design.seed)
        if design.kind == "sobol":
            return np.asarray(qmc.Sobol(dimensions, rng=random).random(design.points))
        return np.asarray(qmc.LatinHypercube(dimensions, rng=random).random(design.points))
    names = [f"x{k}" for k in range(dimensions)]
    problem = {"num_vars": dimensions, "names": names, "bounds": [[0.0, 1.0]] * dimensions}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # SALib warns of what its own callees deprecate
        if design.kind == "saltelli":
            from SALib.sample import sobol

            return np.asarray(
                sobol.sample(
                    problem, design.points, calc_second_order=design.second_order,
                    seed=design.seed,
                )
            )  # fmt: skip
        from SALib.sample import morris

        return np.asarray(
            morris.sample(problem, design.points, num_levels=design.grid, seed=design.seed)
        )
