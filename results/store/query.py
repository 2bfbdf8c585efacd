"""Questions in SQL to the tables of a run or a sweep: read only, with DuckDB in memory.

Whoever asks can neither write nor read a file, nor load an extension: DuckDB is given the tables
as Arrow data sets and no access to files at all. Views on ``read_parquet`` would need the files as
allowed paths, and an allowed path may be written to as well (a COPY in a WITH clause did).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.dataset as ds

from results.store.reading import declared_outcomes, tables
from results.store.views import add_views

_NOTHING_BESIDES = {
    "temp_directory": "",
    "python_enable_replacements": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
"""No spilling to disk, no reading of Python's variables as tables, no extensions."""
_READING = ("SELECT", "EXPLAIN", "MULTI")
"""Statements that read; DuckDB takes PIVOT for several in one."""


class QueryRefused(ValueError):
    """A question that cannot be answered. The text is one clear message."""


def quoted(name: str) -> str:
    """Return a name as SQL writes it: ``"choice.money"``."""
    return '"' + name.replace('"', '""') + '"'


def connect(folder: Path | str) -> duckdb.DuckDBPyConnection:
    """Return a connection in which every table of ``folder`` is a view and nothing else can be had.

    Beside ``series`` there are ``outcomes`` and ``yearly`` (see ``results.store.views``), unless
    the folder is of an earlier version that does not say how quarters make a year.

    Raises:
        StoreRefused: the folder has no tables, or they are of another schema version.
    """
    found = tables(folder)
    connection = duckdb.connect(":memory:", config=dict(_NOTHING_BESIDES))
    # Read as it comes: whole row groups read ahead cost twice the memory and no less time.
    scan = ds.ParquetFragmentScanOptions(
        pre_buffer=False, use_buffered_stream=True, page_checksum_verification=True
    )
    form = ds.ParquetFileFormat(default_fragment_scan_options=scan)
    for name, path in found.items():
        connection.register(name, ds.dataset(path, format=form))
    declared = declared_outcomes(folder) if "series" in found else {}
    if declared and all(one.get("yearly") for one in declared.values()):
        add_views(connection, declared)
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def in_words(error: Exception, known: Mapping[str, Path]) -> str:
    """Return DuckDB's message in one line, without the copy of the question below it."""
    kind, _, text = str(error).partition("\n\nLINE ")[0].partition(": ")
    text = " ".join((text or kind).split())
    if isinstance(error, duckdb.PermissionException):
        return (
            "reads the tables of the folder and no other file, and writes none "
            f"({', '.join(known)}): {text.partition(' - ')[0]}"
        )
    if isinstance(error, duckdb.CatalogException):
        return f"{text} The folder has {', '.join(known)}"
    if "Referenced table" in text:
        return f'{text} A name with a dot takes double quotes, such as "choice.money"'
    return text


def ask(connection: duckdb.DuckDBPyConnection, sql: str, known: Mapping[str, Path]) -> None:
    """Run one question on a locked connection, whose rows can then be fetched.

    Args:
        connection: what ``connect`` returned.
        sql: one SELECT (or DESCRIBE, SUMMARIZE, SHOW TABLES, PIVOT, EXPLAIN).
        known: tables that a message may name.

    Raises:
        QueryRefused: it is wrong, it is not one question, or it would do more than read.
    """
    try:
        found = connection.extract_statements(sql)
        if not found:
            raise QueryRefused("asks nothing: write a SELECT, such as SELECT * FROM runs LIMIT 5")
        if len(found) > 1:
            raise QueryRefused(f"holds {len(found)} statements: ask one question at a time")
        kind = found[0].type.name
        if kind not in _READING:
            raise QueryRefused(f"would {kind} something: a query only reads, write a SELECT")
        connection.execute(sql)
    except duckdb.OutOfMemoryException:
        raise QueryRefused("needs more memory than there is: ask for fewer rows") from None
    except duckdb.Error as error:
        raise QueryRefused(in_words(error, known)) from None


def query(folder: Path | str, sql: str) -> pd.DataFrame:
    """Return the answer to a question about a run's or a sweep's tables as a frame.

    Example::

        query("runs/mine", "SELECT outcome, avg(value) FROM series WHERE tick = 99 GROUP BY 1")

    Args:
        folder: folder of a run or of a sweep; every Parquet file in it is a table.
        sql: one question in DuckDB's SQL.

    Raises:
        QueryRefused: the question is wrong or would do more than read.
        StoreRefused: the folder cannot be read.
    """
    with connect(folder) as connection:
        ask(connection, sql, tables(folder))
        try:
            return connection.df()
        except duckdb.Error as error:  # found while rows are computed
            raise QueryRefused(in_words(error, tables(folder))) from None
