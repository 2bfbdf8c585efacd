"""Batches of a sweep: one file each, whole or not there, that says which runs it holds.

A batch is wide: a row per run, tick and scope with a column per outcome; a failed run is one row
without a tick. ``long`` turns batches into the series of the finished sweep. The file holds its own
SHA-256, that of its bytes with zeros in the place of the hash: a batch is one file, and no list is
shared between the processes that write them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from results.store.checksums import StoreRefused
from results.store.folder import whole_file, write_parquet
from results.store.schema import (
    RUN_ID,
    SCHEMA_VERSION,
    TICK,
    VERSION_KEY,
    Declared,
    Spec,
    table_from_columns,
)
from results.store.series import series_long

SUM_KEY = b"regiosim.sha256"
_BLANK = b"0" * 64
_TEXT_OF_64 = b"\x18\x40"
"""What stands before a text of 64 bytes in the last part of a Parquet file."""
SWEEP_KEY, BATCH_KEY, RUNS_KEY = b"regiosim.sweep", b"regiosim.batch", b"regiosim.runs"
_AGAIN = "Take it out of the folder, and its runs are done again."
FIXED = ("run", "run_id", "point", "replicate", "seed", "population_seed", "status", "reason")
"""Columns of a batch that are about a run; then tick, scope and the outcomes."""


class Label(NamedTuple):
    """What a batch file says of itself: its sweep, its number and how many runs it holds."""

    sweep: str
    number: int
    runs: int


class Kept(NamedTuple):
    """One run as a batch keeps it; ``values`` has shape ``(ticks, scopes, outcomes)``.

    A failed run has a reason and no values.
    """

    run: int
    run_id: str
    point: int
    replicate: int
    seeds: tuple[int, int]
    ticks: np.ndarray
    scopes: Sequence[str]
    values: np.ndarray | None
    reason: str = ""


def batch_table(runs: Sequence[Kept], outcomes: Sequence[str], label: Label) -> pa.Table:
    """Return the table of a batch."""
    lengths = np.array([1 if r.values is None else r.values[..., 0].size for r in runs])

    def repeated(values: Sequence[Any]) -> np.ndarray:
        return np.repeat(np.array(values), lengths)

    blank = np.full((1, len(outcomes)), np.nan)
    ticks = [
        np.array([2**40]) if r.values is None else np.repeat(r.ticks, len(r.scopes)) for r in runs
    ]
    scopes: list[str | None] = []
    for r in runs:
        scopes += [None] if r.values is None else list(r.scopes) * len(r.ticks)
    blocks = [blank if r.values is None else r.values.reshape(-1, len(outcomes)) for r in runs]
    values = np.concatenate(blocks)
    reasons = np.repeat(np.array([r.reason or None for r in runs], dtype=object), lengths)
    columns: list[tuple[Spec, Any]] = [
        (Spec("run", "i8", "", "number of the run in its sweep", "0.."),
         repeated([r.run for r in runs])),
        (RUN_ID, repeated([r.run_id for r in runs])),
        (Spec("point", "i8", "", "point of the design", "1.."), repeated([r.point for r in runs])),
        (Spec("replicate", "i8", "", "replicate", "1.."), repeated([r.replicate for r in runs])),
        (Spec("seed", "i8", "", "seed of behaviour", "0.."),
         pa.array(repeated([r.seeds[0] for r in runs]))),
        (Spec("population_seed", "i8", "", "seed of the population", "0.."),
         pa.array(repeated([r.seeds[1] for r in runs]))),
        (Spec("status", "dictionary", "", "done or failed"),
         repeated(["failed" if r.values is None else "done" for r in runs])),
        (Spec("reason", "dictionary", "", "why it failed", "", "it did not fail"), reasons),
        (TICK, np.concatenate(ticks).astype(np.int64)),
        (Spec("scope", "dictionary", "", "'all', or a municipality's code"), scopes),
    ]  # fmt: skip
    columns += [
        (Spec(name, "f8", "", "outcome"), np.ascontiguousarray(values[:, k]))
        for k, name in enumerate(outcomes)
    ]
    notes = {
        SWEEP_KEY: label.sweep.encode(),
        BATCH_KEY: str(label.number).encode(),
        RUNS_KEY: str(label.runs).encode(),
    }
    return table_from_columns(columns, notes)


def to_bytes(table: pa.Table) -> bytes:
    """Return a table as the bytes of a Parquet file that holds its own hash."""
    sink = pa.BufferOutputStream()
    notes = {**(table.schema.metadata or {}), SUM_KEY: _BLANK}
    write_parquet(table.replace_schema_metadata(notes), sink)
    data: bytes = sink.getvalue().to_pybytes()
    before, _, after = _around_hash(data)
    return b"".join((before, hashlib.sha256(data).hexdigest().encode(), after))


def _around_hash(data: bytes) -> tuple[bytes, bytes, bytes]:
    """Return what stands before a batch's own hash, the hash, and the rest; b"" without one."""
    before, mark, after = data.rpartition(SUM_KEY + _TEXT_OF_64)
    return before + mark, after[: len(_BLANK)], after[len(_BLANK) :]


