"""Jobs of a sweep, with a Slurm that only writes down what it is asked (real: tests/cluster)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from experiments import sweep
from experiments.cli.app import BAD_INPUT, DONE, FAILED, main
from experiments.sweeps.plan.plan import Plan
from experiments.sweeps.store.layout import TURNS, batch_path
from experiments.sweeps.store.status import status
from experiments.sweeps.work.slurm import GAVE_UP, Jobs, jobs_of, submit
from sim.errors import BadInput
from tests.commands import refused
from tests.sweeping import inline

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Slurm is POSIX")


@pytest.fixture
def slurm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return what the commands of a made-up Slurm were called with, a line each."""
    called = tmp_path / "called.txt"
    (tmp_path / "bin").mkdir()
    texts = {
        "sbatch": (
            'case "$*" in *${{REFUSE:-nothing}}*) echo "no such partition" >&2; exit 1;; esac\n'
            "wc -l < {called}"
        ),
        "scontrol": 'echo "MaxArraySize            = 4"; echo "SchedulerParameters = x=1"',
        "scancel": "true",
    }
    for name, text in texts.items():
        path = tmp_path / "bin" / name
        said = f'echo "{name}|$(IFS="|"; echo "$*")" >> {called}\n' + text.format(called=called)
        path.write_text(f"#!/bin/sh\n{said}\n")
        path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    monkeypatch.delenv("REGIOSIM_CACHE", raising=False)
    return called


def test_three_jobs_wait_for_each_other_and_hold_all_they_need(
    plan: Plan, path: Path, slurm: Path, tmp_path: Path
) -> None:
    out = tmp_path / "é uit 50%"
    jobs = jobs_of(plan, str(path), out, 3)
    numbers = submit(jobs)
    asked = [line.split("|") for line in slurm.read_text().splitlines() if "sbatch" in line]
    assert [words[-1] for words in asked] == [str(jobs.folder / f"{name}.sh") for name in numbers]
    assert "--array=1-3" in asked[1] and f"--dependency=afterok:{numbers['warm']}" in asked[1]
    assert f"--dependency=afterany:{numbers['shards']}" in asked[2]
    assert f"--output={tmp_path}/é uit 50%%-slurm/logs/shard-%a.log" in asked[1]
    for name in numbers:
        script = jobs.folder / f"{name}.sh"
        subprocess.run(["bash", "-n", str(script)], check=True, timeout=20)
        text = script.read_text(encoding="utf-8")
        assert f"export REGIOSIM_CACHE={tmp_path}/.regiosim-cache\n" in text
        assert "export PYTHONSAFEPATH=1\n" in text and f"{sys.executable} -m experiments" in text
    assert f"--out '{out}' --shard" in (jobs.folder / "shards.sh").read_text(encoding="utf-8")
    assert not out.exists()
    jobs = jobs_of(plan, str(path), out, 3, [tmp_path / "old one", "older"])
    taken = f"--out '{out}' --from '{tmp_path}/old one' --from {Path.cwd() / 'older'} --shard"
    assert taken in jobs.scripts["shards"]
    assert "--from" not in jobs.scripts["warm"] + jobs.scripts["merge"]


def test_no_more_tasks_than_batches_or_than_slurm_takes(
    plan: Plan, path: Path, slurm: Path, tmp_path: Path
) -> None:
    assert jobs_of(plan, str(path), tmp_path / "out", 99).tasks == plan.batches == 4
    with pytest.raises(BadInput, match="more tasks than this Slurm takes.*1 to 3"):
        submit(jobs_of(plan, str(path), tmp_path / "out", 4))
    with pytest.raises(BadInput, match="out of range"):
        jobs_of(plan, str(path), tmp_path / "out", 0)
    assert "sbatch" not in slurm.read_text() and not list(tmp_path.glob("out*"))


