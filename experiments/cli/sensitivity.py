"""``regiosim sensitivity``: which factors of a sweep matter, and how sure that is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from experiments.cli.console import print_json, show
from experiments.cli.options import whole_option
from experiments.cli.run import Json, Language, Quiet, check_language

if TYPE_CHECKING:
    from results.statistics.sensitivity.answered import Answered


def add(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("sensitivity")(sensitivity_command)


def sensitivity_command(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="Folder of a sweep.")],
    outcome: Annotated[
        list[str] | None,
        typer.Option("--outcome", metavar="NAME", help="One that was recorded; may be repeated."),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option(
            "--year", metavar="Y", parser=whole_option, help="Of the outcomes; default: the last."
        ),
    ] = None,
    draws: Annotated[
        int,
        typer.Option(
            "--draws",
            metavar="N",
            parser=whole_option,
            help="How often points and seeds are drawn anew for intervals.",
        ),
    ] = 400,
    out: Annotated[
        str | None,
        typer.Option("--out", metavar="DIR", help="New folder for a report, tables and figures."),
    ] = None,
    language: Language = "en",
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Say which factors of a sweep matter, by what its design allows, with 95% intervals.

    Of morris mu*, mu and sigma; of saltelli Sobol' indices; of any sample PAWN's index; of levels
    shares of variance among them. What seeds make is a share of its own, taken out of the rest.
    """  # fmt: skip
    check_language(language)
    from experiments.answers.sensitivity import sensitivity
    from results.reports.sensitivity import notes_of

    found = sensitivity(folder, outcome, year=year, draws=draws, out=out, language=language)
    notes = notes_of(found, language)
    if as_json:
        print_json(
            {
                "design": found.layout.kind, "year": found.found.year,
                "notes": notes, "indices": found.frame.to_dict("records"),
            }
        )  # fmt: skip
    elif not quiet:
        _tell(found)
        for line in notes:
            print(line)
        if out is not None:
            print(f"Report:  {Path(out) / 'report.html'}")


def _tell(found: Answered) -> None:
    from results.reports.sensitivity import ordered
    from results.words.numbers import number, span

    rows: list[dict[str, Any]] = []
    arms = len(found.layout.arms) > 1
    held = found.layout.crossed and found.layout.sampled
    for _outcome, place, _design, some in found.groups():
        for row in ordered(some).to_dict("records"):
            where = ", ".join(one for one in place[:3] if one)
            sure = "" if row["low"] != row["low"] else span(row["low"], row["high"])
            if row["index"] == "PAWN":
                sure = f"idle: up to {number(row['idle'])}"
            rows.append(
                {
                    "outcome": row["outcome"], **({"arm": where} if arms else {}),
                    **({"at": place.held} if held else {}),
                    "factor": row["factor"] or "(seeds, of one run)", "index": row["index"],
                    **({"with": row["other"]} if found.frame["other"].any() else {}),
                    "value": number(row["value"]), "95%": sure, "unit": row["unit"],
                }
            )  # fmt: skip
    show(rows, False, "Which factors matter. Theoretical exposition, not a forecast.")
