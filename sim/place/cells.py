"""A CSV file or workbook of whatever make as lines of cells, and numbers as the file writes them.

CBS writes semicolons or commas between cells, a comma or a point in numbers, and ``.`` for what is
not known. What a mark means is found from the whole file, never cell by cell: "1.234" alone says
nothing.
"""

from __future__ import annotations

import csv
import io
import math
import re
from pathlib import Path
from typing import NamedTuple

from sim.errors import BadInput
from sim.place.geopackage import SUFFIX as MAP
from sim.place.geopackage import layer_rows
from sim.place.workbook import WORKBOOKS, workbook_rows

MOST_LINES = 50_000
TITLES = 10
"""Lines within which the names of the columns stand: exports have titles above them."""
MARKS = (";", ",", "\t")

_POINT = re.compile(r"-?\d{1,12}(\.\d{1,15})?")
_COMMA = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d{1,15})?|-?\d{1,12}(,\d{1,15})?")
_HAS_COMMA = re.compile(r"-?[\d.]*\d,\d+|-?\d{1,3}(\.\d{3}){2,}", re.ASCII)
"""A comma before decimals, or points between thousands and millions."""
_HAS_POINT = re.compile(r"-?\d+\.(\d{1,2}|\d{4,})", re.ASCII)


class Line(NamedTuple):
    """A line of a file: its number from 1, and its cells without the spaces around them."""

    number: int
    cells: list[str]


class Table(NamedTuple):
    """A CSV file: its header, its lines, and whether numbers have a decimal comma.

    ``first`` is the number of the line that the header stands on.
    """

    path: Path
    header: list[str]
    lines: list[Line]
    comma: bool
    first: int = 1

    def number(self, text: str) -> float | None:
        """Return a number as this file writes them, or None where it is not one."""
        if not text.isascii() or not (_COMMA if self.comma else _POINT).fullmatch(text):
            return None
        found = float(text.replace(".", "").replace(",", ".") if self.comma else text)
        return found if math.isfinite(found) else None


def read_csv(path: Path, decimal: str | None = None, districts: bool = False) -> Table:
    """Return a CSV file of municipalities, the longest sheet of a workbook, or a layer of a map.

    Args:
        path: a file with a line of names, then a line for each municipality.
        decimal: ``comma`` or ``point``, what the file has before decimals; by default what more
            of its numbers have.
        districts: of a map with a layer for each kind of area, the one of districts.

    Raises:
        BadInput: it cannot be read as a table.
    """
    if path.suffix.lower() in (*WORKBOOKS, MAP):
        if path.suffix.lower() == MAP:
            rows = layer_rows(path, districts, MOST_LINES)
        else:
            rows = workbook_rows(path, MOST_LINES)
        lines = [Line(number, cells) for number, cells in rows if any(cells)]
        return _table(path, lines, comma=False)
    text = _text(path)
    _check_kind(path, text)
    mark = _mark([line for line in text.splitlines()[:TITLES] if line.strip()])
    reader = csv.reader(io.StringIO(text), delimiter=mark, strict=True)
    lines = []
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                lines.append(Line(reader.line_num, stripped))
            if len(lines) > MOST_LINES:
                raise BadInput(str(path), "is too long", allowed=f"at most {MOST_LINES:,} lines")
    except csv.Error as error:
        raise BadInput(f"{path} line {reader.line_num}", f"is not CSV ({error})") from None
    return _table(path, lines, decimal == "comma" if decimal else _has_commas(lines[1:]))


def _check_kind(path: Path, text: str) -> None:
    """Refuse what was saved in the place of a table: a page of a site, or JSON of open data.

    Raises:
        BadInput: it is one.
    """
    looks = {"<": "a web page or XML", "{": "JSON", "[": "JSON"}.get(text.lstrip()[:1])
    if looks is not None:
        raise BadInput(
            str(path), f"looks like {looks}, not like a table",
            allowed="CSV: a line of names, then a line each",
        )  # fmt: skip


def _mark(first: list[str]) -> str:
    """Return what stands between cells: most often in the first line that is about as full as any.

    Titles above the names of columns have few, and in lines below the names a decimal comma
    stands more often than a semicolon.
    """
    full = [max(line.count(mark) for mark in MARKS) for line in first]
    names = next((line for line, n in zip(first, full, strict=True) if 2 * n >= max(full)), "")
    return max(MARKS, key=names.count)


def _table(path: Path, lines: list[Line], comma: bool) -> Table:
    if len(lines) < 2:
        raise BadInput(str(path), "has no rows", allowed="a line of names, then a line each")
    return Table(path, lines[0].cells, lines[1:], comma, lines[0].number)


def _has_commas(lines: list[Line]) -> bool:
    """Return whether more numbers have a comma before decimals than a point.

    One point before three digits tells nothing: it may stand between thousands.
    """
    cells = [cell for line in lines for cell in line.cells]
    commas = sum(_HAS_COMMA.fullmatch(cell) is not None for cell in cells)
    points = sum(_HAS_POINT.fullmatch(cell) is not None for cell in cells)
    return commas > points


def _text(path: Path) -> str:
    """Return the text of a file in UTF-8, or in the code page of older exports."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise BadInput(str(path), f"cannot be read ({error.strerror})") from None
    except ValueError as error:  # a name with a NUL in it
        raise BadInput(repr(str(path)), f"cannot be read ({error})") from None
    if b"\0" in raw:
        raise BadInput(str(path), "is not a text file", allowed="CSV in UTF-8 or Windows-1252")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        problem = "is neither UTF-8 nor Windows-1252 text"
        raise BadInput(str(path), problem, allowed="a CSV file saved as UTF-8") from None
