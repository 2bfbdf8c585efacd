"""Outcomes as a long table, with what they are called and measured in."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray

from results.store.schema import (
    DATE,
    OUTCOMES_KEY,
    RUN_ID,
    TICK,
    Declared,
    Spec,
    coded,
    dates,
    table_from_columns,
)

SCOPE = Spec("scope", "dictionary", "", "'all', or the code of a region or municipality")
OUTCOME = Spec("outcome", "dictionary", "", "name of the outcome; units and labels in the metadata")
VALUE = Spec("value", "f8", "see outcome", "value of the outcome", "", "the outcome has no value")


def series_table(
    run_ids: Sequence[str],
    ticks: ArrayLike,
    scopes: Sequence[str],
    outcomes: Sequence[str],
    values: NDArray[np.float64],
    declared: Declared | None = None,
) -> pa.Table:
    """Return outcomes as a long table: run_id, tick, date, scope, outcome, value.

    Args:
        run_ids: R runs.
        ticks: T ticks.
        scopes: S scopes, ``all`` among them.
        outcomes: O names of outcomes.
        values: shape (R, T, S, O); NaN is stored as null.
        declared: what is said of each outcome, kept in the table's metadata.

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
    return table_from_columns(columns, {OUTCOMES_KEY: _as_json(declared or {})})


def series_long(
    run_id: pa.DictionaryArray,
    ticks: NDArray[np.int64],
    scope: pa.DictionaryArray,
    outcomes: Sequence[str],
    values: NDArray[np.float64],
    declared: Declared | None = None,
) -> pa.Table:
    """Return outcomes as the same long table, from one row per run, tick and scope.

    Args:
        run_id: run of each of R rows.
        ticks: tick of each row.
        scope: scope of each row.
        outcomes: O names of outcomes.
        values: shape (R, O); NaN is stored as null.
        declared: what is said of each outcome, kept in the table's metadata.
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
    return table_from_columns(columns, {OUTCOMES_KEY: _as_json(declared or {})})


def _as_json(declared: Declared) -> bytes:
    plain = {outcome: dict(entries) for outcome, entries in declared.items()}
    return json.dumps(plain, sort_keys=True, ensure_ascii=False).encode()
