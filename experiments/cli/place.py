"""Commands about places: make a country, write a region as files to edit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Out = Annotated[str, typer.Option("--out", metavar="DIR", help="A new or empty folder.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Write nothing but errors.")]


def add(app: typer.Typer) -> None:
    """Add the group ``geography`` to the program."""
    group = typer.Typer(help="Make regions, or write them as files to edit.", no_args_is_help=True)
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


def synthetic(
    out: Out,
    seed: Annotated[int, typer.Option("--seed", metavar="S", help="0 .. 2^63-1.")] = 0,
    municipalities: Annotated[
        int, typer.Option("--municipalities", metavar="N", help="How many.")
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
