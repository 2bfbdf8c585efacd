"""The runs that a folder holds, by their numbers, with their rows of the series a few at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from results.store.batches import heads_of, label_of, long, read_batch
from results.store.reading import StoreRefused, is_sweep, outcome_of
from results.store.same import renamed
from results.store.schema import VERSION_KEY

ROWS_AT_ONCE = 2_000_000
"""Rows of a series that are compared at a time: some hundred MB."""


class RecordedRuns:
    """What a run's or a sweep's folder says of its runs; of an unfinished sweep, those it has.

    A run is numbered from 0, in a sweep point by point.

    Raises:
        StoreRefused: the folder cannot be read, or has no runs yet.
    """

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)
        self.about = outcome_of(folder)
        self.finished = (self.folder / "runs.parquet").is_file()
        if not self.finished and not is_sweep(self.about):
            raise StoreRefused(f"{self.folder / 'runs.parquet'} does not exist.")
        if not len(self.runs):
            raise StoreRefused(f"{self.folder} holds no runs yet: there is nothing to repeat.")

    @cached_property
    def runs(self) -> pa.Table:
        """A row per run, with what the store says of it."""
        if self.finished:
            return read_table(self.folder / "runs.parquet")
        heads = [one.drop_columns(["run"]) for one in self._heads.values()]
        return pa.concat_tables(heads).unify_dictionaries() if heads else pa.table({"run_id": []})

    @cached_property
    def _batches(self) -> dict[int, Path]:
        paths = sorted((self.folder / "batches").glob("*.parquet"))
        return {label_of(path).number: path for path in paths}

    @cached_property
    def _heads(self) -> dict[int, pa.Table]:
        """A row per run of each batch, by the batch's number."""
        return {number: heads_of(read_batch(path)) for number, path in self._batches.items()}

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each run, by its id."""
        ids = self._cells("run_id")
        places = self._cells("replicate")
        if is_sweep(self.about):
            until = self.about.get("until")
            each = int(until["most"] if until else self.about["replicates"])
            points = self._cells("point")
            found = [(p - 1) * each + r - 1 for p, r in zip(points, places, strict=True)]
        else:
            found = [place - 1 for place in places]
        if len(set(found)) < len(found) or len(set(ids)) < len(ids):
            raise StoreRefused(f"{self.folder}: the table runs holds a run twice.")
        return dict(zip(ids, found, strict=True))

    def _cells(self, name: str) -> list[Any]:
        if name not in self.runs.column_names:
            raise StoreRefused(f"{self.folder}: the table runs has no column {name}.")
        kind = pa.string() if name == "run_id" else pa.int64()
        return list(self.runs[name].cast(kind).to_pylist())

    @cached_property
    def names(self) -> list[str]:
        """The names of the tables that this program wrote, not of files put beside them."""
        paths = sorted(self.folder.glob("*.parquet"))
        return [path.stem for path in paths if _is_own(path)]

    def of(self, numbers: Sequence[int]) -> dict[str, int]:
        """Return the runs of these numbers that are there: number by id."""
        wanted = set(numbers)
        return {one: number for one, number in self.numbers.items() if number in wanted}

    def table(self, name: str, ids: dict[str, int]) -> pa.Table | None:
        """Return the rows of these runs in one table, their numbers for their ids; None without."""
        if name == "runs":
            return _by_run(renamed(self.runs, ids))
        path = self.folder / f"{name}.parquet"
        return renamed(read_table(path), ids) if path.is_file() else None

    def series(self, ids: dict[str, int]) -> pa.Table:
        """Return the outcomes of these runs, their numbers for their ids, run by run.

        In the store they stand as they were computed: seed by seed where runs share a past.
        """
        if self.finished:
            path = self.folder / "series.parquet"
            return _by_run(renamed(read_table(path, pc.field("run_id").isin(list(ids))), ids))
        wanted = pa.array(list(ids), pa.string())
        parts = [
            long(read_batch(self._batches[number]))
            for number, heads in self._heads.items()
            if pc.any(pc.is_in(heads["run_id"].cast(pa.string()), wanted)).as_py()
        ]
        return _by_run(renamed(pa.concat_tables(parts).unify_dictionaries(), ids))

    def groups(self, numbers: Sequence[int]) -> Iterator[list[int]]:
        """Give runs in groups of so few that the series of one fits in memory."""
        rows = len(self.runs)
        if self.finished:
            total = pq.read_metadata(self.folder / "series.parquet").num_rows
            rows = max(1, total // max(1, len(self.runs)))
        size = max(1, ROWS_AT_ONCE // max(1, rows))
        for at in range(0, len(numbers), size):
            yield list(numbers[at : at + size])


def _by_run(table: pa.Table) -> pa.Table:
    """Return the rows run by run; those of a run stay in their order."""
    return table.take(pa.array(np.argsort(table["run"].to_numpy(), kind="stable")))


def numbers_of(about: Mapping[str, Any]) -> np.ndarray:
    """Return the numbers of a sweep's runs in their order, by its manifest: point by point.

    Where points have seeds of their own number (``until``), those of a point begin where they would
    if all before it had as many as a point may have.
    """
    until = about.get("until")
    if not until:
        return np.arange(int(about["runs"]))
    counts = np.array(until["seeds"], dtype=np.int64)
    skipped = np.arange(len(counts)) * int(until["most"]) - (np.cumsum(counts) - counts)
    numbers: np.ndarray = np.arange(counts.sum()) + np.repeat(skipped, counts)
    return numbers


def _is_own(path: Path) -> bool:
    try:
        return VERSION_KEY in (pq.read_schema(path).metadata or {})
    except (pa.ArrowInvalid, OSError) as error:
        raise StoreRefused(f"{path} is damaged, it cannot be read as Parquet: {error}.") from None


def read_table(path: Path, wanted: pc.Expression | None = None) -> pa.Table:
    """Return a table of a folder, or the rows of it that are wanted.

    Raises:
        StoreRefused: it is damaged, or not there.
    """
    try:
        return pq.read_table(path, filters=wanted)
    except (pa.ArrowInvalid, OSError) as error:
        raise StoreRefused(f"{path} is damaged, it cannot be read as Parquet: {error}.") from None
