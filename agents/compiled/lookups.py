"""How kernels look up rows of tables and cells of rows (``agents.compiled.rows``)."""

from __future__ import annotations

import operator
from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.core.imputils import (
    RefType,
    iternext_impl,
    lower_builtin,
    lower_getattr_generic,
    lower_setattr_generic,
)
from numba.core.typing.templates import (
    AbstractTemplate,
    AttributeTemplate,
    infer_getattr,
    infer_global,
    signature,
)
from numba.extending import intrinsic
from numba.np.arrayobj import make_array, populate_array

from agents.compiled.rows import (
    WORD,
    CellType,
    GridType,
    Held,
    HeldIterator,
    NumbersType,
    RowsType,
    RowType,
    packed,
)

NO_WRAP = ("nuw", "nsw")


@infer_global(len)
class _Len(AbstractTemplate):
    def generic(self, args: Any, kws: Any) -> Any:
        fits = len(args) == 1 and isinstance(args[0], Held)
        return signature(types.intp, *args) if fits else None


@lower_builtin(len, Held)
def _len(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    return _count(builder, sig.args[0], args[0])


def _count(builder: Any, kind: Held, held: Any) -> Any:
    """Return how many there are: a constant where that is known, so that checks fall away."""
    return builder.extract_value(held, 1) if kind.count is None else ir.Constant(WORD, kind.count)


@infer_global(operator.getitem)
class _Get(AbstractTemplate):
    def generic(self, args: Any, kws: Any) -> Any:
        held, number = args
        fits = isinstance(held, Held) and isinstance(number, types.Integer)
        return signature(held.item, held, types.intp) if fits else None


@lower_builtin(operator.getitem, Held, types.intp)
def _get(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    _check(context, builder, args[1], _count(builder, sig.args[0], args[0]))
    return _found(context, builder, sig.args[0], *args)


def _found(context: Any, builder: Any, kind: Held, held: Any, number: Any) -> Any:
    """Return what has a number that there is."""
    data = builder.extract_value(held, 0)
    if isinstance(kind, RowsType) and kind.item.by_column:
        return packed(context, builder, kind.item, data, _count(builder, kind, held), number)
    if isinstance(kind, GridType):
        known = kind.item.count
        wide = builder.extract_value(held, 2) if known is None else ir.Constant(WORD, known)
        place = _after(builder, data, builder.mul(number, wide, flags=NO_WRAP), kind.size)
        return packed(context, builder, kind.item, place, wide)
    place = _after(builder, data, number, kind.size)
    if isinstance(kind, RowsType):
        return packed(context, builder, kind.item, place)
    return context.unpack_value(builder, kind.item, _pointer(context, builder, place, kind.item))


def _check(context: Any, builder: Any, number: Any, count: Any) -> None:
    beyond = builder.icmp_unsigned(">=", number, count)
    with cgutils.if_unlikely(builder, beyond):
        context.call_conv.return_user_exc(builder, IndexError, ("index is out of bounds",))


def _after(builder: Any, data: Any, count: Any, size: int) -> Any:
    """Return the address so many times ``size`` bytes after another."""
    step = builder.mul(count, ir.Constant(WORD, size), flags=NO_WRAP)
    return builder.gep(data, [step], inbounds=True)


def _pointer(context: Any, builder: Any, place: Any, kind: Any) -> Any:
    return builder.bitcast(place, context.get_data_type(kind).as_pointer())


@lower_builtin("getiter", Held)
def _start(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    begin = cgutils.alloca_once_value(builder, ir.Constant(WORD, 0))
    return packed(context, builder, sig.return_type, begin, args[0])


@lower_builtin("iternext", HeldIterator)
@iternext_impl(RefType.UNTRACKED)
def _next(context: Any, builder: Any, sig: Any, args: Any, result: Any) -> None:
    kind, (place, held) = sig.args[0].held, cgutils.unpack_tuple(builder, args[0], 2)
    number = builder.load(place)
    there = builder.icmp_unsigned("<", number, _count(builder, kind, held))
    result.set_valid(there)
    with builder.if_then(there):
        result.yield_(_found(context, builder, kind, held, number))
        builder.store(builder.add(number, ir.Constant(WORD, 1)), place)


@infer_global(operator.setitem)
class _Set(AbstractTemplate):
    def generic(self, args: Any, kws: Any) -> Any:
        numbers, number, _ = args
        if isinstance(numbers, NumbersType) and isinstance(number, types.Integer):
            return signature(types.none, numbers, types.intp, numbers.item)
        return None


@lower_builtin(operator.setitem, NumbersType, types.intp, types.Any)
def _set(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    kind, (numbers, number, value) = sig.args[0], args
    _check(context, builder, number, _count(builder, kind, numbers))
    place = _after(builder, builder.extract_value(numbers, 0), number, kind.size)
    pointer = _pointer(context, builder, place, kind.item)
    context.pack_value(builder, kind.item, value, pointer)
    return context.get_dummy_value()


@infer_getattr
class _Cells(AttributeTemplate):
    key = RowType

    def generic_resolve(self, kind: RowType, name: str) -> Any:
        return kind.cells.get(name)


def _cell(builder: Any, kind: RowType, row: Any, name: str) -> Any:
    """Return the address of a cell."""
    data = builder.extract_value(row, 0)
    if not kind.by_column:
        return builder.gep(data, [ir.Constant(WORD, kind.starts[name])], inbounds=True)
    rows, number = builder.extract_value(row, 1), builder.extract_value(row, 2)
    column = _after(builder, data, rows, kind.starts[name])
    return _after(builder, column, number, kind.widths[name])


@lower_getattr_generic(RowType)
def _get_cell(context: Any, builder: Any, kind: RowType, row: Any, name: str) -> Any:
    place, own = _cell(builder, kind, row, name), kind.cells[name]
    if isinstance(own, CellType):
        return _numbers(context, builder, own, place)
    return context.unpack_value(builder, own, _pointer(context, builder, place, own))


def _numbers(context: Any, builder: Any, kind: CellType, place: Any) -> Any:
    """Return the array that a cell is."""
    array = make_array(kind)(context, builder)
    populate_array(
        array,
        data=_pointer(context, builder, place, kind.dtype),
        shape=cgutils.pack_array(builder, [ir.Constant(WORD, n) for n in kind.shape]),
        strides=cgutils.pack_array(builder, [ir.Constant(WORD, n) for n in kind.strides]),
        itemsize=context.get_constant(types.intp, kind.size),
        meminfo=None,
        parent=None,
    )
    return array._getvalue()


def _number_at(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    """Return the address of a number of a cell."""
    number = context.cast(builder, args[1], sig.args[1], types.intp)
    _check(context, builder, number, ir.Constant(WORD, sig.args[0].shape[0]))
    array = make_array(sig.args[0])(context, builder, args[0])
    return builder.gep(array.data, [number], inbounds=True)


@lower_builtin(operator.getitem, CellType, types.Integer)
def _get_number(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    return context.unpack_value(builder, sig.args[0].dtype, _number_at(context, builder, sig, args))


@lower_builtin(operator.setitem, CellType, types.Integer, types.Any)
def _set_number(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    own = sig.args[0].dtype
    value = context.cast(builder, args[2], sig.args[2], own)
    context.pack_value(builder, own, value, _number_at(context, builder, sig, args))
    return context.get_dummy_value()


@lower_setattr_generic(RowType)
def _set_cell(context: Any, builder: Any, sig: Any, args: Any, name: str) -> None:
    (kind, given), (row, value) = sig.args, args
    own = kind.cells[name]
    if isinstance(own, CellType):
        raise NotImplementedError(f"{name} is a fixed array: assign to its elements")
    pointer = _pointer(context, builder, _cell(builder, kind, row, name), own)
    context.pack_value(builder, own, context.cast(builder, value, given, own), pointer)


@intrinsic
def copy_first(typing: Any, to: Any, source: Any, rows: Any) -> Any:
    """Write the first ``rows`` rows of a table by column into another of as many rows.

    ``IndexError`` where they differ in length, or are shorter than that.
    """

    def code(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        kind, (into, given, rows) = sig.args[0], args
        count = _alike(context, builder, kind, into, given)
        _check(context, builder, rows, builder.add(count, ir.Constant(WORD, 1)))
        places = builder.extract_value(into, 0), builder.extract_value(given, 0)
        for name, width in kind.item.widths.items():
            start = kind.item.starts[name]
            columns = [_after(builder, place, count, start) for place in places]
            cgutils.raw_memcpy(builder, *columns, rows, width)
        return context.get_dummy_value()

    fits = isinstance(to, RowsType) and to == source and to.item.by_column
    return (types.none(to, source, types.intp), code) if fits else None


def _alike(context: Any, builder: Any, kind: RowsType, into: Any, given: Any) -> Any:
    """Return how many rows two tables have, ``IndexError`` if not as many."""
    count, many = _count(builder, kind, into), _count(builder, kind, given)
    with cgutils.if_unlikely(builder, builder.icmp_unsigned("!=", count, many)):
        context.call_conv.return_user_exc(builder, IndexError, ("tables differ in length",))
    return count


@intrinsic
def copy_rows(typing: Any, to: Any, source: Any) -> Any:
    """Write all rows of a table into another of the same record, ``IndexError`` if not as many."""

    def code(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        kind, (into, given) = sig.args[0], args
        count = _alike(context, builder, kind, into, given)
        places = builder.extract_value(into, 0), builder.extract_value(given, 0)
        cgutils.raw_memcpy(builder, *places, count, kind.size)
        return context.get_dummy_value()

    return (types.none(to, source), code) if isinstance(to, RowsType) and to == source else None
