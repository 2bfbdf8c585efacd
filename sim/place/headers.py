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


COLUMNS = (
    Column("code", ("code", "gm_code", "gemeentecode", "gwb_code", "gwb_code_10", "codering",
        "codering code", "regios", "regio's", "wijken en buurten", "gemeentecodegm"),
        "code of the municipality: GM0355, 0355 or 355"),
    Column("name", ("name", "gm_naam", "gemeentenaam", "naam", "gemeente", "regio", "regionaam"),
        "name"),
    Column("population", ("population", "inhabitants", "a_inw", "aantal inwoners", "inwoners",
        "totale bevolking", "bevolking"), "inhabitants on 1 January"),
    Column("old", ("pct_65plus", "p_65_oo", "p_65_eo_jr", "a_65_oo", "k_65 jaar of ouder",
        "65 jaar of ouder", "65 jaar en ouder", "personen 65 jaar en ouder"),
        "inhabitants of 65 or older: percent or a number"),
    Column("old_65_80", ("k_65 tot 80 jaar", "65 tot 80 jaar"),
        "inhabitants of 65 to 80: percent or a number, beside those of 80 or older"),
    Column("old_80", ("k_80 jaar of ouder", "80 jaar of ouder"),
        "inhabitants of 80 or older: percent or a number"),
    Column("area_km2", ("area_km2", "area", "oppervlakte km2", "totale oppervlakte"), "area, km2"),
    Column("area_ha", ("area_ha", "a_lan_ha", "oppervlakte land", "oppervlakte land ha",
        "a_opp_ha", "oppervlakte totaal", "oppervlakte ha"), "area, ha", 0.01),
    Column("urbanity", ("urbanity", "ste_mvs", "sted", "mate van stedelijkheid", "stedelijkheid"),
        "urbanity: class 1 (extremely) to 5 (not urbanised), or its words"),
    Column("density", ("address_density", "ste_oad", "oad", "omgevingsadressendichtheid"),
        "addresses per km2 around an address"),
    Column("lat", ("lat", "latitude", "breedtegraad"), "latitude of the centre, degrees (WGS84)"),
    Column("lon", ("lon", "lng", "longitude", "lengtegraad"),
        "longitude of the centre, degrees (WGS84)"),
    Column("rd_x", ("rd_x", "x_rd", "x"), "x of the centre in RD (EPSG:28992), m"),
    Column("rd_y", ("rd_y", "y_rd", "y"), "y of the centre in RD (EPSG:28992), m"),
    Column("subregion", ("subregion", "deelregio", "province", "provincie"),
        "a part of the region, for tables"),
    Column("preferred", ("preferred", "preferente verzekeraar"), "preferred insurer"),
    Column("period", ("year", "perioden", "periode", "jaar"), "year of the figures"),
    Column("kind", ("soort regio", "recs"), "kind of area: other kinds than municipalities are "
        "passed over"),
)  # fmt: skip

_UNIT = re.compile(r"\(([^()]*)\)\s*$")
_NUMBER = re.compile(r"_\d+\s*$")
_CODE = re.compile(r"(gwb_code)_\d+$")


def plain(name: str) -> str:
    """Return a name of a column without what does not count: marks, spaces, capitals, numbers."""
    text = _UNIT.sub("", name.rpartition("|")[2].strip())
    if not _CODE.match(text):
        text = _NUMBER.sub("", text)
    flat = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in flat if c.isascii() and c.isalnum())


def unit_of(name: str) -> str:
    """Return the unit in brackets at the end of a column's name, ``km2`` for km²; or nothing."""
    unit = _UNIT.search(name)
    return unicodedata.normalize("NFKD", unit[1]).casefold().strip() if unit else ""


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
