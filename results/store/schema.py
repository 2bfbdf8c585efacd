"""What a stored table looks like: columns with unit and meaning, dates, "none" as null.

Every table carries ``regiosim.schema_version`` in its metadata, and every column ``unit`` and
``description`` (and ``range`` and ``null``, where there are any) in its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray

SCHEMA_VERSION = "1"
VERSION_KEY = b"regiosim.schema_version"
OUTCOMES_KEY = b"regiosim.outcomes"
"""Metadata of ``series``: per outcome unit, yearly, text, label_en and label_nl, as JSON."""
OUTCOME_UNITS_KEY = b"regiosim.outcome_units"
"""The same in earlier folders, which gave units only."""
Declared = Mapping[str, Mapping[str, str]]
"""What a store says of outcomes, by their names."""
NONE = 2**40
"""The row number that means "no one" in a record; null in a stored table."""
FIRST_YEAR = 2006
QUARTERS = 4

_TYPES: dict[str, pa.DataType] = {
    "f8": pa.float64(),
    "i8": pa.int64(),
    "?": pa.bool_(),
    "str": pa.string(),
    "timestamp": pa.timestamp("us"),
    "dictionary": pa.dictionary(pa.int32(), pa.string()),
}


class Spec(NamedTuple):
    """One stored column: ``kind`` is f8, i8, ?, str, timestamp or dictionary.

    ``null`` says what a null in it means; nothing where there is none.
    """

    name: str
    kind: str
    unit: str = ""
    text: str = ""
    limits: str = ""
    null: str = ""


RUN_ID = Spec("run_id", "dictionary", "", "run this row belongs to")
TICK = Spec("tick", "i8", "quarter", "quarters since 2006Q1", "0..")
DATE = Spec("date", "timestamp", "", "first day of the quarter")
ROW = Spec("row", "i8", "", "row number that other tables of this run refer to", "0..")


def dates(ticks: ArrayLike) -> NDArray[np.datetime64]:
    """Return the first day of each quarter; tick 0 is 2006-01-01."""
    months = np.asarray(ticks, dtype=np.int64) * 3
    start = np.datetime64(f"{FIRST_YEAR}-01", "M")
    return (start + months.astype("timedelta64[M]")).astype("datetime64[us]")


def year_of(ticks: ArrayLike) -> NDArray[np.int64]:
    """Return the calendar year of each tick."""
    return FIRST_YEAR + np.asarray(ticks, dtype=np.int64) // QUARTERS


def arrow_field(spec: Spec) -> pa.Field:
    """Return the Arrow field of one column, unit and description in its metadata."""
    if spec.kind not in _TYPES:
        allowed = ", ".join(_TYPES)
        raise ValueError(f"column {spec.name}: kind {spec.kind!r} is not one of {allowed}")
    notes = {"unit": spec.unit, "description": spec.text}
    if spec.limits:
        notes["range"] = spec.limits
    if spec.null:
        notes["null"] = spec.null
    return pa.field(spec.name, _TYPES[spec.kind], metadata=notes)


def arrow_schema(specs: Iterable[Spec], notes: Mapping[bytes, bytes] | None = None) -> pa.Schema:
    """Return the schema of ``specs``, with the schema version and ``notes`` in its metadata."""
    metadata = {VERSION_KEY: SCHEMA_VERSION.encode(), **(notes or {})}
    return pa.schema([arrow_field(spec) for spec in specs], metadata=metadata)


def _arrow_array(spec: Spec, values: Any) -> pa.Array:
    kind = _TYPES[spec.kind]
    if isinstance(values, pa.Array | pa.ChunkedArray):
        return values.cast(kind)
    if spec.kind == "i8" and isinstance(values, np.ndarray) and values.dtype.kind == "i":
        return pa.array(values, type=kind, mask=values == NONE)
    if spec.kind == "dictionary":
        return pa.array(values, type=pa.string()).dictionary_encode().cast(kind)
    return pa.array(values, type=kind, from_pandas=True)


def coded(codes: ArrayLike, names: Sequence[str]) -> pa.DictionaryArray:
    """Return text given as whole-number ``codes`` into ``names``: fast for millions of rows."""
    return pa.DictionaryArray.from_arrays(
        pa.array(np.asarray(codes, dtype=np.int32)), pa.array(list(names), type=pa.string())
    )


def table_from_columns(
    columns: Sequence[tuple[Spec, Any]], notes: Mapping[bytes, bytes] | None = None
) -> pa.Table:
    """Return a table of ``columns``; NaN and ``NONE`` become null.

    Args:
        columns: pairs of a column's specification and its values (array or list).
        notes: further schema metadata.

    Raises:
        ValueError: two columns share a name, or lengths differ.
    """
    names = [spec.name for spec, _ in columns]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ValueError(f"columns occur twice: {', '.join(sorted(twice))}")
    schema = arrow_schema([spec for spec, _ in columns], notes)
    arrays = [_arrow_array(spec, values) for spec, values in columns]
    return pa.Table.from_arrays(arrays, schema=schema)


def _null_of(kind: str, unit: str) -> str:
    """Return what a null means in a field of a record: whole numbers may be ``NONE``."""
    return {"row": "no one", "quarter": "none"}.get(unit, "") if kind == "i8" else ""


def _rows_per_tick(ticks: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count rows from 0 within each unbroken stretch of one tick."""
    place = np.arange(len(ticks))
    starts = np.r_[True, ticks[1:] != ticks[:-1]] if len(ticks) else np.zeros(0, dtype=bool)
    return place - np.maximum.accumulate(np.where(starts, place, 0))


