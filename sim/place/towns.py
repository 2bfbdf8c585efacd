"""What a table says of each municipality, in the units of a region's folder."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

from sim.place.cells import Line
from sim.place.headers import plain, unit_of
from sim.place.national import national_insured, nearest_insurer
from sim.place.reader import Reader
from sim.place.rijksdriehoek import to_degrees
from sim.place.vintages import is_unknown

Centres = Mapping[str, tuple[float, float]] | None
"""Latitude and longitude by code; None where the table itself has them."""

POPULATION = (500, 2_000_000)
OLD = (5.0, 50.0)
AREA = (0.5, 1_500.0)
DENSITY = (10.0, 10_000.0)
"""Inhabitants per km2; outside of it an area is in another unit."""
LAT, LON = (50.7, 53.7), (3.2, 7.3)
RD_X, RD_Y = (0.0, 300_000.0), (300_000.0, 625_000.0)

BY_ADDRESSES = (2_500.0, 1_500.0, 1_000.0, 500.0)
"""Addresses per km2 from which classes 1 to 4 of urbanity begin, as CBS defines them."""
BY_PEOPLE = (3_500.0, 900.0, 400.0, 150.0)
"""Inhabitants per km2 from which they begin where nothing else is known: right for 222 of the 345
municipalities of 2022, and one class off for 117."""

WORDS = (
    ("extremely urbanised", "zeer sterk stedelijk"), ("strongly urbanised", "sterk stedelijk"),
    ("moderately urbanised", "matig stedelijk"), ("hardly urbanised", "weinig stedelijk"),
    ("not urbanised", "niet stedelijk"),
)  # fmt: skip


class Town(NamedTuple):
    """A municipality as a region's folder has it; ``preferred`` is empty where none is given."""

    code: str
    name: str
    subregion: str
    population: int
    pct_65plus: float
    area_km2: float
    urbanity: int
    lat: float
    lon: float
    preferred: str


def has_centres(reader: Reader) -> bool:
    """Return whether a table says where the centres of its municipalities are."""
    return {"lat", "lon"} <= set(reader.columns) or {"rd_x", "rd_y"} <= set(reader.columns)


def centre_of(reader: Reader, line: Line) -> tuple[float, float] | None:
    """Return latitude and longitude of a line's centre, or None where they cannot be read."""
    if {"lat", "lon"} <= set(reader.columns):
        spans, names = (LAT, LON), ("lat", "lon")
    else:
        spans, names = (RD_X, RD_Y), ("rd_x", "rd_y")
    raw = [reader.table.number(reader.cell(line, name)) for name in names]
    swapped = all(
        one is not None and low <= one <= high
        for one, (low, high) in zip(raw, reversed(spans), strict=True)
    )
    straight = all(
        one is not None and low <= one <= high for one, (low, high) in zip(raw, spans, strict=True)
    )
    hint = f": {names[0]} and {names[1]} are swapped" if swapped and not straight else ""
    one, other = (
        reader.number(line, name, span, hint) for name, span in zip(names, spans, strict=True)
    )
    if one is None or other is None:
        return None
    lat, lon = (one, other) if names[0] == "lat" else to_degrees(one, other)
    return round(lat, 5), round(lon, 5)


def read_towns(
    reader: Reader,
    chosen: Mapping[str, Line],
    elsewhere: tuple[Centres, Mapping[str, str]],
    derived: dict[str, str],
    area: str,
) -> list[Town]:
    """Return the municipalities of chosen lines; what cannot be read is put down and left out.

    Args:
        reader: the table.
        chosen: its lines by code.
        elsewhere: centres by code, where the table itself has none, and names by code.
        derived: is given what was made of something else, and how, by our name of the column.
        area: the subregion of all, where the table names none.
    """
    counted = old_is_counted(reader, chosen.values(), derived)
    found = []
    for code, line in chosen.items():
        people = _people(reader, line)
        percent = _percent(reader, line, people, counted)
        km2 = _km2(reader, line, people)
        urbanity = _urbanity(reader, line, people, km2, derived)
        place = _place(reader, line, code, elsewhere[0])
        name = _name(reader, line) or elsewhere[1].get(code) or code
        preferred = _preferred(reader, line)
        if people and percent and km2 and urbanity and place:
            part = reader.cell(line, "subregion") or area
            found.append(Town(code, name, part, people, percent, km2, urbanity, *place, preferred))
    if "name" not in reader.columns:
        derived["name"] = "from the file of centres" if elsewhere[1] else "the code"
    if "subregion" not in reader.columns:
        derived["subregion"] = "the whole region: the table has no parts"
    return found


def _name(reader: Reader, line: Line) -> str:
    name = reader.cell(line, "name").removesuffix(" (gemeente)")
    if "name" in reader.columns and not name:
        reader.mistakes.add(reader.at(line, "name"), "is empty", allowed="a name")
    return name


def _people(reader: Reader, line: Line) -> int | None:
    if "population" not in reader.columns:
        return None
    text = reader.cell(line, "population")
    thousands = re.fullmatch(r"\d{1,3}(\.\d{3})+", text, re.ASCII)
    hint = ": a point between thousands? --decimal comma reads it" if thousands else ""
    found = reader.number(line, "population", POPULATION, hint or ": thousands of inhabitants?")
    if found is None or found == int(found):
        return None if found is None else int(found)
    problem = f"{text} is not a whole number{hint}"
    reader.mistakes.add(reader.at(line, "population"), problem, allowed="inhabitants")
    return None


