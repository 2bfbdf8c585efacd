"""Run one batch of a plan: a pure function, the same in every process and on every machine."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from agents.compiled.record import FloatArray, IntArray
from experiments.runs.frames import Names
from experiments.runs.quarters import quarter_name
from experiments.runs.scenario import Scenario
from experiments.runs.start import starts_of
from experiments.sweeps.plan.plan import Plan, Run
from results.store.batches import Kept, Label, batch_table, to_bytes
from sim.engines.branches import Together
from sim.engines.compiled import Recording, RunFailed
from sim.measure.outcomes import NAMES, asked_for
from sim.measure.years import yearly

MOST_KNOWN = 64
"""Points of which scenarios are kept in memory: as many as a batch has runs."""


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
    """Run some runs of a plan; return them in their order, as they are stored, and seconds."""
    runs = list(many)
    known = _known_to(plan)
    scenarios = {point: known.scenario(point) for point in dict.fromkeys(r.point for r in runs)}
    results: dict[int, FloatArray | RunFailed] = {}
    kernel = 0.0
    for points, seeds in _together(plan, [run for run in runs if run.number not in dead]):
        together = known.together(points)
        began = time.perf_counter()
        found = together.run([pair for pair, _ in seeds])
        kernel += time.perf_counter() - began
        for place in range(len(points)):
            for (_, numbers), result in zip(seeds, found[place], strict=True):
                results[numbers[place]] = result
    return [_kept(plan, scenarios[run.point], run, results.get(run.number)) for run in runs], kernel


class _Known(threading.local):
    """What was made last of the points of a plan: batch after batch asks for the same ones."""

    def __init__(self) -> None:
        self.plan: Plan | None = None
        self._scenarios: dict[int, Scenario] = {}
        self._points: tuple[int, ...] = ()
        self._together: Together | None = None

    def of(self, plan: Plan) -> None:
        """Forget another plan."""
        if self.plan is not plan:
            self.plan, self._scenarios = plan, {}
            self._points, self._together = (), None

    def scenario(self, point: int) -> Scenario:
        """Return the scenario of a point."""
        assert self.plan is not None
        if point not in self._scenarios:
            for old in list(self._scenarios)[: 1 - MOST_KNOWN]:
                del self._scenarios[old]
            self._scenarios[point] = self.plan.scenario(point)
        return self._scenarios[point]

    def together(self, points: tuple[int, ...]) -> Together:
        """Return the runs of some points, and what they have in common."""
        assert self.plan is not None
        if self._together is None or self._points != points:
            self._together = None  # its tables are given back before others are made
            scenarios = [self.scenario(point) for point in points]
            recording = recording_of(self.plan, scenarios[0])
            self._points, self._together = points, Together(starts_of(scenarios), recording)
        return self._together


_KNOWN = _Known()


def _known_to(plan: Plan) -> _Known:
    """Return what this thread knows of a plan's points."""
    _KNOWN.of(plan)
    return _KNOWN


Group = tuple[tuple[int, ...], list[tuple[tuple[int, int], list[int]]]]
"""Points that are run with the same seeds; each pair of seeds with the numbers of its runs."""


def _together(plan: Plan, runs: list[Run]) -> list[Group]:
    """Return which runs are computed together: of points of one family, those of one seed."""
    by_seed: dict[tuple[int, tuple[int, int]], list[Run]] = {}
    for run in runs:
        family = run.point if plan.order is None else int(plan.order.family[run.point])
        by_seed.setdefault((family, run.seeds), []).append(run)
    by_points: dict[tuple[int, ...], list[tuple[tuple[int, int], list[int]]]] = {}
    for (_, pair), many in by_seed.items():
        points = tuple(run.point for run in many)
        by_points.setdefault(points, []).append((pair, [run.number for run in many]))
    return list(by_points.items())


def recording_of(plan: Plan, scenario: Scenario) -> Recording:
    """Return what is measured of each run."""
    places, yearly = plan.experiment.scopes != "all", plan.experiment.record == "yearly"
    asked = asked_for(plan.experiment.outcomes)
    return Recording(scenario.first, scenario.last, places, yearly, asked)


def recorded(plan: Plan, scenario: Scenario, series: FloatArray) -> tuple[FloatArray, IntArray]:
    """Return what is kept of a run, shape ``(ticks, scopes, outcomes)``, and its ticks."""
    ticks = np.arange(scenario.first, scenario.last + 1, dtype=np.int64)
    if plan.experiment.record == "yearly":
        series, ticks = yearly(series, scenario.first)
    return series[..., [NAMES.index(name) for name in plan.experiment.outcomes]], ticks


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
