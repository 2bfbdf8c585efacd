"""Strict reading of hand-edited CSV: every complaint names file, line and column."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sim.errors import BadInput, nearest
from sim.reading.files import Line, check_header, read_lines
from sim.reading.numbers import as_percent, number_in, whole


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
        allowed = (
            f"a number above {low:g}, at most {high:g}"
            if above
            else f"a number in {low:g}..{high:g}"
        )
        found = number_in(value, low, high, self.at(column), allowed)
        if not low <= found <= high or (above and found <= low):
            looks = as_percent(found, low, high)
            raise BadInput(self.at(column), f"{value} is out of range{looks}", allowed=allowed)
        return found

    def whole(self, column: str, low: int, high: int) -> int:
        """Return a whole number in low..high."""
        value = self.text(column)
        allowed = f"a whole number in {low}..{high}"
        found = whole(value, self.at(column), allowed)
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
    lines = read_lines(path)
    first = next(lines, None)
    header = first.cells if first else ()
    if first is not None:
        check_header(path, first)
        _check_known(path, first, required, optional)
    rows: list[Row] = []
    for line in lines:
        if len(line.cells) != len(header):
            raise BadInput(
                f"{path} line {line.number}",
                f"has {len(line.cells)} cells where the header has {len(header)}",
            )
        rows.append(Row(path, line.number, dict(zip(header, line.cells, strict=True))))
    if not header or not (rows or may_be_empty):
        raise BadInput(str(path), "has no rows", allowed=f"columns {', '.join(required)}")
    return header, rows


def _check_known(
    path: Path, line: Line, required: tuple[str, ...], optional: tuple[str, ...] | None
) -> None:
    known = required if optional is None else required + optional
    allowed = "columns " + ", ".join(known) + (" and others" if optional is None else "")
    where, header = f"{path} line {line.number}", line.cells
    for name in header:
        if optional is not None and name not in known:
            raise BadInput(
                where, f"unknown column {name!r}", allowed=allowed, nearest=nearest(name, known)
            )
    for name in required:
        if name not in header:
            near = nearest(name, header)
            raise BadInput(
                where, f"column {name!r} is missing", allowed=allowed,
                nearest=near if near is not None and near not in known else None,
            )  # fmt: skip
