"""The folder of a sweep: made for one experiment, filled batch by batch, finished once.

While it is worked on it holds ``manifest.json``, ``points.parquet`` and ``batches/``. A batch
appears whole or not at all, and nothing ever changes one. When all are there they become
``runs.parquet`` and ``series.parquet``, and only then ``batches/`` goes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from experiments.runs.identity import rules_hash
from experiments.runs.version import VERSION
from experiments.sweeps.plan.plan import Plan
from experiments.sweeps.store.about import manifest_of, points_table
from experiments.sweeps.store.layout import (
    BATCHES,
    MANIFEST,
    POINTS,
    batch_files,
    batch_path,
    is_finished,
)
from results.store.batches import Label, label_of
from results.store.checksums import CHECKSUMS, is_listed
from results.store.claims import FolderRefused, claimed
from results.store.folder import new_file, to_json, whole_file, write_parquet
from results.store.ids import IDENTITY, identity_words, is_comparable
from results.store.keeping import note_checksums
from results.store.reading import StoreRefused, manifest


class SweepFolder:
    """A folder that holds, or is going to hold, one sweep."""

    def __init__(self, target: Path | str, plan: Plan) -> None:
        self.target = Path(target)
        self.plan = plan
        self.damaged: list[Path] = []

    @property
    def finished(self) -> bool:
        """Whether all runs are in their final files."""
        return is_finished(self.target)

    def check(self) -> None:
        """Refuse a folder that holds something else, before anything is made.

        Raises:
            FolderRefused: it is a file, or holds anything but this sweep.
        """
        if self.target.exists() and not self.target.is_dir():
            raise FolderRefused(f"{self.target} is a file. Name a folder.")
        if not self.target.is_dir() or not any(self.target.iterdir()):
            above = self.target
            while not above.exists():
                above = above.parent
            if not above.is_dir():
                raise FolderRefused(
                    f"{above} is a file, so {self.target} cannot be made. Name another folder."
                )
            if not os.access(above, os.W_OK | os.X_OK):
                raise FolderRefused(f"{above} cannot be written to. Name another folder.")
            return
        if not (self.target / MANIFEST).is_file():
            if any(not path.name.startswith(".") for path in self.target.iterdir()):
                raise FolderRefused(
                    f"{self.target} is not empty and holds no sweep. Name a new folder."
                )
            return
        self._check_same(manifest(self.target))

    def _check_same(self, found: dict[str, Any]) -> None:
        if found.get("kind") != "sweep":
            raise FolderRefused(f"{self.target} holds a run, not a sweep. Name a new folder.")
        if found.get("id") == self.plan.id:
            return
        self._compare("version of regiosim", (found.get("versions") or {}).get("regiosim"), VERSION)
        if not is_comparable(found):
            raise FolderRefused(
                f"{self.target / MANIFEST} has ids of another kind ({identity_words(found)}; this "
                f"program makes {identity_words({'identity': IDENTITY})}), which cannot be "
                "compared: whether its rules are the same cannot be told, so the sweep does not "
                "go on here. What is finished in it can still be read. Name a new folder, or go "
                "on with the copy of regiosim that began it."
            )
        self._compare("set of rules", found.get("rules"), rules_hash())
        raise FolderRefused(
            f"{self.target} holds a sweep of another experiment ({found.get('name')!r}, id "
            f"{found.get('id')}; this is {self.plan.id}). Name a new folder, or take back what "
            "changed in the experiment file, or in what --until and --most ask."
        )

    def _compare(self, what: str, old: object, new: object) -> None:
        if old != new:
            raise FolderRefused(
                f"{self.target} holds a sweep of another {what} ({old}, this is {new}), and "
                "results of the two are not mixed. Name a new folder."
            )

    def make(self) -> None:
        """Make the folder itself, still empty, or find that it cannot be made.

        Raises:
            FolderRefused: it cannot take this sweep.
        """
        self.check()
        try:
            self.target.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unmade(self.target, error) from None

    def open(self, extra: Callable[[], dict[str, Any]]) -> None:
        """Make the folder with its manifest and points, or go on with what is there.

        It has to be claimed. Several shards may do this at once: one of them is first.

        Args:
            extra: gives what else a new manifest says.

        Raises:
            FolderRefused: it cannot take this sweep, or another one was first.
        """
        new = not self.target.exists()
        self.make()
        if not (self.target / MANIFEST).is_file():  # first: by it the folder is known again
            try:
                text = to_json({**manifest_of(self.plan), **extra()})
            except BaseException:  # to probe takes seconds, in which it may be stopped
                if new:
                    with suppress(OSError):  # another shard works in it
                        self.target.rmdir()
                raise
            with suppress(FileExistsError), new_file(self.target / MANIFEST) as aside:
                aside.write_text(text, encoding="utf-8", newline="\n")
            self.check()
        self._mend_points()
        (self.target / BATCHES).mkdir(exist_ok=True)

    def _mend_points(self) -> None:
        """Write the points where they are missing or are not those of the plan."""
        points = points_table(self.plan)
        try:
            # That of a sweep with targets lists nothing until it knows all of its runs.
            listed = is_listed(self.target / POINTS) or self._grows
            if listed and pq.read_table(self.target / POINTS).equals(points):
                return
        except (OSError, pa.ArrowInvalid):  # not there, or damaged
            pass
        self.table(POINTS, points)
        if not self._grows:
            note_checksums(self.target, [MANIFEST, POINTS])

    def table(self, name: str, table: pa.Table) -> None:
        """Write a table whole."""
        with whole_file(self.target / name) as aside:
            write_parquet(table, aside)

    def done(self) -> set[int]:
        """Return the batches that are there and whole; set aside what is damaged.

        Raises:
            StoreRefused: a batch belongs to another sweep.
        """
        found = set()
        for path in batch_files(self.target):
            try:
                label = label_of(path)
            except StoreRefused:
                with suppress(FileNotFoundError):  # another shard found it too
                    path.rename(path.with_suffix(".damaged"))  # run again, not lost
                self.damaged.append(path)
                continue
            if self._is_later(path, label):
                continue
            self._check_label(path, label)
            found.add(label.number)
        return found

    @property
    def _grows(self) -> bool:
        """Whether what is there may not be all of its runs yet."""
        return self.plan.stages is not None and not (self.target / CHECKSUMS).is_file()

    def _is_later(self, path: Path, label: Label) -> bool:
        """Return whether a batch is of a stage that is not known yet: what comes before says it."""
        later = self.plan.stages is not None and label.number >= self.plan.batches
        return (
            later and label.sweep == self.plan.id and path == batch_path(self.target, label.number)
        )

    def _check_label(self, path: Path, label: Label) -> None:
        if label.sweep != self.plan.id:
            raise StoreRefused(
                f"{path} belongs to another sweep ({label.sweep}, this is {self.plan.id}). "
                "Take it out of the folder."
            )
        expected = sum(1 for _ in self.plan.batch(label.number))
        if path != batch_path(self.target, label.number) or label.runs != expected:
            raise StoreRefused(
                f"{path} holds {label.runs} runs as batch {label.number}, which does not fit "
                "its name or its plan. Take it out of the folder."
            )


@contextmanager
def at_work(folder: Path, part: int = 1, parts: int = 1, doing: str = "a sweep") -> Iterator[None]:
    """Keep others out of a sweep's folder meanwhile; who does a shard only out of that shard.

    The folder need not be there yet: whoever is first is the one that makes it.

    Raises:
        FolderRefused: one of those is at work there, or no folder can be made.
    """
    above = [path for path in folder.resolve().parents if not path.exists()]
    try:
        folder.resolve().parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unmade(folder, error) from None
    try:
        with _claims(folder, part, parts, doing):
            yield
    finally:
        for path in above:  # where it came to nothing
            with suppress(OSError):
                path.rmdir()


@contextmanager
def _claims(folder: Path, part: int, parts: int, doing: str) -> Iterator[None]:
    if parts == 1:
        with claimed(folder, doing):
            yield
        return
    with claimed(folder, f"shard {part} of {parts}", shared=True):
        try:
            folder.mkdir(exist_ok=True)
        except OSError as error:
            raise _unmade(folder, error) from None
        with claimed(folder / f"shard-{part}-of-{parts}", f"shard {part} of {parts}"):
            yield


def _unmade(folder: Path, error: OSError) -> FolderRefused:
    said = f"{folder} cannot be made ({error.strerror}). Name a folder in another place."
    return FolderRefused(said)
