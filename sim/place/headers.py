"""Which column of a table of municipalities holds what: names of CBS exports and our own.

CBS numbers the columns of its open data (``AantalInwoners_5``) anew each year, and writes what a
column is of before it in a StatLine export (``Bevolking|Totale bevolking (aantal)``): neither is
part of the name here. Capitals, spaces and marks do not count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from sim.errors import nearest
from sim.place.vintages import Form, forms, most_like, names_of


class Column(NamedTuple):
    """A column that may be in a table of municipalities.

    Attributes:
        field: what it holds, by our own name.
        names: what it may be called, in order: the first that a table has is read.
        factor: by what its numbers are multiplied to be in the unit of ``text``.
        text: what it holds, with its unit.
    """

    field: str
    names: tuple[str, ...]
    text: str
    factor: float = 1.0


_OWN = (
    Column("code", ("code", "gm_code"), "code of the municipality: GM0355, 0355 or 355"),
    Column("name", ("name", "gm_naam", "gemeentenaam", "naam", "gemeente", "regionaam"), "name"),
    Column("district_code", ("wk_code",), "code of a district, where lines are districts"),
    Column("district_name", ("name", "naam"), "name of a district"),
    Column("part_code", ("bu_code",), "code of a neighbourhood: such lines are passed over"),
    Column("population", ("population", "inhabitants"), "inhabitants on 1 January"),
    Column("old", ("pct_65plus",), "inhabitants of 65 or older: percent or a number"),
    Column("old_65_80", ("65 tot 80 jaar",),
        "inhabitants of 65 to 80: percent or a number, beside those of 80 or older"),
    Column("old_80", ("80 jaar of ouder",),
        "inhabitants of 80 or older: percent or a number"),
    Column("low_income", ("pct_low_income",),
        "inhabitants with one of the 40% lowest incomes of the country, percent (districts)"),
    Column("area_km2", ("area_km2", "area", "oppervlakte km2"), "area, km2"),
    Column("area_ha", ("area_ha", "oppervlakte land ha", "oppervlakte ha"), "area, ha", 0.01),
    Column("urbanity", ("urbanity",),
        "urbanity: class 1 (extremely) to 5 (not urbanised), or its words"),
    Column("density", ("address_density",), "addresses per km2 around an address"),
    Column("lat", ("lat", "latitude", "breedtegraad"), "latitude of the centre, degrees (WGS84)"),
    Column("lon", ("lon", "lng", "longitude", "lengtegraad"),
        "longitude of the centre, degrees (WGS84)"),
    Column("rd_x", ("rd_x", "x_rd", "x"), "x of the centre in RD (EPSG:28992), m"),
    Column("rd_y", ("rd_y", "y_rd", "y"), "y of the centre in RD (EPSG:28992), m"),
    Column("subregion", ("subregion", "deelregio", "province", "provincie"),
        "a part of the region, for tables"),
    Column("preferred", ("preferred", "preferente verzekeraar"), "preferred insurer"),
    Column("period", ("year",), "year of the figures"),
    Column("kind", (), "kind of area: municipality or district; others are passed over"),
    Column("water", (), "whether a line is water: such lines are passed over"),
)  # fmt: skip
_LAST = {
    "code": ("codering code", "gemeentecodegm"),
    "name": ("regio",),
    "population": ("bevolking",),
    "urbanity": ("mate van stedelijkheid",),
    "period": ("periode",),
}
"""Names that are read where no other is there."""

_UNIT = re.compile(r"\(([^()]*)\)\s*$")
_NUMBER = re.compile(r"_\d+\s*$")
_CODE = re.compile(r"(gwb_code)_\d+$")


_PART = ("land", "totaal")
"""What stands behind the last ``|`` in older exports and means nothing without what is before."""


def plain(name: str) -> str:
    """Return a name of a column without what does not count: marks, spaces, capitals, numbers."""
    before, _, last = name.rpartition("|")
    text = _UNIT.sub("", last.strip()).strip()
    if text.casefold() in _PART:
        text = f"{before.rpartition('|')[2]} {text}"
    if not _CODE.match(text):
        text = _NUMBER.sub("", text)
    flat = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in flat if c.isascii() and c.isalnum())


def unit_of(name: str) -> str:
    """Return the unit in brackets at the end of a column's name, ``km2`` for km²; or nothing."""
    unit = _UNIT.search(name)
    return unicodedata.normalize("NFKD", unit[1]).casefold().strip() if unit else ""


def _with_cbs(own: Column) -> Column:
    """Return a column with our names, then those of CBS, then the last resort; each name once."""
    found: dict[str, str] = {}
    for name in (*own.names, *names_of(own.field), *_LAST.get(own.field, ())):
        found.setdefault(plain(name), name)
    return own._replace(names=tuple(found.values()))


COLUMNS = tuple(_with_cbs(own) for own in _OWN)
"""Every column that is looked for."""


def form_of(header: Sequence[str]) -> tuple[Form, bool] | None:
    """Return the form of CBS that a header is most like, and whether it has all that is needed."""
    said = {name for form in forms() for some in form.columns.values() for name in some}
    return most_like({plain(name) for name in header}, {name: plain(name) for name in said})


def find_columns(header: Sequence[str]) -> dict[str, int]:
    """Return for each field the position of its column; of several that would do the best one."""
    places: dict[str, int] = {}
    for at, name in enumerate(header):
        places.setdefault(plain(name), at)
    found = {}
    for column in COLUMNS:
        own = [places[plain(name)] for name in column.names if plain(name) in places]
        if own:
            found[column.field] = own[0]
    return found


def twice(header: Sequence[str]) -> list[str]:
    """Return the names that stand over more than one column, as they are written."""
    return sorted({name for name in header if name and header.count(name) > 1})


def like(field: str, header: Sequence[str]) -> str | None:
    """Return the column of a table that is most like one of the names of a field."""
    names = next(column.names for column in COLUMNS if column.field == field)
    flat = {plain(name): name for name in header if name}
    for name in names:
        if (found := nearest(plain(name), flat)) is not None and _alike(plain(name), found):
            return flat[found]
    return None


def _alike(one: str, other: str) -> bool:
    return one[:3] == other[:3]
