"""The data dictionary says what the tables hold."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from made_runs import write_run

from experiments import Scenario, run
from experiments.answers.case_tables import SPECS as OF_CASES
from experiments.answers.discovering import SPECS as OF_BOXES
from experiments.answers.tables import SPECS
from experiments.cli.app import BAD_INPUT, DONE, main
from experiments.columns import PAGE, columns_of, declared_schemas, page
from results.store.dictionary import described
from results.words.tables import TABLES


def test_the_page_is_of_today() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m experiments.columns --write"


def test_a_run_has_the_columns_that_are_declared_and_nulls_only_where_they_mean_something() -> None:
    scenario = Scenario("synthetic:2:1", "historic-nl", start="2006Q1", end="2012Q4")
    found = run(scenario).tables
    declared = declared_schemas("synthetic:2:1", "historic-nl")
    others = {*SPECS, *OF_CASES, *OF_BOXES, "sensitivity", "points", "comparison"}
    assert set(declared) == {*found, *others} == set(TABLES)
    for name, table in found.items():
        assert table.schema.names == declared[name].names, name
        for field in table.schema:
            notes = field.metadata
            assert notes[b"description"], (name, field.name)
            if table[field.name].null_count:
                assert notes.get(b"null"), (name, field.name)


def test_every_column_has_a_meaning_and_numbers_have_a_unit_or_a_range() -> None:
    rows = columns_of()
    assert [row.table for row in rows if not row.text] == []
    whole = {row.column for row in rows if row.type == "number" and not row.unit}
    assert whole <= {"share_positive", "difference"}, whole
    names = [(row.table, name) for row in rows for name in row.columns]
    assert len(names) == len(set(names)) > 500


def test_places_of_one_field_share_a_row() -> None:
    (trust,) = (row for row in columns_of("practices") if row.column == "trust_*")
    assert trust.columns[0] == "trust_0" and trust.unit == "share" and trust.range == "0..1"
    assert trust.text.endswith(trust.columns[-1].removeprefix("trust_"))


def test_the_command_takes_a_file_a_folder_and_a_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_run(tmp_path / "run")
    seen = []
    for asked in (folder / "series.parquet", folder, "series"):
        assert main(["columns", str(asked), "--json"]) == DONE
        seen.append(json.loads(capsys.readouterr().out))
    named = [{row["column"] for row in rows if row["table"] == "series"} for rows in seen]
    assert named[0] == named[1] == named[2] > {"value", "scope"}
    assert main(["columns", "ledger", "--csv"]) == DONE
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert next(row["unit"] for row in rows if row["column"] == "cents") == "cent"
    assert main(["columns", "ledgers"]) == BAD_INPUT
    assert "Did you mean 'ledger'?" in capsys.readouterr().err
    (tmp_path / "no.parquet").write_text("no")
    assert main(["columns", str(tmp_path / "no.parquet")]) == BAD_INPUT


def test_a_file_says_the_same_of_itself(tmp_path: Path) -> None:
    import pyarrow as pa

    schema = declared_schemas()["hubs"]
    pq.write_table(pa.Table.from_batches([], schema), tmp_path / "hubs.parquet")
    assert columns_of(str(tmp_path / "hubs.parquet")) == described("hubs", schema)
