"""A sweep with a target, of real runs, killed in each of its stages: nothing is lost."""

from __future__ import annotations

import signal
from pathlib import Path

import pyarrow.parquet as pq

from experiments.cli.ends import INTERRUPTED
from experiments.reproducing.repeating import reproduce
from results.store.reading import manifest
from tests.sweeping import SMALL, bytes_of, finished, kill, start, wait_for

PILOT = 4 * 2 * 20 // 64
"""Whole batches of the pilot."""


def written(folder: Path) -> Path:
    path = folder / "small.toml"
    path.write_text(SMALL.format(replicates=20, points=2), encoding="utf-8")
    return path


def test_killed_in_every_stage_it_goes_on_to_the_same_store(tmp_path: Path) -> None:
    target = ("--until", "coverage +- 0.008", "--most", "250")
    path, more = written(tmp_path), (*target, "--quiet", "--no-report")
    finished(path, tmp_path / "calm", *more)
    about = manifest(tmp_path / "calm")
    assert len(about["until"]["ends"]) > 1 and about["until"]["reached"]
    assert len(set(about["until"]["seeds"])) > 1
    out = tmp_path / "disturbed"
    for target, how in ((1, signal.SIGKILL), (PILOT + 2, signal.SIGTERM), (6, signal.SIGKILL)):
        process = start(path, out, *more)
        assert wait_for(out, target, process) >= target and process.poll() is None
        kill(process.pid, how)
        assert process.wait(60) in (-how, INTERRUPTED)
        process.communicate()
    finished(path, out, *more)
    assert bytes_of(out) == bytes_of(tmp_path / "calm")
    assert manifest(out)["until"] == about["until"]
    runs = pq.read_table(out / "runs.parquet")
    assert len(set(runs["run_id"].to_pylist())) == len(runs) == about["runs"]
    found = reproduce(out, sample=5)
    assert found.identical and found.runs == 5 and found.differs == ()
