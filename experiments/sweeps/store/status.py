"""Where a sweep stands, read from its folder alone: no experiment file is needed."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq

from experiments.sweeps.store.layout import BATCHES, RUNS, is_finished
from results.store.batches import label_of
from results.store.ids import identity_of
from results.store.reading import StoreRefused, manifest

RECENT = 20
"""Batches whose times give the present rate."""
SHORTEST = 2.0
"""Seconds that they must span for a rate worth saying."""


def status(folder: Path | str) -> dict[str, Any]:
    """Return how far the sweep in ``folder`` is.

    Keys: name, id, identity (kind and version of the id), runs, done, failed, batches,
    batches_done, damaged, finished, and while it is not finished: last (seconds since the last
    batch), rate (runs a second, recently) and left (seconds at that rate), each None where
    nothing can be said.

    Raises:
        StoreRefused: it is not the folder of a sweep.
    """
    folder = Path(folder)
    about = manifest(folder)
    if about.get("kind") != "sweep":
        raise StoreRefused(f"{folder} is not the folder of a sweep.")
    found: dict[str, Any] = {key: about[key] for key in ("name", "id", "runs", "batches")}
    found["identity"] = identity_of(about)
    if is_finished(folder):
        states = pq.read_table(folder / RUNS, columns=["status"])["status"]
        failed = pc.sum(pc.equal(states.cast("string"), "failed")).as_py() or 0
        return {
            **found, "done": found["runs"], "failed": int(failed),
            "batches_done": found["batches"], "damaged": 0, "finished": True,
        }  # fmt: skip
    times, done, damaged = [], 0, 0
    for path in sorted((folder / BATCHES).glob("*.parquet")):
        try:
            label = label_of(path)
        except StoreRefused:
            damaged += 1
            continue
        done += label.runs
        times.append((path.stat().st_mtime, label.runs))
    recent = sorted(times)[-RECENT:]
    span = recent[-1][0] - recent[0][0] if len(recent) > 1 else 0.0
    rate = sum(runs for _, runs in recent[1:]) / span if span > SHORTEST else None
    return {
        **found, "done": done, "failed": _failed(folder), "batches_done": len(times),
        "damaged": damaged, "finished": False,
        "last": time.time() - recent[-1][0] if recent else None,
        "rate": rate, "left": (found["runs"] - done) / rate if rate else None,
    }  # fmt: skip


def _failed(folder: Path) -> int:
    """Return how many runs failed so far: each is one row with that status."""
    failed = 0
    for path in (folder / BATCHES).glob("*.parquet"):
        try:
            states = pq.read_table(path, columns=["status"])["status"].cast("string")
        except (OSError, ValueError):  # counted as damaged
            continue
        failed += int(pc.sum(pc.equal(states, "failed")).as_py() or 0)
    return failed
