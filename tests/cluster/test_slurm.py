"""Sweeps on a real Slurm: arrays, a drained node, a requeued job, workers through Dask."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from experiments.sweeps.file.experiment import read_experiment
from experiments.sweeps.plan.plan import Plan
from experiments.sweeps.plan.planning import make_plan
from experiments.sweeps.store.layout import TURNS, gave_up
from experiments.sweeps.work.children import environment
from experiments.sweeps.work.slurm import GAVE_UP
from tests.cluster.slurm import Slurm
from tests.sweeping import batches, experiment, finished, kept_of, same


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an experiment of 2,048 runs in 32 batches."""
    return experiment(tmp_path_factory.mktemp("experiment"), replicates=64)


@pytest.fixture(scope="module")
def plan(path: Path) -> Plan:
    return make_plan(read_experiment(path))


@pytest.fixture(scope="module")
def calm(path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the same sweep on this machine."""
    folder = tmp_path_factory.mktemp("calm") / "sweep"
    finished(path, folder, "--quiet")
    return folder


@pytest.fixture(scope="module")
def branching(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an experiment of 1,536 runs in 26 batches; the 12 of a seed and a trust share a past.

    Some families of these lie across two batches, of which tasks each have one.
    """
    return experiment(tmp_path_factory.mktemp("branching"), replicates=16, branching=True)


@pytest.fixture(scope="module")
def calm_branching(branching: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of that sweep on this machine."""
    folder = tmp_path_factory.mktemp("calm-branching") / "sweep"
    finished(branching, folder, "--quiet")
    return folder


class Submitted(NamedTuple):
    """A sweep that was submitted: its folder and the numbers of its jobs."""

    out: Path
    jobs: dict[str, str]

    @property
    def folder(self) -> Path:
        return self.out.with_name(f"{self.out.name}-slurm")

    def logs(self) -> str:
        found = sorted((self.folder / "logs").glob("*.log"))
        return "\n".join(f"{path.name}: {path.read_text()}" for path in found)


def regiosim(slurm: Slurm, at: Path, *command: str) -> subprocess.CompletedProcess[str]:
    env = {**slurm.environment, **environment(), "PATH": slurm.environment["PATH"]}
    env["SLURM_CONF"] = str(slurm.config)
    return subprocess.run(
        [sys.executable, "-P", "-m", "experiments", *command], env=env, cwd=at, timeout=300,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def submitted(slurm: Slurm, path: Path, at: Path, tasks: int, name: str = "out") -> Submitted:
    """Submit a sweep as a user would, in a folder with a file that hides a module."""
    (at / "random.py").write_text('raise ImportError("not this one")\n')
    done = regiosim(slurm, at, "sweep", str(path), "--out", name, "--array", str(tasks), "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    return Submitted(at / name, {job: said[job] for job in ("warm", "shards", "merge")})


def again(slurm: Slurm, sweep: Submitted, job: str, *more: str) -> str:
    """Submit a script once more by hand."""
    logs = f"{sweep.folder}/logs".replace("%", "%%")
    return slurm.submit(f"--output={logs}/again-%A-%a.log", *more, str(sweep.folder / f"{job}.sh"))


def test_two_thousand_runs_as_jobs(
    slurm: Slurm, path: Path, plan: Plan, calm: Path, tmp_path: Path
) -> None:
    assert plan.runs == 2048
    sweep = submitted(slurm, path, tmp_path, 4, "é uit 50%")
    for job in sweep.jobs.values():
        assert set(slurm.finish(job)) == {"COMPLETED"}, sweep.logs()
    assert same(calm, sweep.out) and (sweep.out / "report.html").is_file()
    names = {path.name.partition("-")[0] for path in (sweep.folder / "logs").iterdir()}
    assert names == {"warm", "shard", "merge"}


def test_runs_that_share_their_past_as_jobs(
    slurm: Slurm, branching: Path, calm_branching: Path, tmp_path: Path
) -> None:
    order = make_plan(read_experiment(branching)).order
    assert order is not None and order.largest == 12
    sweep = submitted(slurm, branching, tmp_path, 3)
    for job in sweep.jobs.values():
        assert set(slurm.finish(job)) == {"COMPLETED"}, sweep.logs()
    assert kept_of(calm_branching) == kept_of(sweep.out)


def test_a_task_whose_time_does_not_do_for_a_batch_gives_up(
    slurm: Slurm, path: Path, tmp_path: Path
) -> None:
    sweep = submitted(slurm, path, tmp_path, 1)
    job = f"{sweep.jobs['shards']}_1"
    for turn in range(1, TURNS + 1):  # each is warned before it can have done anything
        begun = partial(_begun, sweep, turn)
        slurm.wait(begun, 240, sweep.logs())
        slurm.ask("scancel", "--batch", "--signal=USR1", job)
    assert slurm.finish(sweep.jobs["shards"]) == ["FAILED"], sweep.logs()
    assert f"ExitCode={GAVE_UP}:0" in slurm.ask("scontrol", "show", "job", job)
    assert f"no batch in {TURNS} turns and gives up" in sweep.logs()
    assert gave_up(sweep.out) == [1]
    assert slurm.finish(sweep.jobs["merge"]) == ["FAILED"]


def _begun(sweep: Submitted, turn: int) -> bool:
    return sweep.logs().count("task 1 of 1 begins") == turn


def test_more_tasks_than_slurm_takes_are_refused_before_anything(
    slurm: Slurm, path: Path, tmp_path: Path
) -> None:
    done = regiosim(slurm, tmp_path, "sweep", str(path), "--out", "out", "--array", "20")
    assert done.returncode == 2 and "Allowed: 1 to 10" in done.stderr, done.stderr
    assert list(tmp_path.iterdir()) == []
    said = regiosim(slurm, tmp_path, "sweep", str(path), "--array", "3", "--plan").stdout
    assert "shards=$(sbatch" in said and '"--dependency=afterany:$shards"' in said


def test_a_task_that_was_ended_does_not_block_the_merge_which_names_it(
    slurm: Slurm, path: Path, calm: Path, tmp_path: Path
) -> None:
    sweep = submitted(slurm, path, tmp_path, 4)
    slurm.ask("scancel", f"{sweep.jobs['shards']}_3")
    assert slurm.finish(sweep.jobs["merge"]) == ["FAILED"]
    assert "Of 4 shards these lack some: 3." in sweep.logs()
    assert set(slurm.finish(again(slurm, sweep, "shards", "--array=3"))) == {"COMPLETED"}
    assert slurm.finish(again(slurm, sweep, "merge")) == ["COMPLETED"], sweep.logs()
    assert same(calm, sweep.out)


def test_a_drained_node_and_a_requeued_job_lose_nothing(
    slurm: Slurm, path: Path, calm: Path, tmp_path: Path
) -> None:
    sweep = submitted(slurm, path, tmp_path, 2)
    job = sweep.jobs["shards"]
    slurm.wait(lambda: len(batches(sweep.out)) >= 4, 240, sweep.logs())
    slurm.ask("scontrol", "update", f"NodeName={slurm.node}", "State=DRAIN", "Reason=test")
    before = batches(sweep.out)
    slurm.ask("scontrol", "requeue", f"{job}_1")
    slurm.wait(lambda: "PENDING" in slurm.states(job), 60, "the job is not queued again")
    slurm.ask("scontrol", "update", f"NodeName={slurm.node}", "State=RESUME")
    assert set(slurm.finish(job)) == {"COMPLETED"}, sweep.logs()
    after = batches(sweep.out)
    assert all(after.get(name, kept) == kept for name, kept in before.items())
    assert slurm.finish(sweep.jobs["merge"]) == ["COMPLETED"], sweep.logs()
    assert same(calm, sweep.out)


def test_a_warning_before_the_time_is_over_requeues_the_task(
    slurm: Slurm, path: Path, calm: Path, tmp_path: Path
) -> None:
    sweep = submitted(slurm, path, tmp_path, 1)
    slurm.wait(lambda: len(batches(sweep.out)) >= 4, 240, sweep.logs())
    slurm.ask("scancel", "--batch", "--signal=USR1", f"{sweep.jobs['shards']}_1")
    slurm.wait(lambda: "are safe in" in sweep.logs(), 60, sweep.logs())
    assert slurm.finish(sweep.jobs["merge"]) == ["COMPLETED"], sweep.logs()
    assert same(calm, sweep.out)


def test_two_thousand_runs_through_jobs_of_dask_workers(
    slurm: Slurm, command_on_path: dict[str, str], path: Path, calm: Path, tmp_path: Path
) -> None:
    pytest.importorskip("dask_jobqueue")
    out = tmp_path / "sweep"
    env = {**slurm.environment, **command_on_path, "SLURM_CONF": str(slurm.config)}
    env |= {"DASK_JOBQUEUE__SLURM__MEMORY": "700MB", "DASK_JOBQUEUE__SLURM__LOG_DIRECTORY": "."}
    process = subprocess.Popen(
        [sys.executable, "-m", "experiments", "sweep", str(path), "--out", str(out),
         "--cluster", "slurm", "--workers", "2"],
        env=env, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        slurm.wait(lambda: len(batches(out)) >= 6 or process.poll() is not None, 180, "no batches")
        job = slurm.ask("squeue", "-h", "-t", "R", "-o", "%i").splitlines()[0]
        slurm.ask("scancel", job)
        said, _ = process.communicate(timeout=300)
    finally:
        process.kill()
    assert process.returncode == 0, said
    assert same(calm, out)


@pytest.mark.parametrize("kind", ["plain", "sharing a past"])
def test_a_thousand_runs_through_a_scheduler_with_a_worker_killed(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    pytest.importorskip("distributed")
    if os.environ.get("REGIOSIM_CLUSTER") != "1":
        pytest.skip("cluster tests are run by `make test-cluster`")
    names = ("path", "calm") if kind == "plain" else ("branching", "calm_branching")
    path, calm = (request.getfixturevalue(name) for name in names)
    file, out = tmp_path / "scheduler.json", tmp_path / "sweep"
    dask = [sys.executable, "-m", "dask"]
    kept = {"env": environment(), "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    own = ["--scheduler-file", str(file)]
    scheduler = subprocess.Popen(
        [*dask, "scheduler", *own, "--port", "0", "--no-dashboard"], **kept
    )
    worker = [*dask, "worker", *own, "--nthreads", "1", "--no-dashboard", "--no-nanny"]
    workers = [subprocess.Popen(worker, **kept, cwd=tmp_path) for _ in range(2)]
    process = subprocess.Popen(
        [sys.executable, "-m", "experiments", "sweep", str(path), "--out", str(out),
         "--cluster", str(file)],
        env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        slurm_free = Slurm(tmp_path / "unused")
        slurm_free.wait(lambda: len(batches(out)) >= 6 or process.poll() is not None, 180, "none")
        workers[0].send_signal(signal.SIGKILL)
        said, _ = process.communicate(timeout=300)
    finally:
        for one in (process, *workers, scheduler):
            one.kill()
            one.wait()
    assert process.returncode == 0, said
    assert kept_of(calm) == kept_of(out)
