"""A table that lies in memory column after column.

Rules read a few fields of many rows. Where a row lies in one piece, each field of it is on another
line of a processor's cache, and most of every line that is fetched goes unread. Column by column
the next row's cell is the next eight bytes. To Python such a table is what a structured array is:
``table["field"]`` is a column, to be written too.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

LARGEST_BLOCK = 2**31 - 1
"""Bytes of one item of NumPy at most."""


class RowCells(MutableMapping[str, Any]):
    """The cells of one row of a table, read and written through the columns."""

    __slots__ = ("row", "table")

    def __init__(self, table: Any, row: int) -> None:
        self.table = table
        self.row = row

    def __getitem__(self, key: str) -> Any:
        value = self.table[key][self.row]
        return value if isinstance(value, np.ndarray) else value.item()

    def __setitem__(self, key: str, value: Any) -> None:
        self.table[key][self.row] = value

    def __delitem__(self, key: str) -> None:
        raise TypeError("a column cannot be deleted")

    def __iter__(self) -> Any:
        return iter(self.table.dtype.names or ())

    def __len__(self) -> int:
        return len(self.table.dtype.names or ())

    def __repr__(self) -> str:
        return repr(dict(self))


class Selection:
    """Some rows of a table: their cells by column, shared with it where a slice was asked for."""

    def __init__(self, columns: Mapping[str, NDArray[Any]]) -> None:
        self.columns = columns

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    @property
    def size(self) -> int:
        """How many rows."""
        return len(self)

    @property
    def dtype(self) -> np.dtype[Any]:
        """The dtype of one row in one piece."""
        kinds = [(name, cells.dtype, cells.shape[1:]) for name, cells in self.columns.items()]
        return np.dtype(kinds, align=True)

    def __getitem__(self, key: Any) -> Any:
        """Return a column by name, a row by number, or rows by slice, numbers or mask."""
        if isinstance(key, str):
            return self.columns[key]
        if isinstance(key, int | np.integer):
            return RowCells(self, range(len(self))[key])
        return Selection({name: column[key] for name, column in self.columns.items()})

    def __setitem__(self, key: Any, value: Any) -> None:
        """Write a column, or rows from a table, a selection or a structured array of as many."""
        if isinstance(key, str):
            self.columns[key][...] = value
            return
        for name, column in self.columns.items():
            column[key] = value[name]

    def __iter__(self) -> Iterator[RowCells]:
        return (RowCells(self, row) for row in range(len(self)))

    def __repr__(self) -> str:
        return repr(row_by_row(self))

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        """Return the rows one by one, as ``row_by_row``."""
        return row_by_row(self)

    def copy(self) -> Selection:
        """Return the same rows with cells of their own."""
        return Selection({name: column.copy() for name, column in self.columns.items()})


class ColumnTable(np.ndarray):
    """Rows of a record, column after column: to NumPy one item, whose fields are whole columns.

    Its length is the number of its rows. A row by number and rows by slice share its cells, rows
    by mask or numbers are a copy, as with a structured array.
    """

    _columns: dict[str, NDArray[Any]] | None

    def __array_finalize__(self, made_from: Any) -> None:
        """Look for columns when they are asked for: those of another array are elsewhere."""
        self._columns = None

    @property
    def columns(self) -> dict[str, NDArray[Any]]:
        """The columns by name, shape ``(rows,)`` or ``(rows, width)``, to be written too."""
        if self._columns is None:
            plain = self.view(np.ndarray)
            self._columns = {name: plain[name] for name in self.dtype.names or ()}
        return self._columns

    @property
    def row_dtype(self) -> np.dtype[Any]:
        """The dtype of one row in one piece."""
        return _row_dtype(self.dtype)

    def __len__(self) -> int:
        return int(self.dtype[0].shape[0])

    def __getitem__(self, key: Any) -> Any:
        """Return a column by name, a row by number, or rows by slice, numbers or mask."""
        return self.columns[key] if isinstance(key, str) else Selection(self.columns)[key]

    def __setitem__(self, key: Any, value: Any) -> None:
        """Write a column, or rows from a table, a selection or a structured array of as many."""
        Selection(self.columns)[key] = value

    def __iter__(self) -> Any:
        return iter(Selection(self.columns))

    def __eq__(self, other: object) -> Any:
        """Return row by row whether two tables say the same, as of structured arrays."""
        return row_by_row(self) == row_by_row(other)

    def __ne__(self, other: object) -> Any:
        """Return row by row whether two tables differ."""
        return row_by_row(self) != row_by_row(other)


def column_table(row: np.dtype[Any], rows: int) -> ColumnTable:
    """Return a table of so many empty rows: zeros and False.

    Raises:
        ValueError: they are more than ``most_rows``.
    """
    if rows > most_rows(row):
        raise ValueError(f"{rows:,} rows: at most {most_rows(row):,} lie column by column")
    return np.zeros((), _column_dtype(row, rows)).view(ColumnTable)


@functools.lru_cache(256)
def column_starts(row: np.dtype[Any]) -> dict[str, int]:
    """Return how many bytes of a row lie in columns before that of each field.

    A column begins at as many bytes times the number of rows. The widest cells come first and flags
    of one byte last, so that nothing lies between columns.
    """
    found, at = {}, 0
    fields = {name: row[name] for name in row.names or ()}
    for name in sorted(fields, key=lambda name: -fields[name].itemsize):
        found[name] = at
        at += fields[name].itemsize
    return found


def width_of(row: np.dtype[Any]) -> int:
    """Return how many bytes the cells of a row have, without what lies between fields."""
    return sum(row[name].itemsize for name in row.names or ())


def most_rows(row: np.dtype[Any]) -> int:
    """Return how many rows a table may have that lies column by column: NumPy's items end there."""
    return LARGEST_BLOCK // width_of(row)


