"""Which kind of area a line of a table is about: a municipality, a district or something else."""

from __future__ import annotations

import re

from sim.place.cells import Line
from sim.place.geopackage import WATER
from sim.place.reader import Reader

MUNICIPALITY, DISTRICT, OTHER = "municipality", "district", "other"

_SAID = {
    "gemeente": MUNICIPALITY, "municipality": MUNICIPALITY, "gm": MUNICIPALITY, "g": MUNICIPALITY,
    "wijk": DISTRICT, "district": DISTRICT, "wk": DISTRICT, "w": DISTRICT,
}  # fmt: skip
_DISTRICT = re.compile(r"WK\d{6}|\d{6}", re.ASCII | re.IGNORECASE)
_OTHER = re.compile(r"(NL|LD|PV|CR|WK|BU)\d+|\d{5,}", re.ASCII)


def kind_of(reader: Reader, line: Line) -> str:
    """Return which kind of area a line is about: what it says itself, else what its codes say."""
    if reader.cell(line, "water").casefold() in WATER:
        return OTHER
    said = reader.cell(line, "kind").casefold()
    if said:
        return _SAID.get(said, OTHER)
    if reader.cell(line, "part_code"):
        return OTHER
    code = reader.cell(line, "code")
    if not code and "kind" in reader.columns:  # the country, in older tables
        return OTHER
    if reader.cell(line, "district_code") or _DISTRICT.fullmatch(code):
        return DISTRICT
    return OTHER if _OTHER.fullmatch(code) else MUNICIPALITY


def district_code(reader: Reader, line: Line) -> str:
    """Return the code of a district as CBS writes it, WK035501; or what stands there instead.

    Older tables number the districts of each municipality from 00, beside the municipality's code.
    """
    own, town = reader.cell(line, "district_code"), code_of(reader.cell(line, "code"))
    if re.fullmatch(r"\d\d?", own, re.ASCII) and re.fullmatch(r"GM\d{4}", town, re.ASCII):
        return f"WK{town[2:]}{int(own):02d}"
    code = reader.cell(line, "district_code") or reader.cell(line, "code")
    digits = re.fullmatch(r"(?:WK)?(\d{1,6})", code, re.ASCII | re.IGNORECASE)
    return f"WK{int(digits[1]):06d}" if digits else code


def code_of(text: str) -> str:
    """Return a code as CBS writes it, ``GM0355`` for 355; another text stays as it is."""
    digits = re.fullmatch(r"(?:GM)?(\d{1,4})", text, re.IGNORECASE | re.ASCII)
    return f"GM{int(digits[1]):04d}" if digits else text


def municipality_of(district: str) -> str:
    """Return the code of the municipality of a district, GM0355 of WK035501; or nothing."""
    digits = re.fullmatch(r"WK(\d{4})\d\d", district, re.ASCII)
    return f"GM{digits[1]}" if digits else ""
