"""Sweeps whose runs are made up: all of their files and none of their computing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from agents.compiled.record import FloatArray
from experiments.sweeps.file.experiment import read_experiment
from experiments.sweeps.plan.plan import Plan, Run
from experiments.sweeps.plan.planning import make_plan
from experiments.sweeps.store.layout import batch_path
from experiments.sweeps.work import sweeping
from experiments.sweeps.work.compute import Computed
from experiments.sweeps.work.filling import Executor, State
from results.store.batches import Kept, Label, batch_table, to_bytes
from sim.measure.outcomes import NAMES
from tests.sweeping import SMALL


def made_plan(folder: Path, name: str = "small", replicates: int = 24) -> Plan:
    """Return the plan of an experiment: 8 runs a replicate, 64 in a batch.

    The seed is the length of the name, so that two of them are two sweeps.
    """
    path = folder / f"{name}.toml"
    text = SMALL.format(replicates=replicates, points=2)
    text = text.replace('"small"', f'"{name}"', 1)
    path.write_text(text.replace("seed = 5", f"seed = {len(name)}"), encoding="utf-8")
    return make_plan(read_experiment(path))


_IDS: dict[tuple[str, int, int], str] = {}


def id_of(plan: Plan, run: Run) -> str:
    """Return the id of a run."""
    key = plan.id, run.point, run.seeds[0]
    if key not in _IDS:
        _IDS[key] = plan.scenario(run.point).run_id(run.seeds[0])
    return _IDS[key]


def value_of(run_id: str, outcome: str) -> FloatArray:
    """Return what a made-up run gives of an outcome, by quarter."""
    return np.random.default_rng([int(run_id, 16), NAMES.index(outcome)]).uniform(1.0, 2.0, 8)


def made(plan: Plan, number: int) -> Computed:
    """Return a batch of made-up runs: one of the same id has the same values each time."""
    kept = []
    ticks = np.arange(12, 20, dtype=np.int64)
    for run in plan.batch(number):
        run_id = id_of(plan, run)
        values = np.column_stack(
            [value_of(run_id, name) for name in plan.experiment.outcomes]
        ).reshape(len(ticks), 1, -1)
        kept.append(
            Kept(
                run.number, run_id, run.point + 1, run.replicate, run.seeds, ticks, ["all"], values
            )
        )
    table = batch_table(kept, plan.experiment.outcomes, Label(plan.id, number, len(kept)))
    return Computed(number, to_bytes(table), len(kept), 0, 0.0)


class Maker:
    """Makes up batches, and counts how often it did each."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def __call__(self, state: State) -> Executor:
        def execute(plan: Plan, numbers: list[int], store: Callable[[Computed], None]) -> int:
            for number in numbers:
                self.asked.append(number)
                store(made(plan, number))
            return 0

        return execute


def fill(plan: Plan, folder: Path, numbers: list[int]) -> None:
    """Put batches into a folder that was begun."""
    for number in numbers:
        batch_path(folder, number).write_bytes(made(plan, number).data)


@pytest.fixture
def nothing_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither compile nor probe: the runs are made up."""
    monkeypatch.setattr(sweeping, "is_warm", lambda: True)
    monkeypatch.setattr(sweeping, "_probed", lambda plan: {"inert": [], "not_probed": []})