@functools.lru_cache(256)
def _column_dtype(row: np.dtype[Any], rows: int) -> np.dtype[Any]:
    fields = {name: row[name] for name in row.names or ()}
    starts = column_starts(row)
    return np.dtype(
        {
            "names": list(fields),
            "formats": [(kind.base, (rows, *kind.shape)) for kind in fields.values()],
            "offsets": [rows * starts[name] for name in fields],
            "itemsize": rows * width_of(row),
        }
    )


@functools.lru_cache(256)
def _row_dtype(columns: np.dtype[Any]) -> np.dtype[Any]:
    kinds = {name: columns[name] for name in columns.names or ()}
    return np.dtype([(name, k.base, k.shape[1:]) for name, k in kinds.items()], align=True)


def row_dtype_of(table: Any) -> np.dtype[Any]:
    """Return the dtype of a row of a table in one piece, however it lies."""
    kind: np.dtype[Any] = table.row_dtype if isinstance(table, ColumnTable) else table.dtype
    return kind


def row_by_row(table: Any) -> NDArray[Any]:
    """Return a table whose rows lie in one piece each, with zeros between fields.

    One that does so already is returned as it is.
    """
    if not isinstance(table, ColumnTable | Selection):
        return np.asarray(table)
    rows = np.zeros(len(table), row_dtype_of(table))
    for name, column in table.columns.items():
        rows[name] = column
    return rows


def bytes_of(table: NDArray[Any]) -> NDArray[np.uint8]:
    """Return all bytes of a table, one after the other, to be written too."""
    return table.view(np.ndarray).reshape(-1).view(np.uint8)


def parts_of(table: NDArray[Any]) -> list[NDArray[Any]]:
    """Return arrays that hold all of a table, row by row along their first axis, to be written too.

    These are the columns whose cells are as wide, together, or the bytes of rows: few arrays are
    copied faster than many. To keep some rows of one copy it with order ``K``.
    """
    if not isinstance(table, ColumnTable):
        return [table.view(np.uint8).reshape(len(table), table.dtype.itemsize)]
    rows, plain, parts = len(table), bytes_of(table), []
    for start, count, width in _as_wide(table.row_dtype):
        cells: NDArray[Any] = plain[rows * start : rows * (start + count * width)]
        words = width % 8 == 0
        cells, each = (cells.view(np.int64), width // 8) if words else (cells, width)
        parts.append(cells.reshape(count, rows, each).swapaxes(0, 1))
    return parts


@functools.lru_cache(256)
def _as_wide(row: np.dtype[Any]) -> list[tuple[int, int, int]]:
    """Return columns of cells that are as wide: bytes by row before them, how many, how wide."""
    starts = column_starts(row)
    widths = [(starts[name], row[name].itemsize) for name in starts]
    groups = itertools.groupby(sorted(widths), key=lambda pair: pair[1])
    found = [(width, [start for start, _ in group]) for width, group in groups]
    return [(group[0], len(group), width) for width, group in found]
