"""Figures of municipalities from a table of whatever year and make, checked whole.

Only what the model reads has to be there. What can be made of something else is made, and said to
be: ``Figures.derived`` holds how, by our name of the column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sim.errors import nearest
from sim.place.cells import Line, read_csv
from sim.place.headers import form_of, twice
from sim.place.kinds import DISTRICT, MUNICIPALITY, code_of, kind_of
from sim.place.known import known_centres
from sim.place.mistakes import Mistakes
from sim.place.reader import Reader
from sim.place.towns import Centres, Town, centre_of, has_centres, read_towns

YEARS = (1995, 2050)


@dataclass
class Figures:
    """What a table says of municipalities: their year, and how columns were derived.

    ``form`` is the form of CBS that it has, if any; ``districts`` how many of them it lists.
    """

    towns: list[Town] = field(default_factory=list)
    year: int = 0
    derived: dict[str, str] = field(default_factory=dict)
    passed_over: int = 0
    form: str = ""
    districts: int = 0


def read_figures(
    path: Path,
    *,
    year: int | None = None,
    codes: Sequence[str] = (),
    places: Path | None = None,
    decimal: str | None = None,
    area: str = "region",
) -> Figures:
    """Return the figures of the municipalities in a table.

    Args:
        path: a CSV file, of CBS or with our own names of columns.
        year: the year of the figures; needed where the table does not say one.
        codes: the municipalities to take; by default all.
        places: another CSV file with codes and centres, where the table has no centres.
        decimal: ``comma`` or ``point``; by default found from the file.
        area: the subregion of all, where the table names none.

    Raises:
        BadInput: all that is wrong, a line each.
    """
    mistakes = Mistakes(path)
    reader = Reader(read_csv(path, decimal), mistakes)
    for name in twice(reader.table.header):
        mistakes.add(reader.head, f"column {name!r} is there twice", allowed="each once")
    for name in ("code", "population", "old", "area_km2"):
        reader.need(name)
    if "old" not in reader.columns and "old_65_80" in reader.columns:
        reader.need("old_80")
    out = Figures()
    found = form_of(reader.table.header)
    out.form = found[0].name if found is not None and found[1] else ""
    centres, names = _centres(reader, places, out.derived)
    if "code" in reader.columns:
        lines, out.passed_over, out.districts = _lines(reader)
        lines, out.year = _of_year(reader, lines, year)
        chosen = _chosen(reader, lines, [code_of(code) for code in codes])
        if places is None and centres is not None and _lacking(reader, chosen, centres):
            centres = {}
        out.towns = read_towns(reader, chosen, (centres, names), out.derived, area)
    mistakes.stop()
    return out


def _centres(
    reader: Reader, places: Path | None, derived: dict[str, str]
) -> tuple[Centres, dict[str, str]]:
    """Return centres and names in another file by code; no centres where the table has its own."""
    if places is None and has_centres(reader):
        return None, {}
    if places is None:
        derived["lat"] = derived["lon"] = "centre, as a region that comes along has it"
        return known_centres(), {}
    other = Reader(read_csv(places), reader.mistakes, str(places))
    if not other.need("code") or not has_centres(other):
        reader.mistakes.add(
            other.head, "has no code and centres",
            allowed="code, and lat and lon or rd_x and rd_y",
        )  # fmt: skip
        return {}, {}
    wanted = {code_of(reader.cell(line, "code")) for line in reader.whole_lines()}
    whole = [line for line in other.whole_lines() if kind_of(other, line) == MUNICIPALITY]
    lines = {other.cell(line, "name"): line for line in whole}  # an export may lack the codes
    lines |= {code_of(other.cell(line, "code")): line for line in whole}
    own = {code: line for code, line in lines.items() if code in wanted}
    found = {code: centre_of(other, line) for code, line in own.items()}
    names = {code: other.cell(line, "name") for code, line in own.items()}
    if not found:
        problem = "has the centre of none of the municipalities"
        reader.mistakes.add(str(places), problem, allowed="their codes or names")
    return {code: centre for code, centre in found.items() if centre is not None}, names


def _lacking(reader: Reader, chosen: Iterable[str], centres: Centres) -> bool:
    """Put down that no column and no region that comes along says where municipalities are."""
    lacking = [code for code in chosen if code not in (centres or {})]
    if lacking:
        some = ", ".join(lacking[:5]) + (f" and {len(lacking) - 5} more" if lacking[5:] else "")
        reader.mistakes.add(
            reader.head, "no columns hold the centres of municipalities, and the regions that come "
            f"along lack those of {some}",
            allowed="lat and lon, or rd_x and rd_y, here or in a file after --places",
        )  # fmt: skip
    return bool(lacking)


def _lines(reader: Reader) -> tuple[list[Line], int, int]:
    """Return the lines of municipalities, how many of other areas there are, and of districts."""
    whole = reader.whole_lines()
    for line in reader.table.lines:
        if len(line.cells) != len(reader.table.header):
            many, wide = len(line.cells), len(reader.table.header)
            problem = f"has {many} cells where the header has {wide}"
            reader.mistakes.add(f"line {line.number}", problem, allowed="as many")
    kinds = [kind_of(reader, line) for line in whole]
    found = [line for line, kind in zip(whole, kinds, strict=True) if kind == MUNICIPALITY]
    if not found:
        reader.mistakes.add("the table", "holds no municipality", allowed="codes such as GM0355")
    return found, len(whole) - len(found), kinds.count(DISTRICT)


def _of_year(reader: Reader, lines: list[Line], year: int | None) -> tuple[list[Line], int]:
    """Return the lines of one year, and which year that is."""
    span = f"{YEARS[0]} to {YEARS[1]}"
    if year is not None and not YEARS[0] <= year <= YEARS[1]:
        reader.mistakes.add("--year", f"{year} is out of range", allowed=span)
    if "period" not in reader.columns:
        if year is None:
            reader.mistakes.add("--year", "is missing: no column says the year", allowed=span)
        return lines, year or 0
    said: dict[int, list[Line]] = {}
    for line in lines:
        text = reader.cell(line, "period")
        number = re.match(r"\d{4}(?!\d)", text, re.ASCII)
        if number is None:
            reader.mistakes.add(reader.at(line, "period"), f"{text!r} is no year", allowed=span)
        else:
            said.setdefault(int(number[0]), []).append(line)
    if year is None and len(said) == 1:
        year = next(iter(said))
    if year is None or year not in said:
        years = ", ".join(str(one) for one in sorted(said))
        problem = "is missing: the table has several years" if year is None else f"{year} is not in"
        reader.mistakes.add("--year", problem, allowed=years)
        return [], year or 0
    return said[year], year


def _called(reader: Reader, found: Mapping[str, Line], name: str) -> str | None:
    """Return the code of the municipality of this name, if the table has one."""
    if "name" not in reader.columns:
        return None
    same = name.strip().lower()
    return next((c for c, line in found.items() if reader.cell(line, "name").lower() == same), None)


def _chosen(reader: Reader, lines: list[Line], codes: Sequence[str]) -> dict[str, Line]:
    """Return by code the lines that are taken."""
    found: dict[str, Line] = {}
    for line in lines:
        code = code_of(reader.cell(line, "code"))
        if not code or code == "all":
            problem = "'all' means the whole region" if code else "is empty"
            reader.mistakes.add(reader.at(line, "code"), problem, allowed="a code")
        elif code in found:
            problem = f"{code!r} is on line {found[code].number} too"
            reader.mistakes.add(reader.at(line, "code"), problem, allowed="each code once")
        else:
            found[code] = line
    if not codes:
        return found
    for code in codes:
        if code not in found:
            near = _called(reader, found, code) or nearest(code, found)
            reader.mistakes.add("--codes", f"{code!r} is not in the table", nearest=near)
    return {code: found[code] for code in codes if code in found}
