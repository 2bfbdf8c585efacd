"""A region made from its folder of hand-editable files, checked as a whole."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from agents.sizes import NEIGHBOURS
from sim.errors import BadInput
from sim.place.chains import chains_of
from sim.place.description import FILE, read_description
from sim.place.geometry import gabriel, mean_origin, project
from sim.place.market import with_shares
from sim.place.plausible import (
    check_apart,
    check_border,
    check_density,
    figure,
    misplaced,
    place_of,
    whole_figure,
)
from sim.place.region import Municipality, Region
from sim.place.serving import areas_of
from sim.place.settle import with_districts, with_hubs, with_trust
from sim.place.sheet import Sheet
from sim.place.states import states_of
from sim.place.table import Row, read_table

MUNICIPALITIES = (
    "code", "name", "subregion", "population", "pct_65plus", "area_km2", "urbanity", "lat", "lon",
)  # fmt: skip

GENERATED = "generated"
"""How the source of a column begins that was drawn, and in which classes follow ranks."""


def assemble(folder: Path) -> Region:
    """Return the region that a folder describes.

    Args:
        folder: Holds ``region.toml`` and ``municipalities.csv``; ``neighbours.csv`` (else the
            Gabriel graph of the centroids), ``districts.csv`` (else equal parts) and
            ``shares.csv`` (else national shares, tilted) may be there.
    """
    text = read_description(folder)
    _, rows = read_table(folder / "municipalities.csv", MUNICIPALITIES, ("preferred",))
    codes: dict[str, int] = {}
    for row in rows:
        code = row.text("code")
        if code in codes:
            raise BadInput(row.at("code"), f"{code!r} appears twice", allowed="each code once")
        if code == "all":
            raise BadInput(row.at("code"), "'all' means the whole region", allowed="another code")
        codes[code] = len(codes)
    places = [place_of(row) for row in rows]
    check_apart(rows, places)
    _check_origin(folder, text.origin)
    sheet = Sheet(folder, text, rows, codes, text.origin or mean_origin(places))
    found = [_municipality(sheet, row, place) for row, place in zip(rows, places, strict=True)]
    found = with_districts(sheet, found)
    found = with_hubs(sheet, found)
    found = with_trust(sheet, found)
    insurers, found = with_shares(sheet, found)
    sources = dict(text.sources)
    for table, columns in text.columns.items():
        sources |= {f"{table}.{column}": entry.source for column, entry in columns.items()}
    return Region(
        name=text.name,
        title=text.title,
        municipalities=tuple(found),
        neighbours=_neighbours(sheet, found),
        insurers=insurers,
        source=text.source,
        sources=sources,
        origin=sheet.origin,
        year=text.year,
        areas=areas_of(sheet, found),
        states=states_of(sheet, found),
        chains=chains_of(sheet),
    )


def _municipality(sheet: Sheet, row: Row, place: tuple[float, float]) -> Municipality:
    x, y = project(*place, sheet.origin)
    preferred = row.cells.get("preferred", "")
    found = Municipality(
        code=row.text("code"),
        name=row.text("name"),
        subregion=row.text("subregion"),
        population=whole_figure(row, "population"),
        share_65=figure(row, "pct_65plus") / 100,
        area_km2=figure(row, "area_km2"),
        urbanity=row.whole("urbanity", 1, 5),
        lat=place[0],
        lon=place[1],
        x=x,
        y=y,
        districts=(),
        preferred=preferred or sheet.text.insurers.preferred,
    )
    if not sheet.text.columns["municipalities"]["urbanity"].source.startswith(GENERATED):
        check_density(row, found)
    return found


def _check_origin(folder: Path, origin: tuple[float, float] | None) -> None:
    problem = None if origin is None else misplaced(*origin)
    if problem is not None:
        raise BadInput(
            f"{folder / FILE}, key origin", f"{list(origin or ())} is out of range{problem}",
            allowed="latitude and longitude in degrees",
        )  # fmt: skip


def _neighbours(sheet: Sheet, found: list[Municipality]) -> tuple[tuple[int, int], ...]:
    """Return who borders on whom: the table's pairs, or the Gabriel graph of the centroids."""
    path = sheet.folder / "neighbours.csv"
    if path.exists():
        pairs = _listed(sheet, path)
    else:
        pairs = gabriel([(m.x, m.y) for m in found])
    for i, j in pairs if path.exists() else ():
        check_border(str(path), found[i], found[j])
    degree = Counter(at for pair in pairs for at in pair)
    for at, number in degree.items():
        if number > NEIGHBOURS:
            raise BadInput(
                str(path),
                f"{found[at].code} has {number} neighbours",
                allowed=f"at most {NEIGHBOURS}",
            )
    return tuple(pairs)


def _listed(sheet: Sheet, path: Path) -> list[tuple[int, int]]:
    pairs: set[tuple[int, int]] = set()
    for row in read_table(path, ("municipality", "neighbour"), may_be_empty=True)[1]:
        a, b = row.code("municipality", sheet.codes), row.code("neighbour", sheet.codes)
        pair = (min(a, b), max(a, b))
        if a == b:
            raise BadInput(row.at("neighbour"), "a municipality does not border on itself")
        if pair in pairs:
            raise BadInput(
                f"{path} line {row.line}",
                f"{row.text('municipality')} and {row.text('neighbour')} appear twice",
                allowed="each border once, in either order",
            )
        pairs.add(pair)
    return sorted(pairs)
