"""Whether two tables hold the same, to the bit: how many values do not, and by how much at most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

KEYS = ("tick", "scope", "outcome")
"""Columns of a series that say what a value is of, beside its run."""


@dataclass
class Tally:
    """What was found of one table, or of parts of it that were compared one by one.

    Attributes:
        table: its name.
        rows: rows that were compared.
        values: values that were compared.
        unlike: values that are not equal to the bit, by what they are of: a column, or an outcome.
        largest: the largest difference of numbers, by the same.
        notes: what one side holds and the other does not.
    """

    table: str
    rows: int = 0
    values: int = 0
    unlike: dict[str, int] = field(default_factory=dict)
    largest: dict[str, float] = field(default_factory=dict)
    notes: dict[str, bool] = field(default_factory=dict)
    """By text: whether it makes the two unlike."""

    @property
    def same(self) -> bool:
        """Whether nothing recorded came out otherwise."""
        return not self.unlike and not any(self.notes.values())

    def described(self) -> dict[str, Any]:
        """Return it as plain values, for JSON."""
        return {
            "table": self.table, "rows": self.rows, "values": self.values,
            "unlike": sum(self.unlike.values()),
            "of": [
                {"name": name, "unlike": count, "largest": self.largest.get(name)}
                for name, count in sorted(self.unlike.items(), key=lambda one: -one[1])
            ],
            "notes": list(self.notes),
        }  # fmt: skip


def compare(tally: Tally, recorded: pa.Table, again: pa.Table, leave: Sequence[str] = ()) -> None:
    """Add to ``tally`` what two tables of the same runs say, row by row.

    Args:
        tally: of the table.
        recorded: what a folder holds.
        again: what came out now, in columns of the same names; more of them are noted.
        leave: columns that are not compared.
    """
    if "value" in recorded.column_names and set(KEYS) <= set(recorded.column_names):
        recorded, again = _of_both(tally, recorded, again)
    lost = [name for name in recorded.column_names if name not in (*again.column_names, *leave)]
    new = [name for name in again.column_names if name not in (*recorded.column_names, *leave)]
    for names, text, counts in ((lost, "not there now", True), (new, "only there now", False)):
        if names:
            tally.notes[f"columns {text}: {_listed(names)}"] = counts
    if len(recorded) != len(again):
        tally.notes[f"{len(recorded):,} rows are recorded, {len(again):,} came out"] = True
        return
    tally.rows += len(recorded)
    of = _texts(recorded["outcome"]) if "outcome" in recorded.column_names else None
    for name in recorded.column_names:
        if name in again.column_names and name not in leave:
            _column(tally, name, recorded[name], again[name], of if name == "value" else None)


def _of_both(tally: Tally, recorded: pa.Table, again: pa.Table) -> tuple[pa.Table, pa.Table]:
    """Return the rows of two series of what both measured, and note what only one did."""
    for key in KEYS:
        one, two = (set(pc.unique(side[key]).to_pylist()) for side in (recorded, again))
        for names, text, counts in (
            (one - two, "not there now", True), (two - one, "only there now", False)
        ):  # fmt: skip
            if names:
                tally.notes[f"{key}s {text}: {_listed(sorted(map(str, names)))}"] = counts
        if one != two:
            recorded, again = (
                side.filter(pc.is_in(_plain(side[key]), pa.array(sorted(one & two))))
                for side in (recorded, again)
            )
    return recorded, again


def _listed(names: Sequence[str], most: int = 8) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    kind = column.type
    return column.cast(kind.value_type) if pa.types.is_dictionary(kind) else column


def _texts(column: pa.ChunkedArray) -> NDArray[Any]:
    return np.asarray(_plain(column).to_pylist(), dtype=object)


def _column(
    tally: Tally, name: str, recorded: pa.ChunkedArray, again: pa.ChunkedArray,
    of: NDArray[Any] | None,
) -> None:  # fmt: skip
    tally.values += len(recorded)
    one, two = _plain(recorded), _plain(again)
    if pa.types.is_floating(one.type) and pa.types.is_floating(two.type):
        unlike, gaps = _floats(_numbers(one), _numbers(two))
    else:
        unlike, gaps = _others(one, two)
    if not unlike.any():
        return
    labels = np.full(len(unlike), name, dtype=object) if of is None else of
    for label in dict.fromkeys(labels[unlike]):
        own = unlike & (labels == label)
        tally.unlike[label] = tally.unlike.get(label, 0) + int(own.sum())
        found = gaps[own][np.isfinite(gaps[own])]
        if len(found):
            tally.largest[label] = max(tally.largest.get(label, 0.0), float(found.max()))


def _numbers(column: pa.ChunkedArray) -> NDArray[np.float64]:
    return np.asarray(column.to_numpy(), dtype=np.float64)


def _floats(
    one: NDArray[np.float64], two: NDArray[np.float64]
) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Return which numbers differ in a bit, and by how much; what is no number equals its like."""
    unlike = (one.view(np.int64) != two.view(np.int64)) & ~(np.isnan(one) & np.isnan(two))
    with np.errstate(invalid="ignore"):
        return unlike, np.abs(one - two)


def _others(
    one: pa.ChunkedArray, two: pa.ChunkedArray
) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Return which texts, whole numbers or truth values differ; nothing equals nothing."""
    if one.type != two.type:
        one, two = one.cast(pa.string()), two.cast(pa.string())
    alike = pc.fill_null(pc.equal(one, two), False).to_numpy()
    nothing = pc.and_(pc.is_null(one), pc.is_null(two)).to_numpy()
    unlike = ~(alike | nothing)
    gaps = np.full(len(unlike), np.nan)
    if unlike.any() and pa.types.is_integer(one.type):
        gaps = np.abs(_numbers(pc.fill_null(one, 0)) - _numbers(pc.fill_null(two, 0)))
    return unlike, gaps


def renamed(table: pa.Table, names: Mapping[str, int]) -> pa.Table:
    """Return the rows of a table whose run is in ``names``, with its number for its id."""
    known = list(names)
    place = pc.index_in(_plain(table["run_id"]), value_set=pa.array(known, pa.string()))
    kept = table.filter(pc.is_valid(place))
    numbers = pa.array([names[one] for one in known], pa.int64())
    column = pc.take(numbers, pc.drop_null(place)) if known else pa.array([], pa.int64())
    return kept.set_column(kept.column_names.index("run_id"), "run", column)
