"""``regiosim business-case``: what forms of organisation cost in a region, and what is needed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from experiments.cli.console import print_json, show
from experiments.cli.options import whole_option
from experiments.cli.run import Json, Language, Quiet, check_language

if TYPE_CHECKING:
    from results.statistics.business import Case


def add(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("business-case")(business_command)


def business_command(
    region: Annotated[
        str, typer.Option("--region", metavar="R", help="A region, a folder, or synthetic:N:SEED.")
    ] = "unicum",
    regime: Annotated[
        str, typer.Option("--regime", metavar="G", help="A regime or a file: whose titles pay.")
    ] = "historic-nl",
    year: Annotated[
        int, typer.Option("--year", metavar="Y", parser=whole_option, help="Of the titles.")
    ] = 2022,
    package: Annotated[
        list[str] | None,
        typer.Option("--package", metavar="FILE", help="TOML file that overrides policy."),
    ] = None,
    setting: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help="A parameter, or a key of a title."),
    ] = None,
    run: Annotated[
        str | None,
        typer.Option("--run", metavar="DIR", help="A run's folder: who delivers in it, beside."),
    ] = None,
    out: Annotated[
        str | None,
        typer.Option("--out", metavar="DIR", help="New folder for a report, tables and a figure."),
    ] = None,
    language: Language = "en",
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Work out what archetypal forms of organisation cost in a region, beside what is needed.

    No run is made: the cost functions of the model, for the region's inhabitants, per function and
    patient group: who delivers, at which scale, at what cost, and which titles pay.
    """
    check_language(language)
    from experiments.answers.case import business_case, frames_of

    found = business_case(
        region, regime=regime, year=year, packages=tuple(package or ()),
        settings=tuple(setting or ()), run=run, out=out, language=language,
    )  # fmt: skip
    if as_json:
        tables = {name: frame.to_dict("records") for name, frame in frames_of(found).items()}
        print_json({"region": found.region, "insured": found.insured, **tables})
    elif not quiet:
        _tell(found)
        if out is not None:
            print(f"Report:  {Path(out) / 'report.html'}")


def _tell(found: Case) -> None:
    from results.words.numbers import number, span

    rows = []
    for form in found.forms:
        lines = found.lines[found.lines["form"] == form]
        far = lines.loc[lines["part"] == "far"]
        sums = {
            name: number(round(lines.loc[lines["part"] == part, "cost"].sum() / found.insured, 2))
            for name, part in (("can move up", "far"), ("stays near", "near"), ("beside", "beside"))
        }
        rows.append(
            {
                "form": form, "EUR per insured a year": number(found.per_insured(form)),
                **sums, "EUR M a year": number(lines["cost"].sum() / 1e6),
                "delivered by": ", ".join(dict.fromkeys(far["by"])),
                "for patients": ", ".join(number(one, "en") for one in dict.fromkeys(far["scale"])),
            }
        )  # fmt: skip
    show(rows, False, "What forms cost at full support. Theoretical exposition, not a forecast.")
    low, high = found.needed()
    first, last = found.now
    now = span(round(first, 1), round(last, 1))
    needed = span(round(low, 1), round(high, 1))
    print(f"Needed:  EUR {needed} per insured a year, now {now}: means of the country, no norm")
