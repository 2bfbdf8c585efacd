"""Sweeps: the same runs as by themselves, and none of them twice."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from experiments import Scenario, run, sweep
from experiments.sweeps.plan.plan import Plan
from experiments.sweeps.store.layout import batch_path
from experiments.sweeps.store.merging import merge
from experiments.sweeps.store.status import status
from experiments.sweeps.work.compute import compute
from experiments.sweeps.work.sweeping import shard_of
from results.store.reading import StoreRefused
from sim.errors import BadInput
from tests.sweeping import SMALL, batches, bytes_of, inline, same


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
        is_design = str(row["regime"]).startswith("design:")
        switched = {"switch": str(row["switch"])} if is_design else {}
        scenario = Scenario(
            str(row["region"]), str(row["regime"]), settings=str(row["settings"]).split("; "),
            start=str(row["from"]), end=str(row["to"]), **switched,
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


def test_damage_inside_a_batch_is_named_and_its_runs_are_done_again(
    plan: Plan, calm: Path, tmp_path: Path
) -> None:
    sweep(plan, tmp_path / "sweep", shard="1/2", executor=inline)
    sweep(plan, tmp_path / "sweep", shard="2/2", executor=inline)
    broken = batch_path(tmp_path / "sweep", 2)
    data = bytearray(broken.read_bytes())
    data[40:400] = bytes(360)  # its last bytes, by which it says what it holds, stay whole
    broken.write_bytes(bytes(data))
    with pytest.raises(StoreRefused, match=r"0000002.parquet is damaged.* Take it out"):
        merge([tmp_path / "sweep"])
    assert status(tmp_path / "sweep")["damaged"] == 1
    assert sweep(plan, tmp_path / "sweep", executor=inline).finished
    assert same(calm, tmp_path / "sweep")


def test_batches_do_not_depend_on_who_computes_them(plan: Plan) -> None:
    assert compute(plan, 2).data == compute(plan, 2).data
    assert [r.number for n in range(plan.batches) for r in plan.batch(n)] == list(range(plan.runs))


def test_shards_are_written_as_i_of_n() -> None:
    assert shard_of("2/8") == (2, 8)
    for text in ("0/2", "3/2", "2", "a/b", "/2", "1/", "-1/2", "1/2/3"):
        with pytest.raises(BadInput, match="shard="):
            shard_of(text)


def test_runs_of_an_earlier_sweep_are_those_that_would_be_computed(
    plan: Plan, calm: Path, tmp_path: Path
) -> None:
    text = SMALL.format(replicates=6, points=8).replace("[0.5, 1.5]", "[0.5, 1.0]")
    (tmp_path / "other.toml").write_text(text, encoding="utf-8")
    sweep(tmp_path / "other.toml", tmp_path / "old", executor=inline)
    done = sweep(plan, tmp_path / "grown", workers=2, earlier=[tmp_path / "old"])
    assert (done.state.taken, done.state.here) == (96, 160)
    assert bytes_of(calm) == bytes_of(tmp_path / "grown")
