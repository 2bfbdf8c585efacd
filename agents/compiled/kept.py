"""Compiled code as it is kept on disk: each file with a checksum, so that no damage is run.

Numba keeps an index of each function and a file of machine code for each signature. It trusts what
it reads: a cut index stops every later run, and a changed byte of machine code is executed.
(``agents.compiled.starting`` has what is left out of a file so that a run starts sooner.)
"""

from __future__ import annotations

import hashlib
import logging
import os
import pickle
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numba
import numba.core.dispatcher
from numba.core.caching import (
    CompileResultCacheImpl,
    FunctionCache,
    IndexDataCacheFile,
    IPythonCacheLocator,
    NullCache,
    UserProvidedCacheLocator,
)

from agents.compiled.starting import without_bitcode

CHECKSUM = hashlib.sha256().digest_size
"""Bytes before the content of a file."""


def cache_root() -> Path:
    """Return the folder that holds the compiled code of this user (``REGIOSIM_CACHE`` moves it).

    Where there is no home to write to it is one of this user's in the folder of temporary files.
    """
    chosen = os.environ.get("REGIOSIM_CACHE")
    if chosen:
        return Path(chosen)
    with suppress(OSError, RuntimeError):  # no HOME, and a user that the system does not know
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
        folder = Path(base) / "regiosim"
        folder.mkdir(parents=True, exist_ok=True)
        if os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            return folder
    return _temporary()


def _temporary() -> Path:
    """Return a folder that only this user can write to: code from elsewhere would be run.

    Raises:
        OSError: there is none.
    """
    user = os.getuid() if hasattr(os, "getuid") else 0
    folder = Path(tempfile.gettempdir()) / f"regiosim-{user}"
    folder.mkdir(mode=0o700, exist_ok=True)
    about = folder.lstat()
    if hasattr(os, "getuid") and (about.st_uid != user or about.st_mode & 0o22):
        raise PermissionError(f"{folder} is not this user's alone")
    return folder


def make_folder(folder: Path) -> None:
    """Make a folder of the cache, in the place of a file if there is one.

    Raises:
        OSError: it cannot be made, or not be written to.
    """
    if folder.is_file():
        folder.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise PermissionError(f"{folder} cannot be written to")


def holds_runs(folder: Path) -> bool:
    """Return whether a folder of the cache holds what runs a whole run."""
    return any(_of_runs(folder))


def holds_sound_runs(folder: Path) -> bool:
    """Return whether it does, and that is as it was written; what is not is taken away."""
    found = [checked(path) is not None for path in [*_of_runs(folder), *_of_runs(folder, "nbc")]]
    return bool(found) and all(found)


def _of_runs(folder: Path, kind: str = "nbi") -> Iterator[Path]:
    return folder.glob(f"*/*run_batch*.{kind}")


def sealed(name: str, content: bytes) -> bytes:
    """Return what a file of this name holds: the checksum of name and content, then the content."""
    return hashlib.sha256(name.encode() + b"\n" + content).digest() + content


def checked(path: Path) -> bytes | None:
    """Return the content of a file, or None where it is not there or not as it was written."""
    try:
        found = path.read_bytes()
    except OSError:
        return None
    content = found[CHECKSUM:]
    if found == sealed(path.name, content):
        return content
    _say_once(str(path.parents[1]))
    with suppress(OSError):
        path.unlink()
    return None


@lru_cache(maxsize=1)
def _say_once(folder: str) -> None:
    text = "Compiled code in %s was damaged; what was is compiled anew."
    logging.getLogger("regiosim").warning(text, folder)


class _Files(IndexDataCacheFile):
    """The index and the machine code of one function, checked when they are read."""

    def load(self, key: Any) -> Any:
        """Return what was compiled for ``key``, or None."""
        name = self._load_index().get(key)
        content = None if name is None else checked(Path(self._data_path(name)))
        if content is None:
            return None
        held, data = pickle.loads(content)
        # Two processes that kept two signatures at one moment may have taken one name.
        return data if held == key else None

    def _load_index(self) -> dict[Any, str]:
        content = checked(Path(self._index_path))
        if content is None:
            return {}
        version, stamp, names = pickle.loads(content)
        found: dict[Any, str] = names
        return found if (version, stamp) == (self._version, self._source_stamp) else {}

    def _save_index(self, overloads: dict[Any, str]) -> None:
        self._write(self._index_path, (self._version, self._source_stamp, overloads))

    def save(self, key: Any, data: Any) -> None:
        """Keep what was compiled for ``key``: the code first, then the index that refers to it."""
        overloads = self._load_index()
        names = {*overloads.values()}
        free = (self._data_name(i) for i in range(1, len(names) + 2))
        name = overloads.get(key) or next(name for name in free if name not in names)
        self._write(self._data_path(name), (key, data))
        self._save_index({**overloads, key: name})

    def _write(self, path: str, value: Any) -> None:
        if os.path.isdir(path):
            shutil.rmtree(path)
        with self._open_for_write(path) as stream:
            stream.write(sealed(os.path.basename(path), self._dump(value)))


@cache
def _make_once(folder: str) -> None:
    make_folder(Path(folder))


class _Locator(UserProvidedCacheLocator):
    """Finds the folder of a function, without trying anew for each whether it can be written to."""

    def ensure_cache_path(self) -> None:
        """Make the folder, unless that was done."""
        _make_once(self.get_cache_path())


class _Results(CompileResultCacheImpl):
    _locator_classes = [_Locator, IPythonCacheLocator]

    def __init__(self, function: Callable[..., Any]) -> None:
        super().__init__(function)
        self._function = function

    def reduce(self, cres: Any) -> tuple[Any, ...]:
        """Return what is kept of a compiled function."""
        return without_bitcode(self._function, super().reduce(cres))


class Kept(FunctionCache):
    """What is kept of one function. That it cannot be kept costs time and nothing else."""

    _impl_class = _Results

    def __init__(self, function: Callable[..., Any]) -> None:
        """Find its files.

        Raises:
            RuntimeError: their folder cannot be written to.
        """
        super().__init__(function)
        stamp = self._impl.locator.get_source_stamp()
        self._cache_file: _Files = _Files(self._cache_path, self._impl.filename_base, stamp)

    def save_overload(self, sig: Any, data: Any) -> None:
        """Keep what was compiled, where it can be."""
        with suppress(OSError):
            super().save_overload(sig, data)


def _cache_of(function: Callable[..., Any]) -> Any:
    try:
        return Kept(function)
    except RuntimeError:
        return NullCache()


def keep_checked() -> None:
    """Have all that is kept in this process checked: Numba asks here for a function's files."""
    numba.config.CACHE_LOCATOR_CLASSES = ""
    numba.core.dispatcher.FunctionCache = _cache_of
