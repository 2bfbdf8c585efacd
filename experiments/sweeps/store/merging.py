"""Put the shards of a sweep together: exactly its runs, each once, in the order of the plan."""

from __future__ import annotations

import shutil
import time
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any, NamedTuple

from experiments.sweeps.store.finish import close, finish, settle
from experiments.sweeps.store.folder import at_work
from experiments.sweeps.store.layout import (
    MANIFEST,
    POINTS,
    batch_files,
    batch_path,
    folder_name,
    is_finished,
)
from experiments.sweeps.store.stored import stored_sweep
from results.store.batches import label_of, read_batch
from results.store.checksums import as_written
from results.store.claims import FolderRefused, claimed, remove_asides
from results.store.folder import new_file, whole_file
from results.store.ids import identity_words, is_comparable
from results.store.keeping import note_checksums
from results.store.reading import StoreRefused, manifest
from sim.errors import BadInput


class Merged(NamedTuple):
    """A sweep that was put together.

    Attributes:
        folder: where it is.
        failed: how many of its runs failed.
        already: whether it was finished before, and only looked after.
        reported: False where the report could not be drawn; the tables are whole all the same.
    """

    folder: Path
    failed: int
    already: bool
    reported: bool


def merge(
    folders: Sequence[Path | str],
    out: Path | str | None = None,
    shards: int | None = None,
    language: str = "en",
) -> Merged:
    """Finish a sweep out of folders that hold its shards.

    One folder, in which all shards were written, is finished in place unless ``out`` is named. The
    same batch in two folders is taken once, if both say the same. A merge that was stopped goes
    on: ``out`` may hold what it left, or be finished but for its report.

    Args:
        folders: of shards; nothing is written to them but where one is ``out`` too.
        out: a new folder, or one of this sweep.
        shards: in how many shards the work was cut, to name those that are missing.
        language: of the report, ``en`` or ``nl``.

    Raises:
        BadInput: no folder, or one that is named twice.
        StoreRefused: runs are missing, or a folder or batch is of another sweep.
        FolderRefused: ``out`` cannot take the sweep, or another process is at work in a folder.
    """
    paths = [Path(folder) for folder in folders]
    resolved = [path.resolve() for path in paths]
    for place, path in enumerate(paths):
        if resolved[place] in resolved[:place]:
            raise BadInput(str(path), "is named twice", allowed="each folder once")
    about = _one_sweep(paths)
    if "until" in about and not is_finished(paths[0]):
        raise StoreRefused(
            f"{paths[0]} holds a sweep with targets (--until), which has no shards: the command "
            "that began it goes on with it."
        )
    target = paths[0] if out is None and len(paths) == 1 else Path(out or _default(about))
    with at_work(target, doing="a merge"), ExitStack() as held:
        others = [path for path in paths if path.resolve() != target.resolve()]
        for path in others:
            _hold(path, held)
        there = _is_there(target, about)
        if there and is_finished(target):
            found = settle(target)
            return Merged(target, found.failed, True, found.reported)
        batches = _collect([*others, target] if there else others, about)
        _refuse_gaps(batches, about, shards)
        remove_asides(_prepare(target, paths), True)
        began = time.perf_counter()
        failed = finish(target, about, lambda number: batches[number])
        timings = {"finish": time.perf_counter() - began}
        reported = close(target, failed < int(about["runs"]), timings, language)
        return Merged(target, failed, False, reported)


def _one_sweep(paths: Sequence[Path]) -> dict[str, Any]:
    """Return the manifest of the sweep that all folders are of."""
    if not paths:
        raise BadInput("merge", "has no folder", allowed="one folder or more")
    abouts = [stored_sweep(path) for path in paths]
    for path, about in zip(paths[1:], abouts[1:], strict=True):
        _check_same(path, about, paths[0], abouts[0])
    return abouts[0]


def _check_same(path: Path, about: dict[str, Any], first: Path, other: dict[str, Any]) -> None:
    if not is_comparable(about, other):
        raise StoreRefused(
            f"{path} has ids of another kind ({identity_words(about)}) than {first} "
            f"({identity_words(other)}), which cannot be compared. Merge shards that one "
            "copy of regiosim computed."
        )
    if about["id"] != other["id"]:
        raise StoreRefused(
            f"{path} is of another sweep ({about['name']!r}, id {about['id']}) than "
            f"{first} ({other['name']!r}, id {other['id']})."
        )


