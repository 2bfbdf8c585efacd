"""Designs: which combinations of factors are run.

What has values is crossed: every value with every other. What has a range is sampled, all
ranges together: by Latin hypercube or Sobol' sequence (scipy.stats.qmc), by the schemes of
Saltelli or Morris (SALib) where sensitivity is asked, or evenly in a full factorial.
"""

from __future__ import annotations

import csv
import itertools
import math
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from agents.record import FloatArray
from experiments.sweeps.factors import Factor, Value, value_of, written
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
    ranged = [factor.name for factor in factors if factor.sampled]
    if not raw:
        if ranged and not all(f.levels for f in factors if f.sampled):
            raise BadInput(
                where, f"is missing: {ranged[0]} has a range", allowed="a table [design]"
            )
        raw = {"kind": "factorial"}
    table = validate(DesignTable, raw, where)
    if table.kind not in KINDS:
        raise BadInput(
            f"{where}.kind", f"{table.kind!r} is unknown", allowed=", ".join(KINDS),
            nearest=nearest(table.kind, KINDS),
        )  # fmt: skip
    for key in sorted(set(table.model_fields_set) - {"kind", *_USES[table.kind]}):
        uses = ", ".join(_USES[table.kind]) or "nothing more"
        raise BadInput(f"{where}.{key}", f"does nothing for {table.kind}", allowed=uses)
    if table.kind == "points":
        listed, found = _read_points(table, factors, path)
        return Design("points", listed=listed), found
    if table.kind == "factorial":
        for factor in factors:
            if factor.sampled and not factor.levels:
                raise BadInput(
                    f"{where}.kind", f"a factorial needs levels for the range of {factor.name}",
                    allowed="levels = 2 or more beside low and high, or another kind of design",
                )  # fmt: skip
        return Design("factorial"), factors
    _check_sample(table, factors, where)
    design = Design(table.kind, table.points or 0, table.seed, table.second_order, table.grid)
    return design, factors


def _check_sample(table: DesignTable, factors: tuple[Factor, ...], where: str) -> None:
    kind, count = table.kind, sum(factor.sampled for factor in factors)
    if not count:
        raise BadInput(
            f"{where}.kind", f"{kind} has nothing to sample",
            allowed="a factor with low and high, or kind = 'factorial'",
        )  # fmt: skip
    for factor in factors:
        if factor.levels:
            raise BadInput(
                f"{where}.kind", f"{kind} does not use the levels of {factor.name}",
                allowed="no levels, or kind = 'factorial'",
            )  # fmt: skip
    if table.points is None:
        raise BadInput(f"{where}.points", "is missing", allowed="how many to sample, 2 or more")
    if not 2 <= table.points <= MOST_POINTS:
        raise BadInput(f"{where}.points", f"{table.points}", allowed=f"2 .. {MOST_POINTS:,}")
    if not 0 <= table.seed < 2**32:
        raise BadInput(f"{where}.seed", f"{table.seed}", allowed="0 .. 2^32-1")
    if kind in ("sobol", "saltelli") and table.points & (table.points - 1):
        lower = 2 ** int(math.log2(table.points))
        raise BadInput(
            f"{where}.points", f"{table.points} would spoil the balance of a Sobol' sequence",
            allowed=f"a power of two, such as {lower} or {2 * lower}",
        )  # fmt: skip
    if kind == "morris" and (table.grid % 2 or not 2 <= table.grid <= 64):
        raise BadInput(f"{where}.grid", f"{table.grid}", allowed="an even number, 2 .. 64")
    if kind in ("saltelli", "morris"):
        try:
            import SALib  # noqa: F401
        except ImportError:
            raise BadInput(
                f"{where}.kind", f"{kind} needs SALib, which is not installed",
                allowed="the extra: pip install 'regiosim[analysis]'",
            ) from None  # fmt: skip


def rows_of(design: Design, factors: tuple[Factor, ...]) -> list[tuple[Value, ...]]:
    """Return the points of a design: a value per factor, crossed values outermost."""
    if design.kind == "points":
        return list(design.listed)
    sampled = [factor for factor in factors if factor.sampled]
    if design.kind == "factorial":
        lists = [f.spread(f.levels) if f.sampled else f.values for f in factors]
        return list(itertools.product(*lists))
    unit = unit_sample(design, len(sampled))
    drawn = list(zip(*(f.at(unit[:, k]) for k, f in enumerate(sampled)), strict=True))
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


def _read_points(
    table: DesignTable, factors: tuple[Factor, ...], path: Path
) -> tuple[tuple[tuple[Value, ...], ...], tuple[Factor, ...]]:
    """Return the points of a CSV file and the factors in the order of its columns."""
    if table.file is None:
        raise BadInput(f"{path}: design.file", "is missing", allowed="a CSV file of points")
    source = path.parent / table.file
    try:
        with source.open(encoding="utf-8-sig", newline="") as stream:
            lines = [row for row in csv.reader(stream) if any(cell.strip() for cell in row)]
    except OSError as error:
        raise BadInput(str(source), f"cannot be read ({error.strerror})") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadInput(str(source), f"is not CSV in UTF-8 ({error})") from None
    if len(lines) < 2:
        raise BadInput(str(source), "has no points", allowed="a line of names, then a line a point")
    names = [cell.strip() for cell in lines[0]]
    _check_columns(names, factors, source)
    points = []
    for number, line in enumerate(lines[1:], 2):
        if len(line) != len(names) or not all(cell.strip() for cell in line):
            raise BadInput(
                f"{source}, line {number}", f"does not have {len(names)} values",
                allowed=", ".join(names),
            )  # fmt: skip
        points.append(tuple(value_of(cell) for cell in line))
    known = {factor.name: factor for factor in factors}
    found = []
    for column, name in enumerate(names):
        given = tuple(dict.fromkeys(point[column] for point in points))
        if name in known:
            _check_listed(known[name], given, source)
            found.append(known[name])
        else:
            found.append(Factor(name, "uncertainty", (name,), given))
    return tuple(points), tuple(found)


def _check_columns(names: list[str], factors: tuple[Factor, ...], source: Path) -> None:
    for place, name in enumerate(names):
        if not name or name in names[:place]:
            raise BadInput(f"{source}, line 1", f"column {place + 1} has no name of its own")
    for factor in factors:
        if factor.name not in names:
            raise BadInput(
                f"{source}, line 1", f"has no column for factor {factor.name}",
                allowed="a column for every lever and uncertainty",
                nearest=nearest(factor.name, names),
            )  # fmt: skip


def _check_listed(factor: Factor, given: tuple[Value, ...], source: Path) -> None:
    for value in given:
        if factor.sampled:
            number = isinstance(value, int | float) and not isinstance(value, bool)
            inside = number and factor.low <= float(value) <= factor.high
            allowed = f"{factor.low:.10g} .. {factor.high:.10g}"
        else:
            inside = value in factor.values
            allowed = ", ".join(written(v) for v in factor.values)
        if not inside:
            raise BadInput(f"{source}: {factor.name}", f"{written(value)}", allowed=allowed)
