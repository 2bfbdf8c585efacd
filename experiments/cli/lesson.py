"""``regiosim lesson``: the model in one HTML file, for a class."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from experiments.cli.console import progress_bar, waiting
from experiments.cli.run import warm_if_cold

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
    sheets: Annotated[
        bool,
        typer.Option(
            "--sheets",
            help="Write sheets for the teacher beside it, of 45 and 90 minutes, answered by runs.",
        ),
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Write nothing but errors.")] = False,
) -> None:
    """Make one HTML file in which the model runs, in any browser, without a server or a network."""
    from experiments.classroom.lesson import check, check_out, make_lesson
    from experiments.classroom.lessons.sheets import pages_of, sheets_of, write_pages

    regions, file = region or ["unicum"], Path(out)
    check(regions, language, file)
    planned = sheets_of(regions, file) if sheets else []
    for one in planned:
        check_out(one.path, "--sheets")
    pages: dict[Path, str] = {}
    if planned:
        warm_if_cold(quiet)
        with progress_bar("Running the story", quiet) as progress:
            pages = pages_of(planned, "nl" if language == "nl" else "en", progress=progress)
    with waiting("Making a lesson", quiet):
        size = make_lesson(regions, language, file)
    write_pages(pages)
    if not quiet:
        print(f"{out}: {size / 1e6:.2f} MB. Open it in a browser.")
        for path in pages:
            print(f"{path}: a sheet to print.")
