"""A small experiment, its plan and the folder of its sweep, made once: no test writes to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from experiments import sweep
from experiments.sweeps.file.experiment import read_experiment
from experiments.sweeps.plan.plan import Plan
from experiments.sweeps.plan.planning import make_plan
from tests.sweeping import experiment, inline


@pytest.fixture(scope="session")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of the experiment."""
    return experiment(tmp_path_factory.mktemp("experiment"))


@pytest.fixture(scope="session")
def plan(path: Path) -> Plan:
    """Return its plan: 256 runs in four batches."""
    return make_plan(read_experiment(path))


@pytest.fixture(scope="session")
def calm(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the sweep that nobody disturbed."""
    folder = tmp_path_factory.mktemp("calm") / "sweep"
    done = sweep(plan, folder, executor=inline)
    assert done.finished and done.state.failed == 0
    return folder