def _sound_bytes(path: Path) -> pa.Buffer:
    """Return the bytes of a batch file; those of earlier versions hold no hash.

    Raises:
        StoreRefused: it is not what was written, or no Parquet at all.
    """
    try:
        data = path.read_bytes()
        before, said, after = _around_hash(data)
        hashed = bool(before) or SUM_KEY in (pq.read_schema(pa.BufferReader(data)).metadata or {})
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise StoreRefused(f"{path} is damaged: {error}. {_AGAIN}") from None
    found = hashlib.sha256(b"".join((before, _BLANK, after))).hexdigest()
    if hashed and found.encode() != said:
        raise StoreRefused(
            f"{path} is damaged: it was changed after it was written (its SHA-256 is {found}, it "
            f"says {said.decode('ascii', 'replace')}). {_AGAIN}"
        )
    return pa.py_buffer(data)


def write_bytes(data: bytes, target: Path) -> None:
    """Write ``data`` as ``target``: whole, on disk, or not at all."""
    with whole_file(target) as aside:
        aside.write_bytes(data)


def label_of(path: Path) -> Label:
    """Return what a batch file says of itself, when it is what was written.

    Raises:
        StoreRefused: it is damaged, or is no batch of this version.
    """
    notes = pq.read_schema(pa.BufferReader(_sound_bytes(path))).metadata or {}
    version = notes.get(VERSION_KEY, b"").decode()
    if version != SCHEMA_VERSION or BATCH_KEY not in notes:
        raise StoreRefused(
            f"{path} is no batch of schema version {SCHEMA_VERSION} (it says {version or 'none'})."
        )
    return Label(notes[SWEEP_KEY].decode(), int(notes[BATCH_KEY]), int(notes[RUNS_KEY]))


def read_batch(path: Path) -> pa.Table:
    """Return the table of a batch file.

    Raises:
        StoreRefused: it is damaged.
    """
    data = pa.BufferReader(_sound_bytes(path))
    try:
        return pq.read_table(data, page_checksum_verification=True)
    except (pa.ArrowException, OSError) as error:
        raise StoreRefused(f"{path} is damaged: {error}. {_AGAIN}") from None


def heads_of(table: pa.Table) -> pa.Table:
    """Return the first row of every run in a batch: the columns about the run."""
    runs = table["run"].to_numpy()
    first = np.flatnonzero(np.diff(runs, prepend=-1))
    return table.select(list(FIXED)).take(pa.array(first, pa.int64()))


def kept_in(table: pa.Table) -> list[Kept]:
    """Return the runs of a batch as they were put into it by ``batch_table``."""
    heads = heads_of(table).to_pylist()
    firsts = np.flatnonzero(np.diff(table["run"].to_numpy(), prepend=-1)).tolist()
    outcomes = outcomes_of(table)
    values = np.column_stack([table[name].to_numpy() for name in outcomes])
    ticks, scopes = table["tick"].to_numpy(), table["scope"].to_pylist()
    found = []
    for head, first, after in zip(heads, firsts, [*firsts[1:], len(table)], strict=True):
        own: Any = None
        when, where = np.zeros(0, np.int64), []
        if head["status"] == "done":
            when = np.unique(ticks[first:after])
            where = scopes[first : first + (after - first) // len(when)]
            own = values[first:after].reshape(len(when), len(where), len(outcomes))
        found.append(
            Kept(
                head["run"], head["run_id"], head["point"], head["replicate"],
                (head["seed"], head["population_seed"]), when.astype(np.int64), where, own,
                head["reason"] or "",
            )
        )  # fmt: skip
    return found


def outcomes_of(table: pa.Table) -> list[str]:
    """Return the outcomes that a batch holds, in its order."""
    return [str(name) for name in table.column_names[len(FIXED) + 2 :]]


def long(table: pa.Table, declared: Declared | None = None) -> pa.Table:
    """Return the series in a batch: run_id, tick, date, scope, outcome, value."""
    done = table.filter(pc.equal(table["status"], "done"))
    outcomes = outcomes_of(done)
    values = np.empty((len(done), len(outcomes)))
    for k, name in enumerate(outcomes):
        values[:, k] = done[name].to_numpy()
    return series_long(
        done["run_id"].combine_chunks(), done["tick"].to_numpy(), done["scope"].combine_chunks(),
        outcomes, values, declared,
    )  # fmt: skip
