"""A points file: CSV with a line of factor names, then a line of values for every point."""

from __future__ import annotations

from pathlib import Path

from experiments.runs.values import Value, value_of, written
from experiments.sweeps.file.factor_table import Known, known_of
from experiments.sweeps.file.factors import Factor
from sim.errors import BadInput, nearest
from sim.reading.files import LARGEST_TABLE, Line, check_header, read_lines
from sim.reading.numbers import is_number, number_in, shown


def read_points(
    source: Path, factors: tuple[Factor, ...], where: str
) -> tuple[tuple[tuple[Value, ...], ...], tuple[Factor, ...]]:
    """Return the points of a file, and the factors in the order of its columns.

    A column that is no factor of the experiment is an uncertainty that sets what it is named
    after.

    Args:
        source: the file.
        factors: those of the experiment, each of which needs a column.
        where: who names the file, for messages.

    Raises:
        BadInput: it is not such a file, or holds what a factor does not allow.
    """
    head, *lines = _lines(source, where)
    _check_head(head, factors, source)
    for line in lines:
        if len(line.cells) != len(head.cells) or not all(line.cells):
            count = len(head.cells)
            raise BadInput(
                f"{source}, line {line.number}", f"does not have {count} value{'s'[: count > 1]}",
                allowed="one for each of " + ", ".join(head.cells),
            )  # fmt: skip
    known = {factor.name: factor for factor in factors}
    columns, found = [], []
    for place, name in enumerate(head.cells):
        cells = [Line(line.number, (line.cells[place],)) for line in lines]
        if name in known:
            columns.append([_listed(known[name], cell, source) for cell in cells])
            found.append(known[name])
        else:
            columns.append([_plain(known_of(name), name, cell, source) for cell in cells])
            found.append(_column(name, columns[-1], [cell.number for cell in cells], source))
    return tuple(zip(*columns, strict=True)), tuple(found)


def _lines(source: Path, where: str) -> list[Line]:
    found = list(read_lines(source, where, LARGEST_TABLE))
    if len(found) < 2:
        raise BadInput(str(source), "has no points", allowed="a line of names, then a line a point")
    return found


def _check_head(head: Line, factors: tuple[Factor, ...], source: Path) -> None:
    where, names = f"{source}, line {head.number}", head.cells
    check_header(source, head)
    for factor in factors:
        if factor.name not in names:
            raise BadInput(
                where, f"has no column for factor {factor.name}",
                allowed="a column for every lever and uncertainty",
                nearest=nearest(factor.name, names),
            )  # fmt: skip


def _plain(known: Known, name: str, line: Line, source: Path) -> Value:
    """Return a cell as what it stands for; a number has to be one that can be read in one way."""
    (cell,) = line.cells
    if is_number(cell):
        number_in(cell, known.low, known.high, _at(source, line, name), "a number")
    return value_of(cell)


def _at(source: Path, line: Line, name: str) -> str:
    return f"{source}, line {line.number}: {name}"


def _column(name: str, values: list[Value], lines: list[int], source: Path) -> Factor:
    """Return a factor that only the file names."""
    known = known_of(name)
    first: dict[Value, int] = {}
    for value, line in zip(values, lines, strict=True):
        first.setdefault(value, line)
    # Of a name that nobody knows the name is what is wrong, not a line of values.
    told = tuple(first.values()) if known != Known() else ()
    return Factor(
        name, "uncertainty", (name,), tuple(first), unit=known.unit, source=known.source,
        where=f"{source}: {name}", lines=told,
    )  # fmt: skip


def _listed(factor: Factor, line: Line, source: Path) -> Value:
    """Return a cell as a value of the factor: inside its range, or one of its list."""
    (cell,) = line.cells
    value = value_of(cell)
    if factor.sampled:
        if is_number(cell):
            number_in(cell, factor.low, factor.high, _at(source, line, factor.name), "a number")
        if not isinstance(value, bool | str) and factor.low <= value <= factor.high:
            if not factor.whole:
                return value
            if value == int(value):
                return int(value)
        kind = "whole numbers " if factor.whole else ""
        allowed = f"{kind}{factor.low:.10g} .. {factor.high:.10g}"
    else:
        for one in factor.values:
            alike = isinstance(one, bool) or not isinstance(value, bool)  # true is no 1
            if written(one) == cell or (one == value and alike and type(one) is not str):
                return one
        allowed = ", ".join(written(one) for one in factor.values)
    raise BadInput(_at(source, line, factor.name), f"{shown(cell)} does not fit", allowed=allowed)
