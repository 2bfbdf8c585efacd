"""Run one batch of a plan: a pure function, the same in every process and on every machine."""

from __future__ import annotations

import time
from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

import numpy as np

from agents.compiled.record import FloatArray, IntArray
from experiments.runs.frames import Names
from experiments.runs.quarters import quarter_name
from experiments.runs.scenario import Scenario
from experiments.runs.start import start_tables
from experiments.sweeps.plan.plan import Plan, Run
from results.store.batches import Kept, Label, batch_table, to_bytes
from sim.engines.compiled import Recording, RunFailed, run_many, yearly
from sim.measure.outcomes import NAMES


class Computed(NamedTuple):
    """A batch as the bytes of its file, how many of its runs failed, and seconds in kernels."""

    number: int
    data: bytes
    runs: int
    failed: int
    kernel: float


def compute(plan: Plan, number: int, dead: frozenset[int] = frozenset()) -> Computed:
    """Run a batch.

    Args:
        plan: the plan.
        number: of the batch.
        dead: numbers of runs that are not tried: each ended its process before.
    """
    kept, kernel = kept_of(plan, plan.batch(number), dead)
    label = Label(plan.id, number, len(kept))
    data = to_bytes(batch_table(kept, plan.experiment.outcomes, label))
    return Computed(number, data, len(kept), sum(k.values is None for k in kept), kernel)


def kept_of(
    plan: Plan, many: Iterable[Run], dead: frozenset[int] = frozenset()
) -> tuple[list[Kept], float]:
    """Run some runs of a plan, in its order; return them as they are stored, and seconds."""
    kept: list[Kept] = []
    kernel = 0.0
    for point, group in groupby(many, key=lambda run: run.point):
        runs = list(group)
        scenario = plan.scenario(point)
        tried = [run for run in runs if run.number not in dead]
        began = time.perf_counter()
        found = _series(plan, scenario, tried)
        kernel += time.perf_counter() - began
        results = dict(zip((run.number for run in tried), found, strict=True))
        kept += [_kept(plan, scenario, run, results.get(run.number)) for run in runs]
    return kept, kernel


def recording_of(plan: Plan, scenario: Scenario) -> Recording:
    """Return what is measured of each run."""
    places = plan.experiment.scopes != "all"
    return Recording(scenario.first, scenario.last, places, plan.experiment.record == "yearly")


def recorded(plan: Plan, scenario: Scenario, series: FloatArray) -> tuple[FloatArray, IntArray]:
    """Return what is kept of a run, shape ``(ticks, scopes, outcomes)``, and its ticks."""
    ticks = np.arange(scenario.first, scenario.last + 1, dtype=np.int64)
    if plan.experiment.record == "yearly":
        series, ticks = yearly(series, scenario.first)
    return series[..., [NAMES.index(name) for name in plan.experiment.outcomes]], ticks


def _series(plan: Plan, scenario: Scenario, runs: list[Run]) -> list[FloatArray | RunFailed]:
    if not runs:
        return []
    seeds = [run.seeds for run in runs]
    return run_many(start_tables(scenario), seeds, recording_of(plan, scenario), threads=1)


def _kept(plan: Plan, scenario: Scenario, run: Run, found: FloatArray | RunFailed | None) -> Kept:
    """Return a run as it is stored; None: it ended its process, several times."""
    scopes = Names(scenario.place, ()).scopes() if plan.experiment.scopes != "all" else ["all"]
    values, ticks, reason = None, np.zeros(0, np.int64), ""
    if found is None:
        reason = "the process that ran it ended each time, alone too: out of memory, or killed"
    elif isinstance(found, RunFailed):
        reason = f"{quarter_name(found.tick)}: {found.reason}"
    else:
        values, ticks = recorded(plan, scenario, found)
    return Kept(
        run.number, scenario.run_id(run.seeds[0]), run.point + 1, run.replicate, run.seeds, ticks,
        scopes, values, reason,
    )  # fmt: skip
