"""A region's folder from one table of municipalities: what is not known is said to be assumed."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from sim.errors import BadInput
from sim.place import districts
from sim.place.assemble import MUNICIPALITIES, assemble
from sim.place.cells import MOST_LINES, read_csv
from sim.place.description import FILE, POPULATION, UNITS
from sim.place.figures import Figures, read_figures
from sim.place.geometry import apart, connected, gabriel, mean_origin, project
from sim.place.geopackage import SHORTEST, borders
from sim.place.geopackage import SUFFIX as MAP
from sim.place.kinds import code_of
from sim.place.mistakes import Mistakes
from sim.place.national import national_insured, nearest_insurer
from sim.place.parts import HEADER, Part, Parts, read_parts
from sim.place.plausible import MOST_APART
from sim.place.reader import Reader
from sim.place.towns import Town
from sim.place.vintages import year_in
from sim.place.write import quoted, table, write_folder

TILT = 1.5
TRUST = 0.5
NEIGHBOURS = ("municipality", "neighbour")
COLUMN_OF = {"radius": "radius_km"}
"""What a table of districts calls what is known of all or of none."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")


class New(NamedTuple):
    """What is asked of a new region.

    Attributes:
        csv: the table of its municipalities.
        name: as in tables and figures.
        title: in full, for people; empty: the name.
        year: of the figures, where the table does not say it.
        codes: the municipalities to take; none: all.
        places: a table of centres, where the first has none.
        neighbours: a table of pairs that border on each other; None: made of the centres.
        preferred: the insurer that buys for the region, where the table does not say it.
        source: of the figures; empty: the name of the file and the year.
        decimal: ``comma`` or ``point``; None: found from the file.
        districts: a table that lists districts, which may be the first; None: equal parts.
    """

    csv: Path
    name: str
    title: str = ""
    year: int | None = None
    codes: tuple[str, ...] = ()
    places: Path | None = None
    neighbours: Path | None = None
    preferred: str | None = None
    source: str = ""
    decimal: str | None = None
    districts: Path | None = None


class Made(NamedTuple):
    """What was made: how many, of which year, lines passed over, what is not of the table.

    ``form`` is the form of CBS that the table has, if any; ``unused`` how many districts it lists
    that are not taken.
    """

    municipalities: int
    population: int
    year: int
    passed_over: int
    notes: tuple[str, ...]
    form: str = ""
    unused: int = 0


def new_region(asked: New, folder: Path) -> Made:
    """Write a folder for a region; it appears whole or not at all.

    Raises:
        BadInput: all that is wrong with the tables at once, or what else cannot be used.
    """
    check_asked(asked)
    figures = read_figures(
        asked.csv, year=asked.year, codes=asked.codes, places=asked.places, decimal=asked.decimal,
        area=asked.name,
    )  # fmt: skip
    pairs, of_neighbours = _neighbours(asked, figures.towns)
    parts = _parts(asked, figures)
    notes = _notes(asked, figures, of_neighbours, parts)
    files = {
        FILE: _description(asked, figures, notes),
        "municipalities.csv": _municipalities(figures.towns),
        "neighbours.csv": table(list(NEIGHBOURS), [list(pair) for pair in pairs]),
    }
    if parts is not None:
        files["districts.csv"] = _districts(parts)
    write_folder(files, folder, lambda aside: _reread(asked.csv, aside))
    return Made(
        len(figures.towns), sum(town.population for town in figures.towns), figures.year,
        figures.passed_over, tuple(f"{name}: {text}" for name, text in notes.items()),
        figures.form, 0 if asked.districts is not None else figures.districts,
    )  # fmt: skip


def _parts(asked: New, figures: Figures) -> Parts | None:
    if asked.districts is None:
        return None
    return read_parts(
        asked.districts, figures.towns, year=figures.year, places=asked.places,
        decimal=asked.decimal,
    )  # fmt: skip


def _districts(parts: Parts) -> str:
    """Return the table of districts; with radii where those of all are known, and their need."""
    columns = [name for name in Part._fields[len(HEADER) :] if _known(parts, name)]
    return table(
        [*HEADER, *(COLUMN_OF.get(name, name) for name in columns)],
        [
            [*part[: len(HEADER)], *(_cell(getattr(part, name)) for name in columns)]
            for part in parts.found
        ],
    )


def _known(parts: Parts, name: str) -> bool:
    """Return whether a column is written: radii of all districts, need of any."""
    has = [getattr(part, name) is not None for part in parts.found]
    return all(has) if name in COLUMN_OF else any(has)


def _cell(value: float | None) -> float | str:
    return "" if value is None else value


def _reread(csv: Path, folder: Path) -> None:
    """Read what was written as a run will, and say what is wrong of the table it is from."""
    try:
        assemble(folder)
    except BadInput as error:
        said = str(error).replace(f"{folder}{os.sep}", "")
        raise BadInput(str(csv), f"the region that it makes cannot be read: {said}") from None


def year_of_name(asked: New) -> New:
    """Return what is asked with the year that the file's name says, where nothing else does."""
    if (
        asked.year is not None
        or "period" in Reader(read_csv(asked.csv), Mistakes(asked.csv)).columns
    ):
        return asked
    return asked._replace(year=year_in(asked.csv.name))


def check_asked(asked: New) -> None:
    """Refuse what no table can make right: a name or an insurer.

    Raises:
        BadInput: one of them cannot be used.
    """
    if not _NAME.fullmatch(asked.name):
        allowed = "up to 60 letters, digits, dots, hyphens and underscores"
        raise BadInput("--name", f"{asked.name!r} cannot be the name of a region", allowed=allowed)
    known = list(national_insured())
    if asked.preferred is not None and asked.preferred not in known:
        raise BadInput(
            "--preferred", f"unknown insurer {asked.preferred!r}", allowed=", ".join(known),
            nearest=nearest_insurer(asked.preferred, known),
        )  # fmt: skip


