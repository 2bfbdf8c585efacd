"""Make each change to a disk fail in turn: ``Disk`` counts them, and lets one of them go wrong.

A change is what makes, fills, renames, syncs or removes a file or folder below one folder. A kill
is played in this process: from that call on nothing reaches the disk any more, not even what
cleans up, as if the process were gone; what it had locked is free again.
"""

from __future__ import annotations

import builtins
import errno
import io
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from unittest.mock import patch

import pyarrow.parquet as pq

GONE = 2**22 + 7
"""An id that no process has: that of whoever was killed."""
KILL = 0
FULL = frozenset({"open", "write", "mkdir", "link", "table", "sync"})
"""What cannot be done on a full disk."""


class Killed(BaseException):
    """The process is gone."""


class Disk:
    """Counts the changes below ``root``, and makes the one numbered ``at`` (from 1) fail.

    Args:
        root: changes elsewhere are not counted.
        at: which change fails; None: none.
        how: the number of an error (``errno.EIO`` once, ``errno.ENOSPC`` from there on), or KILL.
    """

    def __init__(self, root: Path, at: int | None = None, how: int = KILL) -> None:
        self.root = os.path.realpath(root)
        self.at = at
        self.how = how
        self.calls: list[str] = []
        self.dead = False

    def change(self, what: str, where: Any, half: Callable[[], Any] | None = None) -> None:
        """Count a change, and raise if it is one that fails; ``half`` does a part of it."""
        if not self._below(where):
            return
        if self.dead:
            raise Killed
        self.calls.append(f"{what} {os.path.basename(str(where))}")
        full = self.how == errno.ENOSPC and self.at is not None and len(self.calls) >= self.at
        if not (len(self.calls) == self.at or full) or (full and what not in FULL):
            return
        if half is not None:
            half()
        if self.how == KILL:
            self.dead = True
            raise Killed
        raise OSError(self.how, os.strerror(self.how), str(where))

    def _below(self, where: Any) -> bool:
        if isinstance(where, int):
            where = os.readlink(f"/proc/self/fd/{where}")
        try:
            return os.path.realpath(where).startswith(self.root)
        except TypeError:  # no path: a stream in memory
            return False


class _File:
    """A file whose writes are counted; half of the one that fails reaches the disk."""

    def __init__(self, disk: Disk, file: Any, path: Any) -> None:
        self._disk, self._file, self._path = disk, file, path

    def write(self, data: Any) -> Any:
        def half() -> None:
            self._file.write(data[: len(data) // 2])
            self._file.flush()

        self._disk.change("write", self._path, half)
        return self._file.write(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()


def _paths(disk: Disk, name: str, what: str) -> Any:
    real = getattr(os, name)

    def call(path: Any, *more: Any, **named: Any) -> Any:
        inside = named.get("dir_fd")
        disk.change(what, path if inside is None else inside)
        return real(path, *more, **named)

    return patch.object(os, name, call)


def _low_open(disk: Disk) -> Any:
    real = os.open

    def call(path: Any, flags: int, *more: Any, **named: Any) -> int:
        if flags & (os.O_CREAT | os.O_TRUNC):
            disk.change("open", path)
        return real(path, flags, *more, **named)

    return patch.object(os, "open", call)


def _opens(disk: Disk, home: Any) -> Any:
    real = home.open

    def call(file: Any, mode: str = "r", *more: Any, **named: Any) -> Any:
        if isinstance(file, int) or not set(mode) & set("wax+") or not disk._below(file):
            return real(file, mode, *more, **named)
        disk.change("open", file)
        return _File(disk, real(file, mode, *more, **named), file)

    return patch.object(home, "open", call)


def _tables(disk: Disk) -> Iterator[Any]:
    """Count what Arrow writes by itself: the start of a file, each group of rows, its end."""
    for name in ("__init__", "write_table", "close"):
        real = getattr(pq.ParquetWriter, name)

        def call(self: Any, *given: Any, _real: Any = real, _name: str = name, **named: Any) -> Any:
            if _name == "__init__":
                self.where_to = given[0]
            if _name != "close" or getattr(self, "is_open", False):
                disk.change("table", self.where_to)
            return _real(self, *given, **named)

        yield patch.object(pq.ParquetWriter, name, call)


@contextmanager
def on(disk: Disk) -> Iterator[Disk]:
    """Let changes go over ``disk`` meanwhile, as those of a process of its own."""
    with ExitStack() as stack:
        for name in ("mkdir", "link"):
            stack.enter_context(_paths(disk, name, name))
        for name in ("rename", "replace", "unlink", "remove", "rmdir"):
            stack.enter_context(_paths(disk, name, name))
        for name, what in (("fsync", "sync"), ("write", "write"), ("ftruncate", "write")):
            stack.enter_context(_paths(disk, name, what))
        stack.enter_context(_low_open(disk))
        for home in (io, builtins):
            stack.enter_context(_opens(disk, home))
        for one in _tables(disk):
            stack.enter_context(one)
        stack.enter_context(patch.object(os, "getpid", lambda: GONE))
        yield disk


def calls_of(root: Path, act: Callable[[], object]) -> list[str]:
    """Return the changes that ``act`` makes below ``root``."""
    with on(Disk(root)) as disk:
        act()
    return disk.calls


def fails(root: Path, at: int, how: int, act: Callable[[], object]) -> BaseException | None:
    """Let change ``at`` fail while ``act`` is done, and return what came of it."""
    with on(Disk(root, at, how)):
        try:
            act()
        except (Killed, OSError, ValueError) as error:
            return error
    return None
