"""A regime and a title of one's own from the command line: names, money and what is recorded."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from experiments.cli.app import main
from experiments.runs.run import run
from experiments.runs.scenario import Scenario
from sim.policy import load
from tests.commands import refused

EXAMPLES = Path(__file__).resolve().parents[3] / "docs" / "examples"
RUN = ["run", "--region", "synthetic:2:1", "--from", "2018Q1", "--to", "2021Q4", "--quiet"]


def manifest(folder: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return found


def test_a_regime_file_runs_and_is_recorded_whole(here: Path) -> None:
    shutil.copy(EXAMPLES / "three_years.toml", here / "mine.toml")
    assert main([*RUN, "--regime", "mine.toml", "--out", "a"]) == 0
    said = manifest(here / "a")
    text = (here / "mine.toml").read_text(encoding="utf-8")
    assert said["regime_files"] == [{"name": "three-years", "file": "mine.toml", "text": text}]
    assert isinstance(said["scenario"], dict) and said["scenario"]["regime"] == "three-years"
    assert set(pd.read_parquet(here / "a" / "runs.parquet")["regime"]) == {"three-years"}
    assert "three-years" in (here / "a" / "report.html").read_text(encoding="utf-8")


def test_a_copy_of_a_shipped_regime_has_its_id_and_results(here: Path) -> None:
    shutil.copy(load.REGIMES / "gez-stays.toml", here / "copy.toml")
    one, other = (
        run(Scenario("synthetic:2:1", regime, start="2018Q1", end="2019Q4"))
        for regime in ("gez-stays", "copy.toml")
    )
    assert one.manifest["id"] == other.manifest["id"]
    assert one.manifest["scenario"] == other.manifest["scenario"]
    pd.testing.assert_frame_equal(one.series, other.series)


def test_money_of_a_new_title_is_in_the_ledger_under_its_name(here: Path) -> None:
    package = str(EXAMPLES / "coordination.toml")
    free = ["title.regioplan-coordination.contract=false", "policy.macro=10000"]
    settings = [part for one in free for part in ("--set", one)]
    assert main([*RUN, "--regime", "unicum", "--package", package, *settings, "--out", "a"]) == 0
    lines = pd.read_parquet(here / "a" / "ledger.parquet")
    own = lines[lines["title"] == "regioplan-coordination"]
    assert len(own) and own["date"].min() == pd.Timestamp("2019-01-01")
    assert set(own["payer"].str.partition(":")[0]) == {"insurer"}
    assert set(own["receiver"].str.partition(":")[0]) == {"organisation"}
    # A quarter of EUR 80,000 a year for each, from all its insurers together, in a room that cuts
    # nothing; a run in which the accounts do not close would have failed.
    assert (own.groupby(["receiver", "tick"])["cents"].sum() == 2_000_000).all()
    organisations = pd.read_parquet(here / "a" / "organisations.parquet")
    assert "contract_regioplan_coordination" in organisations


def test_a_sweep_of_regime_files_tells_arms_by_their_names(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(EXAMPLES / "three_years.toml", here / "mine.toml")
    text = (
        'name = "own"\nquestion = "?"\n[runs]\nregions = ["synthetic:2:1"]\n'
        'regimes = ["historic-nl", "mine.toml"]\nto = "2012Q4"\n'
        '[record]\noutcomes = ["organisations"]\n'
    )
    (here / "own.toml").write_text(text, encoding="utf-8")
    assert main(["sweep", "own.toml", "--out", "s", "--workers", "1", "--quiet"]) == 0
    points = pd.read_parquet(here / "s" / "points.parquet")
    assert list(points["regime"]) == ["historic-nl", "three-years"]
    said = manifest(here / "s")
    assert isinstance(said["regime_files"], list) and len(said["regime_files"]) == 1
    shutil.copy(here / "mine.toml", here / "twin.toml")
    (here / "own.toml").write_text(text.replace("historic-nl", "twin.toml"), encoding="utf-8")
    message = refused(["sweep", "own.toml", "--out", "t"], capsys)
    assert "another is called 'three-years' too" in message and not (here / "t").exists()


def test_titles_lists_those_of_a_package(capsys: pytest.CaptureFixture[str]) -> None:
    package = ["--package", str(EXAMPLES / "coordination.toml"), "--json"]
    assert main(["titles", *package]) == 0
    listed = {row["name"]: row for row in json.loads(capsys.readouterr().out)}
    assert listed["regioplan-coordination"]["unit"] == "lump-sum" and "ros" in listed
    assert main(["titles", "regioplan-coordination", *package]) == 0
    rows = {row["key"]: row["value"] for row in json.loads(capsys.readouterr().out)}
    assert rows["lump"] == 80000.0 and rows["functions.agreements"] == 0.6
    assert main(["regimes", str(EXAMPLES / "three_years.toml"), "--json"]) == 0
    titles = {row["title"] for row in json.loads(capsys.readouterr().out)}
    assert "regioplan-coordination" in titles