def table_from_records(
    records: NDArray[Any],
    fields: Sequence[tuple[str, str, int, str, str, str]],
    run_id: str,
    tick: ArrayLike,
    labels: Mapping[str, Sequence[str]] | None = None,
    extra: Sequence[tuple[Spec, Any]] = (),
) -> pa.Table:
    """Return rows of records as a wide table: run_id, tick, date, row, ``extra``, the fields.

    Args:
        records: structured array, one row per agent and tick, ticks one after the other.
        fields: (name, kind, width, unit, limits, text) of each field to store.
        run_id: run that the rows belong to.
        tick: tick of each row, or one tick for all.
        labels: suffixes of an array field's columns; without, ``name_0``, ``name_1``, ...
        extra: further columns, such as names of municipalities. A column ``row`` replaces the
            row number, which is otherwise the position among the rows of the same tick.
    """
    labels = labels or {}
    rows = len(records)
    ticks = np.broadcast_to(np.asarray(tick, dtype=np.int64), (rows,))
    columns: list[tuple[Spec, Any]] = [
        (RUN_ID, coded(np.zeros(rows), [run_id])),
        (TICK, np.ascontiguousarray(ticks)),
        (DATE, dates(ticks)),
    ]
    if not any(spec.name == ROW.name for spec, _ in extra):
        columns.append((ROW, _rows_per_tick(ticks)))
    columns.extend(extra)
    for name, kind, width, unit, limits, text in fields:
        values = np.asarray(records[name])
        if not width:
            spec = Spec(name, kind, unit, text, limits, _null_of(kind, unit))
            columns.append((spec, np.ascontiguousarray(values)))
            continue
        suffixes = [str(suffix) for suffix in labels.get(name, range(width))]
        if len(suffixes) != width:
            raise ValueError(f"field {name} has width {width} but {len(suffixes)} labels")
        for place, suffix in enumerate(suffixes):
            said = f"{text} ({suffix})"
            spec = Spec(f"{name}_{suffix}", kind, unit, said, limits, _null_of(kind, unit))
            columns.append((spec, np.ascontiguousarray(values[:, place])))
    return table_from_columns(columns)
