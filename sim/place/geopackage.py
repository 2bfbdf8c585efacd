"""The map of districts that CBS publishes as a GeoPackage: its tables, centres and borders.

A GeoPackage is a database of SQLite in which a layer is a table, and a shape a column of it.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from sim.errors import BadInput

SUFFIX = ".gpkg"
RD, DEGREES = 28992, 4326
"""Systems of coordinates that are read, by their EPSG code."""
WATER = ("ja", "b")
"""What the map says of the water of a municipality, and of what is not Dutch."""
SHORTEST = 100.0
"""Metres that two municipalities share at least where they border on each other, assumed."""

_ENVELOPE = (0, 32, 48, 48, 64)
"""Bytes of the box around a shape, by the kind that its header names."""
_HEADER = 8


class Layer(NamedTuple):
    """A layer: names of its columns, rows of text, and for each row its shape."""

    header: list[str]
    rows: list[list[str]]
    shapes: list[Any]
    system: int


def layer_rows(path: Path, districts: bool, most: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the header and the rows of a layer as text, each with its centre.

    Args:
        path: a GeoPackage.
        districts: the layer of districts; else that of municipalities.
        most: rows at most.

    Raises:
        BadInput: it is no GeoPackage, or lacks that layer.
    """
    layer = _layer(path, districts, most)
    rd = layer.system == RD
    yield 1, [*layer.header, *(("rd_x", "rd_y") if rd else ("lon", "lat"))]
    for number, (row, shape) in enumerate(zip(layer.rows, layer.shapes, strict=True), 2):
        centre = ["", ""]
        if shape is not None and not shape.is_empty:
            middle = shape.centroid
            centre = [f"{value:.{1 if rd else 6}f}" for value in (middle.x, middle.y)]
        yield number, [*row, *centre]


def borders(path: Path, most: int) -> list[tuple[str, str]]:
    """Return the pairs of codes of municipalities that share a border.

    Raises:
        BadInput: it is no GeoPackage, or has no layer of municipalities in metres.
    """
    import shapely

    layer = _layer(path, False, most)
    if layer.system != RD:
        raise BadInput(str(path), "has no shapes in metres", allowed=f"EPSG:{RD} (RD)")
    names = [name.casefold() for name in layer.header]
    at, water = names.index("gemeentecode"), names.index("water") if "water" in names else None
    pairs = set()
    found = [
        (row[at], shape) for row, shape in zip(layer.rows, layer.shapes, strict=True)
        if shape is not None and (water is None or row[water].casefold() not in WATER)
    ]  # fmt: skip
    tree = shapely.STRtree([shape for _, shape in found])
    for i, (code, shape) in enumerate(found):
        for j in tree.query(shape, predicate="intersects"):
            other, beside = found[int(j)]
            if int(j) <= i or other == code or (code, other) in pairs or (other, code) in pairs:
                continue
            if shape.boundary.intersection(beside.boundary).length >= SHORTEST:
                pairs.add((code, other))
    return sorted(pairs)


def _layer(path: Path, districts: bool, most: int) -> Layer:
    try:
        import shapely
    except ImportError:
        raise BadInput(
            str(path), "is a GeoPackage, and shapely is not installed",
            allowed="the extra: pip install 'regiosim[cbs]', or its tables as CSV",
        ) from None  # fmt: skip
    with _open(path) as base:
        table, column, system = _named(path, base, districts)
        cursor = base.execute(f"SELECT * FROM {_quoted(table)} LIMIT {most + 1}")
        names = [one[0] for one in cursor.description]
        found = cursor.fetchall()
    if column not in names:
        raise BadInput(str(path), f"lacks the shapes of {table!r}", allowed="a column of them")
    at = names.index(column)
    if len(found) > most:
        raise BadInput(str(path), "is too long", allowed=f"at most {most:,} lines")
    if system not in (RD, DEGREES):
        allowed = f"EPSG:{RD} (RD) or EPSG:{DEGREES} (degrees)"
        raise BadInput(str(path), f"has coordinates of EPSG:{system}", allowed=allowed)
    try:
        shapes = [None if row[at] is None else shapely.from_wkb(_wkb(row[at])) for row in found]
    except (ValueError, TypeError, IndexError, shapely.errors.ShapelyError):
        raise BadInput(str(path), f"holds a shape that cannot be read in {table!r}") from None
    rows = [[_text(cell) for k, cell in enumerate(row) if k != at] for row in found]
    return Layer([name for name in names if name != column], rows, shapes, system)


@contextmanager
def _open(path: Path) -> Iterator[sqlite3.Connection]:
    if not path.is_file():
        raise BadInput(str(path), "cannot be read (no such file)")
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as base:
            base.text_factory = lambda raw: raw.decode("utf-8", "replace")
            yield base
    except (sqlite3.Error, OverflowError, UnicodeDecodeError) as error:
        raise BadInput(
            str(path), f"cannot be read as a GeoPackage ({error})", allowed="a map of CBS"
        ) from None


def _named(path: Path, base: sqlite3.Connection, districts: bool) -> tuple[str, str, int]:
    """Return table, column of shapes and system of coordinates of a layer, told by its codes."""
    layers = base.execute("SELECT table_name, column_name, srs_id FROM gpkg_geometry_columns")
    for table, column, system in layers.fetchall():
        info = base.execute(f"SELECT * FROM {_quoted(str(table))} LIMIT 0")
        names = {one[0].casefold() for one in info.description}
        fits = "wijkcode" in names if districts else "wijkcode" not in names
        if fits and "gemeentecode" in names and "buurtcode" not in names:
            return str(table), str(column), system if isinstance(system, int) else 0
    kind = "districts (gemeentecode, wijkcode)" if districts else "municipalities (gemeentecode)"
    raise BadInput(str(path), f"has no layer of {kind}", allowed="a map of CBS as it is published")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _wkb(blob: bytes) -> bytes:
    """Return a shape without the header that a GeoPackage puts before it."""
    if blob[:2] != b"GP":
        raise ValueError("no shape")
    return blob[_HEADER + _ENVELOPE[(blob[3] >> 1) & 7] :]


def _text(cell: Any) -> str:
    if cell is None or isinstance(cell, bytes):
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if math.isfinite(cell) and cell.is_integer() else repr(cell)
    return str(cell).strip()
