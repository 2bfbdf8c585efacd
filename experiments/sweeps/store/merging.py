"""Put the shards of a sweep together: exactly its runs, each once, in the order of the plan."""

from __future__ import annotations

import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from experiments.sweeps.store.finish import close, finish
from experiments.sweeps.store.folder import at_work
from experiments.sweeps.store.layout import BATCHES, MANIFEST, POINTS, folder_name, is_finished
from results.store.batches import label_of, read_batch
from results.store.checksums import as_written
from results.store.folder import FolderRefused, whole_file
from results.store.ids import identity_words, is_comparable
from results.store.keeping import note_checksums
from results.store.reading import StoreRefused, manifest
from sim.errors import BadInput


def merge(folders: Sequence[Path | str], out: Path | str | None = None) -> tuple[Path, int]:
    """Finish a sweep out of folders that hold its shards; return its folder and failed runs.

    One folder, in which all shards were written, is finished in place unless ``out`` is named;
    for one that is finished already -1 is returned. The same batch in two folders is taken once,
    if both say the same.

    Raises:
        BadInput: no folder, or one that is named twice.
        StoreRefused: runs are missing, or a folder or batch is of another sweep.
        FolderRefused: ``out`` cannot take the sweep.
    """
    paths = [Path(folder) for folder in folders]
    resolved = [path.resolve() for path in paths]
    for place, path in enumerate(paths):
        if resolved[place] in resolved[:place]:
            raise BadInput(str(path), "is named twice", allowed="each folder once")
    abouts = [_about(path) for path in paths]
    for path, about in zip(paths[1:], abouts[1:], strict=True):
        if not is_comparable(about, abouts[0]):
            raise StoreRefused(
                f"{path} has ids of another kind ({identity_words(about)}) than {paths[0]} "
                f"({identity_words(abouts[0])}), which cannot be compared. Merge shards that one "
                "copy of regiosim computed."
            )
        if about["id"] != abouts[0]["id"]:
            raise StoreRefused(
                f"{path} is of another sweep ({about['name']!r}, id {about['id']}) than "
                f"{paths[0]} ({abouts[0]['name']!r}, id {abouts[0]['id']})."
            )
    about = abouts[0]
    target = paths[0] if out is None and len(paths) == 1 else Path(out or _default(about))
    if target.resolve() == resolved[0] and is_finished(target):
        return target, -1
    found = _collect(paths, about)
    _refuse_gaps(found, about)
    if target.resolve() not in resolved:
        _prepare(target, paths[0])
    with at_work(target):
        began = time.perf_counter()
        failed = finish(target, about, lambda number: found[number])
        timings = {"finish": time.perf_counter() - began}
        close(target, failed < int(about["runs"]), timings)
    return target, failed


def _about(folder: Path) -> dict[str, Any]:
    about = manifest(folder)
    if about.get("kind") != "sweep":
        raise StoreRefused(f"{folder} holds a run, not a sweep or a shard of one.")
    return about


def _default(about: dict[str, Any]) -> Path:
    return Path("runs") / folder_name(about["name"], about["id"])


def _collect(paths: list[Path], about: dict[str, Any]) -> dict[int, Path]:
    found: dict[int, Path] = {}
    for folder in paths:
        if is_finished(folder):
            raise StoreRefused(f"{folder} is finished already: there is nothing to merge in it.")
        for path in sorted((folder / BATCHES).glob("*.parquet")):
            label = label_of(path)
            if label.sweep != about["id"] or not 0 <= label.number < int(about["batches"]):
                raise StoreRefused(f"{path} is a batch of another sweep ({label.sweep}).")
            other = found.setdefault(label.number, path)
            if other != path and not read_batch(other).equals(read_batch(path)):
                raise StoreRefused(
                    f"{other} and {path} are the same batch with other values. One of them was "
                    "changed or computed by another program."
                )
    return found


def _refuse_gaps(found: dict[int, Path], about: dict[str, Any]) -> None:
    missing = [number for number in range(int(about["batches"])) if number not in found]
    if missing:
        listed = ", ".join(str(number) for number in missing[:8])
        more = f" and {len(missing) - 8} more" if len(missing) > 8 else ""
        raise StoreRefused(
            f"{len(missing)} of {about['batches']} batches are missing ({listed}{more}). Shard i "
            "of n holds every n-th batch from batch i-1 on: run those shards again, they go on "
            "where they stopped."
        )


def _prepare(target: Path, source: Path) -> None:
    """Make the folder of the merged sweep, with the manifest and points of a shard."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise FolderRefused(f"{target} is not empty. Name a new folder with --out.")
    target.mkdir(parents=True, exist_ok=True)
    for name in (POINTS, MANIFEST):
        with whole_file(target / name) as aside:
            shutil.copyfile(as_written(source / name), aside)
    note_checksums(target, [POINTS, MANIFEST])
