"""Questions in SQL: what they may read, what they may not, and what is said."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from sweep_folder import Factor, Made, write_sweep

from experiments.cli.app import BAD_INPUT, DONE, main
from results.store.query import QueryRefused, connect, query
from results.store.reading import StoreRefused, is_sweep, manifest, read, tables
from results.store.schema import VERSION_KEY

MADE = Made(factors=[Factor("choice.money", (0.1, 0.2))], replicates=3, years=(2029, 2030))
LAST = "SELECT avg(value) AS mean FROM series WHERE tick = 99 AND outcome = 'organisations'"


@pytest.fixture(scope="module")
def sweep(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sweep(tmp_path_factory.mktemp("query") / "a [1] *it's?", MADE)


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def refused(folder: Path, sql: str) -> str:
    with pytest.raises(QueryRefused) as error:
        query(folder, sql)
    text = str(error.value)
    assert "\n" not in text and "LINE" not in text
    return text


def test_every_table_is_a_view_and_answers_equal_pandas(sweep: Path) -> None:
    assert list(tables(sweep)) == ["points", "runs", "series"] and is_sweep(manifest(sweep))
    shown = ["outcomes", "points", "runs", "series", "yearly"]
    assert list(query(sweep, "SHOW TABLES")["name"]) == shown
    series = read(sweep, "series")
    chosen = series[(series["tick"] == 99) & (series["outcome"] == "organisations")]
    assert query(sweep, LAST)["mean"][0] == pytest.approx(chosen["value"].mean())
    by = 'SELECT "choice.money" AS money, count(*) AS runs FROM runs GROUP BY money ORDER BY money'
    assert query(sweep, by).to_dict("list") == {"money": [0.1, 0.2], "runs": [3, 3]}
    joined = "SELECT count(*) FROM series JOIN runs USING (run_id) JOIN points USING (point)"
    assert query(sweep, joined).iloc[0, 0] == len(series)
    wide = "PIVOT (FROM series) ON outcome IN ('trust', 'hhi') USING count(value) GROUP BY tick"
    assert len(query(sweep, wide)) == 2


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("SELECT * FROM serie", 'Did you mean "series"? The folder has points, runs, series'),
        ("SELECT valeu FROM series", 'Candidate bindings: "value"'),
        ("SELEC 1", "syntax error"),
        ("SELECT CAST(outcome AS INT) FROM series", "Could not convert"),
        ("SELECT 1; SELECT 2", "one question at a time"),
        (" -- nothing", "asks nothing"),
        ("CREATE TABLE t AS SELECT 1", "would CREATE"),
        ("INSERT INTO series SELECT * FROM series", "would INSERT"),
        ("DROP VIEW series", "would DROP"),
        ("SET threads = 1", "would SET"),
        ("INSTALL httpfs", "would LOAD"),
        ("LOAD httpfs", "would LOAD"),
    ],
)
def test_a_wrong_question_is_one_message(sweep: Path, sql: str, says: str) -> None:
    assert says in refused(sweep, sql)


@pytest.mark.parametrize(
    "sql",
    [
        "COPY series TO '{out}'",
        "COPY (SELECT 1) TO '{table}' (USE_TMP_FILE false)",
        "WITH x AS (COPY (SELECT 1) TO '{table}' (USE_TMP_FILE false)) SELECT 1",
        "EXPLAIN ANALYZE COPY (SELECT 1) TO '{table}' (FORMAT parquet, USE_TMP_FILE false)",
        "COPY (PIVOT series ON outcome USING sum(value)) TO '{out}'",
        "SELECT * FROM query('WITH x AS (COPY (SELECT 1) TO ''{out}'') SELECT 1')",
        "EXPORT DATABASE '{out}'",
        "ATTACH '{out}' AS other",
        "SELECT * FROM read_parquet('{table}')",
        "SELECT * FROM '{table}'",
        "SELECT * FROM read_csv('{manifest}')",
        "SELECT * FROM read_text('{manifest}')",
        "SELECT * FROM glob('*')",
        "SELECT * FROM read_parquet('https://example.org/x.parquet')",
        "SELECT * FROM found",
        "SELECT getenv('HOME')",
        "SET enable_external_access = true",
    ],
)
def test_no_file_is_written_nor_another_one_read(sweep: Path, sql: str, tmp_path: Path) -> None:
    before = everything(sweep)
    places = {
        "out": tmp_path / "out",
        "table": sweep / "runs.parquet",
        "manifest": sweep / "manifest.json",
    }
    asked = sql.format(**{name: str(path).replace("'", "''") for name, path in places.items()})
    assert refused(sweep, asked)
    assert everything(sweep) == before and not list(tmp_path.iterdir())


def test_the_settings_of_the_connection_are_locked(sweep: Path) -> None:
    with connect(sweep) as connection:
        values = connection.sql(
            "SELECT name, value FROM duckdb_settings() WHERE name IN "
            "('enable_external_access', 'lock_configuration', 'temp_directory')"
        ).fetchall()
    assert dict(values) == {
        "enable_external_access": "false",
        "lock_configuration": "true",
        "temp_directory": "",
    }


def test_an_unfinished_sweep_says_how_to_finish_it(tmp_path: Path) -> None:
    half = write_sweep(tmp_path / "half", MADE, finished=False)
    for reader in (lambda: query(half, LAST), lambda: read(half, "runs"), lambda: tables(half)):
        with pytest.raises(StoreRefused, match="not finished. Finish it with regiosim sweep"):
            reader()
    (tmp_path / "empty").mkdir()
    with pytest.raises(StoreRefused, match="not the folder of a run or a sweep"):
        query(tmp_path / "empty", LAST)


def test_a_sweep_of_another_version_says_so(tmp_path: Path) -> None:
    old = write_sweep(tmp_path / "old", MADE)
    table = pq.read_table(old / "points.parquet")
    pq.write_table(table.replace_schema_metadata({VERSION_KEY: b"0"}), old / "points.parquet")
    for reader in (lambda: query(old, LAST), lambda: read(old, "points")):
        with pytest.raises(StoreRefused, match="schema version 0, this program reads 1"):
            reader()
    text = (
        (old / "manifest.json")
        .read_text()
        .replace('"schema_version": "1"', '"schema_version": "0"')
    )
    whole = (old / "manifest.json").read_text()
    (old / "manifest.json").write_text(text)
    for reader in (lambda: query(old, LAST), lambda: manifest(old)):
        with pytest.raises(StoreRefused, match="manifest.json has schema version 0"):
            reader()
    (old / "manifest.json").write_text(whole)
    (old / "points.parquet").write_bytes(b"PAR1 no")
    with pytest.raises(StoreRefused, match="damaged"):
        query(old, LAST)


def test_the_command_writes_tabs_json_or_csv(
    sweep: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sql = "SELECT run_id, seed, 1 AS seed, NULL AS none, reason FROM runs ORDER BY run_id LIMIT 2"
    assert main(["query", str(sweep), sql]) == DONE
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "run_id\tseed\tseed\tnone\treason" and len(lines) == 3
    assert main(["query", str(sweep), sql, "--json"]) == DONE
    rows = json.loads(capsys.readouterr().out)
    assert rows[0] == {
        "run_id": "made-up-0-00000000", "seed": 1, "seed_3": 1, "none": None, "reason": None,
    }  # fmt: skip
    assert main(["query", str(sweep), "SELECT * FROM series", "--csv", "--quiet"]) == DONE
    found = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(found) == len(read(sweep, "series"))
    assert float(found[0]["value"]) == read(sweep, "series")["value"][0]
    assert main(["query", str(sweep), sql, "--quiet"]) == DONE
    assert capsys.readouterr().out == ""


def test_the_command_refuses_in_one_line(sweep: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for more in (["SELECT * FROM serie"], ["COPY runs TO 'x'"], ["SELECT 1", "--json", "--csv"]):
        assert main(["query", str(sweep), *more]) == BAD_INPUT
        shown = capsys.readouterr()
        assert shown.out == "" and shown.err.count("\n") == 1
        assert shown.err.startswith("regiosim: ")
