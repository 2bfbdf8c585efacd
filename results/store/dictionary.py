"""The data dictionary: what the columns of stored tables are, as the tables themselves say it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from results.store.checksums import StoreRefused
from results.store.reading import schema_of, tables

_TYPES = {
    "double": "number", "int64": "whole number", "bool": "yes or no", "string": "text",
    "timestamp[us]": "date",
}  # fmt: skip
SHOWN = 8
"""Columns of one field that are named; of more, the first and how many there are."""


class Described(NamedTuple):
    """One column, or the columns of a field with several places such as ``trust_0``, ``trust_1``.

    ``null`` says what a null means; empty: there is none. ``columns`` are the names in full.
    """

    table: str
    column: str
    type: str
    unit: str
    range: str
    null: str
    text: str
    columns: tuple[str, ...]


def described(table: str, schema: pa.Schema) -> list[Described]:
    """Return what a table's schema says of its columns, those of one field in one row."""
    rows: list[Described] = []
    for field in schema:
        one = _described(table, field)
        name, text, place = _apart(one.column, one.text)
        last = rows[-1] if rows else None
        if place and last is not None and last.column == f"{name}_*" and last.text == text:
            rows[-1] = last._replace(columns=(*last.columns, one.column))
        elif place:
            rows.append(one._replace(column=f"{name}_*", text=text))
        else:
            rows.append(one)
    return [_alone(row) for row in rows]


def _described(table: str, field: pa.Field) -> Described:
    notes = {k.decode(): v.decode() for k, v in (field.metadata or {}).items()}
    kind = _TYPES.get(str(field.type), "text" if pa.types.is_dictionary(field.type) else "")
    return Described(
        table, field.name, kind or str(field.type), notes.get("unit", ""), notes.get("range", ""),
        notes.get("null", ""), notes.get("description", ""), (field.name,),
    )  # fmt: skip


def _apart(column: str, text: str) -> tuple[str, str, str]:
    """Return the field, its text and the place in it, of ``trust_0`` and ``trust (0)``."""
    said, _, place = text.removesuffix(")").rpartition(" (")
    if text.endswith(")") and said and column.endswith(f"_{place}"):
        return column.removesuffix(f"_{place}"), said, place
    return column, text, ""


def _alone(row: Described) -> Described:
    """Return a row with the places of its field behind the text."""
    if not row.column.endswith("_*"):
        return row
    begin = len(row.column) - 1
    places = [name[begin:] for name in row.columns]
    listed = ", ".join(places[:SHOWN])
    listed += f", ... ({len(places)} in all)" if len(places) > SHOWN else ""
    return row._replace(text=f"{row.text}; per place: {listed}")


def dictionary_of(schemas: Mapping[str, pa.Schema]) -> Iterator[Described]:
    """Yield the columns of several tables, table by table."""
    for table, schema in schemas.items():
        yield from described(table, schema)


def stored_schemas(place: Path) -> dict[str, pa.Schema]:
    """Return the schemas of a Parquet file, or of every table in a folder, by name.

    Raises:
        StoreRefused: there is none, it is damaged, or it is of another version.
    """
    if place.is_dir():
        return {name: schema_of(place, name) for name in tables(place)}
    try:
        return {place.stem: pq.read_schema(place)}
    except (pa.ArrowException, OSError) as error:
        raise StoreRefused(f"{place} cannot be read as Parquet: {error}.") from None
