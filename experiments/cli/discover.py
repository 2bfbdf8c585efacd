"""``regiosim discover``: under which factors of a sweep an outcome is of interest."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from experiments.cli.console import print_json
from experiments.cli.options import whole_option
from experiments.cli.run import Json, Language, Quiet, check_language


def add(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("discover")(discover_command)


def discover_command(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="Folder of a sweep.")],
    outcomes: Annotated[
        list[str], typer.Option("--outcome", metavar="NAME", help="One that was recorded.")
    ],
    where: Annotated[
        str,
        typer.Option("--where", metavar="WHAT", help="'above 3', 'below 0.5', 'top 20%'."),
    ],
    year: Annotated[
        int | None,
        typer.Option(
            "--year", metavar="Y", parser=whole_option, help="Of the outcome; default: the last."
        ),
    ] = None,
    seed: Annotated[
        int,
        typer.Option("--seed", metavar="S", parser=whole_option, help="Of what is held out."),
    ] = 1,
    out: Annotated[
        str | None,
        typer.Option("--out", metavar="DIR", help="New folder for a report and tables."),
    ] = None,
    language: Language = "en",
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Find boxes of factors in which an outcome is of interest more often (scenario discovery).

    PRIM searches half of the points and seeds; coverage, density and each limit are judged on the
    others, and a box that does not hold there is left out.
    """
    check_language(language)
    from sim.errors import BadInput

    outcome, *others = outcomes
    if others:
        given = f"is given {len(outcomes)} times: {', '.join(outcomes)}"
        raise BadInput("--outcome", given, allowed="one: boxes are those of a single outcome")
    from experiments.answers.discovering import discover, frames_of
    from experiments.answers.sensitivity import swept_of
    from results.reports.discovery import sentences_of

    found, asked = discover(
        folder, outcome, where, year=year, seed=seed, out=out, language=language
    )
    said = sentences_of(found, asked, swept_of(folder, year), language)
    if as_json:
        tables = {name: frame.to_dict("records") for name, frame in frames_of(found).items()}
        print_json(
            {"outcome": outcome, "above": asked.above, "value": asked.value, "base": found.base,
             "sentences": said, **tables}
        )  # fmt: skip
    elif not quiet:
        for line in said:
            print(line)
        if out is not None:
            print(f"Report:  {Path(out) / 'report.html'}")
