"""``regiosim lesson``: the model in one HTML file, for a class."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from experiments.cli.console import waiting

Regions = Annotated[
    list[str] | None,
    typer.Option("--region", metavar="R", help="A region in it; again for more. [default: unicum]"),
]


def add(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("lesson")(lesson)


def lesson(
    region: Regions = None,
    language: Annotated[str, typer.Option("--lang", help="Its first language: nl or en.")] = "nl",
    out: Annotated[str, typer.Option("--out", metavar="FILE", help="A new file.")] = "lesson.html",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Write nothing but errors.")] = False,
) -> None:
    """Make one HTML file in which the model runs, in any browser, without a server or a network."""
    from experiments.classroom.lesson import check, make_lesson

    regions = region or ["unicum"]
    check(regions, language, Path(out))
    with waiting("Making a lesson", quiet):
        size = make_lesson(regions, language, Path(out))
    if not quiet:
        print(f"{out}: {size / 1e6:.2f} MB. Open it in a browser.")
