"""A table of municipalities, read by field: whatever is wrong is put down, nothing stops it."""

from __future__ import annotations

from sim.place.cells import UNKNOWN, Line, Table
from sim.place.headers import COLUMNS, find_columns, like, unit_of
from sim.place.mistakes import Mistakes

BY_FIELD = {column.field: column for column in COLUMNS}

_SOME = {
    "old": ("old", "old_65_80"),
    "area_km2": ("area_km2", "area_ha"),
}
"""Fields of which one is needed."""

_AREAS = {"km2": 1.0, "ha": 0.01, "m2": 1e-6}
"""km2 in the units that a header may say of an area."""


class Reader:
    """Reads one table, and puts down all that is wrong with it."""

    def __init__(self, table: Table, mistakes: Mistakes, file: str = "") -> None:
        self.table, self.mistakes = table, mistakes
        self.file = f"{file} " if file else ""
        self.columns = find_columns(table.header)

    def at(self, line: Line, name: str) -> str:
        """Return where a cell stands, for messages."""
        return f"{self.file}line {line.number}, column {self.table.header[self.columns[name]]}"

    def cell(self, line: Line, name: str) -> str:
        """Return the text of a cell, empty where the table has no such column."""
        return line.cells[self.columns[name]] if name in self.columns else ""

    def whole_lines(self) -> list[Line]:
        """Return the lines with as many cells as the header has."""
        return [one for one in self.table.lines if len(one.cells) == len(self.table.header)]

    def number(
        self, line: Line, name: str, span: tuple[float, float], hint: str = ""
    ) -> float | None:
        """Return a number of a line in the unit of its field, or put down what is wrong."""
        text, (factor, of) = self.cell(line, name), self._unit(name)
        low, high = span[0] / factor, span[1] / factor
        allowed = f"{low:,.10g} to {high:,.10g}: {of}"
        if text in UNKNOWN:
            problem = f"{text!r} is no figure" if text else "is empty"
            self.mistakes.add(self.at(line, name), problem, allowed=allowed)
            return None
        found = self.table.number(text)
        if found is None:
            decimal = "a comma" if self.table.comma else "a point"
            problem = f"{text!r} is not a number with {decimal} before decimals"
            self.mistakes.add(self.at(line, name), problem, allowed=allowed)
            return None
        if not low <= found <= high:
            problem = f"{text} is out of range{hint}"
            self.mistakes.add(self.at(line, name), problem, allowed=allowed)
            return None
        return found * factor

    def _unit(self, name: str) -> tuple[float, str]:
        """Return by what a field is multiplied and what it holds: its header's unit goes first."""
        column, said = BY_FIELD[name], unit_of(self.table.header[self.columns[name]])
        if name in _SOME["area_km2"] and said in _AREAS:
            return _AREAS[said], f"area, {said}"
        return column.factor, column.text

    def need(self, name: str) -> bool:
        """Put down that a column is missing, if it is; return whether it is there."""
        if any(one in self.columns for one in _SOME.get(name, (name,))):
            return True
        names = [BY_FIELD[one] for one in _SOME.get(name, (name,))]
        self.mistakes.add(
            f"{self.file}line 1", f"no column holds {names[0].text}",
            allowed=", ".join(word for one in names for word in one.names),
            nearest=like(name, self.table.header),
        )  # fmt: skip
        return False
