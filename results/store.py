"""Writing a run's outcomes as a long table, and reading back what a run or a sweep left.

Reading checks that a table has the schema version of this program.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import ArrayLike, NDArray

from results.folder import FolderRefused, RunFolder, whole_file, write_parquet
from results.schema import (
    DATE,
    OUTCOME_UNITS_KEY,
    RUN_ID,
    SCHEMA_VERSION,
    TICK,
    VERSION_KEY,
    Spec,
    coded,
    dates,
    table_from_columns,
)

__all__ = [
    "FolderRefused",
    "RunFolder",
    "StoreRefused",
    "is_sweep",
    "manifest",
    "outcome_units",
    "read",
    "series_long",
    "series_table",
    "tables",
    "units",
    "whole_file",
    "write_parquet",
]

SCOPE = Spec("scope", "dictionary", "", "'all', or the code of a region or municipality")
OUTCOME = Spec("outcome", "dictionary", "", "name of the outcome; units in the table's metadata")
VALUE = Spec("value", "f8", "see outcome", "value of the outcome; null where there is none")


class StoreRefused(ValueError):
    """A stored table or manifest is missing, or is of another version."""


def series_table(
    run_ids: Sequence[str],
    ticks: ArrayLike,
    scopes: Sequence[str],
    outcomes: Sequence[str],
    values: NDArray[np.float64],
    unit_of: Mapping[str, str] | None = None,
) -> pa.Table:
    """Return outcomes as a long table: run_id, tick, date, scope, outcome, value.

    Args:
        run_ids: R runs.
        ticks: T ticks.
        scopes: S scopes, ``all`` among them.
        outcomes: O names of outcomes.
        values: shape (R, T, S, O); NaN is stored as null.
        unit_of: unit per outcome, kept in the table's metadata.

    Raises:
        ValueError: ``values`` has another shape.
    """
    ticks = np.asarray(ticks, dtype=np.int64)
    shape = (len(run_ids), len(ticks), len(scopes), len(outcomes))
    if values.shape != shape:
        raise ValueError(f"values have shape {values.shape}, the names ask for {shape}")
    r, t, s, o = shape
    per_run = t * s * o
    columns = [
        (RUN_ID, coded(np.repeat(np.arange(r, dtype=np.int32), per_run), run_ids)),
        (TICK, np.tile(np.repeat(ticks, s * o), r)),
        (DATE, np.tile(np.repeat(dates(ticks), s * o), r)),
        (SCOPE, coded(np.tile(np.repeat(np.arange(s, dtype=np.int32), o), r * t), scopes)),
        (OUTCOME, coded(np.tile(np.arange(o, dtype=np.int32), r * t * s), outcomes)),
        (VALUE, np.ascontiguousarray(values).reshape(-1)),
    ]
    text = json.dumps(dict(unit_of or {}), sort_keys=True, ensure_ascii=False)
    return table_from_columns(columns, {OUTCOME_UNITS_KEY: text.encode()})


def series_long(
    run_id: pa.DictionaryArray,
    ticks: NDArray[np.int64],
    scope: pa.DictionaryArray,
    outcomes: Sequence[str],
    values: NDArray[np.float64],
    unit_of: Mapping[str, str] | None = None,
) -> pa.Table:
    """Return outcomes as the same long table, from one row per run, tick and scope.

    Args:
        run_id: run of each of R rows.
        ticks: tick of each row.
        scope: scope of each row.
        outcomes: O names of outcomes.
        values: shape (R, O); NaN is stored as null.
        unit_of: unit per outcome, kept in the table's metadata.
    """
    rows, many = values.shape

    def spread(column: pa.DictionaryArray) -> pa.DictionaryArray:
        codes = np.repeat(column.indices.to_numpy(zero_copy_only=False), many).astype(np.int32)
        return pa.DictionaryArray.from_arrays(pa.array(codes), column.dictionary)

    columns = [
        (RUN_ID, spread(run_id)),
        (TICK, np.repeat(ticks, many)),
        (DATE, np.repeat(dates(ticks), many)),
        (SCOPE, spread(scope)),
        (OUTCOME, coded(np.tile(np.arange(many, dtype=np.int32), rows), outcomes)),
        (VALUE, np.ascontiguousarray(values).reshape(-1)),
    ]
    text = json.dumps(dict(unit_of or {}), sort_keys=True, ensure_ascii=False)
    return table_from_columns(columns, {OUTCOME_UNITS_KEY: text.encode()})


def _file(folder: Path | str, name: str) -> Path:
    path = Path(folder) / f"{name}.parquet"
    if not path.is_file():
        _check_finished(Path(folder))
        known = ", ".join(_names(folder)) or "no tables: is it the folder of a run or a sweep?"
        raise StoreRefused(f"{path} does not exist. The folder has {known}.")
    return path


def _names(folder: Path | str) -> list[str]:
    return sorted(path.stem for path in Path(folder).glob("*.parquet"))


def _check_finished(folder: Path) -> None:
    """Refuse a sweep that was interrupted: its runs are not in one place yet."""
    about = manifest(folder) if (folder / "manifest.json").is_file() else {}
    if is_sweep(about) and not (folder / "runs.parquet").is_file():
        raise StoreRefused(
            f"{folder} holds a sweep that is not finished. "
            f"Finish it with regiosim sweep EXPERIMENT.toml --out {folder}."
        )


def _check_version(where: Path, version: str | None) -> None:
    if version is None:
        raise StoreRefused(f"{where} was not written by regiosim: it has no schema version.")
    if version != SCHEMA_VERSION:
        raise StoreRefused(
            f"{where} has schema version {version}, this program reads {SCHEMA_VERSION}. "
            "Run the experiment again, or use the version that its manifest names."
        )


def _schema(folder: Path | str, name: str) -> pa.Schema:
    path = _file(folder, name)
    try:
        schema = pq.read_schema(path)
    except pa.ArrowInvalid as error:
        raise StoreRefused(f"{path} is damaged, it cannot be read as Parquet: {error}.") from None
    version = (schema.metadata or {}).get(VERSION_KEY)
    _check_version(path, None if version is None else version.decode())
    return schema


def _column(values: pa.ChunkedArray) -> pd.Series:
    """Return a pandas column; whole numbers and truth values with nulls stay what they are."""
    wide = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}
    column: pd.Series = values.to_pandas(types_mapper=wide.get if values.null_count else None)
    return column


def to_frame(table: pa.Table) -> pd.DataFrame:
    """Return ``table`` as a frame: text in categories, whole numbers with nulls as Int64."""
    return pd.DataFrame({name: _column(table[name]) for name in table.column_names})


def read(folder: Path | str, name: str) -> pd.DataFrame:
    """Return table ``name`` of a run's or a sweep's folder, whole: query a large one instead.

    Raises:
        StoreRefused: there is no such table, or it is of another schema version.
    """
    _schema(folder, name)
    path = _file(folder, name)
    try:
        return to_frame(pq.read_table(path))
    except (pa.ArrowInvalid, OSError) as error:
        raise StoreRefused(f"{path} is damaged, it cannot be read as Parquet: {error}.") from None


def tables(folder: Path | str) -> dict[str, Path]:
    """Return the file of every table in the folder of a run or a sweep, by the table's name.

    Raises:
        StoreRefused: there are none, one is of another schema version, or a sweep is unfinished.
    """
    _check_finished(Path(folder))
    names = _names(folder)
    if not names:
        raise StoreRefused(f"{folder} has no tables: it is not the folder of a run or a sweep.")
    for name in names:
        _schema(folder, name)
    return {name: _file(folder, name) for name in names}


def is_sweep(about: Mapping[str, Any]) -> bool:
    """Say whether a manifest is that of a sweep; otherwise it is that of a run."""
    return about.get("kind") == "sweep"


def manifest(folder: Path | str) -> dict[str, Any]:
    """Return the manifest of the folder of a run or a sweep.

    Raises:
        StoreRefused: there is none, it is not JSON, or it is of another schema version.
    """
    path = Path(folder) / "manifest.json"
    if not path.is_file():
        raise StoreRefused(
            f"{path} does not exist: {Path(folder)} is not the folder of a run or a sweep."
        )
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise StoreRefused(f"{path} is not JSON: {error}.") from None
    if not isinstance(found, dict):
        raise StoreRefused(f"{path} is not a manifest: it holds no names and values.")
    if "schema_version" in found:
        _check_version(path, str(found["schema_version"]))
    return found


def units(folder: Path | str, name: str) -> dict[str, str]:
    """Return the unit of each column of table ``name``."""
    schema = _schema(folder, name)
    return {f.name: (f.metadata or {}).get(b"unit", b"").decode() for f in schema}


def outcome_units(folder: Path | str) -> dict[str, str]:
    """Return the unit of each outcome in ``series``, as far as the run gave them."""
    text = (_schema(folder, "series").metadata or {}).get(OUTCOME_UNITS_KEY, b"{}")
    return {str(k): str(v) for k, v in json.loads(text).items()}
