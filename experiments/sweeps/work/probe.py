"""A look ahead: what a sweep will cost, and which factors move nothing that is recorded."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from agents.compiled.record import FloatArray
from experiments.runs.scenario import Scenario
from experiments.runs.start import start_tables
from experiments.runs.values import Value
from experiments.sweeps.plan.plan import Plan
from experiments.sweeps.work.compute import compute, recorded, recording_of
from results.store.batches import long, to_bytes
from sim.engines.compiled import RunFailed
from sim.engines.threads import run_many
from sim.errors import BadInput

SEEDS = 2
BUDGET = 30.0
"""Seconds that a probe may take; a factor that was not reached is said not to be probed."""


class Cost(NamedTuple):
    """What a sweep is expected to take: seconds of one core that does nothing else, and bytes."""

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
    """Run the first batch and reckon from it; points that differ in size are not foreseen.

    Seconds are of this thread's processor time, which other work on the machine hardly moves.
    """
    began = time.thread_time()
    found = compute(plan, 0)
    each = (time.thread_time() - began) / found.runs
    # In this thread alone: one of Arrow's that still holds memory of Python's when a short command
    # ends brings the process down (``pq.read_table`` hands it to its threads).
    batch = pq.ParquetFile(pa.BufferReader(found.data)).read(use_threads=False)
    series = long(batch)
    share = plan.runs / found.runs
    # What a file has however few its rows are is there once: the batch of a country is one run.
    empty = len(to_bytes(series.slice(0, 0)))
    finished = empty + (len(to_bytes(series)) - empty) * share
    return Cost(each, each * plan.runs, int(len(found.data) * share), int(finished))


def probe(plan: Plan) -> Probe:
    """Move every factor alone, the others at their middle, and see whether anything changes.

    A factor is inert when no arm and no seed tried shows a difference in any recorded outcome.
    That is no proof: it may act beside other values of the others.
    """
    ends = time.perf_counter() + BUDGET
    factors = plan.experiment.factors
    moved: set[int] = set()
    still = [0] * len(factors)  # arms in which each was moved and nothing changed
    arms = 0
    for arm in range(len(plan.arms)):
        left = [k for k in range(len(factors)) if k not in moved]
        if not left or time.perf_counter() > ends:
            break
        middle = _middle(plan, arm)
        base = _outcomes(plan, arm, middle)
        arms += 1
        for k in left:
            if base is None or time.perf_counter() > ends:
                break
            answer = _moves(plan, arm, middle, k, base)
            if answer:
                moved.add(k)
            elif answer is not None:
                still[k] += 1
    text = (
        f"each factor alone, the others at their middle, in {arms} of {len(plan.arms)} arms, "
        f"seeds: {min(SEEDS, plan.replicates)}"
    )
    names = [(k, factor.name) for k, factor in enumerate(factors) if k not in moved]
    inert = tuple(name for k, name in names if still[k] == len(plan.arms))
    return Probe(inert, tuple(name for _, name in names if name not in inert), text)


def _middle(plan: Plan, arm: int) -> list[Value]:
    """Return the middle of every factor, or the first point where these cannot go together."""
    middle = [middle_of(plan, k) for k in range(len(plan.experiment.factors))]
    with suppress(BadInput):
        _ = _scenario(plan, arm, middle).policy
        return middle
    return list(next(point.values for point in plan.points if point.arm == arm))


def middle_of(plan: Plan, k: int) -> Value:
    """Return the middle value of a factor."""
    factor = plan.experiment.factors[k]
    if factor.sampled:
        return factor.at(np.array([0.5]))[0]
    return factor.values[len(factor.values) // 2]


def _moves(plan: Plan, arm: int, middle: list[Value], k: int, base: FloatArray) -> bool | None:
    """Return whether another value of factor ``k`` changes anything; None: none could be tried."""
    answer = None
    for value in plan.experiment.factors[k].extremes():
        if value == middle[k]:
            continue
        try:
            found = _outcomes(plan, arm, [*middle[:k], value, *middle[k + 1 :]])
        except BadInput:  # not together with these values of the others
            continue
        if found is None or not np.array_equal(found, base, equal_nan=True):
            return True
        answer = False
    return answer


def _scenario(plan: Plan, arm: int, values: list[Value]) -> Scenario:
    pairs = zip(plan.experiment.factors, values, strict=True)
    settings = tuple(one for factor, value in pairs for one in factor.settings(value))
    found = plan.arms[arm].of(plan.experiment, settings)
    found.__dict__["place"] = plan.places[arm]
    return found


def _outcomes(plan: Plan, arm: int, values: list[Value]) -> FloatArray | None:
    """Return what is recorded of a few runs, or None where one failed."""
    scenario = _scenario(plan, arm, values)
    seeds = scenario.seeds()[:SEEDS]
    found: Any = run_many(start_tables(scenario), seeds, recording_of(plan, scenario))
    if any(isinstance(one, RunFailed) for one in found):
        return None
    return np.stack([recorded(plan, scenario, one)[0] for one in found])
