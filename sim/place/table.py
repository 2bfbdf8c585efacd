"""Strict reading of hand-edited CSV: every complaint names file, line and column."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass
from pathlib import Path

from sim.errors import BadInput, nearest


@dataclass(frozen=True)
class Row:
    """One line of a table; cells by column name."""

    path: Path
    line: int
    cells: dict[str, str]

    def at(self, column: str) -> str:
        """Return where this cell stands, for messages."""
        return f"{self.path} line {self.line}, column {column}"

    def text(self, column: str) -> str:
        """Return a cell that may not be empty."""
        value = self.cells[column]
        if not value:
            raise BadInput(self.at(column), "is empty", allowed="a text")
        return value

    def number(self, column: str, low: float, high: float, above: bool = False) -> float:
        """Return a finite number in low..high; with ``above`` it must exceed low."""
        value = self.text(column)
        allowed = f"a number above {low:g}" if above else f"a number in {low:g}..{high:g}"
        try:
            found = float(value)
        except ValueError:
            hint = " (write a decimal point, not a comma)" if "," in value else ""
            raise BadInput(
                self.at(column), f"{value!r} is not a number{hint}", allowed=allowed
            ) from None
        if not math.isfinite(found) or not low <= found <= high or (above and found <= low):
            raise BadInput(self.at(column), f"{value} is out of range", allowed=allowed)
        return found

    def whole(self, column: str, low: int, high: int) -> int:
        """Return a whole number in low..high."""
        value = self.text(column)
        allowed = f"a whole number in {low}..{high}"
        try:
            found = int(value)
        except ValueError:
            raise BadInput(
                self.at(column), f"{value!r} is not a whole number", allowed=allowed
            ) from None
        if not low <= found <= high:
            raise BadInput(self.at(column), f"{value} is out of range", allowed=allowed)
        return found

    def code(self, column: str, known: dict[str, int]) -> int:
        """Return the position of a municipality that must be among ``known`` codes."""
        value = self.text(column)
        if value not in known:
            raise BadInput(
                self.at(column),
                f"unknown municipality {value!r}",
                allowed="a code of municipalities.csv",
                nearest=nearest(value, known),
            )
        return known[value]


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file, with one clear message where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise BadInput(str(path), "this file is missing") from None
    except UnicodeDecodeError:
        raise BadInput(str(path), "is not UTF-8 text", allowed="text saved as UTF-8") from None
    except OSError as error:
        raise BadInput(str(path), f"cannot be read ({error.strerror})") from None


def read_table(
    path: Path,
    required: tuple[str, ...],
    optional: tuple[str, ...] | None = (),
    may_be_empty: bool = False,
) -> tuple[tuple[str, ...], list[Row]]:
    """Return the column names and rows of a CSV file.

    Args:
        path: The file.
        required: Columns that must be there.
        optional: Other columns that may be there; None lets in any.
        may_be_empty: A header without rows is fine.
    """
    reader = csv.reader(io.StringIO(read_text(path)), strict=True)
    rows: list[Row] = []
    header: tuple[str, ...] = ()
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if not any(stripped):
                continue
            if not header:
                header = tuple(stripped)
                _check_header(path, header, required, optional)
                continue
            if len(stripped) != len(header):
                raise BadInput(
                    f"{path} line {reader.line_num}",
                    f"has {len(stripped)} cells where the header has {len(header)}",
                )
            cells_by_name = dict(zip(header, stripped, strict=True))
            rows.append(Row(path, reader.line_num, cells_by_name))
    except csv.Error as error:
        raise BadInput(f"{path} line {reader.line_num}", f"is not CSV ({error})") from None
    if not header or not (rows or may_be_empty):
        raise BadInput(str(path), "has no rows", allowed=f"columns {', '.join(required)}")
    return header, rows


def _check_header(
    path: Path, header: tuple[str, ...], required: tuple[str, ...], optional: tuple[str, ...] | None
) -> None:
    known = required if optional is None else required + optional
    allowed = "columns " + ", ".join(known) + (" and others" if optional is None else "")
    where = f"{path} line 1"
    if len(header) == 1 and ";" in header[0]:
        raise BadInput(where, "columns are separated by semicolons", allowed="commas")
    for name in header:
        if header.count(name) > 1:
            raise BadInput(where, f"column {name!r} appears twice", allowed=allowed)
        if optional is not None and name not in known:
            raise BadInput(
                where, f"unknown column {name!r}", allowed=allowed, nearest=nearest(name, known)
            )
    for name in required:
        if name not in header:
            raise BadInput(where, f"column {name!r} is missing", allowed=allowed)
