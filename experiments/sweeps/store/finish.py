"""From batches to the files of a finished sweep, a few batches in memory at a time.

All it needs is in the sweep's folder: the manifest and the points.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from experiments.runs.drawing import is_drawn
from experiments.runs.frames import declared_outcomes
from experiments.sweeps.store.layout import (
    MANIFEST,
    POINTS,
    RUNS,
    SERIES,
    TIMINGS,
    batch_path,
    remove_batches,
)
from results.reports.crate import Made, write_crate
from results.store.batches import heads_of, long, read_batch
from results.store.checksums import as_written, listed_in
from results.store.claims import remove_asides
from results.store.folder import parquet_options, to_json, whole_file, write_parquet
from results.store.keeping import note_checksums
from results.store.reading import StoreRefused, manifest
from results.store.recorded import numbers_of
from results.store.schema import RUN_ID, Spec, coded, table_from_columns

ROWS_IN_GROUP = 500_000
"""Rows of the series that are written at a time: some tens of MB."""
FEW = 256
"""Tables of a batch that are kept apart: each takes some 20 kB however few its rows are, and of a
country a batch is one run."""
NOT_OF_RUNS = ("row", "point")
"""Columns of the points that are not repeated for runs."""


class Gathered:
    """Tables one after the other, put together as they come so that many small ones stay small."""

    def __init__(self) -> None:
        self.rows = 0
        self._whole: list[pa.Table] = []
        self._apart: list[pa.Table] = []

    def add(self, table: pa.Table) -> None:
        """Put a table behind the others."""
        self.rows += len(table)
        self._apart.append(table)
        if len(self._apart) == FEW:
            self._whole.append(_in_one(self._apart).combine_chunks())
            self._apart = []

    def take(self) -> pa.Table:
        """Return all, and begin anew."""
        found = _in_one([*self._whole, *self._apart])
        self.rows, self._whole, self._apart = 0, [], []
        return found


def _in_one(tables: list[pa.Table]) -> pa.Table:
    return pa.concat_tables(tables).unify_dictionaries()


class Settled(NamedTuple):
    """A finished sweep: its runs, how many failed, and whether its report is there."""

    runs: int
    failed: int
    reported: bool


def finish(
    folder: Path, about: Mapping[str, Any], where: Callable[[int], Path] | None = None
) -> int:
    """Write runs.parquet and series.parquet out of all batches; return how many runs failed.

    ``batches/`` goes when both are on disk and listed. Whatever happens before that, the batches
    are there and finishing can be done again.

    Args:
        folder: the sweep's folder.
        about: its manifest.
        where: the file of each batch; by default in the folder itself.

    Raises:
        StoreRefused: the batches are not exactly the runs of the plan, each once.
    """
    find = where or (lambda number: batch_path(folder, number))
    heads = _write_series(folder / SERIES, int(about["batches"]), find, numbers_of(about))
    with whole_file(folder / RUNS) as aside:
        write_parquet(runs_table(folder, about, heads), aside)
    listed = listed_in(folder) or {}
    note_checksums(folder, [SERIES, RUNS, *(n for n in (MANIFEST, POINTS) if n not in listed)])
    remove_batches(folder)
    return int(pc.sum(pc.equal(heads["status"].cast(pa.string()), "failed")).as_py() or 0)


def _write_series(
    target: Path, batches: int, find: Callable[[int], Path], runs: np.ndarray
) -> pa.Table:
    """Write the series batch by batch; return the first row of every run, by their numbers."""
    declared = declared_outcomes()
    heads, waiting = Gathered(), Gathered()
    with whole_file(target) as aside:
        writer: pq.ParquetWriter | None = None
        try:
            for number in range(batches):
                table = read_batch(find(number))
                heads.add(heads_of(table))
                waiting.add(long(table, declared))
                if number == batches - 1 or waiting.rows >= ROWS_IN_GROUP:
                    group = waiting.take()
                    if writer is None:
                        options = parquet_options(group.schema)
                        writer = pq.ParquetWriter(aside, group.schema, **options)
                    writer.write_table(group)
        finally:
            if writer is not None:
                writer.close()
        found = heads.take().combine_chunks()
        found = found.take(pa.array(np.argsort(found["run"].to_numpy(), kind="stable")))
        _check_runs(found, runs)
    return found


def _check_runs(heads: pa.Table, runs: np.ndarray) -> None:
    if not np.array_equal(heads["run"].to_numpy(), runs):
        raise StoreRefused(
            f"the batches hold {len(heads):,} runs, not each of the plan's {len(runs):,} once."
        )
    if pc.count_distinct(heads["run_id"].cast(pa.string())).as_py() < len(runs):
        raise StoreRefused("two runs of the sweep have one id: they are the same run twice.")


def runs_table(folder: Path, about: Mapping[str, Any], heads: pa.Table) -> pa.Table:
    """Return a row per run: ids, seeds and status of ``heads``, and its point as it is kept."""
    points = pq.read_table(as_written(folder / POINTS), page_checksum_verification=True)
    numbers, first = np.unique(points["point"].to_numpy(), return_index=True)
    rows = pa.array(first[np.searchsorted(numbers, heads["point"].to_numpy())])
    own = points.drop_columns(NOT_OF_RUNS).take(rows)
    columns: list[tuple[Spec, Any]] = [
        (RUN_ID, heads["run_id"].cast(pa.string())),
        (Spec("point", "i8", "", "point of the design", "1.."), heads["point"]),
    ]
    for name, text in (
        ("from", "first quarter recorded"),
        ("to", "last quarter"),
        ("switch", "quarter in which a design leaves its base"),
        ("engine", "engine"),
    ):
        same = coded(np.zeros(len(heads)), [str(about[name])])
        columns.append((Spec(name, "dictionary", "", text), same))
    columns += [
        (Spec("replicate", "i8", "", "replicate", "1.."), heads["replicate"]),
        (Spec("seed", "i8", "", "seed of behaviour", "0.."), heads["seed"]),
        (Spec("population_seed", "i8", "", "seed of the population", "0.."),
         heads["population_seed"]),
        (Spec("status", "dictionary", "", "done or failed"), heads["status"]),
        (Spec("reason", "str", "", "why it failed", "", "it did not fail"),
         heads["reason"].cast(pa.string())),
    ]  # fmt: skip
    table = table_from_columns(columns)
    for field in own.schema:
        table = table.append_column(field, own[field.name])
    return table


def close(folder: Path, any_done: bool, timings: Mapping[str, Any], language: str = "en") -> bool:
    """Write the report of a finished sweep, if any run was done, and how long it all took.

    Returns:
        Whether there is a report where there should be one. If it cannot be drawn, a warning says
        so: what was run is whole all the same, and the next to close the sweep tries again.
    """
    began = time.perf_counter()
    if any_done and not is_drawn(folder, language):
        return False
    about = {
        **timings,
        "report": time.perf_counter() - began,
        "unit": "s",
        "peak_memory": _peak(),
        "finished": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
    }
    with whole_file(folder / TIMINGS) as aside:
        aside.write_text(to_json(about), encoding="utf-8", newline="\n")
    path = folder / MANIFEST
    made = Made(path.stat().st_mtime, time.time())  # nothing changes it once a sweep has begun
    note_checksums(folder, [TIMINGS, write_crate(folder, manifest(folder), made).name])
    return True


def settle(folder: Path) -> Settled:
    """Do what a kill may have left undone in a sweep whose runs are all in their final files.

    The folder has to be claimed.
    """
    remove_batches(folder)
    remove_asides(folder, True)
    listed = listed_in(folder)
    if listed is not None and RUNS not in listed:
        note_checksums(folder, [SERIES, RUNS])
    states = pq.read_table(folder / RUNS, columns=["status"])["status"]
    failed = int(pc.sum(pc.equal(states.cast(pa.string()), "failed")).as_py() or 0)
    closed = (folder / TIMINGS).is_file() and (listed is None or TIMINGS in listed)
    reported = closed or close(folder, failed < len(states), {})
    return Settled(len(states), failed, reported)


def _peak() -> int | None:
    """Return the most memory that this process held, in bytes, where the system says it."""
    try:
        import resource
    except ImportError:
        return None
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
