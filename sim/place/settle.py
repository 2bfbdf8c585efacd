"""What a region starts with: districts, hubs of 2006 and trust."""

from __future__ import annotations

from dataclasses import replace

from sim.errors import BadInput, nearest
from sim.place import districts as made
from sim.place.geometry import disc_radius, project
from sim.place.plausible import check_district, place_of
from sim.place.region import District, Municipality, StartingHub
from sim.place.sheet import MOST, Sheet
from sim.place.table import Row, read_table

NEED = ("pct_65plus", "pct_low_income")
"""Columns of what differs in need between districts, percent; without them it is drawn."""
LIMIT = 999.0
"""km from the origin: below a thousand, so that ``12.345`` is read in one way."""


def with_districts(sheet: Sheet, found: list[Municipality]) -> list[Municipality]:
    """Return the municipalities with their districts, listed or made."""
    listed = _listed(sheet, found)
    whole = []
    for i, m in enumerate(found):
        if i not in listed:
            parts_made = made.equal_districts(m.name, m.population, m.area_km2, (m.x, m.y))
            whole.append(replace(m, districts=parts_made))
            continue
        total = sum(d.population for _, d in listed[i])
        if total != m.population:
            raise BadInput(
                listed[i][-1][0].at("population"),
                f"the districts of {m.name} ({m.code}) add up to {total}, not {m.population}",
                allowed="districts that add up to the municipality",
            )
        whole.append(replace(m, districts=tuple(d for _, d in listed[i])))
    return whole


def _listed(sheet: Sheet, found: list[Municipality]) -> dict[int, list[tuple[Row, District]]]:
    """Return the districts of ``districts.csv`` by position of their municipality."""
    listed: dict[int, list[tuple[Row, District]]] = {}
    path = sheet.folder / "districts.csv"
    if not path.exists():
        return listed
    header, rows = read_table(
        path,
        ("municipality", "name", "population"),
        ("x_km", "y_km", "lat", "lon", "radius_km", *NEED),
    )
    axes = [pair for pair in (("x_km", "y_km"), ("lat", "lon")) if set(pair) & set(header)]
    if len(axes) != 1 or not set(axes[0]) <= set(header):
        raise BadInput(
            f"{path} line 1",
            "says not in one way where districts are",
            allowed="either columns x_km and y_km, or lat and lon",
        )
    counts: dict[str, int] = {}
    for row in rows:
        code = row.cells["municipality"]
        counts[code] = counts.get(code, 0) + 1
    for row in rows:
        at = row.code("municipality", sheet.codes)
        parts = counts[row.cells["municipality"]]
        district = _district(sheet, row, axes[0][0], found[at].area_km2 / parts)
        check_district(row, found[at], district)
        if any(d.name == district.name for _, d in listed.get(at, [])):
            raise BadInput(row.at("name"), f"{district.name!r} appears twice")
        listed.setdefault(at, []).append((row, district))
    for some in listed.values():
        _check_whole(some)
    return listed


def _check_whole(some: list[tuple[Row, District]]) -> None:
    """Refuse what is listed of some districts of a municipality, and empty for others."""
    for column in NEED:
        empty = [row for row, _ in some if not row.cells.get(column)]
        if empty and len(empty) < len(some):
            raise BadInput(
                empty[0].at(column), "is empty, while other districts of its municipality have one",
                allowed="a number in each of them, or in none",
            )  # fmt: skip
        if not empty and max(float(row.cells[column]) for row, _ in some) <= 1.0:
            raise BadInput(
                some[0][0].at(column), "and its municipality have no value above 1: shares?",
                allowed="percent: 21.5",
            )  # fmt: skip


def _district(sheet: Sheet, row: Row, axis: str, area: float) -> District:
    """Return one district; where no radius is given it is that of a disc of ``area`` km2."""
    if axis == "x_km":
        x, y = row.number("x_km", -LIMIT, LIMIT), row.number("y_km", -LIMIT, LIMIT)
    else:
        x, y = project(*place_of(row), sheet.origin)
    given = "radius_km" in row.cells
    radius = row.number("radius_km", 0, LIMIT, above=True) if given else disc_radius(area)
    people = row.whole("population", 1, MOST)
    old, low_income = (
        row.number(column, 0, 100) / 100 if row.cells.get(column) else None for column in NEED
    )
    return District(row.text("name"), people, x, y, radius, old, low_income)


def with_hubs(sheet: Sheet, found: list[Municipality]) -> list[Municipality]:
    """Return the municipalities with the hubs they start with."""
    hubs: dict[int, dict[int, StartingHub]] = {}
    for k, hub in enumerate(sheet.text.hubs):
        key = f"hubs.{k}"
        at = sheet.position(f"{key}.municipality", hub.municipality)
        names = [d.name for d in found[at].districts]
        district = 0
        if hub.district is not None:
            if hub.district not in names:
                raise BadInput(
                    sheet.key(f"{key}.district"),
                    f"{found[at].name} has no district {hub.district!r}",
                    allowed=", ".join(names),
                    nearest=nearest(hub.district, names),
                )
            district = names.index(hub.district)
        if district in hubs.setdefault(at, {}):
            raise BadInput(
                sheet.key(key), f"{names[district]!r} has a hub already", allowed="one a district"
            )
        hubs[at][district] = StartingHub(district, hub.origin, hub.source)
    return [replace(m, hubs=tuple(hubs.get(i, {}).values())) for i, m in enumerate(found)]


def with_trust(sheet: Sheet, found: list[Municipality]) -> list[Municipality]:
    """Return the municipalities with their trust at the start."""
    trust = sheet.text.trust
    for code in trust.municipalities:
        sheet.position(f"trust.municipalities.{code}", code)
    return [replace(m, trust=trust.municipalities.get(m.code, trust.default)) for m in found]
