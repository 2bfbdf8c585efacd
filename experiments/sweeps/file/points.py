"""A points file: CSV with a line of factor names, then a line of values for every point."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

from experiments.runs.values import Value, value_of, written
from experiments.sweeps.file.factor_table import known_of
from experiments.sweeps.file.factors import Factor
from sim.errors import BadInput, nearest


class Line(NamedTuple):
    """A line of a file: its number, and its cells without spaces around them."""

    number: int
    cells: tuple[str, ...]


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
            columns.append([value_of(cell.cells[0]) for cell in cells])
            found.append(_column(name, columns[-1], source))
    return tuple(zip(*columns, strict=True)), tuple(found)


def _lines(source: Path, where: str) -> list[Line]:
    try:
        with source.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            found = [Line(reader.line_num, tuple(c.strip() for c in cells)) for cells in reader]
    except OSError as error:
        raise BadInput(where, f"{source} cannot be read ({error.strerror})") from None
    except UnicodeDecodeError as error:
        raise BadInput(
            where, f"{source} is not text in UTF-8 (byte {error.start + 1})", allowed="CSV in UTF-8"
        ) from None
    except csv.Error as error:
        raise BadInput(where, f"{source} is not CSV ({error})", allowed="CSV in UTF-8") from None
    found = [line for line in found if any(line.cells)]
    if len(found) < 2:
        raise BadInput(str(source), "has no points", allowed="a line of names, then a line a point")
    return found


def _check_head(head: Line, factors: tuple[Factor, ...], source: Path) -> None:
    where, names = f"{source}, line {head.number}", head.cells
    if len(names) == 1 and ";" in names[0]:
        raise BadInput(where, "has semicolons", allowed="commas between values, 0.5 for a half")
    for place, name in enumerate(names):
        if not name or name in names[:place]:
            problem = f"is {name!r} as one before" if name else "has no name"
            raise BadInput(
                where, f"column {place + 1} {problem}", allowed="a name of its own for each column"
            )
    for factor in factors:
        if factor.name not in names:
            raise BadInput(
                where, f"has no column for factor {factor.name}",
                allowed="a column for every lever and uncertainty",
                nearest=nearest(factor.name, names),
            )  # fmt: skip


def _column(name: str, values: list[Value], source: Path) -> Factor:
    """Return a factor that only the file names."""
    known = known_of(name)
    return Factor(
        name, "uncertainty", (name,), tuple(dict.fromkeys(values)), unit=known.unit,
        source=known.source, where=f"{source}: {name}",
    )  # fmt: skip


def _listed(factor: Factor, line: Line, source: Path) -> Value:
    """Return a cell as a value of the factor: inside its range, or one of its list."""
    (cell,) = line.cells
    value = value_of(cell)
    if factor.sampled:
        if not isinstance(value, bool | str) and factor.low <= value <= factor.high:
            if not factor.whole:
                return value
            if value == int(value):
                return int(value)
        kind = "whole numbers " if factor.whole else ""
        allowed = f"{kind}{factor.low:.10g} .. {factor.high:.10g}"
    else:
        for one in factor.values:
            if written(one) == cell or (one == value and type(one) is not str):
                return one
        allowed = ", ".join(written(one) for one in factor.values)
    raise BadInput(
        f"{source}, line {line.number}: {factor.name}", f"{cell!r} does not fit", allowed=allowed
    )
