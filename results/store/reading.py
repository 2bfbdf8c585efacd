"""Reading back what a run or a sweep left.

Reading checks that a file is as it was written, and a table of the schema version of this program.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from results.store.checksums import StoreRefused, as_written, listed_in
from results.store.ids import identity_words, is_comparable
from results.store.manifests import MANIFEST, OF_OTHERS, SWEEP, in_words, read_manifest
from results.store.schema import OUTCOME_UNITS_KEY, OUTCOMES_KEY, SCHEMA_VERSION, VERSION_KEY

_TABLE = re.compile(r"[^/]+\.parquet")


def _file(folder: Path | str, name: str) -> Path:
    path = Path(folder) / f"{name}.parquet"
    if not path.is_file():
        _check_finished(Path(folder))
        if name in _names(folder):
            return as_written(path)  # and say that it is gone
        known = ", ".join(_names(folder))
        if not known:
            raise StoreRefused(
                f"{path} does not exist: {folder} is not the folder of a run or a sweep."
            )
        raise StoreRefused(f"{path} does not exist. The folder has {known}.")
    return as_written(path)


def _names(folder: Path | str) -> list[str]:
    """Return the names of the tables that were written: those listed, if there is a list."""
    listed = listed_in(Path(folder))
    if listed is None:
        return sorted(path.stem for path in Path(folder).glob("*.parquet"))
    return sorted(Path(name).stem for name in listed if _TABLE.fullmatch(name))


def has_table(folder: Path, name: str) -> bool:
    """Return whether a folder has, or should have, the table ``name``."""
    return (folder / f"{name}.parquet").is_file() or name in _names(folder)


def _check_finished(folder: Path) -> None:
    """Refuse a sweep that was interrupted: its runs are not in one place yet."""
    about = manifest(folder) if (folder / "manifest.json").is_file() else {}
    if is_sweep(about) and not (folder / "runs.parquet").is_file():
        finish = f"Finish it with regiosim sweep EXPERIMENT.toml --out {folder}."
        if not is_comparable(about):
            finish = (
                f"Its ids are of another kind ({identity_words(about)}): finish it with the copy "
                "of regiosim that began it."
            )
        raise StoreRefused(f"{folder} holds a sweep that is not finished. {finish}")


def _check_version(where: Path, version: str | None) -> None:
    if version is None:
        raise StoreRefused(f"{where} was not written by regiosim: it has no schema version.")
    if version != SCHEMA_VERSION:
        raise StoreRefused(
            f"{where} has schema version {version}, this program reads {SCHEMA_VERSION}. "
            "Run the experiment again, or use the version that its manifest names."
        )


def schema_of(folder: Path | str, name: str) -> pa.Schema:
    """Return the schema of a table: its columns with unit, range and meaning.

    Raises:
        StoreRefused: there is no such table, it is damaged, or it is of another schema version.
    """
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
    """Return a table of a folder as a frame, whole.

    Raises:
        StoreRefused: it is not there, damaged, of another schema version or of a sweep at work.
    """
    schema_of(folder, name)
    path = _file(folder, name)
    try:
        return to_frame(pq.read_table(path, page_checksum_verification=True))
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
        schema_of(folder, name)
    return {name: _file(folder, name) for name in names}


def is_comparison(folder: Path | str) -> bool:
    """Say whether a folder is that of a comparison."""
    return has_table(Path(folder), "comparison")


def made_of_others(folder: Path | str) -> str:
    """Return the kind of a folder that holds no runs of its own; nothing of a run or a sweep."""
    found = (kind for kind, table in OF_OTHERS.items() if has_table(Path(folder), table))
    return next(found, "")


def is_sweep(about: Mapping[str, Any]) -> bool:
    """Say whether a manifest is that of a sweep; otherwise it is that of a run."""
    return about.get("kind") == SWEEP


def manifest(folder: Path | str) -> dict[str, Any]:
    """Return the manifest of the folder of a run, a sweep or a comparison.

    Asked for a key that is not there, it raises ``StoreRefused`` with the file and the key.

    Raises:
        StoreRefused: there is none, it was edited so that it cannot be used, or it is of another
            schema version.
    """
    path = Path(folder) / MANIFEST
    if not path.is_file() and path.name not in (listed_in(Path(folder)) or {}):
        if path.with_name("comparison.parquet").is_file():
            raise StoreRefused(
                f"{path} does not exist: {folder} holds a comparison of an earlier version, which "
                "kept no manifest. Use the folders that it compares, or compare them again."
            )
        raise StoreRefused(
            f"{path} does not exist: {Path(folder)} is not the folder of a run or a sweep."
        )
    found = read_manifest(as_written(path))
    if "schema_version" in found:
        _check_version(path, str(found["schema_version"]))
    return found


def outcome_of(folder: Path | str) -> dict[str, Any]:
    """Return the manifest of a run or a sweep: of a folder that has outcomes of its own.

    Raises:
        StoreRefused: as ``manifest``, or the folder holds no runs of its own.
    """
    found = manifest(folder)
    if found.get("kind") in OF_OTHERS:
        raise StoreRefused(
            f"{folder} holds a {in_words(found['kind'])}, which has no outcomes of its own. Name "
            "the folder of a run or a sweep."
        )
    return found


def units(folder: Path | str, name: str) -> dict[str, str]:
    """Return the unit of each column of table ``name``."""
    schema = schema_of(folder, name)
    return {f.name: (f.metadata or {}).get(b"unit", b"").decode() for f in schema}


def declared_outcomes(folder: Path | str) -> dict[str, dict[str, str]]:
    """Return what ``series`` says of each outcome: unit, yearly, text, label_en, label_nl.

    Earlier folders say the units only.
    """
    notes = schema_of(folder, "series").metadata or {}
    if OUTCOMES_KEY in notes:
        found = json.loads(notes[OUTCOMES_KEY])
        return {str(name): {str(k): str(v) for k, v in one.items()} for name, one in found.items()}
    units_only = json.loads(notes.get(OUTCOME_UNITS_KEY, b"{}"))
    return {str(name): {"unit": str(unit)} for name, unit in units_only.items()}
