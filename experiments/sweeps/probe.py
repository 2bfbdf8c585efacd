"""A look ahead: what a sweep will cost, and which factors move nothing that is recorded."""

from __future__ import annotations

import io
import time
from typing import Any, NamedTuple

import numpy as np
import pyarrow.parquet as pq

from agents.record import FloatArray
from experiments.kernels import start_tables
from experiments.sweeps.compute import compute, recording_of
from experiments.sweeps.factors import Value
from experiments.sweeps.plan import Plan
from results.batches import long, to_bytes
from sim.engine import RunFailed, run_many, yearly
from sim.errors import BadInput
from sim.outcomes import NAMES

SEEDS = 2
BUDGET = 30.0
"""Seconds that a probe may take; a factor that was not reached is said not to be probed."""


class Cost(NamedTuple):
    """What a sweep is expected to take: seconds on one core, and bytes."""

    seconds_per_run: float
    seconds: float
    batches: int
    finished: int


class Probe(NamedTuple):
    """Factors that moved nothing, those that time did not allow to probe, and what was done."""

    inert: tuple[str, ...]
    left: tuple[str, ...]
    text: str


def cost_of(plan: Plan) -> Cost:
    """Run the first batch and reckon from it; points that differ in size are not foreseen."""
    began = time.perf_counter()
    found = compute(plan, 0)
    each = (time.perf_counter() - began) / found.runs
    series = len(to_bytes(long(pq.read_table(io.BytesIO(found.data)))))
    share = plan.runs / found.runs
    return Cost(each, each * plan.runs, int(len(found.data) * share), int(series * share))


def probe(plan: Plan) -> Probe:
    """Move every factor alone, the others at their middle, and see whether anything changes.

    A factor is inert when no arm and no seed tried shows a difference in any recorded outcome.
    That is no proof: it may act beside other values of the others.
    """
    began = time.perf_counter()
    waiting = list(range(len(plan.experiment.factors)))
    middle = [middle_of(plan, k) for k in waiting]
    tried = 0
    for arm in range(len(plan.arms)):
        if not waiting or time.perf_counter() - began > BUDGET:
            break
        base = _outcomes(plan, arm, middle)
        tried += 1
        for k in list(waiting):
            if time.perf_counter() - began > BUDGET:
                break
            if _moves(plan, arm, middle, k, base):
                waiting.remove(k)
    late = time.perf_counter() - began > BUDGET
    names = tuple(plan.experiment.factors[k].name for k in waiting)
    text = (
        f"each factor alone, the others at their middle, in {tried} of {len(plan.arms)} arms, "
        f"{SEEDS} seeds"
    )
    return Probe(() if late else names, names if late else (), text)


def middle_of(plan: Plan, k: int) -> Value:
    """Return the middle value of a factor."""
    factor = plan.experiment.factors[k]
    if factor.sampled:
        return factor.at(np.array([0.5]))[0]
    return factor.values[len(factor.values) // 2]


def _moves(plan: Plan, arm: int, middle: list[Value], k: int, base: FloatArray | None) -> bool:
    for value in plan.experiment.factors[k].extremes():
        if value == middle[k]:
            continue
        found = _outcomes(plan, arm, [*middle[:k], value, *middle[k + 1 :]])
        if found is None or base is None or not np.array_equal(found, base, equal_nan=True):
            return True
    return False


def _outcomes(plan: Plan, arm: int, values: list[Value]) -> FloatArray | None:
    """Return what is recorded of a few runs, or None where one failed or cannot be run."""
    pairs = zip(plan.experiment.factors, values, strict=True)
    settings = tuple(text for factor, value in pairs for text in factor.settings(value))
    scenario = plan.experiment.scenario(*plan.arms[arm], settings)
    scenario.__dict__["place"] = plan.places[arm]
    try:
        scenario.check()
    except BadInput:  # the middles of a list of points need not go together
        return None
    seeds = scenario.seeds()[:SEEDS]
    found: Any = run_many(start_tables(scenario), seeds, recording_of(plan, scenario))
    if any(isinstance(one, RunFailed) for one in found):
        return None
    columns = [NAMES.index(name) for name in plan.experiment.outcomes]
    if plan.experiment.record == "yearly":
        found = [yearly(one, scenario.first)[0] for one in found]
    return np.stack(found)[..., columns]
