"""What a run leaves: tables with units, and folders that are whole or absent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from made_runs import (
    FIELDS,
    records,
    write_run,
)

from results.store.folder import FolderRefused, RunFolder, whole_file, write_parquet
from results.store.reading import StoreRefused, declared_outcomes, manifest, read, to_frame, units
from results.store.schema import VERSION_KEY, Spec, dates, table_from_columns, table_from_records
from results.store.series import series_table

# --- schema and store ---------------------------------------------------------------------------


def test_dates_start_each_quarter() -> None:
    found = [str(day) for day in dates([0, 3, 4, 99]).astype("datetime64[D]")]
    assert found == ["2006-01-01", "2006-10-01", "2007-01-01", "2030-10-01"]


def test_records_travel_with_units_and_come_back(tmp_path: Path) -> None:
    extra = [(Spec("name", "str", "", "a name"), ["a", "b", "c", "d"])]
    table = table_from_records(
        records(), FIELDS, "r1", [0, 0, 1, 1], {"trust": ["near", "far"]}, extra
    )
    write_parquet(table, tmp_path / "practices.parquet")
    frame = read(tmp_path, "practices")
    assert list(frame) == [
        "run_id", "tick", "date", "row", "name", "patients", "organisation", "active",
        "trust_near", "trust_far",
    ]  # fmt: skip
    assert list(frame["row"]) == [0, 1, 0, 1]
    assert list(frame["organisation"].isna()) == [False, True, False, False]
    assert frame["organisation"].dtype == pd.Int64Dtype()
    assert frame["organisation"].iloc[3] == 2**39
    assert table["patients"].null_count == 1
    assert list(frame["trust_far"]) == [0.1, 0.3, 0.5, 0.7]
    assert units(tmp_path, "practices")["patients"] == "patients"
    field = pq.read_schema(tmp_path / "practices.parquet").field("trust_far")
    assert field.metadata[b"range"] == b"0..1"
    assert field.metadata[b"description"] == b"trust in a counterpart (far)"


def test_tables_refuse_what_does_not_fit() -> None:
    with pytest.raises(ValueError, match="width 2 but 1 labels"):
        table_from_records(records(), FIELDS, "r", 0, {"trust": ["one"]})
    with pytest.raises(ValueError, match="occur twice: a"):
        table_from_columns([(Spec("a", "f8"), [1.0]), (Spec("a", "f8"), [1.0])])
    with pytest.raises(ValueError, match="not one of f8"):
        table_from_columns([(Spec("a", "f4"), [1.0])])
    assert table_from_records(records()[:0], FIELDS, "r", 0).num_rows == 0


def test_floats_are_split_streams_and_text_is_dictionaries(tmp_path: Path) -> None:
    write_run(tmp_path / "run")
    group = pq.read_metadata(tmp_path / "run" / "series.parquet").row_group(0)
    found = {group.column(i).path_in_schema: group.column(i) for i in range(group.num_columns)}
    assert "BYTE_STREAM_SPLIT" in found["value"].encodings
    assert "RLE_DICTIONARY" not in found["value"].encodings
    assert "RLE_DICTIONARY" in found["outcome"].encodings
    assert {column.compression for column in found.values()} == {"ZSTD"}


def test_series_equals_the_naive_construction() -> None:
    runs, ticks, scopes, outcomes = ["b", "a"], [3, 7, 11], ["all", "GM1"], ["x", "y"]
    values = np.arange(24, dtype=float).reshape(2, 3, 2, 2)
    values[1, 2, 0, 1] = np.nan
    table = series_table(runs, np.array(ticks), scopes, outcomes, values, {"x": {"unit": "EUR"}})
    naive = [
        (run, tick, scope, outcome, values[r, t, s, o])
        for r, run in enumerate(runs)
        for t, tick in enumerate(ticks)
        for s, scope in enumerate(scopes)
        for o, outcome in enumerate(outcomes)
    ]
    columns = ["run_id", "tick", "scope", "outcome", "value"]
    frame = to_frame(table).astype({"run_id": str, "scope": str, "outcome": str})
    expected = pd.DataFrame(naive, columns=columns)
    pd.testing.assert_frame_equal(frame[columns], expected, check_dtype=False)
    assert table["value"].null_count == 1
    assert list(frame["date"].dt.year.unique()) == [2006, 2007, 2008]
    with pytest.raises(ValueError, match="shape"):
        series_table(runs, ticks, scopes, outcomes, values[:1])


SAID = {"x": {"unit": "EUR", "yearly": "sum", "label_en": "Ex", "label_nl": "Iks"}}


def test_what_is_said_of_outcomes_and_the_version_are_read_back(tmp_path: Path) -> None:
    table = series_table(["r"], [3], ["all"], ["x"], np.ones((1, 1, 1, 1)), SAID)
    write_parquet(table, tmp_path / "series.parquet")
    assert declared_outcomes(tmp_path) == SAID
    write_parquet(table.replace_schema_metadata({VERSION_KEY: b"9"}), tmp_path / "old.parquet")
    with pytest.raises(StoreRefused, match="schema version 9, this program reads 1"):
        read(tmp_path, "old")
    write_parquet(table.replace_schema_metadata({}), tmp_path / "foreign.parquet")
    with pytest.raises(StoreRefused, match="not written by regiosim"):
        units(tmp_path, "foreign")
    with pytest.raises(StoreRefused, match="has foreign, old, series"):
        read(tmp_path, "ledger")
    with pytest.raises(StoreRefused, match="not the folder of a run"):
        manifest(tmp_path)
    (tmp_path / "manifest.json").write_text('{"schema_version": "0"}')
    with pytest.raises(StoreRefused, match="schema version 0"):
        manifest(tmp_path)


# --- folders ------------------------------------------------------------------------------------


def test_a_run_appears_whole(tmp_path: Path) -> None:
    target = tmp_path / "new" / "parents" / "run"
    with RunFolder(target) as folder:
        folder.json("manifest", {"b": np.int64(1), "a": Path("x/y"), "ë": [np.float64(0.5)]})
        folder.path("figures/one.txt").write_text("x")
        assert not target.exists()
    text = (target / "manifest.json").read_text(encoding="utf-8")
    assert text == '{\n  "a": "x/y",\n  "b": 1,\n  "ë": [\n    0.5\n  ]\n}\n'
    assert [p.name for p in target.parent.iterdir()] == ["run"]
    assert manifest(target)["b"] == 1


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, SystemExit])
def test_an_error_leaves_nothing_behind(tmp_path: Path, error: type[BaseException]) -> None:
    with pytest.raises(error), RunFolder(tmp_path / "new" / "parent" / "run") as folder:
        folder.json("manifest", {})
        folder.path("figures/deep/a.txt").write_text("x")
        raise error
    assert list(tmp_path.iterdir()) == []


def test_an_error_leaves_an_empty_target_and_other_runs_alone(tmp_path: Path) -> None:
    (tmp_path / "runs" / "empty").mkdir(parents=True)
    with pytest.raises(ValueError), RunFolder(tmp_path / "runs" / "empty"):
        raise ValueError
    assert [p.name for p in (tmp_path / "runs").iterdir()] == ["empty"]
    with RunFolder(tmp_path / "runs" / "empty") as folder:
        folder.json("manifest", {})
    assert (tmp_path / "runs" / "empty" / "manifest.json").is_file()


def test_folders_that_cannot_take_a_run_are_refused_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "a").write_text("x")
    with pytest.raises(FolderRefused, match="not empty"):
        RunFolder(tmp_path / "full")
    with pytest.raises(FolderRefused, match="is a file. Name a folder"):
        RunFolder(tmp_path / "full" / "a")
    with pytest.raises(FolderRefused, match="is a file, so"):
        RunFolder(tmp_path / "full" / "a" / "b" / "c")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    with pytest.raises(FolderRefused, match="current folder"):
        RunFolder(Path("."))
    monkeypatch.setattr("results.store.folder.os.access", lambda *_: False)
    with pytest.raises(FolderRefused, match="cannot be written"):
        RunFolder(tmp_path / "new" / "run")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["full", "here"]


def test_a_folder_that_cannot_be_made_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    folder = RunFolder(tmp_path / "run")
    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(FolderRefused, match="Permission denied"), folder:
        pass


def test_a_target_filled_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    with pytest.raises(FolderRefused, match="another run"), RunFolder(tmp_path / "run") as folder:
        folder.json("manifest", {})
        (tmp_path / "run").mkdir()
        (tmp_path / "run" / "theirs").write_text("x")
    assert [p.name for p in tmp_path.rglob("*")] == ["run", "theirs"]


def test_names_stay_inside_the_folder(tmp_path: Path) -> None:
    with RunFolder(tmp_path / "run") as folder:
        for name in ("../out.json", "/x", "."):
            with pytest.raises(ValueError, match="inside the run's folder"):
                folder.path(name)
        with pytest.raises(ValueError, match="JSON"):
            folder.json("manifest", {"a": float("nan")})
    with pytest.raises(RuntimeError, match="`with` block"):
        folder.path("late")


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
@pytest.mark.parametrize("how", ["SIGKILL", "SIGTERM"])
def test_a_killed_run_leaves_only_its_partial(tmp_path: Path, how: str) -> None:
    script = (
        "import signal, sys, time\n"
        "from pathlib import Path\n"
        "from results.store.folder import RunFolder\n"
        "signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))\n"
        "with RunFolder(Path(sys.argv[1])) as folder:\n"
        "    folder.json('manifest', {})\n"
        "    print('ready', flush=True)\n"
        "    time.sleep(60)\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "runs" / "one")]
    root = str(Path(__file__).resolve().parents[3])
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=root) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        child.send_signal(getattr(signal, how))
        child.wait(timeout=20)
    left = sorted(p.name for p in tmp_path.glob("runs/*"))
    assert left == ([".one.claim", f".one.partial-{child.pid}"] if how == "SIGKILL" else [])
    with RunFolder(tmp_path / "runs" / "one") as folder:  # the target is still free
        folder.json("manifest", {})
    assert [p.name for p in tmp_path.glob("runs/*")] == ["one"]


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    with whole_file(target) as aside:
        aside.write_text("old")
    with pytest.raises(KeyboardInterrupt), whole_file(target) as aside:
        aside.write_text("half")
        raise KeyboardInterrupt
    assert target.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]
