"""Earlier sweeps that cannot give their runs: each is told, and nothing is half taken."""

from __future__ import annotations

import json
import logging
import shutil
from pathlib import Path
from typing import Any

import pytest

from experiments import sweep
from experiments.sweeps.plan.plan import Plan
from experiments.sweeps.store import earlier as home
from experiments.sweeps.store.earlier import opened
from experiments.sweeps.store.growth import Growth
from experiments.sweeps.store.layout import batch_path
from results.store.batches import Label, batch_table, kept_in, read_batch, to_bytes
from results.store.claims import FolderRefused, claimed
from results.store.reading import StoreRefused
from sim.errors import BadInput
from tests.commands import refused
from tests.edited import put_manifest
from tests.growing import grown, planned
from tests.made_sweeps import Maker, made_plan


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (('"trust"', '"trust", "misfit", "hhi"'), "not recorded there: misfit, hhi"),
        (("[record]", '[record]\nwhen = "quarterly"'), "record.when: yearly, here quarterly"),
        (("[record]", '[record]\nscopes = "municipalities"'), "scopes: all, here municipalities"),
        (('from = "2009Q1"', 'from = "2008Q1"'), "first quarter: 2009Q1, here 2008Q1"),
        (('to = "2010Q4"', 'to = "2011Q4"'), "last quarter: 2010Q4, here 2011Q4"),
    ],
)
def test_what_was_recorded_otherwise_is_not_taken(
    change: tuple[str, str], why: str, old: Path, begun: Path, tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    plan = planned(tmp_path, change)
    with opened([old, begun], plan) as sources:
        growth = Growth(plan, sources, range(plan.batches))
        assert growth.taken() == 0 and growth.rest is plan
        for about, runs in zip(growth.described(), (128, 64), strict=True):
            (left,) = about["not_taken"]
            assert left["runs"] == about["runs"] == runs and why in left["why"]
            assert about["taken"] == about["not_asked"] == 0
    with caplog.at_level(logging.WARNING):
        done = sweep(plan, tmp_path / "out", executor=Maker(), earlier=[old])
    assert done.state.here == plan.runs and why in caplog.text
    assert "128 runs are not taken" in caplog.text


@pytest.mark.parametrize("name", ["runs.parquet", "series.parquet"])
def test_a_table_that_is_damaged_is_not_taken_where_nothing_lists_it(
    name: str, old: Path, tmp_path: Path
) -> None:
    (old / "checksums.sha256").unlink()
    path = old / name
    path.write_bytes(path.read_bytes()[:500])
    plan = planned(tmp_path)
    with opened([old], plan) as sources:
        growth = Growth(plan, sources, range(plan.batches))
        assert growth.taken() == 0
        assert growth.described()[0]["not_taken"] == [{"runs": 128, "why": f"{path} is damaged"}]


def test_a_page_that_is_damaged_is_found_when_it_is_read(old: Path, tmp_path: Path) -> None:
    (old / "checksums.sha256").unlink()
    path = old / "series.parquet"
    data = bytearray(path.read_bytes())
    data[40:60] = bytes(20)  # in the first page, not in what lies at the end
    path.write_bytes(data)
    plan = planned(tmp_path)
    with opened([old], plan) as sources:
        growth = Growth(plan, sources, range(plan.batches))
        with pytest.raises(StoreRefused, match="is damaged"):
            for number in range(plan.batches):
                growth.completed(number)


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        ("rules", "0123456789abcdef", "other rules (0123456789abcdef"),
        ("versions", {"regiosim": "0.0.1"}, "computed by regiosim 0.0.1, this is"),
        ("identity", {"kind": "text", "version": 1}, "ids of another kind (text, version 1;"),
    ],
)
def test_what_another_model_computed_is_not_taken(
    key: str, value: Any, why: str, old: Path, begun: Path, tmp_path: Path
) -> None:
    for folder in (old, begun):
        about = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        put_manifest(folder, {**about, key: value})
    assert _left(planned(tmp_path), old, begun) == [[128, why], [64, why]]


def _left(plan: Plan, *folders: Path) -> list[list[Any]]:
    """Return how many runs each cannot give, and the beginning of why."""
    with opened(folders, plan) as sources:
        found = [one for source in sources for one in source.left]
    return [[one.runs, _Begin(one.why)] for one in found]


