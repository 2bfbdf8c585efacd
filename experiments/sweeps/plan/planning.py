"""How a plan is made: the points of an experiment, checked whole before the first run."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from experiments.runs.identity import hash_of, rounded, rules_hash
from experiments.runs.values import Value
from experiments.runs.version import VERSION
from experiments.sweeps.file.design import rows_of
from experiments.sweeps.file.experiment import Experiment
from experiments.sweeps.plan.arms import Arm, Point
from experiments.sweeps.plan.checks import (
    Progress,
    check_arms,
    check_count,
    check_factor,
    check_own_chains,
    check_points,
    check_spread,
    in_file,
)
from experiments.sweeps.plan.order import Order, order_of
from experiments.sweeps.plan.plan import Plan
from results.store.schema import SCHEMA_VERSION
from sim.errors import BadInput
from sim.place.content import content as region_content
from sim.place.load import load_region
from sim.place.region import Region
from sim.policy.load import load_regime
from sim.reading.texts import keeping

PRACTICES_IN_BATCH = 8_000
MOST_IN_BATCH = 64
"""A batch holds so many runs that it takes a second or two, whatever the region's size."""
LEAST_OF_FAMILY = 16
"""Runs of one seed that a batch holds where they may share a past, however large the region."""
INSURED_PER_PRACTICE = 2_300


def make_plan(experiment: Experiment, progress: Progress | None = None) -> Plan:
    """Return the plan of an experiment, after checking every point of it.

    Raises:
        BadInput: a region, regime, package, setting or combination cannot be run.
    """
    called = _called(experiment)
    arms = tuple(
        Arm(region, regime, packages, called[regime])
        for region in experiment.regions
        for regime in experiment.regimes
        for packages in experiment.packages
    )
    check_count(experiment, len(arms))
    places = _places(arms, experiment)
    check_arms(experiment, arms, places)
    for factor in experiment.factors:
        check_factor(experiment, factor, arms, places)
    values = rows_of(experiment.design, experiment.factors)
    check_spread(experiment, values)
    rows, points = _distinct(len(arms), values)
    identity = _id(experiment, arms, places, values)
    plan = Plan(experiment, arms, places, points, rows, size_for(places), identity)
    check_points(plan, progress)
    check_own_chains(plan)
    order = order_of(experiment, arms, places, points, plan.replicates)
    if order is None:
        return plan
    return replace(plan, size=_size_of(plan.size, order), order=order)


def _called(experiment: Experiment) -> dict[str, str]:
    """Return the name of each regime; tables tell arms by it, so that no two may have one."""
    names: dict[str, str] = {}
    for regime in experiment.regimes:
        with in_file(experiment.path, "runs.regimes"), keeping(experiment.texts):
            name = load_regime(regime).name
            if name in names.values():
                raise BadInput(
                    f"regime {regime!r}", f"another is called {name!r} too",
                    allowed="names that differ: tables tell arms by them",
                )  # fmt: skip
        names[regime] = name
    return names


def _places(arms: tuple[Arm, ...], experiment: Experiment) -> tuple[Region, ...]:
    known: dict[str, Region] = {}
    for arm in arms:
        if arm.region not in known:
            with in_file(experiment.path, "runs.regions"), keeping(experiment.texts):
                known[arm.region] = load_region(arm.region)
    return tuple(known[arm.region] for arm in arms)


def _distinct(
    arms: int, values: list[tuple[Value, ...]]
) -> tuple[tuple[int, ...], tuple[Point, ...]]:
    known: dict[Point, int] = {}
    rows = []
    for arm in range(arms):
        for row in values:
            rows.append(known.setdefault(Point(arm, row), len(known)))
    return tuple(rows), tuple(known)


def size_for(places: tuple[Region, ...]) -> int:
    """Return how many runs of regions a batch holds: few of large ones."""
    people = max(sum(m.population for m in place.municipalities) for place in places)
    practices = max(1.0, people / INSURED_PER_PRACTICE)
    return max(1, min(MOST_IN_BATCH, int(PRACTICES_IN_BATCH / practices)))


def _size_of(size: int, order: Order) -> int:
    """Return how many runs a batch holds so that it cuts few families, which share their pasts."""
    if order.largest > size:
        return max(size, min(order.largest, LEAST_OF_FAMILY))
    return size // order.largest * order.largest


def _id(
    experiment: Experiment,
    arms: tuple[Arm, ...],
    places: tuple[Region, ...],
    values: list[tuple[Value, ...]],
) -> str:
    """Return a hash of all that can move a result, and of which runs there are."""
    contents: list[list[Any]] = []
    for arm, place in zip(arms, places, strict=True):
        scenario = arm.of(experiment)
        scenario.__dict__["place"] = place
        policy, start = scenario.policy.content(), dict(scenario.values)
        later = [scenario.later] if scenario.later else []
        contents.append([rounded(region_content(place)), policy, start, *later])
    settings = [
        [one.text for f, v in zip(experiment.factors, row, strict=True) for one in f.settings(v)]
        for row in values
    ]
    return hash_of(
        {
            "arms": contents,
            "points": settings,
            "factors": [factor.name for factor in experiment.factors],
            "runs": experiment.runs,
            "record": [experiment.record, experiment.scopes, list(experiment.outcomes)],
            "rules": rules_hash(),
            "schema": SCHEMA_VERSION,
            "version": VERSION,
        }
    )
