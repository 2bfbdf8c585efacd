"""Single runs out of what a sweep stored: out of its series, or out of its batches.

A few groups of rows, or a few batches, are held in memory at a time: runs that are asked for about
in the order in which they are stored are read once.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from results.store.batches import kept_in, outcomes_of, read_batch
from results.store.checksums import StoreRefused

HELD = 4
"""Groups of rows, or batches, in memory: each some MB."""
Loaded = TypeVar("Loaded")


class Picked(NamedTuple):
    """A run: T ticks, S scopes and O outcomes, and values of shape ``(T, S, O)``."""

    ticks: NDArray[np.int64]
    scopes: list[str]
    outcomes: list[str]
    values: NDArray[np.float64]


class Picking(Protocol):
    """Where runs are found by their ids."""

    ids: frozenset[str]

    def pick(self, run_id: str) -> Picked:
        """Return a run of ``ids``.

        Raises:
            StoreRefused: it is not stored as it should be.
        """


class _Held:
    """What was loaded last, by its key."""

    def __init__(self, load: Callable[[int], Any]) -> None:
        self._load = load
        self._held: OrderedDict[int, Any] = OrderedDict()

    def __getitem__(self, key: int) -> Any:
        if key not in self._held:
            self._held[key] = self._load(key)
            if len(self._held) > HELD:
                self._held.popitem(last=False)
        self._held.move_to_end(key)
        return self._held[key]


class InBatches:
    """Runs in batches of a sweep that is not finished.

    Args:
        batches: the ids of the runs that are done in each file.
    """

    def __init__(self, batches: Mapping[Path, Iterable[str]]) -> None:
        self._paths = list(batches)
        self._place = {run_id: k for k, path in enumerate(batches) for run_id in batches[path]}
        self.ids = frozenset(self._place)
        self._held = _Held(self._read)

    def _read(self, number: int) -> dict[str, Picked]:
        table = read_batch(self._paths[number])
        outcomes = outcomes_of(table)
        return {
            kept.run_id: Picked(kept.ticks, list(kept.scopes), outcomes, kept.values)
            for kept in kept_in(table)
            if kept.values is not None
        }

    def pick(self, run_id: str) -> Picked:
        """Return a run of ``ids``.

        Raises:
            StoreRefused: its batch is not what it was.
        """
        number = self._place[run_id]
        found: Picked | None = self._held[number].get(run_id)
        if found is None:
            raise StoreRefused(f"{self._paths[number]} does not hold run {run_id} any more.")
        return found


class _Rows(NamedTuple):
    """Rows of the series; scopes and outcomes by their places in the names that were read."""

    tick: NDArray[np.int64]
    scope: NDArray[np.int64]
    outcome: NDArray[np.int64]
    value: NDArray[np.float64]


class InSeries:
    """Runs in the series of a finished sweep.

    Args:
        path: of the series.
        ids: of the runs that are done.
    """

    def __init__(self, path: Path, ids: Iterable[str]) -> None:
        self.ids = frozenset(ids)
        self._path = path
        self._names: dict[str, int] = {}
        self._held = _Held(self._read)

    @cached_property
    def _file(self) -> pq.ParquetFile:
        return pq.ParquetFile(self._path, page_checksum_verification=True)

    @cached_property
    def _firsts(self) -> NDArray[np.int64]:
        """The first row of each group, and behind the last."""
        about = self._file.metadata
        rows = [about.row_group(k).num_rows for k in range(about.num_row_groups)]
        return np.concatenate([[0], np.cumsum(rows)]).astype(np.int64)

    @cached_property
    def _spans(self) -> dict[str, tuple[int, int]]:
        """First row of every run, and the row behind its last."""
        found: dict[str, tuple[int, int]] = {}
        for group, begin in enumerate(self._firsts[:-1].tolist()):
            codes, names = _coded(self._table(group, ["run_id"])["run_id"])
            starts = np.flatnonzero(np.diff(codes, prepend=-1))
            ends = [*starts[1:].tolist(), len(codes)]
            for start, end, code in zip(starts.tolist(), ends, codes[starts].tolist(), strict=True):
                before = found.get(names[code], (begin + start, begin + start))
                if before[1] != begin + start:
                    raise StoreRefused(f"{self._path} holds run {names[code]} in two places.")
                found[names[code]] = before[0], begin + end
        return found

    def _table(self, group: int, columns: list[str]) -> pa.Table:
        # In this thread alone: one of Arrow's may outlive a short command (see work.probe).
        try:
            return self._file.read_row_group(group, columns=columns, use_threads=False)
        except (pa.ArrowException, OSError):  # a page that is not what its checksum says, a disk
            raise StoreRefused(f"{self._path} is damaged, or cannot be read.") from None

    def _read(self, group: int) -> _Rows:
        table = self._table(group, ["tick", "scope", "outcome", "value"])
        scope, outcome = (self._placed(table[name]) for name in ("scope", "outcome"))
        return _Rows(table["tick"].to_numpy(), scope, outcome, table["value"].to_numpy())

    def _placed(self, column: pa.ChunkedArray) -> NDArray[np.int64]:
        """Return the place of each text among all names that were read."""
        codes, names = _coded(column)
        places = [self._names.setdefault(name, len(self._names)) for name in names]
        return np.array(places, dtype=np.int64)[codes]

    def pick(self, run_id: str) -> Picked:
        """Return a run of ``ids``.

        Raises:
            StoreRefused: it is not there, or not tick by tick, scope by scope, outcome by outcome.
        """
        if run_id not in self._spans:
            raise StoreRefused(
                f"{self._path} does not hold run {run_id}, which is said to be done."
            )
        first, after = self._spans[run_id]
        begin = int(np.searchsorted(self._firsts, first, side="right")) - 1
        end = int(np.searchsorted(self._firsts, after, side="left"))
        parts = [self._part(group, first, after) for group in range(begin, end)]
        return self._shaped(run_id, _Rows(*map(np.concatenate, zip(*parts, strict=True))))

    def _part(self, group: int, first: int, after: int) -> _Rows:
        """Return those rows from ``first`` to ``after`` that are in a group."""
        found: _Rows = self._held[group]
        begin = int(self._firsts[group])
        own = slice(max(0, first - begin), after - begin)
        return _Rows(found.tick[own], found.scope[own], found.outcome[own], found.value[own])

    def _shaped(self, run_id: str, rows: _Rows) -> Picked:
        """Return a run out of its rows, which go by tick, then by scope, then by outcome."""
        many, each = (len(np.unique(one)) for one in (rows.scope, rows.outcome))
        ticks = rows.tick[:: many * each]
        scopes, outcomes = rows.scope[: many * each : each], rows.outcome[:each]
        expected = (
            np.repeat(ticks, many * each),
            np.tile(np.repeat(scopes, each), len(ticks)),
            np.tile(outcomes, len(ticks) * many),
        )
        if (np.diff(ticks) <= 0).any() or not all(map(np.array_equal, rows[:3], expected)):
            raise StoreRefused(
                f"{self._path} holds the rows of run {run_id} in another order than they are "
                "written in."
            )
        names = list(self._names)
        where, what = ([names[k] for k in codes.tolist()] for codes in (scopes, outcomes))
        values = rows.value.reshape(len(ticks), many, each)
        return Picked(ticks.astype(np.int64), where, what, values)


def _coded(column: pa.ChunkedArray) -> tuple[NDArray[np.int32], list[str]]:
    """Return whole-number codes of a column of texts, and the texts they stand for."""
    found = pa.chunked_array(column).unify_dictionaries().combine_chunks()
    if isinstance(found, pa.ChunkedArray):
        found = found.chunk(0)
    codes = found.indices.to_numpy(zero_copy_only=False).astype(np.int32)
    return codes, found.dictionary.to_pylist()