def test_a_refused_job_takes_back_those_before_it(
    path: Path, slurm: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("REFUSE", "merge.sh")
    command = ["sweep", str(path), "--out", str(tmp_path / "out"), "--array", "2"]
    said = refused(command, capsys, FAILED)
    assert "Slurm does not take the job merge: no such partition" in said
    assert slurm.read_text().splitlines()[-1].startswith("scancel|")
    monkeypatch.delenv("REFUSE")
    assert main(command) == DONE
    assert "Jobs: " in capsys.readouterr().out


def test_without_slurm_or_beside_another_way_it_is_one_message(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    command = ["sweep", str(path), "--out", str(tmp_path / "out")]
    for option in (["--array", "2"], ["--cluster", "slurm"]):
        assert "sbatch is not found" in refused([*command, *option], capsys, BAD_INPUT)
    assert "--array" in refused([*command, "--array", "2", "--shard", "1/2"], capsys)
    assert list(tmp_path.iterdir()) == []


ENDLESS = """\
#!/bin/bash
trap "exit 130" USR1
touch "${{MAKES:-{ready}}}" {ready}
while :; do sleep 0.02; done
"""
"""In place of a sweep: makes the batches it is told to, and goes on until it is ended."""


def turn(jobs: Jobs, ready: Path, number: int, makes: Path | None = None) -> tuple[int, str]:
    """Run a task of the array until its time is nearly over; return its code and its log."""
    ready.unlink(missing_ok=True)
    own = {"SLURM_ARRAY_TASK_ID": "2", "SLURM_ARRAY_JOB_ID": "7"}
    own |= {"SLURM_RESTART_COUNT": str(number), "MAKES": str(makes or "")}
    log = ready.with_name("log.txt")
    with log.open("w") as said:
        task = subprocess.Popen(
            ["bash", str(jobs.folder / "shards.sh")], env={**os.environ, **own}, stderr=said
        )
        until = time.monotonic() + 60
        while not (ready.exists() and "begins" in log.read_text()):
            assert task.poll() is None and time.monotonic() < until, log.read_text()
            time.sleep(0.02)
        task.send_signal(signal.SIGUSR1)
        code = task.wait(60)
    return code, log.read_text()


def test_a_task_whose_time_does_not_do_for_a_batch_gives_up(
    plan: Plan, path: Path, slurm: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    out, ready, endless = tmp_path / "out 50%", tmp_path / "ready", tmp_path / "endless"
    endless.write_text(ENDLESS.format(ready=ready))
    endless.chmod(0o755)
    sweep(plan, out, executor=inline, shard="1/2")
    own, others = (batch_path(out, number) for number in (1, 4))
    with monkeypatch.context() as made_up:
        made_up.setattr(sys, "executable", str(endless))
        jobs = jobs_of(plan, str(path), out, 2)
    submit(jobs)
    slurm.write_text("")

    def shown() -> str:
        assert main(["status", str(out)]) == DONE
        return capsys.readouterr().out

    # Batches of other tasks are no reason to go on, one of its own is, from wherever it stood.
    for number in range(TURNS - 1):
        assert turn(jobs, ready, number, others)[0] == 0
    others.unlink()
    assert turn(jobs, ready, TURNS, own)[0] == 0
    own.unlink()
    for number in range(TURNS - 1):
        assert turn(jobs, ready, TURNS + 1 + number)[0] == 0
    assert slurm.read_text().split() == ["scontrol|requeue|7_2"] * (2 * TURNS - 1)
    assert "gave_up" not in status(out) and "gave up" not in shown()
    code, said = turn(jobs, ready, 2 * TURNS)
    assert code == GAVE_UP and f"no batch in {TURNS} turns and gives up" in said
    assert f"sbatch --array=2 '{jobs.folder / 'shards.sh'}'" in said
    assert "0 of its batches are there" in said
    assert slurm.read_text().count("requeue") == 2 * TURNS - 1
    assert status(out)["gave_up"] == [2] and "tasks that gave up" in shown()
    # Submitted again by hand it begins anew.
    assert turn(jobs, ready, 0)[0] == 0 and "gave_up" not in status(out)
