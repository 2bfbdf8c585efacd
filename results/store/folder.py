"""A run's folder appears whole or not at all."""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from results.store.asides import closed, opened, undone_by
from results.store.checksums import CHECKSUMS, checksums_text, hashes_of
from results.store.claims import Claim
from results.store.claims import FolderRefused as FolderRefused

TRIES = 9
"""How often folders above a new one are made again when another process takes them away."""


def to_json(value: Any) -> str:
    """Return ``value`` as JSON with sorted keys, two spaces and a newline at the end."""
    text = json.dumps(
        value, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False, default=_plain
    )
    return text + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, np.generic | np.ndarray):
        return value.tolist()
    if isinstance(value, Path):
        return value.as_posix()
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")


def parquet_options(schema: pa.Schema) -> dict[str, Any]:
    """Return how tables are written: zstd, byte streams split for floats, else dictionaries.

    A column has either a dictionary or a split byte stream, never both. Each page has a checksum.
    """
    floats = [field.name for field in schema if pa.types.is_floating(field.type)]
    others = [name for name in schema.names if name not in floats]
    return {
        "compression": "zstd",
        "use_dictionary": others or False,
        "use_byte_stream_split": floats or False,
        "write_page_checksum": True,
    }


def write_parquet(table: pa.Table, target: Path | pa.NativeFile) -> None:
    """Write ``table`` as Parquet."""
    pq.write_table(table, target, **parquet_options(table.schema))


def _sync(path: Path) -> None:
    """Make sure that a file's bytes, or a folder's names, are on disk."""
    if path.is_dir():
        with suppress(OSError):  # some systems cannot open or sync a folder
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        return
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """Give a path to write to; it becomes ``target`` in one step when nothing went wrong.

    Replaces an existing file. After an error the old file is untouched and no other is left.
    """
    # Machines that share a disk may have processes of one number.
    aside = target.with_name(f".{target.name}.partial-{platform.node()}-{os.getpid()}")
    remove = partial(aside.unlink, missing_ok=True)
    try:
        with undone_by(remove):
            yield aside
            _sync(aside)
            os.replace(aside, target)
    except BaseException:
        with suppress(OSError):
            remove()
        raise
    _sync(target.parent)


@contextmanager
def new_file(target: Path) -> Iterator[Path]:
    """Give a path to write to; it becomes ``target`` in one step if that is not there by then.

    Raises:
        FileExistsError: another process was first; its file is untouched.
    """
    aside = target.with_name(f".{target.name}.partial-{platform.node()}-{os.getpid()}")
    remove = partial(aside.unlink, missing_ok=True)
    try:
        with undone_by(remove):
            yield aside
            _sync(aside)
            try:
                os.link(aside, target)
            except FileExistsError:
                raise
            except OSError:  # a file system without links
                if target.exists():
                    raise FileExistsError(f"{target} exists") from None
                os.replace(aside, target)
    finally:
        with suppress(OSError):
            remove()
    _sync(target.parent)


def check_target(target: Path) -> None:
    """Refuse a folder that cannot take a run, before anything is made.

    Raises:
        FolderRefused: it is a file, not empty, in use as current folder or mount point, or in
            a place where nothing can be written.
    """
    if target.is_dir():
        if any(target.iterdir()):
            raise FolderRefused(f"{target} is not empty. Name a new folder, or empty this one.")
        if target == Path.cwd().resolve() or os.path.ismount(target):
            raise FolderRefused(
                f"{target} is the current folder or a mount point, and cannot be replaced. "
                "Name a folder inside it."
            )
    elif target.exists():
        raise FolderRefused(f"{target} is a file. Name a folder.")
    above = target.parent
    while not above.exists():
        above = above.parent
    if not above.is_dir():
        raise FolderRefused(f"{above} is a file, so {target} cannot be made. Name another folder.")
    if not os.access(above, os.W_OK | os.X_OK):
        raise FolderRefused(f"{above} cannot be written to. Name a folder in another place.")


