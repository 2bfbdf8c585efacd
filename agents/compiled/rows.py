"""What the compiler sees of tables: where their rows lie, how many there are, and what is in one.

A table of records is either rows, each in one piece (a structured array), or columns
(``ColumnTable``). Rules do not know which: ``tables.practices[i].age`` is the same in both. A row
number that no row has is an ``IndexError``; a negative one is no row, unlike in NumPy, so that one
comparison tells both.
"""

from __future__ import annotations

import functools
import hashlib
from typing import Any

import numba
import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.core.datamodel import models, register_default
from numba.core.pythonapi import NativeValue
from numba.core.types.common import SimpleIteratorType
from numba.core.types.misc import EphemeralPointer

from agents.compiled.columns import ColumnTable, column_starts, width_of

WORD = ir.IntType(64)
_ARRAYS = tuple(types.Array(types.uint8, axes, "C") for axes in range(3))


class Held(types.IterableType):
    """The compiled type of what is looked up by number: where it begins, and how many there are.

    Attributes:
        item: the type of what is found.
        size: bytes from one to the next.
        axes: 2 where what is found is looked up by number again, else 1.
        count: how many there are, where that is the same in every region; else None.
    """

    item: Any
    size: int
    axes = 1
    count: int | None = None

    @property
    def iterator_type(self) -> HeldIterator:
        """The type of what goes through it."""
        return HeldIterator(self)


class HeldIterator(SimpleIteratorType):
    """The compiled type of a loop over what is held, one after the other."""

    def __init__(self, held: Held) -> None:
        self.held = held
        super().__init__(f"Iterator({held})", held.item)


class CellType(types.NestedArray):
    """A cell that is an array of fixed length: Numba's own, but for how a number is looked up."""


class NumbersType(Held):
    """Numbers side by side, such as a column of scratch room."""

    def __init__(self, item: Any, count: int | None) -> None:
        self.item, self.count = item, count
        self.size = item.bitwidth // 8
        super().__init__(name=f"Numbers({item}, {count})")


class RowsType(Held):
    """A table of records, whose rows lie in one piece each or by column."""

    def __init__(self, row: np.dtype[Any], by_column: bool, count: int | None) -> None:
        self.item = RowType(row, by_column)
        self.count = count
        self.size = width_of(row) if by_column else row.itemsize
        super().__init__(name=f"Rows({_word_of(row)}, {by_column}, {count})")


class GridType(Held):
    """A table of tables: of records, a line for each quarter; of numbers, one for each row."""

    axes = 2

    def __init__(self, line: RowsType | NumbersType) -> None:
        self.item, self.size = line, line.size
        super().__init__(name=f"Grid({line})")


class RowType(types.Type):
    """One row of a table: which cells it has, and where they lie.

    Attributes:
        by_column: whether each lies in its column.
        cells: the types of its cells by name.
        widths: bytes of each.
        starts: where each begins: bytes of a row before it, or by row of the columns before it.
    """

    def __init__(self, row: np.dtype[Any], by_column: bool) -> None:
        self.by_column = by_column
        kinds = {name: row[name] for name in row.names or ()}
        self.cells = {name: _cell_type(kind) for name, kind in kinds.items()}
        self.widths = {name: kind.itemsize for name, kind in kinds.items()}
        fields: Any = row.fields
        whole = {name: int(field[1]) for name, field in fields.items()}
        self.starts = column_starts(row) if by_column else whole
        super().__init__(name=f"Row({_word_of(row)}, {by_column})")


def _cell_type(kind: np.dtype[Any]) -> Any:
    number = numba.from_dtype(kind.base)
    return CellType(number, kind.shape) if kind.shape else number


@functools.cache
def _word_of(row: np.dtype[Any]) -> str:
    """Return a short word for a record: names of types end up in the name of every kernel."""
    return hashlib.sha256(repr(row).encode()).hexdigest()[:12]


@register_default(NumbersType)
@register_default(RowsType)
@register_default(GridType)
class _HeldModel(models.StructModel):
    def __init__(self, manager: Any, kind: Held) -> None:
        counts = [(f"count{axis}", types.intp) for axis in range(kind.axes)]
        super().__init__(manager, kind, [("data", types.voidptr), *counts])


register_default(CellType)(models.NestedArrayModel)


@register_default(HeldIterator)
class _IteratorModel(models.StructModel):
    def __init__(self, manager: Any, kind: HeldIterator) -> None:
        where = [("next", EphemeralPointer(types.intp)), ("held", kind.held)]
        super().__init__(manager, kind, where)


@register_default(RowType)
class _RowModel(models.StructModel):
    def __init__(self, manager: Any, kind: RowType) -> None:
        where = [("rows", types.intp), ("number", types.intp)] if kind.by_column else []
        super().__init__(manager, kind, [("data", types.voidptr), *where])


def type_of(table: Any, same: bool) -> Any:
    """Return the compiled type of a member of a bundle.

    Args:
        table: a ``ColumnTable``, an array of records or numbers, or a bundle.
        same: whether it, or each of its lines, is as long in every region.

    Raises:
        TypeError: it does not lie in one piece, or cannot be written to.
    """
    if not isinstance(table, np.ndarray):
        return numba.typeof(table)
    if not (table.flags.c_contiguous and table.flags.aligned and table.flags.writeable):
        raise TypeError("a table that does not lie in one piece, or is only to be read")
    if isinstance(table, ColumnTable):
        return RowsType(table.row_dtype, True, len(table) if same else None)
    count = table.shape[-1] if same else None
    records = table.dtype.names is not None
    line = (RowsType(table.dtype, False, count) if records
            else NumbersType(numba.from_dtype(table.dtype), count))  # fmt: skip
    return GridType(line) if table.ndim == 2 else line


def unboxed(kind: Held, table: Any, c: Any) -> NativeValue:
    """Return where a table begins, and its counts, of the Python object."""
    by_column = isinstance(kind, RowsType) and kind.item.by_column
    # Only its place and counts are read: what it is was seen when its type was found.
    array = c.context.make_array(_ARRAYS[0 if by_column else kind.axes])(c.context, c.builder)
    place = c.builder.bitcast(array._getpointer(), c.pyapi.voidptr)
    failed = cgutils.is_not_null(c.builder, c.pyapi.numba_array_adaptor(table, place))
    if by_column:  # NumPy sees one item, whose fields are columns
        counts = [c.builder.udiv(array.itemsize, ir.Constant(WORD, kind.size))]
    else:
        counts = cgutils.unpack_tuple(c.builder, array.shape)
    data = c.builder.bitcast(array.data, cgutils.voidptr_t)
    return NativeValue(packed(c.context, c.builder, kind, data, *counts), is_error=failed)


def packed(context: Any, builder: Any, kind: Any, *parts: Any) -> Any:
    """Return the value of one of these types, of its parts."""
    made = ir.Constant(context.get_value_type(kind), ir.Undefined)
    for k, part in enumerate(parts):
        made = builder.insert_value(made, part, k)
    return made
