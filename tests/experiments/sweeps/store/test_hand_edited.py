"""Folders of sweeps that someone had a hand in, and reports that cannot be drawn."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from experiments import sweep
from experiments.cli.app import DONE, FAILED, main
from experiments.sweeps.plan.plan import Plan
from experiments.sweeps.store.layout import batch_path, is_finished
from experiments.sweeps.store.merging import merge
from experiments.sweeps.store.status import status
from results.store.reading import StoreRefused, manifest
from tests.edited import put_manifest
from tests.made_sweeps import Maker, fill, made_plan
from tests.stopped import light, small_report
from tests.sweeping import same


@pytest.fixture(scope="module", autouse=True)
def _light() -> Iterator[None]:
    with light():
        yield


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return made_plan(tmp_path_factory.mktemp("experiment"))


@pytest.fixture(scope="module")
def whole(small: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole") / "sweep"
    sweep(small, folder, executor=Maker())
    return folder


@pytest.fixture
def begun(small: Plan, tmp_path: Path) -> Path:
    """Return a folder in which two of three batches are done."""
    folder = tmp_path / "sweep"
    sweep(small, folder, shard="1/3", executor=Maker())
    fill(small, folder, [1])
    return folder


def test_a_batch_that_is_gone_or_damaged_is_done_again(
    small: Plan, whole: Path, begun: Path
) -> None:
    batch_path(begun, 0).unlink()
    batch_path(begun, 1).write_bytes(batch_path(begun, 1).read_bytes()[:400])
    maker = Maker()
    assert sweep(small, begun, executor=maker).finished
    assert maker.asked == [0, 1, 2] and same(whole, begun)
    assert not (begun / "batches").exists()


def test_files_of_a_person_are_neither_batches_nor_lost(
    small: Plan, whole: Path, begun: Path
) -> None:
    own = ["notes.txt", ".DS_Store", "mine.parquet", "._0000001.parquet", "0000001 (copy).parquet"]
    for folder in (begun, begun / "batches"):
        for name in own:
            (folder / name).write_text("mine", encoding="utf-8")
    assert status(begun)["batches_done"] == 2 and status(begun)["damaged"] == 0
    maker = Maker()
    sweep(small, begun, executor=maker)
    assert maker.asked == [2] and same(whole, begun)
    assert {path.name for path in (begun / "batches").iterdir()} == set(own)
    assert set(own) <= {path.name for path in begun.iterdir()}
    assert sweep(small, begun, executor=maker).finished and maker.asked == [2]


def test_a_batch_under_another_name_is_named(small: Plan, begun: Path) -> None:
    shutil.copy(batch_path(begun, 1), batch_path(begun, 2))
    with pytest.raises(StoreRefused, match="does not fit its name"):
        sweep(small, begun, executor=Maker())
    with pytest.raises(StoreRefused, match="holds batch 1: it was copied or renamed"):
        merge([begun])


@pytest.mark.parametrize("key", ["id", "name", "runs", "batches", "from", "engine", "kind"])
def test_a_manifest_without_a_key_is_one_message(
    key: str, begun: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    about = manifest(begun)
    del about[key]
    put_manifest(begun, about)
    for command in ("status", "merge"):
        assert main([command, str(begun)]) == 2
        said = capsys.readouterr().err
        assert "manifest" in said and key in said and said.count("\n") <= 2, said


def test_points_that_are_gone_or_damaged_are_written_again(
    small: Plan, whole: Path, begun: Path
) -> None:
    (begun / "points.parquet").write_bytes(b"PAR1")
    sweep(small, begun, executor=Maker())
    assert same(whole, begun)


def test_a_report_that_cannot_be_drawn_costs_no_run(
    small: Plan, whole: Path, begun: Path, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    def fails(folder: Path, language: str, hands: object) -> None:
        raise ValueError("Expected end of text, found '$'")

    monkeypatch.setattr("results.reports.run.write_report", fails)
    done = sweep(small, begun, executor=Maker())
    assert done.finished and not done.reported and is_finished(begun) and same(whole, begun)
    assert f"regiosim report {begun} draws it" in caplog.text
    assert "found '$'" in caplog.text
    assert main(["merge", str(begun), "--quiet"]) == FAILED
    monkeypatch.setattr("results.reports.run.write_report", small_report)
    assert main(["merge", str(begun), "--quiet"]) == DONE
    assert (begun / "timings.json").is_file() and (begun / "report.html").is_file()
    assert sweep(small, begun, executor=Maker()).reported
