"""The schema pages name every key that a loader takes and no other, and their examples run."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

from pathlib import Path

import pytest
from schemas import DOCS, declared, of_record, written

from experiments.cli.app import main
from experiments.sweeps.file.experiment import read_experiment
from experiments.sweeps.plan.planning import make_plan
from sim.errors import BadInput
from sim.place.headers import COLUMNS
from sim.place.load import load_region
from sim.policy.load import load_regime

PAGES = ("region", "regime", "package", "experiment")
EXAMPLES = DOCS / "examples"


@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_every_key_once_and_no_other(page: str) -> None:
    keys = [row.key for row in written(page)]
    assert len(keys) == len(set(keys))
    assert set(keys) == set(declared(page))


@pytest.mark.parametrize("page", PAGES)
def test_types_and_defaults_are_those_of_the_loader(page: str) -> None:
    for row in written(page):
        own = declared(page)[row.key]
        assert row.type == own.type, row
        assert row.default.partition(";")[0] == own.default or not own.default, row
        assert row.meaning and row.allowed and row.unit, row


def test_units_limits_and_meanings_are_those_of_the_records() -> None:
    rows = {row.key: row for row in written("package")}
    for key, (unit, allowed, meaning) in of_record().items():
        row = rows[key]
        assert (row.unit, row.allowed, row.meaning) == (unit, allowed, meaning)


def test_the_page_names_every_name_of_a_column_of_a_table() -> None:
    rows = {row.key: row.meaning for row in written("region")}
    for column in COLUMNS:
        names = ", ".join(f"`{name}`" for name in column.names)
        assert rows[f"new: {column.field}"] == f"{column.text}; called {names}"


def test_a_key_that_no_page_names_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    for name, head in (("three_years.toml", 'colour = "red"\n'), ("coordination.toml", "")):
        text = (EXAMPLES / name).read_text(encoding="utf-8")
        path.write_text(head + text + ("" if head else '\n[policy]\ncolour = "red"\n'))
        with pytest.raises(BadInput, match="colour: unknown key"):
            if head:
                load_regime(str(path))
            else:
                load_regime("unicum", packages=[path])
    text = (EXAMPLES / "own_experiment.toml").read_text(encoding="utf-8")
    path.write_text(text.replace("[record]", '[record]\ncolour = "red"'), encoding="utf-8")
    with pytest.raises(BadInput, match="colour: unknown key"):
        read_experiment(path)


def test_the_example_of_a_region_is_made_and_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    table = str(EXAMPLES / "table.csv")
    command = ["geography", "new", "--csv", table, "--name", "polder", "--out", "polder"]
    assert main(command) == 0
    shown = capsys.readouterr().out
    assert "4 municipalities, 147,665 inhabitants in 2019: polder" in shown
    assert "regiosim run --region ./polder" in shown
    region = load_region("./polder")
    assert region.year == 2019 and region.municipalities[0].name == "Oever"
    text = (tmp_path / "polder" / "region.toml").read_text(encoding="utf-8")
    (tmp_path / "polder" / "region.toml").write_text('colour = "red"\n' + text, encoding="utf-8")
    with pytest.raises(BadInput, match="key colour: is unknown"):
        load_region("./polder")


def test_the_other_examples_are_read() -> None:
    plan = make_plan(read_experiment(EXAMPLES / "own_experiment.toml"))
    assert plan.runs == 2 * 2 * 4 * 2 and [arm.called for arm in plan.arms] == [
        "historic-nl", "three-years",
    ]  # fmt: skip
    assert load_regime("unicum", packages=[EXAMPLES / "coordination.toml"]).assumed()
