"""Sweeps on a real Slurm: arrays, a drained node, a requeued job, workers through Dask."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from experiments.sweeps.file.experiment import read_experiment
from experiments.sweeps.plan.plan import Plan
from experiments.sweeps.plan.planning import make_plan
from experiments.sweeps.work.children import ROOT, environment
from tests.cluster.slurm import Slurm
from tests.sweeping import batches, experiment, finished, same

SCRIPT = ROOT / "docs" / "examples" / "sweep.sbatch"


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


def array(slurm: Slurm, env: dict[str, str], path: Path, out: Path, tasks: str, log: Path) -> str:
    return slurm.submit(
        f"--array={tasks}", f"--output={log}/%a.log", "--mem-per-cpu=600M", str(SCRIPT), str(path),
        str(out), environment=env,
    )  # fmt: skip


def logs(folder: Path) -> str:
    return "\n".join(f"{p.name}: {p.read_text()}" for p in sorted(folder.glob("*.log")))


def merged(out: Path) -> None:
    command = [sys.executable, "-m", "experiments", "merge", str(out), "--quiet"]
    subprocess.run(command, env=environment(), check=True, timeout=300)


def test_two_thousand_runs_as_an_array(
    slurm: Slurm, command_on_path: dict[str, str], path: Path, plan: Plan, calm: Path,
    tmp_path: Path,
) -> None:  # fmt: skip
    assert plan.runs == 2048
    out = tmp_path / "sweep"
    job = array(slurm, command_on_path, path, out, "1-4", tmp_path)
    assert set(slurm.finish(job)) == {"COMPLETED"}, logs(tmp_path)
    merged(out)
    assert same(calm, out)


def test_a_drained_node_and_a_requeued_job_lose_nothing(
    slurm: Slurm, command_on_path: dict[str, str], path: Path, calm: Path, tmp_path: Path
) -> None:
    out = tmp_path / "sweep"
    job = array(slurm, command_on_path, path, out, "1-2", tmp_path)
    slurm.wait(lambda: len(batches(out)) >= 4, 120, logs(tmp_path))
    slurm.ask("scontrol", "update", f"NodeName={slurm.node}", "State=DRAIN", "Reason=test")
    before = batches(out)
    slurm.ask("scontrol", "requeue", f"{job}_1")
    slurm.wait(lambda: "PENDING" in slurm.states(job), 60, "the job is not queued again")
    slurm.ask("scontrol", "update", f"NodeName={slurm.node}", "State=RESUME")
    assert set(slurm.finish(job)) == {"COMPLETED"}, logs(tmp_path)
    after = batches(out)
    assert all(after[name] == kept for name, kept in before.items())
    merged(out)
    assert same(calm, out)


def test_a_warning_before_the_time_is_over_requeues_the_task(
    slurm: Slurm, command_on_path: dict[str, str], path: Path, calm: Path, tmp_path: Path
) -> None:
    out = tmp_path / "sweep"
    job = array(slurm, command_on_path, path, out, "1-1", tmp_path)
    slurm.wait(lambda: len(batches(out)) >= 4, 120, logs(tmp_path))
    slurm.ask("scancel", "--batch", "--signal=USR1", f"{job}_1")
    slurm.wait(lambda: "are safe in" in logs(tmp_path), 60, logs(tmp_path))
    assert set(slurm.finish(job)) == {"COMPLETED"}, logs(tmp_path)
    merged(out)
    assert same(calm, out)


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


def test_two_thousand_runs_through_a_scheduler_with_a_worker_killed(
    path: Path, calm: Path, tmp_path: Path
) -> None:
    pytest.importorskip("distributed")
    if os.environ.get("REGIOSIM_CLUSTER") != "1":
        pytest.skip("cluster tests are run by `make test-cluster`")
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
    assert same(calm, out)
