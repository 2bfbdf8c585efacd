"""Names of the files in a sweep's folder."""

from __future__ import annotations

import re
from pathlib import Path

from results.store.checksums import StoreRefused, listed_in

MANIFEST, TIMINGS, BATCHES = "manifest.json", "timings.json", "batches"
RUNS, SERIES, POINTS = "runs.parquet", "series.parquet", "points.parquet"


def batch_path(folder: Path, number: int) -> Path:
    """Return where batch ``number`` (from 0) is kept."""
    return folder / BATCHES / f"{number:07d}.parquet"


def is_finished(folder: Path) -> bool:
    """Return whether all runs are in their final files, and these are listed, as the last step.

    In a folder of an earlier version, or whose list is damaged, that they are there is enough.
    """
    there = (folder / SERIES).is_file() and (folder / RUNS).is_file()
    try:
        listed = listed_in(folder)
    except StoreRefused:
        return there
    return there and (listed is None or {SERIES, RUNS} <= set(listed))


def folder_name(name: str, sweep_id: str) -> str:
    """Return ``NAME-ID`` in safe characters."""
    safe = re.sub(r"[^A-Za-z0-9._]+", "-", name).strip("-.")
    return f"{safe}-{sweep_id}" if safe else sweep_id
