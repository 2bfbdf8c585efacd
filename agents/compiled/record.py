"""Records: annotated classes from which tables, plain objects, units and metadata derive.

A record is written once, as a class with annotated fields::

    class Hub(Record):
        stage: Annotated[int, "stage", "0..4", "how far the hub has come"]

From it follow the NumPy dtype of a table (``dtype_of``), the object the plain Python engine
works on (``Record``), and the unit, range and description of each column.
"""

from __future__ import annotations

import difflib
import functools
from collections.abc import Callable, MutableMapping
from typing import Annotated, Any, ClassVar, NamedTuple, get_args, get_origin, get_type_hints

import numpy as np
from numpy.typing import NDArray

from agents.compiled.columns import ColumnTable, column_table

NONE = 2**40
"""Row number that means "no one": far outside any table, so that reading it fails loudly."""

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

# Names that ndarray or Mesa already use: a field of that name would be shadowed somewhere.
RESERVED = frozenset(dir(np.ndarray)) | {
    "model",
    "pos",
    "unique_id",
    "random",
    "rng",
    "scenario",
    "time",
    "steps",
    "remove",
    "step",
    "advance",
    "create_agents",
}


class Field(NamedTuple):
    """One column: its name, NumPy kind (``f8``, ``i8``, ``?``), width (0 = scalar) and meaning."""

    name: str
    kind: str
    width: int
    unit: str
    limits: str
    text: str


def _to_int(value: Any) -> int:
    number = int(value)
    if number != value:
        raise ValueError(f"{value!r} is not a whole number")
    return number


_CASTS: dict[str, Callable[[Any], Any]] = {"f8": float, "i8": _to_int, "?": bool}
_KINDS: dict[Any, str] = {float: "f8", int: "i8", bool: "?", FloatArray: "f8", IntArray: "i8"}


def _field(owner: str, name: str, hint: Any) -> Field:
    kind, *notes = get_args(hint)
    if kind not in _KINDS:
        raise TypeError(f"{owner}.{name}: {kind} is not a column type")
    if name in RESERVED:
        raise TypeError(f"{owner}.{name}: ndarray or Mesa uses this name already")
    width = next((n for n in notes if isinstance(n, int)), 0)
    if (kind in (FloatArray, IntArray)) != (width > 0):
        raise TypeError(f"{owner}.{name}: an array column needs a width, a scalar has none")
    words = [n for n in notes if isinstance(n, str)]
    unit, limits, text = (words + ["", "", ""])[:3]
    return Field(name, _KINDS[kind], width, unit, limits, text)


class Column:
    """Attribute access to one cell of a row, in a table or in a plain object, with a cast."""

    def __init__(self, field: Field) -> None:
        self.field = field
        self.key = field.name
        self.cast = _CASTS[field.kind]

    def __get__(self, row: Record | None, owner: type) -> Any:
        if row is None:
            return self
        return row._cells[self.key]

    def __set__(self, row: Record, value: Any) -> None:
        if self.field.width:
            raise AttributeError(f"{self.key} is a fixed array: assign to its elements")
        row._cells[self.key] = self.cast(value)


class Record:
    """Base of every record. A plain row keeps its cells in a dict, a view in a table's row."""

    fields: ClassVar[tuple[Field, ...]] = ()
    _cells: MutableMapping[str, Any]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        own = {k: v for k, v in cls.__dict__.get("__annotations__", {}).items()}
        hints = get_type_hints(cls, include_extras=True)
        fresh = tuple(
            _field(cls.__name__, name, hints[name])
            for name in own
            if get_origin(hints[name]) is Annotated
        )
        # Of several bases in their order: a long record may be written in parts.
        inherited = dict.fromkeys(f for base in cls.__bases__ for f in getattr(base, "fields", ()))
        cls.fields = (*inherited, *fresh)
        for field in fresh:
            setattr(cls, field.name, Column(field))

    @classmethod
    def blank(cls) -> dict[str, Any]:
        """Return the cells of an empty plain row: zeros, False, and arrays of zeros."""
        cells: dict[str, Any] = {}
        for field in cls.fields:
            if field.width:
                cells[field.name] = np.zeros(field.width, dtype=field.kind)
            else:
                cells[field.name] = _CASTS[field.kind](0)
        return cells

    @classmethod
    def plain(cls) -> Record:
        """Return an empty plain row that belongs to no Mesa model (yet)."""
        row = cls.__new__(cls)
        object.__setattr__(row, "_cells", cls.blank())
        return row

    def __setattr__(self, name: str, value: Any) -> None:
        if not name.startswith("_") and not hasattr(type(self), name) and name not in RESERVED:
            known = [field.name for field in type(self).fields]
            near = difflib.get_close_matches(name, known, n=1)
            hint = f" (did you mean {near[0]!r}?)" if near else ""
            raise AttributeError(f"{type(self).__name__} has no field {name!r}{hint}")
        super().__setattr__(name, value)


def dtype_of(record: type[Record]) -> np.dtype[Any]:
    """Return the NumPy dtype of a table of ``record``: one field per column, C-aligned."""
    return _dtype_of(record.fields)


@functools.cache
def _dtype_of(fields: tuple[Field, ...]) -> np.dtype[Any]:
    columns: list[Any] = []
    for field in fields:
        shape = (
            (field.name, field.kind, (field.width,)) if field.width else (field.name, field.kind)
        )
        columns.append(shape)
    return np.dtype(columns, align=True)


def table_of(record: type[Record], rows: int) -> NDArray[Any]:
    """Return a table of ``rows`` empty rows (zeros, False) of ``record``."""
    return np.zeros(rows, dtype=dtype_of(record))


def columns_of(record: type[Record], rows: int) -> ColumnTable:
    """Return a table of ``rows`` empty rows of ``record`` that lies column by column."""
    return column_table(dtype_of(record), rows)


def load_plain(record: type[Record], table: NDArray[Any]) -> list[Any]:
    """Return plain rows with the values of ``table`` (shape ``(rows,)``), one object per row."""
    rows = []
    columns = {field: table[field.name] for field in record.fields}
    for number in range(len(table)):
        row = record.plain()
        for field, column in columns.items():
            value = column[number]
            row._cells[field.name] = np.array(value) if field.width else value.item()
        rows.append(row)
    return rows


def store_plain(record: type[Record], rows: list[Any], table: NDArray[Any]) -> None:
    """Write the values of plain rows back into ``table`` (the inverse of ``load_plain``)."""
    for number, row in enumerate(rows):
        for field in record.fields:
            table[field.name][number] = row._cells[field.name]
