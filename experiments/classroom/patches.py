"""What a position of a lever does to starting tables: worked out by making them, and comparing.

A patch is the whole difference, cell by cell. Where every cell takes the value of the lever, or a
fixed share of it, the patch says which cells; else it says what is in them for each position.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents.compiled.columns import ColumnTable
from experiments.classroom.tables import BUFFERS, offsets_of, shape_of, solid
from sim.scratch import Scratch
from sim.tables import RECORDS, Tables

Value = float | int | bool
NUMPY = {"f8": "<f8", "i8": "<i8", "?": "?"}
WIDTH = {"f8": 8, "i8": 8, "?": 1}


class Cells(NamedTuple):
    """Cells of one table at even distances: where the first byte is, how far apart, how many."""

    table: str
    offset: int
    stride: int
    many: int
    kind: str

    def write(self, content: bytearray, value: Value) -> None:
        """Write one value into all of them."""
        raw = np.array([value], NUMPY[self.kind]).tobytes()
        for k in range(self.many):
            at = self.offset + k * self.stride
            content[at : at + len(raw)] = raw


class Cell(NamedTuple):
    """A place in the rows of a table: where it is in the first one, and how far from row to row."""

    table: str
    first: int
    step: int
    kind: str


Written = list[tuple[Cells, Value]]


class Shaped(ValueError):
    """A lever that changes how many rows a table has: no page can patch that."""


class Patch(NamedTuple):
    """``takes``: cells that take this share of the lever's value; else ``at``: what, per value."""

    takes: tuple[tuple[Cells, float], ...]
    at: dict[float, Written]

    def cells(self) -> list[Cells]:
        """Return all cells that it may write."""
        written = [one for position in self.at.values() for one in position]
        return [cells for cells, _ in [*self.takes, *written]]

    def written(self, value: float) -> Written:
        """Return what a position of the lever writes.

        Raises:
            KeyError: no position of it has this value.
        """
        if not self.takes:
            return self.at[value]
        return [(cells, value if share == 1.0 else value * share) for cells, share in self.takes]


@cache
def columns_of(name: str) -> list[tuple[str, int, str, int]]:
    """Return name, offset, kind and width (0: one cell) of every column of a table."""
    starts = offsets_of(name)
    return [(f.name, starts[f.name], f.kind, f.width) for f in RECORDS[name].fields]


def bits(column: NDArray[Any], kind: str) -> NDArray[Any]:
    """Return a column as whole numbers: of floats, their bits."""
    return np.ascontiguousarray(column).view("<i8" if WIDTH[kind] == 8 else "u1")


def changed(base: Tables, other: Tables) -> dict[Cell, tuple[NDArray[Any], NDArray[Any]]]:
    """Return the cells in which starting tables differ: rows, and what the other has in them.

    Raises:
        Shaped: a table has another shape.
    """
    found = {}
    for name, table, new in zip(Tables._fields, base, other, strict=True):
        if isinstance(table, Scratch):
            if [len(a) for a in table] != [len(b) for b in new]:
                raise Shaped(name)
            continue
        if table is new:
            continue
        same = name in RECORDS or np.array_equal(table, new)
        if shape_of(table) != shape_of(new) or not same:
            raise Shaped(name)
        if name not in RECORDS or name in BUFFERS:
            continue
        count = math.prod(shape_of(table))
        for column, offset, kind, width in columns_of(name):
            old, now = (bits(one[column], kind).reshape(count, -1) for one in (table, new))
            first, step = offset, table.itemsize
            if isinstance(table, ColumnTable):
                first, step = count * offset, max(1, width) * WIDTH[kind]
            for place in np.flatnonzero((old != now).any(axis=0)).tolist():
                rows = np.flatnonzero(old[:, place] != now[:, place])
                values = new[column].reshape(count, -1)[rows, place]
                found[Cell(name, first + place * WIDTH[kind], step, kind)] = (rows, values)
            assert max(1, width) == old.shape[1]
    return found


