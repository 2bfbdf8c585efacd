"""Jobs of a sweep, with a Slurm that only writes down what it is asked (real: tests/cluster)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from experiments.cli.app import BAD_INPUT, DONE, FAILED, main
from experiments.sweeps.plan.plan import Plan
from experiments.sweeps.work.slurm import jobs_of, submit
from sim.errors import BadInput
from tests.commands import refused

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