def _neighbours(asked: New, towns: Sequence[Town]) -> tuple[list[tuple[str, str]], str]:
    """Return the pairs of codes that border on each other, and where they come from."""
    codes = [town.code for town in towns]
    if asked.neighbours is None and asked.csv.suffix.lower() == MAP:
        own = [pair for pair in borders(asked.csv, MOST_LINES) if set(pair) <= set(codes)]
        said = f"{asked.csv.name}: borders shared over {SHORTEST:g} m or more"
        return own, said + _in_parts(codes, own)
    if asked.neighbours is None:
        origin = mean_origin([(town.lat, town.lon) for town in towns])
        places = [project(town.lat, town.lon, origin) for town in towns]
        near = [
            (codes[i], codes[j]) for i, j in gabriel(places)
            if apart(places[i], places[j]) <= MOST_APART
        ]  # fmt: skip
        return near, "assumed: the Gabriel graph of the centres" + _in_parts(codes, near)
    found = _listed(asked.neighbours, asked.decimal)
    own = [pair for pair in found if set(pair) <= set(codes)]
    if len(codes) > 1 and not own:
        problem = "no pair is of two municipalities of the region"
        raise BadInput(str(asked.neighbours), problem, allowed="pairs of codes such as GM0355")
    return own, f"{asked.neighbours.name}{_in_parts(codes, own)}"


def _in_parts(codes: Sequence[str], pairs: Sequence[tuple[str, str]]) -> str:
    """Return in words that municipalities do not hang together, or nothing where they do."""
    at = {code: k for k, code in enumerate(codes)}
    whole = connected(len(codes), [(at[one], at[other]) for one, other in pairs])
    return "" if whole else "; not all municipalities hang together by borders"


def _listed(path: Path, decimal: str | None) -> list[tuple[str, str]]:
    """Return the pairs of a table, each once."""
    read, mistakes = read_csv(path, decimal), Mistakes(path)
    if len(read.header) != len(NEIGHBOURS):
        raise BadInput(f"{path} line 1", f"has {len(read.header)} columns", allowed="two codes")
    found: dict[tuple[str, str], None] = {}
    for line in read.lines:
        codes = sorted({code_of(cell) for cell in line.cells})
        if len(line.cells) != len(NEIGHBOURS) or len(codes) != len(NEIGHBOURS) or "" in codes:
            mistakes.add(f"line {line.number}", "is no pair", allowed="two codes that differ")
        else:
            found.setdefault((codes[0], codes[1]))
    mistakes.stop()
    return list(found)


def _notes(asked: New, figures: Figures, of_neighbours: str, parts: Parts | None) -> dict[str, str]:
    """Return what is not of the table, by subject, and how it came about."""
    notes = dict(figures.derived)
    if asked.places is not None:
        notes["lat"] = notes["lon"] = f"centre, from {asked.places.name}"
    if figures.year != 2022:
        notes["population"] = (
            f"of {figures.year}; a run brings it to 2022 by population.growth and back"
        )
    own = asked.preferred or any(town.preferred for town in figures.towns)
    leads = "as given" if own else "assumed: the largest of the country"
    return {
        **notes,
        "neighbours": of_neighbours,
        "districts": districts.SOURCE if parts is None else parts.said,
        "insurers": f"preferred: {leads}. Shares are national ones of 2022, that of the preferred "
        f"times {TILT:g} (assumed, range 1-3)",
        "trust": f"assumed: {TRUST:g} everywhere, range 0.3-0.7",
        "hubs": "assumed: none in 2006; add [[hubs]] for what there was",
    }


def _municipalities(towns: Sequence[Town]) -> str:
    own = any(town.preferred for town in towns)
    header = [*MUNICIPALITIES, *(["preferred"] if own else [])]
    return table(header, [list(town if own else town[:-1]) for town in towns])


def _description(asked: New, figures: Figures, notes: dict[str, str]) -> str:
    form = f"CBS, {figures.form}: " if figures.form else ""
    source = asked.source or f"{form}{asked.csv.name}, {figures.year}"
    lines = [
        "# Made from a table of municipalities. Edit these files by hand as you like: what they",
        "# may say stands in docs/schema-region.md.",
        "",
        f"name = {quoted(asked.name)}",
        f"title = {quoted(asked.title or asked.name)}",
        f"source = {quoted(source)}",
        "",
        "[sources]",
        *(
            f"{name} = {quoted(text)}"
            for name, text in notes.items()
            if name not in UNITS[POPULATION[0]]
        ),
        "",
        "[columns.municipalities]",
    ]
    for name, unit in UNITS[POPULATION[0]].items():
        of = f"inhabitants on 1 January {figures.year}" if name == POPULATION[1] else unit
        said = f"{source}; {notes[name]}" if name in notes else source
        lines.append(f"{name} = {{ unit = {quoted(of)}, source = {quoted(said)} }}")
    lines += [
        "",
        "[insurers]",
        f"preferred = {quoted(asked.preferred or next(iter(national_insured())))}",
        f"tilt = {TILT!r}",
        "",
        "# Trust at the start, a share in 0..1.",
        "[trust]",
        f"default = {TRUST!r}",
        "",
        "# What exists in 2006, one block a hub:",
        "# [[hubs]]",
        f"# municipality = {quoted(figures.towns[0].code)}",
        '# origin = "health-centre"           # or owz, wsv',
        '# source = "assumed"',
    ]
    return "\n".join(lines) + "\n"
