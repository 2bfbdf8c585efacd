"""``regiosim columns``: what the columns of the tables are."""

from __future__ import annotations

import csv
import sys
from typing import Annotated

import typer

from experiments.cli.console import show
from experiments.cli.run import Json
from sim.errors import BadInput


def add(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("columns")(columns_command)


def columns_command(
    asked: Annotated[
        str | None,
        typer.Argument(metavar="[FILE]", help="A Parquet file, a folder, or the name of a table."),
    ] = None,
    as_json: Json = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Write CSV.")] = False,
) -> None:
    """List the columns of all tables, with unit, range, what a null means and what they are.

    Columns of one field, such as trust_0, trust_1, share a row; JSON and CSV name each of them.
    """
    from experiments.columns import columns_of

    if as_json and as_csv:
        raise BadInput("--json and --csv", "cannot both be asked for", allowed="one of them")
    found = columns_of(asked)
    if not as_csv:
        rows = [row._asdict() for row in found]
        short = [{k: v for k, v in row.items() if k != "columns"} for row in rows]
        show(rows if as_json else short, as_json, "Columns")
        return
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(found[0]._fields)
    for row in found:
        writer.writerow((*row[:-1], " ".join(row.columns)))
