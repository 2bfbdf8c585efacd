"""A look ahead at a sweep: which factors move nothing, and which could not be tried."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from experiments.sweeps.file.experiment import read_experiment
from experiments.sweeps.plan.plan import Plan
from experiments.sweeps.plan.planning import make_plan
from experiments.sweeps.work import probe as home
from experiments.sweeps.work.compute import Computed, compute
from experiments.sweeps.work.probe import cost_of, probe

RUNS = """\
name = "probe"
question = "What moves?"
[runs]
regions = ["synthetic:1:3"]
regimes = ["historic-nl"]
from = "2009Q1"
to = "2010Q4"
"""
CALM = '[levers."choice.crisis"]\nvalues = [1, 2]\n'
"""What weighs only in a crisis, and there is none before 2020."""
RATE = '[levers."title.ros.rate"]\nvalues = [0.5, 3]\n'


@pytest.fixture(autouse=True)
def ample(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a probe take its time: how fast a machine is decides no test."""
    monkeypatch.setattr(home, "BUDGET", 3600.0)


def plan_of(folder: Path, text: str) -> Plan:
    path = folder / "probe.toml"
    path.write_text(RUNS + text, encoding="utf-8")
    return make_plan(read_experiment(path))


def test_what_moves_nothing_is_named(tmp_path: Path) -> None:
    found = probe(plan_of(tmp_path, RATE + CALM))
    assert (found.inert, found.left) == (("choice.crisis",), ())
    assert found.text.endswith("in 1 of 1 arms, seeds: 1")


def test_what_time_does_not_allow_is_said_not_to_be_probed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home, "BUDGET", -1.0)
    found = probe(plan_of(tmp_path, RATE + CALM))
    assert (found.inert, found.left) == ((), ("title.ros.rate", "choice.crisis"))


def test_what_cannot_go_together_is_left_out(tmp_path: Path) -> None:
    # The middles 0.9 and 0.8 are more than all the money, and so are 0.9 and 0.9.
    names = "policy.base_amount,policy.projects"
    (tmp_path / "points.csv").write_text(f"{names}\n0.1,0.9\n0.1,0.8\n0.9,0.1\n")
    plan = plan_of(tmp_path, '[design]\nkind = "points"\nfile = "points.csv"\n')
    found = probe(plan)
    assert "policy.base_amount" in found.left and "policy.projects" not in found.left


def test_time_is_that_of_a_core_and_not_of_what_else_a_machine_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = plan_of(tmp_path, RATE)
    alone = cost_of(plan)  # kernels are loaded by now

    def kept_waiting(plan: Plan, number: int) -> Computed:
        time.sleep(3.0)
        return compute(plan, number)

    monkeypatch.setattr(home, "compute", kept_waiting)
    found = cost_of(plan)
    assert 0.0 < found.seconds < 1.5
    assert found.seconds == pytest.approx(found.seconds_per_run * plan.runs)
    assert (found.batches, found.finished) == (alone.batches, alone.finished)


def test_what_each_file_has_anyway_is_not_counted_for_every_run(tmp_path: Path) -> None:
    few = RATE + '[record]\nwhen = "yearly"\noutcomes = ["trust"]\n'
    plan = plan_of(tmp_path, few.replace("[0.5, 3]", str([0.5 + k / 8 for k in range(40)])))
    together = cost_of(plan).finished
    assert together < cost_of(replace(plan, size=1)).finished < 12 * together
