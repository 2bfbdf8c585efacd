"""Runs: what they leave, what changes nothing, and what goes wrong."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import experiments.runs.run as module
import sim.engines.compiled as engine
from agents.compiled.record import table_of
from agents.kinds import RECORDED
from experiments import Scenario, run
from experiments.compiling.kernels import is_warm, warm_up
from experiments.runs.frames import Names, series_of
from experiments.runs.start import start_tables
from results.store.folder import FolderRefused
from results.store.reading import declared_outcomes, manifest, read, units
from sim.ledger import POSTINGS
from sim.measure.outcomes import NAMES
from sim.measure.years import yearly
from sim.tables import RECORDS, Tables
from tests.scenarios import SMALL, changed

TABLES = (*RECORDED, "ledger", "events", "runs", "series")
PARTY = re.compile(
    r"(insurer|municipality|ros|practice|unit|hub|organisation|partner):\d+|outside:0"
)


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    if not is_warm():
        warm_up()


@pytest.fixture(scope="module")
def small() -> module.Result:
    return run(SMALL, threads=1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("run") / "deep" / "one"
    run(SMALL, out=out)
    return out


def same(one: pd.DataFrame, other: pd.DataFrame) -> None:
    frames = []
    for frame in (one, other):
        kinds: dict[str, Any] = {
            n: object for n in frame if isinstance(frame[n].dtype, pd.CategoricalDtype)
        }
        # A column of whole numbers is Int64 where another run of the same frame holds nulls.
        kinds |= {n: "Int64" for n in frame if pd.api.types.is_integer_dtype(frame[n].dtype)}
        frames.append(frame.astype(kinds))
    pd.testing.assert_frame_equal(frames[0], frames[1], check_exact=True)


def of_seed(result: module.Result, seed: int) -> pd.Series:
    runs = result.runs
    name = runs.loc[runs["seed"] == seed, "run_id"].iloc[0]
    values: pd.Series = result.series.loc[result.series["run_id"] == name, "value"]
    return values.reset_index(drop=True)


def test_every_table_of_the_contract_is_there(folder: Path) -> None:
    names = {path.name for path in folder.iterdir()}
    expected = {f"{name}.parquet" for name in TABLES}
    others = {"manifest.json", "timings.json", "report.html", "figures"}
    assert names == expected | others | {"checksums.sha256", "ro-crate-metadata.json"}
    assert list((folder / "figures").glob("*.png")) and list((folder / "figures").glob("*.svg"))
    columns = {name: list(read(folder, name).columns) for name in TABLES}
    assert columns["series"] == ["run_id", "tick", "date", "scope", "outcome", "value"]
    books = ["run_id", "tick", "date", "payer", "receiver", "title", "phase", "cents", "hours"]
    assert columns["ledger"] == books
    events = ["run_id", "tick", "date", "kind", "agent", "event", "other", "cause"]
    assert columns["events"] == events
    for name in RECORDED:
        fields = [f.name for f in RECORDS[name].fields if not f.width]
        assert {"run_id", "tick", "date", "row", *fields} <= set(columns[name])
    wanted = {"region", "regime", "settings", "seed", "population_seed", "status", "reason"}
    assert wanted <= set(columns["runs"])
    assert units(folder, "practices")["patients"] == "registered patients"
    said = declared_outcomes(folder)
    assert set(said) == set(NAMES)
    assert said["oi_per_insured"] == {
        "unit": "EUR per insured",
        "yearly": "sum",
        "text": "the same per insured",
        "label_en": "O&I per insured",
        "label_nl": "O&I per verzekerde",
    }


def test_the_manifest_tells_what_was_run(folder: Path) -> None:
    about = manifest(folder)
    assert about["id"] == SMALL.id
    assert about["seeds"] == [1, 2, 3]
    assert about["scenario"]["regime"] == "historic-nl"
    assert about["versions"]["numba"] and about["rules"] and about["content"]
    assert {"choice.money"} <= {one["name"] for one in about["assumed"]}
    assert json.loads((folder / "timings.json").read_text())["quarters"] == 48


def test_frames_hold_the_recorded_quarters(small: module.Result) -> None:
    series = small.series
    assert sorted(series["tick"].unique()) == list(range(4, 16))
    assert list(series["scope"].unique()) == ["all", "SM00001", "SM00002"]
    assert series["run_id"].nunique() == 3
    assert len(series) == 3 * 12 * 3 * len(NAMES)
    assert str(series["date"].iloc[0].date()) == "2007-01-01"
    for name in TABLES[:7]:
        assert set(small.frame(name)["run_id"]) == {SMALL.id}, name
        assert small.frame(name)["tick"].min() >= 4
    assert list(small.runs["status"]) == ["done"] * 3
    at = small.practices[small.practices["tick"] == 15]
    whole = series[(series["run_id"] == SMALL.id) & (series["tick"] == 15)]
    value = whole.set_index(["scope", "outcome"])["value"]
    assert value["all", "practices"] == len(at)
    assert value["all", "insured"] == at["patients"].sum()
    assert value["SM00001", "practices"] == (at["municipality"] == 0).sum()


def test_books_and_events_name_everyone(small: module.Result) -> None:
    ledger = small.ledger
    named = pd.concat([ledger["payer"], ledger["receiver"], small.events["agent"]]).astype(str)
    assert named.map(PARTY.fullmatch).notna().all()
    known = {*SMALL.policy.names(), *POSTINGS.values()}
    titles = set(ledger["title"].astype(str))
    assert {t for t in titles if not t.startswith("transaction:")} <= known
    assert "transaction:bargain" in titles and "premium" in titles
    assert not any(t.startswith("code") for t in titles)
    assert (ledger["cents"] >= 0).all() and (ledger["hours"] >= 0).all()
    inside = ledger[~ledger["title"].astype(str).str.startswith("transaction:")]
    oi = inside[inside["title"].isin(SMALL.policy.names())]
    paid = oi.groupby("tick")["cents"].sum().loc[8] / 100
    value = small.series[(small.series["outcome"] == "oi_spending") & (small.series["tick"] == 8)]
    assert 0 < value["value"].iloc[0] <= paid + 1e-6
    kinds = small.events["agent"].astype(str).str.split(":").str[0]
    assert (kinds == small.events["kind"].astype(str)).all()


def test_recording_more_changes_nothing(small: module.Result) -> None:
    whole = run(changed(record="all"))
    same(whole.series, small.series)
    assert whole.practices["run_id"].nunique() == 3
    first = whole.practices[whole.practices["run_id"] == SMALL.id].reset_index(drop=True)
    same(first, small.practices)


def test_yearly_is_made_of_the_same_quarters(small: module.Result) -> None:
    found = run(changed(record="yearly"))
    values = small.series["value"].to_numpy().reshape(3, 12, 3, len(NAMES))
    years = np.stack([yearly(one, SMALL.first)[0] for one in values])
    ids = list(small.runs["run_id"])
    names = Names(SMALL.place, SMALL.policy.names())
    expected = series_of(ids, np.array([7, 11, 15]), names, years)
    assert found.tables["series"].equals(expected)
    assert sorted(found.practices["tick"].unique()) == [7, 11, 15]
    assert sorted(found.ledger["tick"].unique()) == list(range(4, 16))


def test_threads_change_nothing(small: module.Result) -> None:
    again = run(SMALL, threads=2).series
    assert len(again) == len(small.series) > 0
    same(again, small.series)


@pytest.mark.parametrize("seed", [2, 3])
def test_a_replicate_is_a_run_with_its_seed(small: module.Result, seed: int) -> None:
    alone = run(changed(seed=seed, replicates=1))
    assert alone.runs["run_id"].iloc[0] == small.runs["run_id"].iloc[seed - 1]
    np.testing.assert_array_equal(of_seed(alone, seed), of_seed(small, seed))


def test_one_population_for_all_replicates(small: module.Result) -> None:
    pinned = run(changed(population_seed=1, start="2006Q1", record="all"))
    start = pinned.practices[pinned.practices["tick"] == 0]
    assert start.groupby("run_id", observed=True)["x"].agg(list).map(tuple).nunique() == 1
    assert list(pinned.runs["population_seed"]) == [1, 1, 1]
    late = pinned.series[pinned.series["tick"] >= 4].reset_index(drop=True)
    assert late["value"].iloc[: len(late) // 3].equals(of_seed(small, 1))


@pytest.mark.parametrize("engine", ["mesa", "python"])
def test_the_other_engines_give_the_same_numbers(engine: str) -> None:
    short = changed(end="2007Q4", replicates=2)
    one, other = run(short), run(dataclasses.replace(short, engine=engine))
    same(one.series, other.series)
    for name in (*RECORDED, "ledger", "events"):
        assert len(one.frame(name)) == len(other.frame(name)) > 0, name
        same(one.frame(name), other.frame(name))


def test_progress_ends_where_the_work_does() -> None:
    seen: list[tuple[int, int]] = []
    run(changed(end="2007Q4"), progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (24, 24) and seen == sorted(seen)


# What goes wrong


def _crowded(monkeypatch: pytest.MonkeyPatch) -> None:
    def small_ledger(scenario: Scenario) -> Tables:
        return start_tables(scenario)._replace(ledger=table_of(RECORDS["ledger"], 150))

    monkeypatch.setattr(module, "start_tables", small_ledger)


def test_a_failed_run_is_a_row_with_a_reason(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _crowded(monkeypatch)
    result = run(SMALL, out=tmp_path / "out")
    assert result.failed == 3
    assert list(result.runs["status"]) == ["failed"] * 3
    assert result.runs["reason"].str.contains("the ledger of the quarter is full").all()
    assert result.series.empty and result.practices.empty and "patients" in result.practices
    assert {f"{name}.parquet" for name in TABLES} <= {p.name for p in (tmp_path / "out").iterdir()}


def test_an_error_inside_a_kernel_fails_that_run_only(
    monkeypatch: pytest.MonkeyPatch, small: module.Result
) -> None:
    whole = engine.run_batch

    def broken_for_two(tables: Tables, start: Tables, seeds: Any, plan: Any, *room: Any) -> int:
        rows, out = room
        for k in range(plan[0], len(seeds)):
            plan[0] = k
            if seeds[k, 0] == 2:
                raise ValueError("not a number")
            one = np.array([0, *plan[1:]])
            assert whole(tables, start, seeds[k : k + 1], one, rows, out[k : k + 1]) == -1
        plan[0] = len(seeds)
        return -1

    monkeypatch.setattr(engine, "run_batch", broken_for_two)
    result = run(SMALL)
    assert list(result.runs["status"]) == ["done", "failed", "done"]
    assert "not a number" in result.runs["reason"].iloc[1]
    assert result.series["run_id"].nunique() == 2
    np.testing.assert_array_equal(of_seed(result, 3), of_seed(small, 3))


def test_nothing_is_left_when_writing_fails(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def full(*given: Any, **how: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("results.reports.run.write_report", full)
    with pytest.raises(OSError, match="No space"):
        run(changed(end="2007Q1", replicates=1), out=tmp_path / "a" / "b")
    assert not list(tmp_path.iterdir())


def test_a_folder_in_use_is_refused_before_work(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(module, "start_tables", lambda *given: pytest.fail("work was done"))
    (tmp_path / "note.txt").write_text("mine")
    with pytest.raises(FolderRefused, match="not empty"):
        run(SMALL, out=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]
