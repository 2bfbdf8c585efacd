"""Names of the files in a sweep's folder."""

from __future__ import annotations

from pathlib import Path

MANIFEST, TIMINGS, BATCHES = "manifest.json", "timings.json", "batches"
RUNS, SERIES, POINTS = "runs.parquet", "series.parquet", "points.parquet"
COLUMNS = (
    "row", "point", "region", "regime", "package", "settings", "run_id", "from", "to", "switch",
    "engine", "replicate", "seed", "population_seed", "status", "reason", "tick", "date", "scope",
    "outcome", "value",
)  # fmt: skip
"""Columns of these tables that are no factor's."""


def batch_path(folder: Path, number: int) -> Path:
    """Return where batch ``number`` (from 0) is kept."""
    return folder / BATCHES / f"{number:07d}.parquet"


def is_finished(folder: Path) -> bool:
    """Return whether all runs are in their final files."""
    return (folder / SERIES).is_file() and (folder / RUNS).is_file()