def _hold(path: Path, held: ExitStack) -> None:
    """Keep others from finishing a folder that is read; one on a disk of others nobody can."""
    with suppress(PermissionError):
        held.enter_context(claimed(path, "a merge", shared=True))


def _is_there(target: Path, about: dict[str, Any]) -> bool:
    """Return whether ``target`` holds this sweep already, and refuse one that holds another."""
    if not target.is_dir() or not any(target.iterdir()):
        return False
    if not (target / MANIFEST).is_file():
        names = [path.name for path in target.iterdir()]
        if all(name.startswith(".") for name in names):
            return False
        raise FolderRefused(f"{target} is not empty. Name a new folder with --out.")
    found = manifest(target)
    if found.get("id") != about["id"] or not is_comparable(found, about):
        raise FolderRefused(
            f"{target} holds another run or sweep ({found.get('name')!r}, id {found.get('id')}). "
            "Name a new folder with --out."
        )
    return True


def _default(about: dict[str, Any]) -> Path:
    return Path("runs") / folder_name(about["name"], about["id"])


def _collect(paths: list[Path], about: dict[str, Any]) -> dict[int, Path]:
    found: dict[int, Path] = {}
    for folder in paths:
        if is_finished(folder):
            raise StoreRefused(f"{folder} is finished already: there is nothing to merge in it.")
        for path in batch_files(folder):
            label = label_of(path)
            if label.sweep != about["id"] or not 0 <= label.number < int(about["batches"]):
                raise StoreRefused(f"{path} is a batch of another sweep ({label.sweep}).")
            if path != batch_path(folder, label.number):
                raise StoreRefused(
                    f"{path} holds batch {label.number}: it was copied or renamed. Take it out of "
                    f"the folder, or call it {batch_path(folder, label.number).name}."
                )
            other = found.setdefault(label.number, path)
            if other != path and not read_batch(other).equals(read_batch(path)):
                raise StoreRefused(
                    f"{other} and {path} are the same batch with other values. One of them was "
                    "changed or computed by another program."
                )
    return found


def _refuse_gaps(found: dict[int, Path], about: dict[str, Any], shards: int | None) -> None:
    missing = [number for number in range(int(about["batches"])) if number not in found]
    if not missing:
        return
    if shards is None:
        how = (
            "Shard i of n holds every n-th batch from batch i-1 on: run those shards again, they "
            "go on where they stopped."
        )
    else:
        lacking = sorted({number % shards + 1 for number in missing})
        how = (
            f"Of {shards} shards these lack some: {_listed(lacking)}. Run them again, they go on "
            "where they stopped."
        )
    raise StoreRefused(
        f"{len(missing)} of {about['batches']} batches are missing ({_listed(missing)}). {how}"
    )


def _listed(numbers: list[int]) -> str:
    more = f" and {len(numbers) - 8} more" if len(numbers) > 8 else ""
    return ", ".join(str(number) for number in numbers[:8]) + more


def _prepare(target: Path, sources: Sequence[Path]) -> Path:
    """Make the folder of the merged sweep, with the manifest and points of a shard; return it."""
    target.mkdir(exist_ok=True)
    if not (target / MANIFEST).is_file():  # first: by it the folder is known again
        with new_file(target / MANIFEST) as aside:
            shutil.copyfile(as_written(sources[0] / MANIFEST), aside)
    if not (target / POINTS).is_file():
        source = next((path / POINTS for path in sources if (path / POINTS).is_file()), None)
        if source is None:
            raise StoreRefused(
                f"{sources[0] / POINTS} does not exist, so what was run in each point is not "
                "known. regiosim sweep EXPERIMENT.toml on that folder writes it again."
            )
        with whole_file(target / POINTS) as aside:
            shutil.copyfile(as_written(source), aside)
        note_checksums(target, [POINTS, MANIFEST])
    return target
