"""The options by which a run keeps its states, and another goes on from them."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

import json
from pathlib import Path

import pytest

from experiments.cli.app import main
from tests.commands import refused

PLACE = ["run", "--region", "synthetic:1:1", "--regime", "historic-nl", "--no-report", "--quiet"]
ON = ["run", "--no-report", "--quiet", "--continue"]
LATER = ["--set", "title.ros.rate@2017Q1=2.5"]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = str(tmp_path_factory.mktemp("kept") / "base")
    keep = ["--to", "2015Q4", "--keep-state", "--horizon", "2018Q4"]
    assert main([*PLACE, "--replicates", "2", *keep, "--out", folder]) == 0
    return folder


def tables(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.parquet")}


def test_a_run_that_goes_on_leaves_the_files_of_the_whole_run(base: str, tmp_path: Path) -> None:
    assert main([*ON, base, *LATER, "--out", str(tmp_path / "branch")]) == 0
    whole = [*PLACE, "--replicates", "2", "--to", "2018Q4", *LATER]
    assert main([*whole, "--out", str(tmp_path / "whole")]) == 0
    assert tables(tmp_path / "branch") == tables(tmp_path / "whole") != {}
    for name in ("branch", "whole"):
        assert main(["status", str(tmp_path / name), "--json"]) == 0


def test_the_manifest_says_what_was_kept_and_from_where_it_went_on(
    base: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([*ON, base, "--replicates", "1"]) == 0
    (folder,) = (tmp_path / "runs").iterdir()
    about = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    kept = json.loads((Path(base) / "manifest.json").read_text(encoding="utf-8"))
    assert about["continued"] == {"after": "2015Q4", "run": kept["id"]}
    assert folder.name == f"synthetic-1-1-historic-nl-{about['id']}-r1"
    assert (kept["state"]["quarter"], kept["scenario"]["horizon"]) == ("2015Q4", "2018Q4")
    assert "horizon" not in about["scenario"] and "state" not in about


def test_a_run_without_these_options_is_what_it_was(tmp_path: Path) -> None:
    assert main([*PLACE, "--to", "2012Q4", "--out", str(tmp_path / "plain")]) == 0
    about = json.loads((tmp_path / "plain" / "manifest.json").read_text(encoding="utf-8"))
    assert not {"state", "continued", "horizon"} & {*about, *about["scenario"]}
    assert not (tmp_path / "plain" / "state.npz").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--keep-state"], "--keep-state: leaves nothing to go on with: the run ends in 2030Q4"),
        (["--horizon", "2035Q4"], "--horizon: does nothing alone. Allowed: beside --keep-state"),
        (
            ["--keep-state", "--to", "2018Q4", "--horizon", "2018Q4"],
            "Allowed: a quarter after --to",
        ),
        (["--keep-state", "--to", "2018Q4", "--horizon", "2051Q1"], "--horizon"),
        (["--keep-state", "--to", "2018Q4", "--engine", "python"], "--engine: 'python' keeps no"),
    ],
)
def test_states_that_cannot_be_kept_are_refused(
    options: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said in refused([*PLACE, *options, "--out", str(tmp_path / "new")], capsys)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--set", "title.ros.rate@2016Q1=2"], "title.ros.rate differs from 2016Q1 on; the run in"),
        (["--to", "2017Q4"], "Allowed: 2018Q4, or a base with --horizon 2017Q4"),
        (["--region", "synthetic:1:2"], "the region synthetic:1:2 is not that of the base"),
        (["--seed", "2"], "--seed: 2 is not that of"),
        (["--engine", "mesa"], "--engine: mesa is not that of"),
        (["--switch", "2016Q2"], "--switch: does nothing: historic-nl is no design"),
        (["--horizon", "2018Q4"], "--horizon: does nothing alone"),
        (["--link", "x"], "cannot stand beside --link"),
    ],
)
def test_what_cannot_go_on_is_refused_and_leaves_nothing(
    options: list[str], said: str, base: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said in refused([*ON, base, *options, "--out", str(tmp_path / "new")], capsys)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_states_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "--continue none: is no folder" in refused([*ON, "none"], capsys)
    assert "Allowed: --region and --regime, or --link, or --continue" in refused(["run"], capsys)
