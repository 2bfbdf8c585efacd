"""Where a folder stands, read from it alone: whether it is whole, and how far its sweep is."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq

from experiments.sweeps.store.layout import (
    BATCHES,
    MANIFEST,
    RUNS,
    batch_files,
    gave_up,
    is_finished,
)
from experiments.sweeps.store.stored import stored_sweep
from results.store.batches import label_of
from results.store.checksums import StoreRefused, as_written, check_folder
from results.store.ids import identity_of
from results.store.reading import is_sweep, made_of_others, manifest, read

LEFT_OUT = (f"{BATCHES}/",)
"""What is in no list: batches hold their own hashes."""

RECENT = 20
"""Batches whose times give the present rate."""
SHORTEST = 2.0
"""Seconds that they must span for a rate worth saying."""


def status(folder: Path | str) -> dict[str, Any]:
    """Return what a folder holds, whether it is as it was written, and how far its sweep is.

    Keys for every folder: kind (run, sweep, comparison or scorecard), files (how many are as they
    were written), changed, missing and added (their paths; added ones are not ours, and no error),
    and listed (whether there are checksums: folders of earlier versions have none).

    Keys for runs and sweeps whose manifest is sound: name, id, identity (kind and version of the
    id), runs, done, failed, finished.

    Keys for sweeps with targets: until (what was asked), reached (None while it is at work); runs
    and batches are then those that are known by now.

    Keys for sweeps: batches, batches_done, damaged, and while it is not finished: last (seconds
    since the last batch), rate (runs a second, recently) and left (seconds at that rate), each
    None where nothing can be said; and, where any did, gave_up (tasks of an array that finished no
    batch in several turns and are not queued again).

    Raises:
        StoreRefused: it is the folder of none of these, or its list of checksums is damaged.
    """
    folder = Path(folder)
    checked = check_folder(folder, LEFT_OUT)
    files = {
        "files": checked.files, "changed": list(checked.changed),
        "missing": list(checked.missing), "added": list(checked.added), "listed": checked.listed,
    }  # fmt: skip
    if not {MANIFEST, RUNS}.isdisjoint(checked.changed + checked.missing):
        return {"kind": None, **files}
    if kind := made_of_others(folder):
        return {"kind": kind, **files}
    about = manifest(folder)
    if not is_sweep(about):
        if not (folder / RUNS).is_file():  # of a sweep at work whose manifest was edited
            stored_sweep(folder)
        return {"kind": "run", **_of_run(folder, about), **files}
    return {"kind": "sweep", **_of_sweep(folder), **files}


def is_sound(found: Mapping[str, Any]) -> bool:
    """Say whether nothing of what ``status`` found is changed, missing or damaged."""
    return not (found["changed"] or found["missing"] or found.get("damaged"))


def _failed_in(path: Path) -> tuple[int, int]:
    """Return how many runs a table of runs holds, and how many of them failed."""
    states = pq.read_table(path, columns=["status"])["status"]
    return len(states), int(pc.sum(pc.equal(states.cast("string"), "failed")).as_py() or 0)


def _of_run(folder: Path, about: Mapping[str, Any]) -> dict[str, Any]:
    states = read(folder, "runs")["status"]
    runs, failed = len(states), int((states == "failed").sum())
    scenario = about.get("scenario") or {}
    return {
        "name": f"{scenario.get('region')}, {scenario.get('regime')}", "id": about.get("id"),
        "identity": identity_of(about), "runs": runs, "done": runs, "failed": failed,
        "finished": True,
    }  # fmt: skip


def _of_sweep(folder: Path) -> dict[str, Any]:
    about = stored_sweep(folder)
    found: dict[str, Any] = {key: about[key] for key in ("name", "id", "runs", "batches")}
    found["identity"] = identity_of(about)
    if "until" in about:
        found["until"] = [one["asked"] for one in about["until"]["targets"]]
        found["reached"] = about["until"].get("reached")
    if is_finished(folder):
        return {
            **found, "done": found["runs"], "failed": _failed_in(as_written(folder / RUNS))[1],
            "batches_done": found["batches"], "damaged": 0, "finished": True,
        }  # fmt: skip
    times, done, damaged = [], 0, 0
    for path in batch_files(folder):
        try:
            label = label_of(path)
        except StoreRefused:
            damaged += 1
            continue
        done += label.runs
        times.append((path.stat().st_mtime, label.runs))
    if tasks := gave_up(folder):
        found["gave_up"] = tasks
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
    for path in batch_files(folder):
        try:
            failed += _failed_in(path)[1]
        except (OSError, ValueError):  # counted as damaged
            continue
    return failed
