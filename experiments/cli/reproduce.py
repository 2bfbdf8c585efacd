"""``regiosim reproduce``: repeat what a folder holds, and say whether it came out the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from experiments.cli.console import print_json, show, waiting

if TYPE_CHECKING:
    from experiments.reproducing.repeating import Reproduction

LINES = 5
"""Outcomes and columns of a table that are written out one by one."""


def add(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("reproduce")(reproduce_command)


def reproduce_command(
    folder: Annotated[
        str,
        typer.Argument(metavar="DIR", help="Folder of a run, a sweep, a comparison or an answer."),
    ],
    sample: Annotated[
        int | None,
        typer.Option("--sample", metavar="N", help="Only N of its runs, spread evenly."),
    ] = None,
    out: Annotated[
        str | None, typer.Option("--out", metavar="DIR", help="New folder for what came out.")
    ] = None,
    engine: Annotated[
        str | None,
        typer.Option("--engine", metavar="NAME", help="Another engine than the recorded one."),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Write nothing but errors.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write the verdict as JSON.")] = False,
) -> None:
    """Repeat what a folder holds from the folder alone, and compare every value.

    Exit 0: identical to the bit; 1: something differs; 2: it cannot be repeated.
    """
    from experiments.reproducing.repeating import reproduce

    with waiting(f"Repeating {folder}", quiet or as_json):
        found = reproduce(folder, sample=sample, out=out, engine=engine)
    if as_json:
        print_json(found.described())
    elif not quiet:
        _tell(found)
    if not found.identical:
        raise typer.Exit(1)


def _tell(found: Reproduction) -> None:
    plain = found.described()
    values = sum(one["values"] for one in plain["tables"])
    unlike = sum(one["unlike"] for one in plain["tables"])
    what = f"{found.runs:,} of {found.of:,} run{'s'[: found.of > 1]} repeated"
    if found.identical:
        print(f"identical: {what}, {values:,} values equal to the bit")
    else:
        print(f"differs: {what}, {unlike:,} of {values:,} values are not equal to the bit")
    for name, recorded, now in found.differs:
        print(f"Not as it was: {name}: {recorded} | {now}")
    if not found.identical and not found.differs:
        print("Nothing in the manifest tells why: the folder was changed after the run, or its "
              "code was.")  # fmt: skip
    show(
        [
            {
                "table": one["table"], "rows": one["rows"], "values": one["values"],
                "unlike": one["unlike"],
            }
            for one in plain["tables"]
        ],
        False,
    )  # fmt: skip
    for one in plain["tables"]:
        for note in one["notes"]:
            print(f"{one['table']}: {note}")
        for entry in one["of"][:LINES]:
            most = "" if entry["largest"] is None else f", by {entry['largest']:.3g} at most"
            print(f"{one['table']}: {entry['name']}: {entry['unlike']:,} unlike{most}")
        if len(one["of"]) > LINES:
            print(f"{one['table']}: and {len(one['of']) - LINES} more; --json has them")
