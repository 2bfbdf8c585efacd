"""A table of municipalities, read by field: whatever is wrong is put down, nothing stops it."""

from __future__ import annotations

import re

from sim.place.cells import TITLES, Line, Table
from sim.place.headers import COLUMNS, find_columns, form_of, like, plain, unit_of
from sim.place.mistakes import Mistakes
from sim.place.vintages import is_unknown

BY_FIELD = {column.field: column for column in COLUMNS}

ENOUGH = 3
"""Known columns by which a line is taken for the names of columns."""

_SOME = {
    "old": ("old", "old_65_80"),
    "area_km2": ("area_km2", "area_ha"),
}
"""Fields of which one is needed."""

_AREAS = {"km2": 1.0, "ha": 0.01, "hectare": 0.01, "m2": 1e-6}
"""km2 in the units that a header may say of an area."""


_CREDIT = re.compile(r"(bron|source|©)", re.IGNORECASE)
"""How the last line of an export begins, which is no line of the table."""


def without_titles(table: Table) -> Table:
    """Return a table without titles above the names of its columns and credits below its lines."""
    lines = list(table.lines)
    while lines and _CREDIT.match(lines[-1].cells[0]) and not any(lines[-1].cells[1:]):
        lines.pop()
    if len(find_columns(table.header)) < ENOUGH:
        for k, line in enumerate(lines[:TITLES]):
            found = find_columns(line.cells)
            if "code" in found and len(found) >= ENOUGH:
                return table._replace(header=line.cells, lines=lines[k + 1 :], first=line.number)
    return table._replace(lines=lines)


class Reader:
    """Reads one table, and puts down all that is wrong with it."""

    def __init__(self, table: Table, mistakes: Mistakes, file: str = "") -> None:
        self.table, self.mistakes = without_titles(table), mistakes
        self.file = f"{file} " if file else ""
        self.columns = find_columns(self.table.header)
        self.head = f"{self.file}line {self.table.first}"

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
        if is_unknown(text):
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
        some = _SOME.get(name, (name,))
        self.mistakes.add(
            self.head, f"no column holds {BY_FIELD[some[0]].text}", allowed=self._names(some),
            nearest=like(name, self.table.header),
        )  # fmt: skip
        return False

    def _names(self, fields: tuple[str, ...]) -> str:
        """Return what a column may be called: as in the form the table is most like, else all."""
        every = [word for one in fields for word in BY_FIELD[one].names]
        found = form_of(self.table.header)
        if found is None:
            return ", ".join(every)
        own = [word for one in fields for word in found[0].columns.get(one, ())]
        ours = [BY_FIELD[one].names[0] for one in fields]
        names = {plain(word): word for word in (*own, *ours)}
        return f"{', '.join(names.values())} (the table is most like {found[0].name})"
