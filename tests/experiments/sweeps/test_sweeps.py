"""Sweeps: the same runs as by themselves, in a store that loses none and repeats none."""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from experiments import Scenario, run, sweep
from experiments.sweeps.file.experiment import read_experiment
from experiments.sweeps.plan.plan import Plan
from experiments.sweeps.plan.planning import make_plan
from experiments.sweeps.store.folder import at_work
from experiments.sweeps.store.layout import batch_path
from experiments.sweeps.store.merging import merge
from experiments.sweeps.store.status import status
from experiments.sweeps.work.children import environment
from experiments.sweeps.work.compute import Computed, compute
from experiments.sweeps.work.local import BATCH_TRIES, RUN_TRIES, Worker, insist
from experiments.sweeps.work.sweeping import shard_of
from results.store.folder import FolderRefused
from results.store.reading import StoreRefused, manifest
from sim.engines.compiled import RunFailed
from sim.errors import BadInput
from tests.chaos import chaos
from tests.sweeping import batches, experiment, finished, inline, same, start, wait_for


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return experiment(tmp_path_factory.mktemp("experiment"))


@pytest.fixture(scope="module")
def plan(path: Path) -> Plan:
    return make_plan(read_experiment(path))


@pytest.fixture(scope="module")
def calm(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the sweep that nobody disturbed."""
    folder = tmp_path_factory.mktemp("calm") / "sweep"
    done = sweep(plan, folder, executor=inline)
    assert done.finished and done.state.failed == 0
    return folder


def test_a_sweep_holds_each_run_of_its_design_once(plan: Plan, calm: Path) -> None:
    runs = pd.read_parquet(calm / "runs.parquet")
    assert len(runs) == plan.runs == 2 * 2 * 8 * 8 and runs["run_id"].is_unique
    assert (runs["status"] == "done").all() and runs["reason"].isna().all()
    assert sorted(runs.groupby("point").size().unique()) == [8]
    assert set(runs["seed"]) == set(range(5, 13))
    assert set(runs["title.ros.rate"]) == {0.5, 1.5}
    assert runs["choice.trust"].between(0.5, 2.0).all() and runs["choice.trust"].nunique() == 8
    assert not (calm / "batches").exists() and (calm / "report.html").is_file()


def test_a_run_of_a_sweep_is_the_run_by_itself(plan: Plan, calm: Path) -> None:
    runs = pd.read_parquet(calm / "runs.parquet")
    series = pd.read_parquet(calm / "series.parquet")
    for row in (runs.iloc[3], runs.iloc[-1]):
        scenario = Scenario(
            str(row["region"]), str(row["regime"]), settings=str(row["settings"]).split("; "),
            start=str(row["from"]), end=str(row["to"]), switch=str(row["switch"]),
            seed=int(row["seed"]), record="yearly",
        )  # fmt: skip
        assert scenario.id == row["run_id"]
        alone = run(scenario).series.query("scope == 'all'")
        own = series[series["run_id"] == row["run_id"]]
        assert len(own) == 2 * 4
        wide = own.pivot(index="tick", columns="outcome", values="value")
        other = alone.pivot(index="tick", columns="outcome", values="value")[wide.columns]
        assert wide.index.equals(other.index) and np.array_equal(wide, other)


def test_batches_that_are_there_are_not_run_again(plan: Plan, calm: Path, tmp_path: Path) -> None:
    ran: list[int] = []

    def counted(state: object) -> object:
        def execute(plan: Plan, numbers: list[int], store: object) -> int:
            ran.extend(numbers)
            return inline(state)(plan, numbers, store)  # type: ignore[arg-type]

        return execute

    out = tmp_path / "sweep"
    sweep(plan, out, shard="2/2", executor=counted)  # type: ignore[arg-type]
    first = batches(out)
    assert ran == [1, 3] and sorted(first) == [batch_path(out, n).name for n in ran]
    done = sweep(plan, out, executor=counted)  # type: ignore[arg-type]
    assert ran == [1, 3, 0, 2] and done.state.here == 128 and same(calm, out)
    assert sweep(plan, out, executor=counted).finished  # type: ignore[arg-type]
    assert len(ran) == 4


def test_a_damaged_batch_is_run_again(plan: Plan, calm: Path, tmp_path: Path) -> None:
    out = tmp_path / "sweep"
    sweep(plan, out, shard="1/1", executor=inline)
    out2 = tmp_path / "other"
    sweep(plan, out2, shard="1/2", executor=inline)
    broken = batch_path(out2, 0)
    broken.write_bytes(broken.read_bytes()[:500])
    assert status(out2)["damaged"] == 1
    sweep(plan, out2, executor=inline)
    assert same(calm, out2) and same(calm, out)


def test_damage_inside_a_batch_is_named_with_what_to_do(plan: Plan, tmp_path: Path) -> None:
    sweep(plan, tmp_path / "sweep", shard="1/2", executor=inline)
    sweep(plan, tmp_path / "sweep", shard="2/2", executor=inline)
    broken = batch_path(tmp_path / "sweep", 2)
    data = bytearray(broken.read_bytes())
    data[40:400] = bytes(360)  # its last bytes, by which it says what it holds, stay whole
    broken.write_bytes(bytes(data))
    with pytest.raises(StoreRefused, match=r"0000002.parquet is damaged .* Take it out"):
        sweep(plan, tmp_path / "sweep", executor=inline)
    broken.unlink()
    assert sweep(plan, tmp_path / "sweep", executor=inline).finished


def test_shards_make_the_same_store_as_one_sweep(plan: Plan, calm: Path, tmp_path: Path) -> None:
    apart = [tmp_path / f"part{i}" for i in range(3)]
    for i, folder in enumerate(apart):
        done = sweep(plan, folder, shard=f"{i + 1}/3", executor=inline)
        assert not done.finished
        sweep(plan, tmp_path / "together", shard=f"{i + 1}/3", executor=inline)
    merged, failed = merge(apart[::-1], tmp_path / "merged")
    assert failed == 0 and same(calm, merged)
    assert {"report.html", "timings.json"} <= {path.name for path in merged.iterdir()}
    assert manifest(merged) == manifest(calm)
    assert merge([tmp_path / "together"]) == (tmp_path / "together", 0)
    assert same(calm, tmp_path / "together")
    again = merge([tmp_path / "together"])
    assert again == (tmp_path / "together", -1)


def test_merge_refuses_gaps_and_strangers(plan: Plan, path: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    sweep(plan, one, shard="1/4", executor=inline)
    with pytest.raises(StoreRefused, match="3 of 4 batches are missing"):
        merge([one])
    with pytest.raises(BadInput, match="named twice"):
        merge([one, one])
    text = path.read_text(encoding="utf-8").replace("seed = 5", "seed = 6")
    (tmp_path / "other.toml").write_text(text, encoding="utf-8")
    sweep(tmp_path / "other.toml", two, shard="2/4", executor=inline)
    with pytest.raises(StoreRefused, match="another sweep"):
        merge([one, two], tmp_path / "merged")
    shutil.copy(batch_path(two, 1), batch_path(one, 1))
    with pytest.raises(StoreRefused, match="another sweep"):
        merge([one], tmp_path / "merged")
    with pytest.raises(StoreRefused, match="belongs to another sweep"):
        sweep(plan, one, executor=inline)
    assert not (tmp_path / "merged").exists()


def test_merge_takes_a_batch_twice_only_if_both_say_the_same(plan: Plan, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    sweep(plan, one, shard="1/2", executor=inline)
    with pytest.raises(KeyboardInterrupt):
        sweep(plan, two, executor=lambda state: _some([0, 1, 3]))
    assert merge([one, two], tmp_path / "merged")[1] == 0
    from results.store.batches import read_batch, to_bytes

    table = read_batch(batch_path(two, 0))
    place = table.schema.get_field_index("trust")
    changed = table.set_column(place, table.schema.field(place), table["coverage"])
    batch_path(two, 0).write_bytes(to_bytes(changed))
    with pytest.raises(StoreRefused, match="other values"):
        merge([one, two], tmp_path / "again")


def _some(chosen: list[int]):  # noqa: ANN202
    def execute(plan: Plan, numbers: list[int], store: object) -> int:
        for number in chosen:
            store(compute(plan, number))  # type: ignore[operator]
        raise KeyboardInterrupt

    return execute


def test_another_experiment_or_a_run_is_refused(
    plan: Plan, path: Path, calm: Path, tmp_path: Path
) -> None:
    text = path.read_text(encoding="utf-8")
    (tmp_path / "same.toml").write_text(text.replace("get lost", "go missing"), encoding="utf-8")
    assert make_plan(read_experiment(tmp_path / "same.toml")).id == plan.id
    (tmp_path / "other.toml").write_text(text.replace("1.5]", "1.25]"), encoding="utf-8")
    with pytest.raises(FolderRefused, match="another experiment"):
        sweep(tmp_path / "other.toml", calm, executor=inline)
    run(Scenario("synthetic:1:3", "historic-nl", end="2007Q4", start="2006Q1"), out=tmp_path / "r")
    with pytest.raises(FolderRefused, match="holds a run"):
        sweep(plan, tmp_path / "r", executor=inline)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(FolderRefused, match="holds no sweep"):
        sweep(plan, tmp_path / "full", executor=inline)
    with pytest.raises(FolderRefused, match="is a file"):
        sweep(plan, path, executor=inline)
    assert [p.name for p in (tmp_path / "full").iterdir()] == ["notes.txt"]


def test_other_rules_or_another_version_are_refused(plan: Plan, calm: Path, tmp_path: Path) -> None:
    import json

    out = tmp_path / "sweep"
    shutil.copytree(calm, out)
    about = manifest(out)
    for key, value, said in (
        ("rules", "0123", "another set of rules"),
        ("versions", {"regiosim": "0.0.1"}, "another version of regiosim"),
    ):
        changed = {**about, "id": "0000", key: value}
        (out / "manifest.json").write_text(json.dumps(changed), encoding="utf-8")
        with pytest.raises(FolderRefused, match=said):
            sweep(plan, out, executor=inline)


def test_two_at_once_in_one_folder_are_refused(plan: Plan, tmp_path: Path) -> None:
    out = tmp_path / "sweep"
    sweep(plan, out, shard="1/2", executor=inline)
    with at_work(out, 2, 2):
        for shard in ("2/2", ""):  # who does the whole would finish it under the other's hands
            with pytest.raises(FolderRefused, match="another process"):
                sweep(plan, out, shard=shard, executor=inline)
        assert not sweep(plan, out, shard="1/2", executor=inline).finished
    with at_work(out), pytest.raises(FolderRefused, match="another process"):
        sweep(plan, out, shard="2/2", executor=inline)
    assert not sweep(plan, out, shard="2/2", executor=inline).finished


def test_a_failed_run_is_a_row_with_a_reason(
    plan: Plan, calm: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import experiments.sweeps.work.compute as home

    many = home.run_many

    def one_fails(start: object, seeds: list[tuple[int, int]], *more: object, **key: object):
        found = many(start, seeds, *more, **key)  # type: ignore[arg-type]
        return [RunFailed(s[0], 9, "no room") if s[0] == 7 else f for s, f in zip(seeds, found)]  # noqa: B905

    monkeypatch.setattr(home, "run_many", one_fails)
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


def test_batches_do_not_depend_on_who_computes_them(plan: Plan) -> None:
    assert compute(plan, 2).data == compute(plan, 2).data
    assert [r.number for n in range(plan.batches) for r in plan.batch(n)] == list(range(plan.runs))


def test_shards_are_written_as_i_of_n() -> None:
    assert shard_of("2/8") == (2, 8)
    for text in ("0/2", "3/2", "2", "a/b", "/2", "1/", "-1/2", "1/2/3"):
        with pytest.raises(BadInput, match="shard="):
            shard_of(text)


@pytest.mark.skipif(sys.platform == "win32", reason="limits and signals are POSIX")
def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    path = experiment(tmp_path)
    text = path.read_text(encoding="utf-8").replace("2010Q4", "2014Q4")
    everything = (
        text[: text.index("outcomes =")] + 'when = "quarterly"\nscopes = "municipalities"\n'
    )
    path.write_text(everything + text[text.index("\n[levers") :], encoding="utf-8")
    out = tmp_path / "sweep"

    command = [sys.executable, "-m", "experiments", "sweep", str(path), "--out", str(out), "-q"]
    for room, safe in ((60_000, "0 of 256"), (300_000, "256 of 256")):
        limit = (room, room)
        process = subprocess.run(
            command, env=environment(), capture_output=True, text=True,
            preexec_fn=lambda limit=limit: resource.setrlimit(resource.RLIMIT_FSIZE, limit),
        )  # fmt: skip
        assert process.returncode == 1 and "Traceback" not in process.stderr, process.stderr
        assert f"{safe} runs are safe" in process.stderr and "File too large" in process.stderr
        assert not list(out.rglob("*partial*")) and (out / "manifest.json").is_file()
    finished(path, out)
    assert status(out)["finished"] and len(pq.read_table(out / "runs.parquet")) == 256


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
def test_kills_lose_nothing_and_touch_nothing(tmp_path: Path) -> None:
    log = chaos(tmp_path, kills=4, replicates=30)
    assert len(log) == 4 and all(0 < one.done < one.batches for one in log)


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
