"""A region of one's own from the command line: made, refused and run."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from experiments.cli.app import BAD_INPUT, main

TABLE = Path(__file__).resolve().parents[3] / "docs" / "examples" / "table.csv"
NEW = ["geography", "new", "--csv", "mine.csv", "--out", "polder"]


def test_a_run_has_the_figures_of_the_table_in_the_year_of_the_table(here: Path) -> None:
    (here / "mine.csv").write_bytes(TABLE.read_bytes())
    assert main([*NEW, "--quiet"]) == 0
    run = ["run", "--region", "./polder", "--regime", "historic-nl", "--quiet", "--out", "a"]
    assert main([*run, "--from", "2018Q1", "--to", "2019Q4"]) == 0
    series = pd.read_parquet(here / "a" / "series.parquet")
    insured = series[(series["outcome"] == "insured") & (series["date"] == "2019-01-01")]
    said = insured.set_index("scope")["value"]
    assert said["all"] == pytest.approx(147_665, rel=2e-4)
    assert said["GM0901"] == pytest.approx(65_210, rel=2e-4)


def test_the_year_of_its_figures_is_listed(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "mine.csv").write_bytes(TABLE.read_bytes())
    assert main(NEW) == 0 and main(["regions", "./polder"]) == 0
    assert "Oever" in capsys.readouterr().out
    assert main(["regions", "--json"]) == 0
    assert {row["year"] for row in json.loads(capsys.readouterr().out)} == {2022, None}


def test_all_mistakes_have_a_line_each(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = TABLE.read_text(encoding="utf-8").replace("43.005", "43,005").replace("GM0904", "GM0903")
    (here / "mine.csv").write_text(text, encoding="utf-8")
    assert main(NEW) == BAD_INPUT
    first, *lines = capsys.readouterr().err.splitlines()
    assert first == "regiosim: mine.csv: 2 mistakes:"
    assert lines[0].startswith("  line 3, column Aantal inwoners: 43,005 is out of range")
    assert lines[1].startswith("  line 5, column Gemeentecode: 'GM0903' is on line 4 too")
    assert [path.name for path in here.iterdir()] == ["mine.csv"]


def test_a_mark_that_is_none(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*NEW, "--decimal", "komma"]) == BAD_INPUT
    assert "Allowed: comma, point" in capsys.readouterr().err
    assert not list(here.iterdir())
