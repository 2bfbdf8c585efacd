"""Sweeps over dask.distributed, with a scheduler in this process (Slurm: tests/cluster)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from experiments import sweep
from experiments.sweeps.file.experiment import read_experiment
from experiments.sweeps.plan.plan import Plan
from experiments.sweeps.plan.planning import make_plan
from experiments.sweeps.work import over_dask as home
from sim.errors import BadInput
from tests.commands import refused
from tests.sweeping import bytes_of, experiment, inline, kept_of, same

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    path = experiment(tmp_path_factory.mktemp("experiment"), replicates=4)
    return make_plan(read_experiment(path))


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    # A port of its own: without an address, a scheduler takes 8787 and warns where that is taken.
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=False, dashboard_address="127.0.0.1:0"
    ) as cluster:
        yield cluster.scheduler_address


def test_a_sweep_over_dask_is_the_same_sweep(plan: Plan, address: str, tmp_path: Path) -> None:
    sweep(plan, tmp_path / "here", executor=inline)
    done = sweep(plan, tmp_path / "there", executor=home.over_dask(address))
    assert done.finished and same(tmp_path / "here", tmp_path / "there")


def test_a_sweep_over_dask_takes_runs_too(plan: Plan, address: str, tmp_path: Path) -> None:
    fewer = make_plan(read_experiment(experiment(tmp_path, replicates=2)))
    sweep(fewer, tmp_path / "old", executor=inline)
    sweep(plan, tmp_path / "here", executor=inline)
    done = sweep(
        plan, tmp_path / "there", executor=home.over_dask(address), earlier=[tmp_path / "old"]
    )
    assert (done.state.taken, done.state.here) == (64, 64)
    assert bytes_of(tmp_path / "here") == bytes_of(tmp_path / "there")


def test_a_sweep_over_dask_adds_seeds_too(address: str, tmp_path: Path) -> None:
    pilot = make_plan(read_experiment(experiment(tmp_path, replicates=20, points=2)))
    asked = {"until": "coverage +- 0.03", "most": 80}
    sweep(pilot, tmp_path / "here", executor=inline, **asked)
    done = sweep(pilot, tmp_path / "there", executor=home.over_dask(address), **asked)
    assert done.plan.replicates > 20 and bytes_of(tmp_path / "here") == bytes_of(done.folder)


def test_a_sweep_over_dask_whose_runs_share_their_past(address: str, tmp_path: Path) -> None:
    branching = make_plan(read_experiment(experiment(tmp_path, 4, 2, branching=True)))
    assert branching.order is not None and branching.order.largest == 12
    sweep(branching, tmp_path / "here", executor=inline)
    sweep(branching, tmp_path / "there", executor=home.over_dask(address))
    assert kept_of(tmp_path / "here") == kept_of(tmp_path / "there")


def test_workers_with_other_rules_are_refused(
    plan: Plan, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(home.WorkersDiffer, match="Install the same version"):
        home.compute_there(plan, 0, frozenset(), "0.0.0, rules 0123")


def test_a_batch_that_kills_workers_is_tried_run_by_run(plan: Plan) -> None:
    class Future:
        def __init__(self, number: int, dead: frozenset[int]) -> None:
            self.number, self.dead = number, dead

        def result(self) -> Any:
            if 2 not in self.dead and self.number == 0:
                raise distributed.KilledWorker("task", None, 4)
            return home.compute(plan, self.number, self.dead)

    remote = home.Remote(plan, Future)
    found = home.insist(remote, 0)
    assert (found.runs, found.failed) == (64, 1) and remote.deaths == 5


def test_no_scheduler_is_one_message(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home, "ANSWER", 1)
    with pytest.raises(BadInput, match="no scheduler answers there"):
        sweep(plan, tmp_path / "sweep", executor=home.over_dask("tcp://127.0.0.1:9"))
    with pytest.raises(BadInput, match="no scheduler answers there"):
        sweep(plan, tmp_path / "sweep", executor=home.over_dask("nonsense"))


def test_a_queue_is_waited_for_however_long_it_is(caplog: pytest.LogCaptureFixture) -> None:
    class Client:
        status = "running"
        asked = 0

        def wait_for_workers(self, count: int, timeout: float) -> None:
            self.asked += 1
            if self.asked < 4:
                raise TimeoutError

    client = Client()
    home._await(client, "slurm")
    assert client.asked == 4 and caplog.text.count("no worker of slurm has come") == 3
    client.asked, client.status = 0, "closed"
    with pytest.raises(BadInput, match="the scheduler has gone"):
        home._await(client, "tcp://127.0.0.1:9")


def test_nobody_at_the_address_is_told_before_a_folder_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "scheduler.json").write_text('{"addres": "tcp://127.0.0.1:9"}', encoding="utf-8")
    for address in ("tcp://127.0.0.1:9", "nonsense", str(tmp_path / "scheduler.json")):
        command = ["sweep", "transition", "--out", str(tmp_path / "out"), "--cluster", address]
        assert "no scheduler answers there" in refused(command, capsys)
    assert [path.name for path in tmp_path.iterdir()] == ["scheduler.json"]


def test_without_the_extra_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(BadInput, match=r"regiosim\[cluster\]"):
        home.over_dask("tcp://127.0.0.1:9")
