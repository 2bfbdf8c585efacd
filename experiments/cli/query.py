"""``regiosim query``: a question in SQL about what a run or a sweep left."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from experiments.cli.console import csv_cell, harmless, print_json, show, shown
from experiments.cli.ends import stopped_by

LINES = 200
"""Rows that a terminal shows at most."""
AT_ONCE = 10_000


def add(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("query")(query_command)


def query_command(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="Folder of a run or a sweep.")],
    sql: Annotated[
        str, typer.Argument(metavar="SQL", help="One SELECT; every table of the folder is there.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Write the rows as JSON.")] = False,
    as_csv: Annotated[
        bool, typer.Option("--csv", help="Write all rows as CSV; no cell is a formula.")
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Write nothing but errors, JSON or CSV.")
    ] = False,
) -> None:
    """Ask the tables of a folder (series, runs, points, practices, ...) a question in SQL.

    It reads only: no file is written, and none outside the folder is read. Which tables and
    columns there are: "SHOW TABLES", "DESCRIBE runs".
    """
    from results.store.query import QueryRefused, ask, connect
    from results.store.reading import tables
    from sim.errors import BadInput

    if as_json and as_csv:
        raise BadInput("--json and --csv", "cannot both be asked for", allowed="one of them")
    with connect(folder) as connection:
        stopped_by(connection.interrupt)  # it waits for an answer, and hears of nothing else
        try:
            known = tables(folder)
            ask(connection, sql, known)
            names = [str(column[0]) for column in connection.description or ()]
            rows = _rows(connection, known)
            if as_json:
                print_json([dict(zip(_apart(names), row, strict=True)) for row in rows])
            elif as_csv:
                _write_csv(names, rows)
            elif quiet or not sys.stdout.isatty():
                _write_tabs(names, rows, quiet)
            else:
                _show(names, rows)
        except QueryRefused as error:
            raise BadInput("the query", str(error)) from None


def _rows(connection: Any, known: Mapping[str, Path]) -> Iterator[Sequence[Any]]:
    """Return the answer row by row, with cells that JSON knows, never all in memory."""
    import duckdb

    from results.store.query import QueryRefused, in_words

    while True:
        try:
            rows = connection.fetchmany(AT_ONCE)
        except duckdb.Error as error:
            raise QueryRefused(in_words(error, known)) from None
        if not rows:
            return
        yield from ([_plain(cell) for cell in row] for row in rows)


def _plain(value: Any) -> Any:
    """Return a cell as a number, truth value, text, list or nothing."""
    from decimal import Decimal

    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return {str(k): _plain(v) for k, v in value.items()} if isinstance(value, dict) else str(value)


def _apart(names: Sequence[str]) -> list[str]:
    """Return names with a number behind those that occur again: JSON has one of each."""
    return [
        name if names.index(name) == place else f"{name}_{place + 1}"
        for place, name in enumerate(names)
    ]


def _write_csv(names: Sequence[str], rows: Iterator[Sequence[Any]]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(map(csv_cell, names))
    writer.writerows(map(csv_cell, row) for row in rows)


def _write_tabs(names: Sequence[str], rows: Iterator[Sequence[Any]], quiet: bool) -> None:
    """Write rows as they come, or only compute them so that an error is found."""
    if not quiet:
        print("\t".join(map(harmless, names)))
    for row in rows:
        if not quiet:
            print("\t".join(shown(cell) for cell in row))


def _show(names: Sequence[str], rows: Iterator[Sequence[Any]]) -> None:
    """Show the first rows as a table."""
    shown = [row for _, row in zip(range(LINES + 1), rows, strict=False)]
    apart = _apart(names)
    show([dict(zip(apart, row, strict=True)) for row in shown[:LINES]], False)
    if len(shown) > LINES:
        print(f"The first {LINES} rows; --csv writes all of them.")
