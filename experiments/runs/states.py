"""What a run holds between two quarters, small enough to be kept in a file, and put back from it.

A state is the tables in ``sim.engines.compiled.CHANGED``. Kept are the rows that differ from the
starting tables: those in use, and no others. Who goes on starts from tables that begin alike, which
``digest_of`` tells.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents.compiled.columns import parts_of, row_by_row, row_dtype_of
from agents.compiled.record import IntArray
from sim.engines.compiled import CHANGED, populate
from sim.engines.shared import MAY_DIFFER, Flags
from sim.tables import Tables

NAMES = tuple(sorted(CHANGED))
WHOLE = "tariffs"
"""The table that is kept whole: its rows are those of titles, which later runs may have more of."""


class State(NamedTuple):
    """A run between two quarters: by table, which rows are kept, and their cells."""

    rows: dict[str, IntArray]
    cells: dict[str, NDArray[Any]]


def state_of(tables: Tables, start: Tables) -> State:
    """Return the state of a run that began with ``start``; nothing of ``tables`` is shared."""
    rows, cells = {}, {}
    for name in NAMES:
        table = getattr(tables, name)
        whole = np.arange(len(table))
        rows[name] = whole if name == WHOLE else _unlike(table, getattr(start, name))
        cells[name] = copied_rows(table, rows[name])
    return State(rows, cells)


def _unlike(a: NDArray[Any], b: NDArray[Any]) -> IntArray:
    """Return which rows of two tables differ in a byte of a field."""
    unlike = np.zeros(len(a), np.bool_)
    for one, other in zip(parts_of(a), parts_of(b), strict=True):
        unlike |= (one != other).any(axis=tuple(range(1, one.ndim)))
    rows = np.flatnonzero(unlike)
    # What lies between fields says nothing, and a copy of a table has there what was there before.
    (mine,), (theirs,) = (parts_of(copied_rows(table, rows)) for table in (a, b))
    found: IntArray = rows[(mine != theirs).any(axis=1)]
    return found


def copied_rows(table: NDArray[Any], rows: IntArray) -> NDArray[Any]:
    """Return some rows of a table, with zeros between their fields."""
    copied = np.zeros(len(rows), row_dtype_of(table))
    for field in copied.dtype.names or ():
        copied[field] = table[field][rows]
    return copied


def put_state(
    state: State, tables: Tables, start: Tables, pair: tuple[int, int], read: Flags
) -> None:
    """Write a state into the tables of a run from ``start`` that was the same run until then.

    Args:
        state: of a run that began alike.
        tables: of the run that goes on.
        start: its starting tables.
        pair: its seeds of behaviour and population.
        read: which of its titles rules have read until then, shape ``(titles,)``; tariffs of the
            others are as ``start`` begins with them.
    """
    own = None
    if not read.all():
        populate(tables, start, pair)
        own = tables.tariffs.copy()
    for name in NAMES:
        if name != WHOLE:
            table = getattr(tables, name)
            np.copyto(table, getattr(start, name))
            table[state.rows[name]] = state.cells[name]
    both = min(len(tables.tariffs), len(state.cells[WHOLE]))
    tables.tariffs[:both] = state.cells[WHOLE][:both]
    if own is not None:
        tables.tariffs[~read] = own[~read]
    tables.tariffs["run_down"] = start.tariffs["run_down"]


def digest_of(start: Tables) -> str:
    """Return the SHA-256 of what runs that share a past begin with: all but titles and policy."""
    digest = hashlib.sha256()
    for name in Tables._fields:
        if name in MAY_DIFFER:
            continue
        table = row_by_row(getattr(start, name))
        digest.update(f"{name} {table.shape} {table.dtype}\n".encode())
        for field in table.dtype.names or ():
            digest.update(np.ascontiguousarray(table[field]).tobytes())
        if table.dtype.names is None:
            digest.update(np.ascontiguousarray(table).tobytes())
    return digest.hexdigest()


def state_arrays(states: Sequence[State]) -> dict[str, NDArray[Any]]:
    """Return states as arrays: by table how many rows each has, and the rows of all and cells."""
    found: dict[str, NDArray[Any]] = {}
    for name in NAMES:
        found[f"{name}.counts"] = np.array([len(s.rows[name]) for s in states], np.int64)
        found[f"{name}.rows"] = np.concatenate([s.rows[name] for s in states])
        cells = np.concatenate([s.cells[name] for s in states])
        found[f"{name}.cells"] = copied_rows(cells, np.arange(len(cells)))
    return found


def states_in(arrays: Mapping[str, NDArray[Any]], start: Tables, count: int) -> list[State]:
    """Return the states in arrays, the inverse of ``state_arrays``.

    Raises:
        ValueError: an array is missing, or does not fit the tables of ``start``.
    """
    states = [State({}, {}) for _ in range(count)]
    for name in NAMES:
        table = getattr(start, name)
        counts = array_in(arrays, f"{name}.counts", np.dtype(np.int64))
        rows = array_in(arrays, f"{name}.rows", np.dtype(np.int64))
        cells = array_in(arrays, f"{name}.cells", row_dtype_of(table))
        fits = counts.shape == (count,) and counts.sum() == len(rows) == len(cells)
        within = not len(rows) or (rows.min() >= 0 and (name == WHOLE or rows.max() < len(table)))
        if not fits or not within:
            raise ValueError(f"{name} does not fit")
        ends = np.cumsum(counts)
        for state, end, many in zip(states, ends, counts, strict=True):
            state.rows[name], state.cells[name] = rows[end - many : end], cells[end - many : end]
    return states


def array_in(
    arrays: Mapping[str, NDArray[Any]], name: str, kind: np.dtype[Any], axes: int = 1
) -> NDArray[Any]:
    """Return an array of so many axes, whose cells are of this kind.

    Raises:
        ValueError: there is none, or it is another.
    """
    found = arrays.get(name)
    if found is None or found.dtype != kind or found.ndim != axes:
        raise ValueError(f"{name} is missing or of another kind")
    return found