class RunFolder:
    """A folder that is written aside and put in place when its ``with`` block ends well.

    It is claimed meanwhile, so that no other process fills it too. On any exception, an interrupt
    by the user too, all that was written disappears, with the parent folders made for it. Only a
    killed process leaves its ``.NAME.partial-PID``, until the next one that takes the folder.

    Example::

        with RunFolder(Path("runs/eemland-1a2b")) as folder:
            folder.table("series", series)
    """

    def __init__(self, target: Path | str, doing: str = "a run") -> None:
        """Check ``target``; nothing is made yet.

        Args:
            target: a new or empty folder.
            doing: what fills it, for the message to another process that wants it too.

        Raises:
            FolderRefused: ``target`` cannot take a run.
        """
        self.target = Path(target).resolve()
        check_target(self.target)
        self.aside: Path | None = None
        self._claim = Claim(self.target, doing)
        self._parents: list[Path] = []

    def __enter__(self) -> Self:
        check_target(self.target)
        opened(self, self._discard)
        try:
            self._make()
        except OSError as error:
            self._discard()
            raise FolderRefused(
                f"{self.target} cannot be made ({error.strerror}). Name a folder in another place."
            ) from None
        except BaseException:
            self._discard()
            raise
        return self

    def _make(self) -> None:
        self._claim_it()
        check_target(self.target)  # once more: it may have been filled before the claim was ours
        self._remove_left()
        stem = f".{self.target.name}.partial-{os.getpid()}"
        number = 1
        while self.aside is None:
            aside = self.target.with_name(stem if number == 1 else f"{stem}-{number}")
            try:
                aside.mkdir()
            except FileExistsError:  # another thread's, or left by a killed process
                number += 1
            else:
                self.aside = aside

    def _claim_it(self) -> None:
        """Make the folders above the target, and claim it there."""
        for more in reversed(range(TRIES)):
            try:
                for parent in reversed([p for p in self.target.parents if not p.exists()]):
                    with suppress(FileExistsError):
                        parent.mkdir()
                        self._parents.append(parent)
                self._claim = Claim(self.target, self._claim.doing)
                return self._claim.take()
            except FileNotFoundError:  # another run removed a folder above that it had made
                if not more:
                    raise

    def _remove_left(self) -> None:
        """Remove what killed processes left of this folder: none of them has the claim."""
        left = re.compile(re.escape(f".{self.target.name}.partial-") + r"\d+(-\d+)?")
        for path in self.target.parent.iterdir():
            if left.fullmatch(path.name):
                shutil.rmtree(path, ignore_errors=True)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None:
            self._discard()
            return
        try:
            self._commit()
        except BaseException:
            self._discard()
            raise

    def _commit(self) -> None:
        folder = self.folder
        text = checksums_text(hashes_of(folder))
        (folder / CHECKSUMS).write_text(text, encoding="utf-8", newline="\n")
        for path in sorted(folder.rglob("*"), reverse=True):
            _sync(path)
        _sync(folder)
        try:
            _put(folder, self.target)
        except OSError as error:
            said = f"{self.target} could not be put in place ({error.strerror})"
            raise FolderRefused(
                f"{said}: was it filled by another run? Name a new folder."
            ) from error
        self.aside = None
        closed(self)
        for parent in [self.target.parent, *self._parents]:
            _sync(parent)
        self._claim.release()

    def _discard(self) -> None:
        closed(self)
        try:
            if self.aside is not None:
                try:
                    shutil.rmtree(self.aside)
                except BaseException:  # interrupted once more, or a file held open
                    shutil.rmtree(self.aside, ignore_errors=True)
                    raise
        finally:
            self._claim.release()
            self._remove_parents()

    def _remove_parents(self) -> None:
        while self._parents:
            parent = self._parents.pop()
            with suppress(OSError):  # another run uses it
                parent.rmdir()

    @property
    def folder(self) -> Path:
        """The folder that is being written."""
        if self.aside is None:
            raise RuntimeError("a RunFolder is written to inside its `with` block")
        return self.aside

    def path(self, name: str) -> Path:
        """Return where to write the file ``name``; folders in it are made."""
        path = (self.folder / name).resolve()
        if not path.is_relative_to(self.folder) or path == self.folder:
            raise ValueError(f"{name!r} is not a name inside the run's folder")
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def table(self, name: str, table: pa.Table) -> None:
        """Write ``table`` as NAME.parquet."""
        write_parquet(table, self.path(f"{name}.parquet"))

    def json(self, name: str, value: Any) -> None:
        """Write ``value`` as NAME.json, keys in a stable order."""
        self.path(f"{name}.json").write_text(to_json(value), encoding="utf-8", newline="\n")


def _put(folder: Path, target: Path) -> None:
    """Rename ``folder`` to ``target``, which may exist when it is empty."""
    try:
        folder.rename(target)
    except FileExistsError:  # Windows does not replace an empty folder
        target.rmdir()
        folder.rename(target)
