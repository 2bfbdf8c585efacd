"""The folder of a sweep: made for one experiment, filled batch by batch, finished once.

While it is worked on it holds ``manifest.json``, ``points.parquet`` and ``batches/``. A batch
appears whole or not at all, and nothing ever changes one. When all are there they become
``runs.parquet`` and ``series.parquet``, and only then ``batches/`` goes.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pyarrow as pa

from experiments.runs.manifest import versions
from experiments.sweeps.plan.plan import Plan
from experiments.sweeps.store.about import manifest_of, points_table
from experiments.sweeps.store.layout import BATCHES, MANIFEST, POINTS, batch_path, is_finished
from results.store.batches import Label, label_of
from results.store.checksums import is_listed
from results.store.folder import FolderRefused, to_json, whole_file, write_parquet
from results.store.ids import IDENTITY, identity_words, is_comparable
from results.store.keeping import note_checksums
from results.store.reading import StoreRefused, manifest

try:
    import fcntl
except ImportError:  # not on every system: two sweeps at once then do the same work twice
    fcntl = None  # type: ignore[assignment]


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
            left = [p.name for p in self.target.iterdir() if not p.name.startswith(".")]
            if left:
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
        version = versions()["regiosim"]
        self._compare("version of regiosim", (found.get("versions") or {}).get("regiosim"), version)
        if not is_comparable(found):
            raise FolderRefused(
                f"{self.target / MANIFEST} has ids of another kind ({identity_words(found)}; this "
                f"program makes {identity_words({'identity': IDENTITY})}), which cannot be "
                "compared: whether its rules are the same cannot be told, so the sweep does not "
                "go on here. What is finished in it can still be read. Name a new folder, or go "
                "on with the copy of regiosim that began it."
            )
        self._compare("set of rules", found.get("rules"), manifest_of(self.plan)["rules"])
        raise FolderRefused(
            f"{self.target} holds a sweep of another experiment ({found.get('name')!r}, id "
            f"{found.get('id')}; this is {self.plan.id}). Name a new folder, or take back what "
            "changed in the experiment file."
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
            raise FolderRefused(
                f"{self.target} cannot be made ({error.strerror}). Name a folder in another place."
            ) from None

    def open(self, extra: dict[str, Any]) -> None:
        """Make the folder with its manifest and points, or go on with what is there."""
        self.make()
        if not (self.target / MANIFEST).is_file():  # first: by it the folder is known again
            self.json(MANIFEST, {**manifest_of(self.plan), **extra})
        if not is_listed(self.target / POINTS):
            self.table(POINTS, points_table(self.plan))
            note_checksums(self.target, [MANIFEST, POINTS])
        (self.target / BATCHES).mkdir(exist_ok=True)
        for left in (self.target / BATCHES).glob(".*.partial-*"):
            if not _lives(*left.name.partition(".partial-")[2].rpartition("-")[::2]):
                left.unlink(missing_ok=True)

    def table(self, name: str, table: pa.Table) -> None:
        """Write a table whole."""
        with whole_file(self.target / name) as aside:
            write_parquet(table, aside)

    def json(self, name: str, value: Any) -> None:
        """Write a JSON file whole."""
        with whole_file(self.target / name) as aside:
            aside.write_text(to_json(value), encoding="utf-8", newline="\n")

    def done(self) -> set[int]:
        """Return the batches that are there and whole; set aside what is damaged.

        Raises:
            StoreRefused: a batch belongs to another sweep.
        """
        found = set()
        for path in sorted((self.target / BATCHES).glob("*.parquet")):
            try:
                label = label_of(path)
            except StoreRefused:
                path.rename(path.with_suffix(".damaged"))  # run again, not lost
                self.damaged.append(path)
                continue
            self._check_label(path, label)
            found.add(label.number)
        return found

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
def at_work(folder: Path, part: int = 1, parts: int = 1) -> Iterator[None]:
    """Keep others out of a sweep's folder meanwhile; who does a shard only out of that shard.

    Raises:
        FolderRefused: one of those is at work there.
    """
    with _locked(folder, "all", shared=parts > 1):
        if parts == 1:
            yield
            return
        with _locked(folder, f"{part}-of-{parts}", shared=False):
            yield


@contextmanager
def _locked(folder: Path, name: str, shared: bool) -> Iterator[None]:
    path = folder / f".lock-{name}"
    with path.open("w") as stream:
        if fcntl is not None:
            kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
            try:
                fcntl.flock(stream, kind | fcntl.LOCK_NB)
            except BlockingIOError:
                raise FolderRefused(
                    f"another process is at work on {folder}. Wait for it, or stop it."
                ) from None
            except OSError:  # a file system without locks: batches are whole all the same
                pass
        try:
            yield
        finally:
            if not shared:  # others hold what is shared
                with suppress(OSError):
                    path.unlink()


def _lives(machine: str, pid: str) -> bool:
    """Return whether that process may still be writing (yes where we cannot tell)."""
    if not pid.isdigit():
        return False
    if machine != platform.node():
        return True
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return int(pid) != os.getpid()