def old_fields(reader: Reader) -> tuple[str, ...]:
    """Return the columns that hold those of 65 or older: one, or two to add up."""
    return ("old",) if "old" in reader.columns else ("old_65_80", "old_80")


def old_is_counted(reader: Reader, lines: Collection[Line], derived: dict[str, str]) -> bool:
    """Return whether those of 65 or older are numbers and not percent, and say if they are.

    A unit in brackets says it, and a name with ``pct`` or ``p_`` before it; else it is what most
    values can be.
    """
    fields = old_fields(reader)
    cells = (reader.cell(line, name) for line in lines for name in fields)
    known = [value for cell in cells if (value := reader.table.number(cell)) is not None]
    header = reader.table.header[reader.columns[fields[0]]] if known else ""
    named, said = plain(header), unit_of(header)
    percent = said == "%" or named.startswith(("pct", "p65", "percentage"))
    many = 2 * sum(one > 100.0 for one in known) > len(known)
    counted = said == "aantal" or (many and not percent)
    if known and max(known) <= 1.0 and not counted:
        reader.mistakes.add(
            f"column {reader.table.header[reader.columns[fields[0]]]}",
            "has no value above 1: shares, where percent are asked for", allowed="percent: 21.5",
        )  # fmt: skip
    if counted:
        derived["pct_65plus"] = "percent of the inhabitants, from their number"
    return counted


def _percent(reader: Reader, line: Line, people: int | None, counted: bool) -> float | None:
    """Return the percent of inhabitants of 65 or older."""
    fields = old_fields(reader)
    if not set(fields) <= set(reader.columns):
        return None
    most = float(POPULATION[1]) if counted else 100.0
    values = [reader.number(line, name, (0.0, most)) for name in fields]
    if any(value is None for value in values) or (counted and not people):
        return None
    total = sum(value for value in values if value is not None)
    percent = round(100.0 * total / people, 4) if counted and people else round(total, 10)
    if not OLD[0] <= percent <= OLD[1]:
        problem = f"makes {percent:.6g}% of the inhabitants"
        allowed = f"{OLD[0]:g} to {OLD[1]:g} percent, of 65 or older"
        reader.mistakes.add(reader.at(line, fields[0]), problem, allowed=allowed)
        return None
    return percent


def _km2(reader: Reader, line: Line, people: int | None) -> float | None:
    name = "area_km2" if "area_km2" in reader.columns else "area_ha"
    if name not in reader.columns:
        return None
    km2 = reader.number(line, name, AREA, ": in another unit?")
    if km2 is None:
        return None
    if people and not DENSITY[0] <= people / km2 <= DENSITY[1]:
        problem = f"{people:,} inhabitants on {km2:,.6g} km2 are {people / km2:,.4g} a km2"
        allowed = f"{DENSITY[0]:g} to {DENSITY[1]:,g} a km2: is the area in another unit?"
        reader.mistakes.add(reader.at(line, name), problem, allowed=allowed)
        return None
    return round(km2, 6)


def _class(value: float, bounds: tuple[float, ...]) -> int:
    return 1 + sum(value < bound for bound in bounds)


def _urbanity(
    reader: Reader, line: Line, people: int | None, km2: float | None, derived: dict[str, str]
) -> int | None:
    text = reader.cell(line, "urbanity")
    if not is_unknown(text) and text != "0":
        words = {plain(word): k + 1 for k, pair in enumerate(WORDS) for word in pair}
        number = reader.table.number(text)
        if plain(text) in words or number in range(1, 6):
            return int(number) if number is not None else words[plain(text)]
        allowed = f"1 to 5, or {', '.join(word for pair in WORDS for word in pair)}"
        reader.mistakes.add(reader.at(line, "urbanity"), f"{text!r} is no class", allowed=allowed)
        return None
    if not is_unknown(reader.cell(line, "density")):
        addresses = reader.number(line, "density", (0.0, 20_000.0))
        derived["urbanity"] = "class by addresses per km2, as CBS defines it"
        return None if addresses is None else _class(addresses, BY_ADDRESSES)
    if "urbanity" in reader.columns:
        reader.mistakes.add(reader.at(line, "urbanity"), f"{text!r} is no class", allowed="1 to 5")
        return None
    bounds = ", ".join(f"{bound:,g}" for bound in BY_PEOPLE)
    derived["urbanity"] = f"assumed: class by inhabitants per km2 (from {bounds}; below: 5)"
    return _class(people / km2, BY_PEOPLE) if people and km2 else None


def _place(reader: Reader, line: Line, code: str, centres: Centres) -> tuple[float, float] | None:
    if centres is None:
        return centre_of(reader, line) if has_centres(reader) else None
    if code not in centres and centres:
        reader.mistakes.add(f"line {line.number}", f"{code} has no centre in the file of --places")
    return centres.get(code)


def _preferred(reader: Reader, line: Line) -> str:
    text = reader.cell(line, "preferred")
    known = list(national_insured())
    if text and text not in known:
        reader.mistakes.add(
            reader.at(line, "preferred"), f"unknown insurer {text!r}", allowed=", ".join(known),
            nearest=nearest_insurer(text, known),
        )  # fmt: skip
    return text
