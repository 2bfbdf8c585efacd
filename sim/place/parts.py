"""Districts of municipalities from a table that lists them, as those of CBS do."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from sim.place.cells import Line, read_csv
from sim.place.geometry import disc_radius, sunflower, unproject
from sim.place.kinds import DISTRICT, district_code, kind_of, municipality_of
from sim.place.mistakes import Mistakes
from sim.place.needs import Asked, filled, how_said, need_of, said_of
from sim.place.reader import Reader
from sim.place.settle import NEED
from sim.place.towns import Town, centre_of, has_centres
from sim.place.vintages import is_unknown

MOST = 2_000_000.0
FAR_OFF = 0.1
"""By what share the districts of a municipality may add up to something else than its inhabitants.

They are rounded to fives, and of some people only the municipality is known."""
HEADER = ("municipality", "name", "population", "lat", "lon")


class Part(NamedTuple):
    """A district: its municipality and name, inhabitants, centre and, if known, radius (km).

    ``pct_65plus`` and ``pct_low_income`` are percent of its inhabitants, if known.
    """

    municipality: str
    name: str
    population: int
    lat: float
    lon: float
    radius: float | None
    pct_65plus: float | None
    pct_low_income: float | None


class Parts(NamedTuple):
    """Districts, and in words where they are from and what was made of what the table says."""

    found: list[Part]
    said: str


class _Read(NamedTuple):
    """A line of the table: what it says of one district."""

    line: Line
    code: str
    name: str
    people: int
    centre: tuple[float, float] | None
    km2: float | None
    need: tuple[float | None, float | None]


def read_parts(
    path: Path,
    towns: Sequence[Town],
    *,
    year: int,
    places: Path | None = None,
    decimal: str | None = None,
) -> Parts:
    """Return the districts that a table lists of some municipalities.

    Args:
        path: a table with lines of districts: codes such as WK035501.
        towns: the municipalities; of which it lists none they get equal parts.
        year: of the figures, where the table has several.
        places: a table of centres by code, where this one has none.
        decimal: ``comma`` or ``point``; by default found from the file.

    Raises:
        BadInput: all that is wrong, a line each.
    """
    mistakes = Mistakes(path)
    reader = Reader(read_csv(path, decimal, districts=True), mistakes)
    if "district_code" not in reader.columns:
        reader.need("code")
    reader.need("population")
    mistakes.stop()
    own = {town.code: town for town in towns}
    centres = _centres(reader, places)
    lines = [one for one in reader.whole_lines() if kind_of(reader, one) == DISTRICT]
    asked = how_said(reader, lines)
    read: dict[str, dict[str, _Read]] = {}
    empty = 0
    for line in lines:
        code = district_code(reader, line)
        of = municipality_of(code)
        if of not in own or not _of_year(reader, line, year):
            continue
        if code in (found := read.setdefault(of, {})):
            problem = f"{code!r} is on line {found[code].line.number} too"
            mistakes.add(f"line {line.number}", problem, allowed="each district once")
            continue
        one = _one(reader, line, code, centres, asked)
        if one is not None and one.people:
            found[code] = one
        else:
            empty += 1
    if not any(read.values()):
        problem = "lists no district of these municipalities with inhabitants"
        mistakes.add("the table", problem, allowed="codes such as WK035501")
    parts = [
        part for code, some in read.items() if some
        for part in _shared(reader, own[code], list(some.values()))
    ]  # fmt: skip
    mistakes.stop()
    if any(part.radius is None for part in parts):
        parts = [part._replace(radius=None) for part in parts]
    known = [any(getattr(part, column) is not None for part in parts) for column in NEED]
    words = _words(reader, path, len(parts), empty, bool(centres)) + said_of(known)
    return Parts(parts, words)


def _words(reader: Reader, path: Path, count: int, empty: int, elsewhere: bool) -> str:
    if has_centres(reader):
        where = "centres as listed"
    elif elsewhere:
        where = "centres from the file of centres; those it lacks assumed, on a sunflower spiral"
    else:
        where = "centres assumed: on a sunflower spiral in a disc of the municipality's area"
    left = f", {empty} without inhabitants left out" if empty else ""
    return (
        f"{path.name}: {count} districts{left}; inhabitants scaled to add up to those of the "
        f"municipality; {where}"
    )


def _centres(reader: Reader, places: Path | None) -> Mapping[str, tuple[float, float]]:
    """Return the centres of districts in another file, where the table itself has none."""
    if places is None or has_centres(reader):
        return {}
    other = Reader(read_csv(places, districts=True), reader.mistakes, str(places))
    if not has_centres(other):
        return {}
    found = {}
    for line in other.whole_lines():
        if kind_of(other, line) == DISTRICT and (centre := centre_of(other, line)) is not None:
            found[district_code(other, line)] = centre
    return found


def _of_year(reader: Reader, line: Line, year: int) -> bool:
    said = re.match(r"\d{4}(?!\d)", reader.cell(line, "period"), re.ASCII)
    return said is None or int(said[0]) == year


def _one(
    reader: Reader,
    line: Line,
    code: str,
    centres: Mapping[str, tuple[float, float]],
    asked: Asked,
) -> _Read | None:
    """Return what a line says of a district; None where it says nothing of its inhabitants."""
    if is_unknown(reader.cell(line, "population")):
        return None
    people = reader.number(line, "population", (0.0, MOST))
    if people is None or people != int(people):
        if people is not None:
            problem = f"{reader.cell(line, 'population')} is not a whole number"
            reader.mistakes.add(reader.at(line, "population"), problem, allowed="inhabitants")
        return None
    centre = centre_of(reader, line) if has_centres(reader) else centres.get(code)
    area = next((one for one in ("area_km2", "area_ha") if one in reader.columns), None)
    known = area is not None and not is_unknown(reader.cell(line, area))
    km2 = reader.number(line, area, (0.0, 2_300.0)) if area is not None and known else None
    name = reader.cell(line, "district_name") or code
    need = need_of(reader, line, int(people), asked)
    return _Read(line, code, name, int(people), centre, km2 or None, need)


def _shared(reader: Reader, town: Town, read: Sequence[_Read]) -> list[Part]:
    """Return the districts of a municipality, their inhabitants scaled to add up to it."""
    total = sum(one.people for one in read)
    if abs(total - town.population) > FAR_OFF * town.population:
        reader.mistakes.add(
            f"line {read[0].line.number}",
            f"the districts of {town.name} add up to {total:,}, not to its {town.population:,}",
            allowed=f"within {FAR_OFF:.0%}: are they of another year?",
        )  # fmt: skip
        return []
    people = scaled([one.people for one in read], town.population)
    spiral = sunflower(len(read), disc_radius(town.area_km2))
    parts: list[Part] = []
    names: set[str] = set()
    old, poor = (filled([one.need[k] for one in read], people) for k in range(len(NEED)))
    for k, (one, own, (dx, dy)) in enumerate(zip(read, people, spiral, strict=True)):
        place = one.centre or unproject(dx, dy, (town.lat, town.lon))
        name = one.name if one.name not in names else f"{one.name} ({one.code})"
        names.add(name)
        radius = None if one.km2 is None else round(max(disc_radius(one.km2), 0.001), 4)
        at = (round(place[0], 5), round(place[1], 5))
        parts.append(Part(town.code, name, own, *at, radius, old[k], poor[k]))
    return parts


def scaled(weights: Sequence[int], total: int) -> list[int]:
    """Return whole numbers, 1 or more, as near to weights as adds up to a total.

    Args:
        weights: 1 or more each, not more of them than ``total``.
        total: what they are to add up to.
    """
    whole = sum(weights)
    parted = [divmod(weight * total, whole) for weight in weights]
    shares = [max(1, share) for share, _ in parted]
    by_rest = sorted(range(len(weights)), key=lambda k: (-parted[k][1], k))
    missing = total - sum(shares)
    for k in by_rest[: max(0, missing)]:
        shares[k] += 1
    while sum(shares) > total:
        shares[max(range(len(shares)), key=lambda k: (shares[k], -k))] -= 1
    return shares
