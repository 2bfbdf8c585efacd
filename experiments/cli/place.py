"""Commands about places: make a region or a country, write a region as files to edit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from experiments.cli.options import whole_option

Out = Annotated[str, typer.Option("--out", metavar="DIR", help="A new or empty folder.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Write nothing but errors.")]


def add(app: typer.Typer) -> None:
    """Add the group ``geography`` to the program."""
    group = typer.Typer(help="Make regions, or write them as files to edit.", no_args_is_help=True)
    group.command("new")(new)
    group.command("synthetic")(synthetic)
    group.command("export")(export)
    app.add_typer(group, name="geography")


def _write(spec: str, out: str, quiet: bool) -> None:
    from sim.place.load import load_region
    from sim.place.write import write_region

    region = load_region(spec)
    write_region(region, Path(out))
    if not quiet:
        print(f"{region.title}: {out}")


def new(
    csv: Annotated[
        str,
        typer.Option(
            "--csv", metavar="FILE", help="A table of municipalities: of CBS, or of your own."
        ),
    ],
    out: Annotated[
        str | None, typer.Option("--out", metavar="DIR", help="New folder; default its name.")
    ] = None,
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="Default: that of the file.")
    ] = None,
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="Its name in full.")] = "",
    year: Annotated[
        int | None,
        typer.Option("--year", metavar="Y", help="Of the figures, if no column says it."),
    ] = None,
    codes: Annotated[
        str | None,
        typer.Option("--codes", metavar="A,B,...", help="Take these municipalities only."),
    ] = None,
    places: Annotated[
        str | None,
        typer.Option("--places", metavar="FILE", help="Table of centres, if the first has none."),
    ] = None,
    neighbours: Annotated[
        str | None,
        typer.Option("--neighbours", metavar="FILE", help="Table of pairs; default: from centres."),
    ] = None,
    preferred: Annotated[
        str | None, typer.Option("--preferred", metavar="INSURER", help="Who buys care there.")
    ] = None,
    source: Annotated[
        str, typer.Option("--source", metavar="TEXT", help="Where the figures are from.")
    ] = "",
    decimal: Annotated[
        str | None,
        typer.Option("--decimal", metavar="MARK", help="comma or point; default: found."),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Make a region of your own from one table of municipalities, of any year."""
    from sim.errors import BadInput
    from sim.place.newly import New, new_region

    if decimal not in (None, "comma", "point"):
        raise BadInput("--decimal", f"{decimal!r} is unknown", allowed="comma, point")
    own = name if name is not None else Path(csv).stem
    asked = New(
        Path(csv), own, title, year,
        tuple(code.strip() for code in codes.split(",")) if codes is not None else (),
        Path(places) if places is not None else None,
        Path(neighbours) if neighbours is not None else None, preferred, source, decimal,
    )  # fmt: skip
    folder = Path(out if out is not None else own)
    made = new_region(asked, folder)
    if quiet:
        return
    lines = "line" if made.passed_over == 1 else "lines"
    passed = f", {made.passed_over} other {lines} passed over" if made.passed_over else ""
    print(
        f"{made.municipalities} municipalities, {made.population:,} inhabitants in {made.year}"
        f"{passed}: {folder}"
    )
    for note in made.notes:
        print(f"  {note}")
    path = folder if folder.is_absolute() else f"./{folder}"
    print(f"Run it: regiosim run --region {path} --regime historic-nl")


def synthetic(
    out: Out,
    seed: Annotated[
        int, typer.Option("--seed", metavar="S", parser=whole_option, help="0 .. 2^63-1.")
    ] = 0,
    municipalities: Annotated[
        int,
        typer.Option("--municipalities", metavar="N", parser=whole_option, help="How many."),
    ] = 345,
    quiet: Quiet = False,
) -> None:
    """Make a country that resembles the real one in published figures."""
    _write(f"synthetic:{municipalities}:{seed}", out, quiet)


def export(
    region: Annotated[str, typer.Option("--region", metavar="R", help="Region to write.")],
    out: Out,
    quiet: Quiet = False,
) -> None:
    """Write a region as a folder of CSV and TOML that --region reads back."""
    _write(region, out, quiet)