def runs_of(table: NDArray[Any], cell: Cell, rows: Sequence[int]) -> list[Cells]:
    """Return cells of one column in these rows: row after row of the first axis together.

    A table by quarters has several rows a quarter; those of one title are taken together.
    """
    wide = math.prod(shape_of(table)[1:])
    found: list[Cells] = []
    for row in sorted(rows, key=lambda row: (row % wide, row)):
        offset, stride = cell.first + row * cell.step, wide * cell.step
        last = found[-1] if found else None
        if last is not None and offset == last.offset + last.many * stride:
            found[-1] = last._replace(many=last.many + 1)
        else:
            found.append(Cells(cell.table, offset, stride, 1, cell.kind))
    return found


def differences(base: Tables, other: Tables) -> Written:
    """Return what has to be written into ``base`` to make it ``other``."""
    written: Written = []
    for cell, (rows, values) in changed(base, other).items():
        table = getattr(base, cell.table)
        same = bits(values, cell.kind)
        for one in np.unique(same):
            here = same == one
            value: Value = values[here][0].item()
            written += [(cells, value) for cells in runs_of(table, cell, rows[here].tolist())]
    return written


def _share(written: Sequence[tuple[float, Value]]) -> float | None:
    """Return the share of the lever's value that a cell takes, if it does."""
    value, found = written[-1]
    share = 1.0 if found == value else round(float(found) / value, 9) if value else 0.0
    fits = share != 0.0 and all(type(f) is float and v * share == f for v, f in written)
    whole = share == 1.0 and all(v == f for v, f in written)
    return share if fits or whole else None


def _takes(found: dict[float, Written]) -> tuple[tuple[Cells, float], ...]:
    """Return which cells take which share of the lever's value at both ends; none if not all."""
    by_cells: dict[Cells, list[tuple[float, Value]]] = {}
    for value, written in found.items():
        for cells, one in written:
            by_cells.setdefault(cells, []).append((value, one))
    shares = {cells: _share(w) for cells, w in by_cells.items() if len(w) == len(found)}
    if len(shares) < len(by_cells) or None in shares.values():
        return ()
    return tuple((cells, share) for cells, share in sorted(shares.items()) if share is not None)


def patch_of(
    base: Tables, make: Callable[[float], Tables], values: Sequence[float]
) -> Patch | None:
    """Return the patch of a lever, or None where it changes nothing.

    Args:
        base: the tables with the lever where it stands by itself.
        make: gives the tables for a position.
        values: all positions but that one.

    Raises:
        Shaped: a position changes the shape of a table.
        ValueError: written into the base, a patch does not make what it has to.
    """
    ends = {value: differences(base, make(value)) for value in (values[0], values[-1])}
    middle = values[len(values) // 2]
    made = make(middle)
    if len(values) > 2 and (takes := _takes(ends)):
        patch = Patch(takes, {})
        if agree(base, made, patch.written(middle)):
            return patch
    at = {v: ends[v] if v in ends else differences(base, make(v)) for v in values}
    if not agree(base, made, at[middle]):
        raise ValueError(f"a patch at {middle} does not make the tables that it has to")
    return Patch((), at) if any(at.values()) else None


def patched(base: Tables, written: Written) -> dict[str, bytes]:
    """Return the bytes of every table that a patch writes into, with it written."""
    contents: dict[str, bytearray] = {}
    for cells, value in written:
        if cells.table not in contents:
            contents[cells.table] = bytearray(solid(getattr(base, cells.table)).tobytes())
        cells.write(contents[cells.table], value)
    return {name: bytes(content) for name, content in contents.items()}


def agree(base: Tables, other: Tables, written: Written) -> bool:
    """Return whether a patch makes the one of the other, to the byte."""
    made = patched(base, written)
    for name, table, new in zip(Tables._fields, base, other, strict=True):
        if name in RECORDS and name not in BUFFERS and (name in made or table is not new):
            wanted = made[name] if name in made else solid(table).tobytes()
            if wanted != solid(new).tobytes():
                return False
    return True
