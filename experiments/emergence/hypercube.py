"""Claims over plausible ranges: a Latin hypercube, on paired seeds at each of its points."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

import agents.care  # noqa: F401  (declares the parameters of functions and groups)
from agents.compiled.record import FloatArray
from agents.parameters import DECLARED, Declared
from experiments.emergence.field import Field, Place, settings_of, years_of
from experiments.emergence.judging import beyond
from experiments.emergence.registry import AS_IT_IS, Claim, Registry, World
from experiments.mechanisms import FALSE, Measure, mean_of
from experiments.sweeps.file.design import Design, unit_sample
from results.statistics.parts import Along, Parts, along, parts_of
from results.statistics.shares import Share, share_of

SCORING = ("criterion.", "value.")
"""Parameters that score outcomes and that nobody's decisions read."""
SEED = 20
QUESTION = ("organisation_size_weighted", "effective_organisations")
"""Scale and fragmentation: the question of the model."""

Cell = tuple[str, World]


def sampled() -> list[Declared]:
    """Return the numbers that are sampled: all with a plausible range but those that score."""
    return [
        one
        for one in DECLARED.values()
        if one.kind != "?" and one.unit != "code" and one.least < one.most
        and not one.name.startswith(SCORING)
    ]  # fmt: skip


def value_at(one: Declared, share: float) -> str:
    """Return the value at a share (0..1) of a plausible range, as it is written."""
    if one.kind == "i8":
        steps = int(share * (one.most - one.least + 1.0))
        return str(min(int(one.most), int(one.least) + steps))
    return repr(min(one.most, one.least + share * (one.most - one.least)))


class Cube(NamedTuple):
    """What came out over a hypercube.

    ``shares`` has shape ``(points, factors)``: where in its range each factor was. Of each cell the
    outcomes have shape ``(points, seeds, years, outcomes)``; a point at which a run failed is left
    out of both, and ``failed`` says how many those are.
    """

    factors: tuple[Declared, ...]
    shares: FloatArray
    cells: dict[Cell, FloatArray]
    failed: int

    @property
    def points(self) -> int:
        """How many points are left."""
        return len(self.shares)

    def level(self, cell: Cell, measure: Measure) -> FloatArray:
        """Return a measure of a cell: shape ``(points, seeds)``."""
        found = self.cells[cell]
        flat = mean_of(found.reshape(-1, *found.shape[2:]), measure)
        return np.asarray(flat.reshape(found.shape[:2]))


def cells_of(registry: Registry, with_null: bool) -> list[Cell]:
    """Return what is run at each point: every arm, and of patterns the first null model too."""
    null = next(world for world in registry.worlds if world.role == "null")
    found: list[Cell] = []
    for family in registry.families.values():
        found += [(arm, AS_IT_IS) for arm in family.arms]
        if with_null and not family.changed:
            found.append((family.plain, null))
    return list(dict.fromkeys(found))


def run_cube(place: Place, cells: Iterable[Cell], points: int, seeds: int) -> Cube:
    """Run every cell at every point, each point on seeds of its own that all cells share."""
    factors, cells = tuple(sampled()), list(cells)
    shares = unit_sample(Design("latin-hypercube", points, SEED), len(factors))
    found: dict[Cell, list[FloatArray]] = {cell: [] for cell in cells}
    for p, row in enumerate(shares):
        own = {one.name: value_at(one, float(u)) for one, u in zip(factors, row, strict=True)}
        field = Field(place, range(1000 * (p + 1), 1000 * (p + 1) + seeds))
        for regime, world in cells:
            start, last = field.start(regime + world.suffix, own | settings_of(world.settings))
            found[regime, world].append(years_of(start, field.seeds, last))
        if p % 25 == 24:
            print(f"{place.region}: {p + 1} of {points} points", file=sys.stderr, flush=True)
    stacked = {cell: np.array(many) for cell, many in found.items()}
    whole = np.ones(points, bool)
    for values in stacked.values():
        failed = np.isnan(values).all(axis=(2, 3))
        whole &= ~np.any(failed, axis=1)
    kept = {cell: values[whole] for cell, values in stacked.items()}
    return Cube(factors, shares[whole], kept, int(points - whole.sum()))


class Robust(NamedTuple):
    """In what share of points a claim's sign, its threshold, and its distance to the null hold.

    ``sign`` is none for a pattern, ``null`` none for a contrast and where no null was run.
    """

    claim: Claim
    sign: Share | None
    threshold: Share
    null: Share | None


def numbers_of(cube: Cube, registry: Registry, claim: Claim, world: World) -> FloatArray:
    """Return a claim's number at each point, the mean of its seeds: shape ``(points,)``."""
    arms = registry.families[claim.family].arms
    levels = [cube.level((arm, world), claim.measure).mean(axis=1) for arm in arms]
    return np.asarray(levels[0] if len(levels) == 1 else levels[1] - levels[0])


def robust(cube: Cube, registry: Registry, claim: Claim, times: float, apart: float) -> Robust:
    """Return in what share of points a claim holds.

    ``apart``: the mean difference from the first null model at the default values.
    """
    numbers = numbers_of(cube, registry, claim, AS_IT_IS)
    threshold = share_of(beyond(claim, numbers, times))
    if claim.sign:
        return Robust(claim, share_of(claim.sign * numbers > 0.0), threshold, None)
    null = next((world for _, world in cube.cells if world.role == "null"), None)
    if null is None:
        return Robust(claim, None, threshold, None)
    further = numbers_of(cube, registry, claim, null) - numbers
    return Robust(claim, None, threshold, share_of(further * np.sign(apart) > 0.0))


class Decided(NamedTuple):
    """What decides one outcome: parts of its variance over designs, and what goes along."""

    outcome: str
    heading: str
    unit: str
    parts: Parts
    history: list[tuple[Declared, Along]]
    designs: list[tuple[Declared, Along]]


def designs_of(registry: Registry) -> list[str]:
    """Return the arms of contrasts: designs of one money."""
    found = [arm for family in registry.families.values() if family.changed for arm in family.arms]
    return list(dict.fromkeys(found))


def decided(cube: Cube, registry: Registry) -> list[Decided]:
    """Return what decides scale and fragmentation over the plausible ranges."""
    claims = [
        next(c for c in registry.claims if c.outcome == name and not c.sign) for name in QUESTION
    ]
    arms = designs_of(registry)
    history = registry.families[claims[0].family].plain
    levels, parts = [], []
    for claim in claims:
        cells = np.stack([cube.level((arm, AS_IT_IS), claim.measure) for arm in arms], axis=1)
        parts.append(parts_of(cells).shares())
        levels += [
            cube.level((history, AS_IT_IS), claim.measure).mean(axis=1),
            cells.mean(axis=(1, 2)),
        ]
    firm = along(cube.shares, np.stack(levels, axis=1), FALSE)
    named = [(cube.factors[one.factor], one) for one in firm]
    out = []
    for k, claim in enumerate(claims):
        sides = [[pair for pair in named if pair[1].outcome == 2 * k + side] for side in (0, 1)]
        out.append(Decided(claim.outcome, claim.name, claim.unit, parts[k], sides[0], sides[1]))
    return out
