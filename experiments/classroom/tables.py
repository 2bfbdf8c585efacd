"""Starting tables as a block of bytes and a description of where what lies in it.

Every shape, offset and record is read off the model's own tables: the page knows none. Equal
stretches are stored once, whatever regime they belong to, and a table by quarters only where it
changes, each time as its difference (exclusive or) from the quarter before.
"""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents.compiled.columns import ColumnTable, column_starts, row_by_row, width_of
from agents.compiled.record import NONE, dtype_of
from agents.kinds import KINDS
from experiments.runs.scenario import Scenario
from experiments.runs.start import start_tables
from sim.engines.compiled import ANEW, Batch, fresh
from sim.engines.state import IN_USE
from sim.ledger import FAILURES
from sim.measure.outcomes import EVERY_THEME, OUTCOMES
from sim.scratch import Scratch
from sim.tables import BY_COLUMN, RECORDS, Tables

BUFFERS = ("ledger", "events")
"""Tables that each quarter fills anew: nothing of them goes into a block or is kept."""

DATED = ("titles", "policy")
"""Tables with a row or more per quarter, first axis first."""

AHEAD = {"titles": 1, "policy": 1, "policy.benchmark": 9}
"""How many quarters ahead a quarter reads a dated table, and of it a single column.

Tariffs that are solved at the start look at the last quarter; what they find is in the tables as
drawn, which runs that share a past must have alike. ``tests/experiments/classroom`` sees to both.
"""

READ = {
    "counter": ("event_lines", "failure", "quarter"),
    "events": ("tick", "party", "what", "other", "cause"),
    "practices": ("alive", "id", "municipality", "patients", "hub", "organisation", "active"),
    "hubs": ("alive", "id", "municipality", "stage", "agreement"),
    "organisations": ("alive", "id", "municipality", "members", "insured", "contracts"),
    "municipalities": ("id",),
}
"""Columns that the page reads to tell what happened."""


def solid(table: NDArray[Any]) -> NDArray[Any]:
    """Return a table whose bytes lie in one piece, with zeros between the fields of its rows.

    What lies between fields is nobody's, and another thing in each copy. A table that lies column
    by column has nothing between them.
    """
    if isinstance(table, ColumnTable):
        return table
    table = row_by_row(table)
    if not table.dtype.names:
        return np.ascontiguousarray(table)
    out = np.zeros(table.shape, table.dtype)
    for name in table.dtype.names:
        out[name] = table[name]
    return out


def shape_of(table: NDArray[Any]) -> list[int]:
    """Return how many rows a table has along each axis."""
    return [len(table)] if isinstance(table, ColumnTable) else list(table.shape)


class Block:
    """Bytes that grow; the same stretch is put in once."""

    def __init__(self) -> None:
        self.data = bytearray()
        self._known: dict[bytes, list[int]] = {}

    def put(self, content: bytes) -> list[int]:
        """Add bytes without the zeros at their end, and return their place and how many."""
        content = content.rstrip(b"\0")
        if content not in self._known:
            self._known[content] = [len(self.data), len(content)]
            self.data += content
        return self._known[content]

    def deflated(self) -> bytes:
        """Return all bytes as a zlib stream."""
        return zlib.compress(bytes(self.data), 9)


def steps_of(table: NDArray[Any]) -> tuple[list[int], bytes]:
    """Return the quarters in which a dated table changes, and its rows there.

    Each row but the first as what differs, bit by bit, from the one before.
    """
    rows = solid(table).view(np.uint8).reshape(len(table), -1)
    steps = [0, *(np.flatnonzero((rows[1:] != rows[:-1]).any(axis=1)) + 1).tolist()]
    changed = rows[steps]
    changed[1:] ^= rows[steps[:-1]]
    return steps, changed.tobytes()


def stored(start: Tables, block: Block) -> dict[str, Any]:
    """Put starting tables into a block and return what is where: shapes, parts, scratch."""
    shapes: list[list[int]] = []
    parts: list[Any] = []
    for name, table in zip(Tables._fields, start, strict=True):
        if isinstance(table, Scratch):
            continue
        shapes.append(shape_of(table))
        if name in BUFFERS:
            parts.append(None)
        elif name in DATED:
            steps, rows = steps_of(table)
            parts.append({"steps": steps, "part": block.put(rows)})
        else:
            parts.append(block.put(solid(table).tobytes()))
    scratch = [list(room.shape) for room in start.scratch]
    return {"shapes": shapes, "scratch": scratch, "parts": parts}


def described(scenario: Scenario) -> dict[str, Any]:
    """Return what holds for every regime of a region: the tables and how the kernel is called.

    Raises:
        TypeError: a table is no table of rows, or its scratch room is not of eight bytes.
    """
    start = start_tables(scenario)
    copied = fresh(start)
    tables = []
    for name, table, copy in zip(Tables._fields, start, copied, strict=True):
        if isinstance(table, Scratch):
            if any(room.itemsize != 8 for room in table):
                raise TypeError("scratch room is not of eight bytes a place")
            continue
        role = "buffer" if name in BUFFERS else "kept" if copy is table else "written"
        told = {"name": name, "size": size_of(table), "role": role}
        if isinstance(table, ColumnTable):
            told["columns"] = columns_in(table)
        tables.append(told)
    if Tables._fields[-1] != "scratch":
        raise TypeError("scratch room is not the last of the tables")
    return {
        "ticks": scenario.last + 1,
        "first": scenario.first,
        "tables": tables,
        "dated": list(DATED),
        "batch": {code.name.lower(): int(code) for code in Batch},
        "anew": ANEW,
        "everyTheme": EVERY_THEME,
        "none": NONE,
        "outcomes": [outcome.yearly for outcome in OUTCOMES],
        "fields": {table: places(table, names) for table, names in _read().items()},
        "failures": [FAILURES[code] for code in sorted(FAILURES)],
        "used": list(IN_USE),
        "kinds": [kind.table for kind in KINDS],
        "words": [kind.word for kind in KINDS],
        "id": {kind.table: places(kind.table, ("id",))["id"] for kind in KINDS},
    }


def _read() -> dict[str, tuple[str, ...]]:
    return {**READ, "counter": (*READ["counter"], *IN_USE)}


def places(table: str, names: tuple[str, ...]) -> dict[str, list[Any]]:
    """Return the offset and kind (``f8``, ``i8``, ``?``) of columns of a table."""
    kinds = {field.name: field.kind for field in RECORDS[table].fields}
    starts = offsets_of(table)
    return {name: [starts[name], kinds[name]] for name in names}


def offsets_of(table: str) -> dict[str, int]:
    """Return where in a row each column of a table begins, in bytes.

    Of one that lies column by column this is what comes before it, by row.
    """
    kind = dtype_of(RECORDS[table])
    if table in BY_COLUMN:
        return column_starts(kind)
    fields: Any = kind.fields
    return {name: int(field[1]) for name, field in fields.items()}


def size_of(table: NDArray[Any]) -> int:
    """Return the bytes of a row."""
    return width_of(table.row_dtype) if isinstance(table, ColumnTable) else table.itemsize


def columns_in(table: ColumnTable) -> list[list[int]]:
    """Return of each column how many bytes by row come before it, and how many a row has in it."""
    starts = column_starts(table.row_dtype)
    return [[starts[name], column.nbytes // len(table)] for name, column in table.columns.items()]
