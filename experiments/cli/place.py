"""Commands about places: make a region or a country, write a region as files to edit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from experiments.cli.options import whole_option

if TYPE_CHECKING:
    from sim.place.newly import New

Out = Annotated[str, typer.Option("--out", metavar="DIR", help="A new or empty folder.")]
OwnOut = Annotated[
    str | None, typer.Option("--out", metavar="DIR", help="New folder; default its name.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Write nothing but errors.")]
Name = Annotated[
    str | None, typer.Option("--name", metavar="NAME", help="Default: that of the file.")
]
Title = Annotated[str, typer.Option("--title", metavar="TEXT", help="Its name in full.")]
Year = Annotated[
    int | None, typer.Option("--year", metavar="Y", help="Of the figures, if no column says it.")
]
Codes = Annotated[
    str | None, typer.Option("--codes", metavar="A,B,...", help="Take these municipalities only.")
]
Places = Annotated[
    str | None,
    typer.Option("--places", metavar="FILE", help="Table of centres, if the first has none."),
]
Districts = Annotated[
    str | None,
    typer.Option(
        "--districts", metavar="FILE", help="Table of districts, maybe the same; default: equal."
    ),
]
Neighbours = Annotated[
    str | None,
    typer.Option("--neighbours", metavar="FILE", help="Table of pairs; default: from centres."),
]
Preferred = Annotated[
    str | None, typer.Option("--preferred", metavar="INSURER", help="Who buys care there.")
]
Source = Annotated[
    str, typer.Option("--source", metavar="TEXT", help="Where the figures are from.")
]
Decimal = Annotated[
    str | None, typer.Option("--decimal", metavar="MARK", help="comma or point; default: found.")
]


def add(app: typer.Typer) -> None:
    """Add the group ``geography`` to the program."""
    group = typer.Typer(help="Make regions, or write them as files to edit.", no_args_is_help=True)
    group.command("new")(new)
    group.command("import")(import_)
    group.command("fetch")(fetch)
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


def _asked(
    csv: str, name: str | None, title: str, year: int | None, codes: str | None,
    places: str | None, districts: str | None, neighbours: str | None, preferred: str | None,
    source: str, decimal: str | None,
) -> New:  # fmt: skip
    """Return what the options ask for."""
    from sim.errors import BadInput
    from sim.place.newly import New

    if decimal not in (None, "comma", "point"):
        raise BadInput("--decimal", f"{decimal!r} is unknown", allowed="comma, point")
    return New(
        Path(csv), name if name is not None else Path(csv).stem, title, year,
        tuple(code.strip() for code in codes.split(",")) if codes is not None else (),
        Path(places) if places is not None else None,
        Path(neighbours) if neighbours is not None else None, preferred, source, decimal,
        Path(districts) if districts is not None else None,
    )  # fmt: skip


def _make(asked: New, out: str | None, quiet: bool) -> None:
    """Make a region, and say what was made."""
    from sim.place.newly import new_region

    folder = Path(out if out is not None else asked.name)
    made = new_region(asked, folder)
    if quiet:
        return
    if made.form:
        print(f"Read as: {made.form}")
    lines = "line" if made.passed_over == 1 else "lines"
    passed = f", {made.passed_over} other {lines} passed over" if made.passed_over else ""
    print(
        f"{made.municipalities} municipalities, {made.population:,} inhabitants in {made.year}"
        f"{passed}: {folder}"
    )
    for note in made.notes:
        print(f"  {note}")
    if made.unused:
        print(f"  The table lists {made.unused} districts: --districts {asked.csv} takes them.")
    path = folder if folder.is_absolute() else f"./{folder}"
    print(f"Run it: regiosim run --region {path} --regime historic-nl")


def new(
    csv: Annotated[
        str,
        typer.Option(
            "--csv", metavar="FILE", help="A table of municipalities: of CBS, or of your own."
        ),
    ],
    out: OwnOut = None,
    name: Name = None,
    title: Title = "",
    year: Year = None,
    codes: Codes = None,
    places: Places = None,
    districts: Districts = None,
    neighbours: Neighbours = None,
    preferred: Preferred = None,
    source: Source = "",
    decimal: Decimal = None,
    quiet: Quiet = False,
) -> None:
    """Make a region of your own from one table of municipalities, of any year."""
    asked = _asked(
        csv, name, title, year, codes, places, districts, neighbours, preferred, source, decimal
    )
    _make(asked, out, quiet)


def import_(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="Of CBS: CSV, Excel workbook or GeoPackage.")
    ],
    out: OwnOut = None,
    name: Name = None,
    title: Title = "",
    year: Year = None,
    codes: Codes = None,
    places: Places = None,
    districts: Districts = None,
    neighbours: Neighbours = None,
    preferred: Preferred = None,
    source: Source = "",
    decimal: Decimal = None,
    quiet: Quiet = False,
) -> None:
    """Make a region from a table of CBS: key figures of districts, or regional ones."""
    from sim.place.newly import year_of_name

    asked = _asked(
        file, name, title, year, codes, places, districts, neighbours, preferred, source, decimal
    )
    _make(year_of_name(asked), out, quiet)


def fetch(
    year: Annotated[
        int | None, typer.Option("--year", metavar="Y", help="Of the figures, 2013 or later.")
    ] = None,
    out: OwnOut = None,
    table: Annotated[
        str | None, typer.Option("--table", metavar="ID", help="Another table, such as 70072ned.")
    ] = None,
    keep: Annotated[
        str | None,
        typer.Option("--keep", metavar="FILE", help="What was fetched; default: folder.csv."),
    ] = None,
    catalog: Annotated[
        str | None,
        typer.Option("--catalog", metavar="URL", help="Default: https://opendata.cbs.nl."),
    ] = None,
    name: Name = None,
    title: Title = "",
    codes: Codes = None,
    places: Places = None,
    districts: Annotated[
        bool, typer.Option("--districts", help="Take the districts of CBS; default: equal ones.")
    ] = False,
    neighbours: Neighbours = None,
    preferred: Preferred = None,
    quiet: Quiet = False,
) -> None:
    """Fetch a table of CBS over the network and make a region from it (extra cbs)."""
    from sim.errors import BadInput
    from sim.place.fetch import CATALOG, table_of
    from sim.place.fetch import fetch as fetched
    from sim.place.newly import check_asked
    from sim.place.write import check_folder

    if table is None and year is None:
        raise BadInput("--year", "is missing", allowed="a year, or --table")
    number = table if table is not None else table_of(year or 0)
    folder = out if out is not None else name if name is not None else f"cbs-{year or number}"
    kept = Path(keep if keep is not None else f"{folder}.csv")
    own = name if name is not None else Path(folder).name
    asked = _asked(
        str(kept), own, title, None, codes, places, str(kept) if districts else None, neighbours,
        preferred, "", None,
    )  # fmt: skip
    check_asked(asked)
    check_folder(Path(folder))
    found = fetched(number, kept, year=year, catalog=catalog if catalog is not None else CATALOG)
    if not quiet:
        print(f"{found.table}, {found.title}: {found.lines} lines kept in {kept}")
    source = f"CBS open data, {found.table} ({found.title}), {found.year}"
    _make(asked._replace(year=found.year, source=source), folder, quiet)


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
