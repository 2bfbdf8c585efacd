"""Runs that fail, workers that die, a full disk and kills: a sweep loses nothing."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from experiments import sweep
from experiments.sweeps.plan.plan import Plan
from experiments.sweeps.store.status import status
from experiments.sweeps.work.children import environment
from experiments.sweeps.work.compute import Computed, compute
from experiments.sweeps.work.local import BATCH_TRIES, RUN_TRIES, Worker, insist
from sim.engines.branches import Together
from sim.engines.compiled import RunFailed
from tests.chaos import Case, chaos
from tests.sweeping import experiment, finished, inline, start, wait_for


def test_a_failed_run_is_a_row_with_a_reason(
    plan: Plan, calm: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = Together.run

    def one_fails(self: Together, pairs: Sequence[tuple[int, int]]):
        found = many(self, pairs)
        failed = [RunFailed(pair[0], 9, "no room") if pair[0] == 7 else None for pair in pairs]
        return [[f or own for f, own in zip(failed, row, strict=True)] for row in found]

    monkeypatch.setattr(Together, "run", one_fails)
    done = sweep(plan, tmp_path / "sweep", executor=inline)
    assert done.finished and done.state.failed == 32
    runs, series = done.runs, done.series
    failed = runs[runs["status"] == "failed"]
    assert set(failed["seed"]) == {7} and set(failed["reason"]) == {"2008Q2: no room"}
    assert not series["run_id"].isin(failed["run_id"]).any()
    assert series["run_id"].nunique() == plan.runs - 32
    whole = pd.read_parquet(calm / "series.parquet")
    others = whole[~whole["run_id"].isin(failed["run_id"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(series.astype({"run_id": str}), others.astype({"run_id": str}))
    assert status(tmp_path / "sweep")["failed"] == 32


class Mortal(Worker):
    """A worker that dies over some runs, and once over every batch."""

    def __init__(self, plan: Plan, deadly: set[int]) -> None:
        super().__init__(plan)
        self.deadly = deadly
        self.asked = 0

    def ask(self, number: int, dead: frozenset[int]) -> Computed | None:
        self.asked += 1
        tried = {run.number for run in self.plan.batch(number)} - dead
        return None if self.asked == 1 or tried & self.deadly else compute(self.plan, number, dead)


def test_a_run_that_ends_its_process_is_found_and_left_out(plan: Plan) -> None:
    small = replace(plan, size=4)
    worker = Mortal(small, {5})
    found = insist(worker, 1)
    assert (found.runs, found.failed) == (4, 1)
    assert worker.asked == BATCH_TRIES + 3 + RUN_TRIES + 1
    assert insist(Mortal(small, set()), 1).data == compute(small, 1).data


@pytest.mark.skipif(sys.platform == "win32", reason="limits and signals are POSIX")
def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    path = experiment(tmp_path)
    text = path.read_text(encoding="utf-8").replace("2010Q4", "2030Q4")
    everything = (
        text[: text.index("outcomes =")] + 'when = "quarterly"\nscopes = "municipalities"\n'
    )
    path.write_text(everything + text[text.index("\n[levers") :], encoding="utf-8")
    out = tmp_path / "sweep"

    command = [sys.executable, "-m", "experiments", "sweep", str(path), "--out", str(out), "-q"]
    for room, safe in ((250_000, "0 of 256"), (1_000_000, "256 of 256")):
        limit = (room, room)
        process = subprocess.run(
            command, env=environment(), capture_output=True, text=True,
            preexec_fn=lambda limit=limit: resource.setrlimit(resource.RLIMIT_FSIZE, limit),
        )  # fmt: skip
        assert process.returncode == 1 and "Traceback" not in process.stderr, process.stderr
        assert f"{safe} runs are safe" in process.stderr and "File too large" in process.stderr
        assert not list(out.rglob("*partial*")) and (out / "manifest.json").is_file()
    finished(path, out, "--no-report")
    assert status(out)["finished"] and len(pq.read_table(out / "runs.parquet")) == 256


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
@pytest.mark.parametrize(
    "case",
    [
        pytest.param(Case(24), id="plain"),
        pytest.param(Case(20, 4, branching=True, earlier=5), id="shares pasts, takes runs"),
        pytest.param(
            Case(20, 2, branching=True, until="coverage +- 0.016"), id="shares pasts, adds seeds"
        ),
    ],
)
def test_kills_lose_nothing_and_touch_nothing(case: Case, tmp_path: Path) -> None:
    log = chaos(tmp_path, kills=2, case=case)
    assert len(log) == 2 and all(0 < one.done < one.batches for one in log)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
def test_workers_end_with_their_sweep(tmp_path: Path) -> None:
    from tests.sweeping import children, kill

    process = start(experiment(tmp_path, replicates=100), tmp_path / "sweep", "--quiet")
    wait_for(tmp_path / "sweep", 1, process)
    workers = children(process.pid)
    assert len(workers) >= 1
    kill(process.pid)
    process.communicate()
    for _ in range(200):
        if not any(Path(f"/proc/{worker}").exists() for worker in workers):
            return
        import time

        time.sleep(0.05)
    raise AssertionError("a worker outlived its sweep")