class _Begin(str):
    """A text that equals any part of it."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and str(other) in str(self)

    __hash__ = str.__hash__


@pytest.mark.parametrize("name", ["series.parquet", "runs.parquet"])
def test_a_table_that_fails_its_checksum_gives_nothing(
    name: str, old: Path, tmp_path: Path
) -> None:
    data = bytearray((old / name).read_bytes())
    data[len(data) // 3] ^= 1
    (old / name).write_bytes(bytes(data))
    said = f"{name} was changed after it was written"
    assert _left(planned(tmp_path), old) == [[128, said]]
    assert grown(planned(tmp_path), tmp_path, old) == (0, 128)


def test_a_batch_that_is_damaged_or_of_another_sweep_gives_nothing(
    kept: Path, begun: Path, tmp_path: Path
) -> None:
    data = batch_path(begun, 1).read_bytes()
    batch_path(begun, 1).write_bytes(data[:100] + b"x" + data[101:])
    assert _left(planned(tmp_path), begun) == [[64, "0000001.parquet is damaged"]]
    other = made_plan(tmp_path, "another", 16)
    sweep(other, tmp_path / "another", shard="1/2", executor=Maker())
    shutil.copy(batch_path(tmp_path / "another", 0), batch_path(begun, 0))
    batch_path(begun, 1).write_bytes(data)
    assert _left(planned(tmp_path), begun) == [[64, "0000000.parquet belongs to another sweep"]]
    assert grown(planned(tmp_path), tmp_path, begun) == (64, 64)


def test_a_run_that_failed_is_run_again(begun: Path, old: Path, tmp_path: Path) -> None:
    table = read_batch(batch_path(begun, 1))
    runs = kept_in(table)
    runs[3] = runs[3]._replace(values=None, reason="no room")
    label = Label(json.loads((begun / "manifest.json").read_text())["id"], 1, 64)
    names = table.column_names[-4:]
    batch_path(begun, 1).write_bytes(to_bytes(batch_table(runs, names, label)))
    assert _left(planned(tmp_path), begun) == [[1, "failed there"]]
    assert grown(planned(tmp_path), tmp_path, begun) == (63, 65)
    sweep(made_plan(tmp_path, replicates=16), begun, executor=Maker())
    assert _left(planned(tmp_path), begun) == [[1, "failed there"]]
    (tmp_path / "more").mkdir()
    assert grown(planned(tmp_path), tmp_path / "more", begun) == (127, 1)


def test_what_changes_after_the_sweep_began_stops_it(begun: Path, tmp_path: Path) -> None:
    plan = planned(tmp_path)
    with opened([begun], plan) as sources:
        growth = Growth(plan, sources, range(plan.batches))
        assert [growth.count(number) for number in (0, 1)] == [0, 64] and growth.is_taken(1)
        batch_path(begun, 1).unlink()
        with pytest.raises(StoreRefused, match="0000001.parquet is damaged"):
            growth.completed(1)


def test_folders_that_cannot_give_runs_are_one_message(
    old: Path, begun: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    planned(tmp_path)
    out = tmp_path / "out"
    command = ["sweep", str(tmp_path / "grown.toml"), "--out", str(out), "--from"]
    (tmp_path / "run").mkdir()
    put_manifest(tmp_path / "run", {"kind": "run", "id": "1", "schema_version": "1"})
    about = json.loads((old / "manifest.json").read_text(encoding="utf-8"))
    for name, own in (("schema", {"schema_version": "99"}), ("hand", {"batches": "many"})):
        (tmp_path / name).mkdir()
        put_manifest(tmp_path / name, {**about, **own})
    (tmp_path / "empty").mkdir()
    (tmp_path / "noise").mkdir()
    (tmp_path / "noise" / "manifest.json").write_bytes(bytes(range(256)))
    for name, says in (
        ("odl", "odl: does not exist. Did you mean"),
        ("grown.toml", "is a file"),
        ("empty", "is not the folder of a run or a sweep"),
        ("run", "is not the folder of a sweep"),
        ("schema", "has schema version 99, this program reads 1"),
        ("hand", "manifest.json"),
        ("noise", "manifest.json"),
        ("out", "does not exist"),
    ):
        assert says in refused([*command, str(tmp_path / name)], capsys), name
    assert "named twice" in refused([*command, str(old), str(old / ".." / "old")], capsys)
    itself = ["sweep", str(tmp_path / "grown.toml"), "--out", str(begun), "--from", str(begun)]
    assert "is the folder of the new sweep itself" in refused(itself, capsys)
    alone = ["sweep", str(tmp_path / "grown.toml"), str(old), "--out", str(out)]
    assert "one argument too many" in refused(alone, capsys)
    assert not out.exists()


def test_one_that_another_process_fills_is_refused_and_nothing_is_made(
    begun: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = planned(tmp_path)
    with claimed(begun, "a sweep"):
        with pytest.raises(FolderRefused, match=r"another process .* on .*begun \(a sweep:"):
            sweep(plan, tmp_path / "out", executor=Maker(), earlier=[begun])
    assert not (tmp_path / "out").exists() and not list(tmp_path.glob(".*"))
    with opened([begun], plan), pytest.raises(FolderRefused, match=home.WHO):
        sweep(made_plan(tmp_path, replicates=16), begun, executor=Maker())


def test_what_cannot_be_read_is_said(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = planned(tmp_path)

    def locked(path: Path) -> Path:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(home, "as_written", locked)
    with pytest.raises(StoreRefused, match=r"runs.parquet cannot be read \(Permission denied\)"):
        sweep(plan, tmp_path / "out", executor=Maker(), earlier=[old])
    assert not (tmp_path / "out").exists()


def test_bad_folders_from_python(old: Path, tmp_path: Path) -> None:
    plan = planned(tmp_path)
    with pytest.raises(BadInput, match=r"earlier=.*nowhere.* does not exist"):
        sweep(plan, tmp_path / "out", earlier=[tmp_path / "nowhere"])
    with pytest.raises(BadInput, match="does not exist"):
        sweep(plan, tmp_path / "out", earlier=str(tmp_path / "nowhere"))
    done = sweep(plan, tmp_path / "out", executor=Maker(), earlier=old)
    assert done.state.taken == plan.runs
