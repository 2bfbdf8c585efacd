"""docs/experiments.md: its examples are read, and no key is left out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from experiments.sweeps.file.design import KINDS, DesignTable
from experiments.sweeps.file.experiment import (
    RECORDS,
    SCOPES,
    Head,
    RecordTable,
    RunsTable,
    read_experiment,
)
from experiments.sweeps.file.factor_table import LEAVES
from experiments.sweeps.file.factors import DISTRIBUTIONS
from experiments.sweeps.plan.planning import make_plan
from sim.policy.read import names_of

PAGE = Path(__file__).resolve().parent.parent / "docs" / "experiments.md"
TEXT = PAGE.read_text(encoding="utf-8")
HEAD = """\
name = "part"
question = "Is it read?"
[runs]
regions = ["unicum"]
regimes = ["historic-nl"]
"""
POINTS = '[design]\nkind = "points"\nfile = "points.csv"\n'


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, flags=re.MULTILINE | re.DOTALL)


def test_the_example_is_what_the_page_says(tmp_path: Path) -> None:
    whole, *_ = blocks("toml")
    (tmp_path / "norm.toml").write_text(whole, encoding="utf-8")
    plan = make_plan(read_experiment(tmp_path / "norm.toml"))
    assert (len(plan.arms), len(plan.points), plan.runs) == (2, 600, 12_000)
    assert "2 x 6 x 50 x 20 = 12,000 runs" in TEXT


def test_the_parts_of_the_page_are_read(tmp_path: Path) -> None:
    _, *parts = blocks("toml")
    for number, part in enumerate(parts):
        path = tmp_path / f"{number}.toml"
        path.write_text(HEAD + part, encoding="utf-8")
        assert make_plan(read_experiment(path)).runs > 1
    (points,) = blocks("csv")
    (tmp_path / "points.csv").write_text(points, encoding="utf-8")
    (tmp_path / "points.toml").write_text(HEAD + POINTS, encoding="utf-8")
    assert make_plan(read_experiment(tmp_path / "points.toml")).runs == 3


@pytest.mark.parametrize("model", [Head, RunsTable, RecordTable, DesignTable])
def test_every_key_has_a_row(model: type[Head]) -> None:
    for key in names_of(model):
        assert re.search(rf"^\| [^|]*`{key}`", TEXT, flags=re.MULTILINE), key


def test_every_word_that_is_allowed_is_on_the_page() -> None:
    for word in (*LEAVES, *KINDS, *DISTRIBUTIONS, *RECORDS, *SCOPES):
        assert f"`{word}`" in TEXT, word
