"""Names of the files in a sweep's folder."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

from results.store.checksums import StoreRefused, listed_in

MANIFEST, TIMINGS, BATCHES = "manifest.json", "timings.json", "batches"
RUNS, SERIES, POINTS = "runs.parquet", "series.parquet", "points.parquet"
TURNS_IN = "turns"
"""Beside the scripts of jobs: a file a task, turns in a row in which it finished no batch."""
TURNS = 3
"""So many, and a task gives up: another turn would not do better, and each takes its whole time."""
_BATCH = re.compile(r"\d{7,}\.parquet")
_LEFT = re.compile(r"\d{7,}\.damaged|\.\d{7,}\.parquet\.partial-.+")


def batch_path(folder: Path, number: int) -> Path:
    """Return where batch ``number`` (from 0) is kept."""
    return folder / BATCHES / f"{number:07d}.parquet"


def batch_files(folder: Path) -> list[Path]:
    """Return the files of batches in order; what else a person put beside them is left alone."""
    return sorted(p for p in (folder / BATCHES).glob("*.parquet") if _BATCH.fullmatch(p.name))


def remove_batches(folder: Path) -> None:
    """Remove ``batches/`` of a finished sweep; it stays where a person keeps files in it.

    What cannot be removed now is left: the sweep is finished all the same.
    """
    with suppress(OSError):
        for path in sorted((folder / BATCHES).iterdir()):
            if _BATCH.fullmatch(path.name) or _LEFT.fullmatch(path.name):
                path.unlink(missing_ok=True)
        (folder / BATCHES).rmdir()


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


def jobs_folder(folder: Path) -> Path:
    """Return where scripts and logs of a sweep's jobs are: beside it."""
    return folder.with_name(f"{folder.name}-slurm")


def gave_up(folder: Path) -> list[int]:
    """Return which tasks of an array gave up, as their time does not do for a batch."""
    found = []
    for path in (jobs_folder(folder.absolute()) / TURNS_IN).glob("*"):
        with suppress(OSError, ValueError):
            if int(path.read_text(encoding="utf-8")) >= TURNS:
                found.append(int(path.name))
    return sorted(found)
