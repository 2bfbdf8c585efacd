"""What the files of a folder were when they were written, and whether they still are.

``checksums.sha256`` is as ``sha256sum`` writes it: a line a file, its hash, two spaces and its path
in the folder; ``sha256sum -c checksums.sha256`` checks it without this program. What is not in it
was not written by the program: notes of one's own beside the tables are nobody's error. A folder of
an earlier version has no such file, and is read as before.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

CHECKSUMS = "checksums.sha256"
_LINE = re.compile(r"([0-9a-f]{64})  (\S[^\n\r]*)")
_AGAIN = (
    "Take the folder once more from where it came, or run what its manifest names again; "
    "`regiosim status {folder}` checks all of its files."
)

_SETTLED = 2 * 10**9
"""Nanoseconds after which another change of a file shows in its times on any file system."""

_known: dict[Path, tuple[tuple[int, ...], str]] = {}
"""The hash of each file that this process has read, and its size and times when it did."""


class StoreRefused(ValueError):
    """A stored table or manifest is missing, damaged or of another version."""


class Checked(NamedTuple):
    """What a look at all files of a folder found: paths in the folder, in order."""

    files: int
    """Files that are as they were written."""
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    added: tuple[str, ...]
    """Files that the program did not write: no error."""
    listed: bool = True
    """Whether the folder has checksums at all."""

    @property
    def sound(self) -> bool:
        """Whether nothing is changed or missing."""
        return not self.changed and not self.missing


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file; one that was not touched since is not read again."""
    state = path.stat()
    now = state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino
    known = _known.get(path)
    if known is not None and known[0] == now:
        return known[1]
    begun = time.time_ns()
    with path.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if begun - max(state.st_mtime_ns, state.st_ctime_ns) > _SETTLED:
        _known[path] = now, found
    return found


def listed_in(folder: Path) -> dict[str, str] | None:
    """Return the hash of each file by its path in ``folder``, or None where there are none.

    Raises:
        StoreRefused: the list itself is damaged, or it is asked of a file.
    """
    path = folder / CHECKSUMS
    try:
        lines = path.read_bytes().decode("utf-8").split("\n")
    except FileNotFoundError:
        return None
    except NotADirectoryError:
        said = "is a file" if folder.exists() else "lies below a file"
        raise StoreRefused(f"{folder} {said}. Name the folder of a run or a sweep.") from None
    except UnicodeDecodeError:
        lines = ["\0"]
    found: dict[str, str] = {}
    last = lines.pop()
    for number, line in enumerate(lines, 1):
        match = _LINE.fullmatch(line)
        if match is None or match[2] in found:
            raise _damaged_list(path, f"line {number} is no hash, two spaces and a file")
        found[match[2]] = match[1]
    if last:
        raise _damaged_list(path, "its last line is cut off")
    return found


def _damaged_list(path: Path, problem: str) -> StoreRefused:
    return StoreRefused(
        f"{path} was changed after it was written: {problem}. Take it once more from where the "
        "folder came, or take it out of the folder, which is then read without checks."
    )


def as_written(path: Path) -> Path:
    """Return ``path``, a file of the folder of a run, a sweep or a comparison, when it is sound.

    Raises:
        StoreRefused: it is not what was written, or was not written by this program.
    """
    folder = path.parent
    listed = listed_in(folder)
    if listed is None:
        return path
    if path.name in listed and not path.is_file():
        raise StoreRefused(
            f"{path} is missing: {CHECKSUMS} beside it lists it. {_AGAIN.format(folder=folder)}"
        )
    if path.name not in listed:
        raise StoreRefused(
            f"{path} is not in {CHECKSUMS} beside it: regiosim did not write it, or its line was "
            f"changed. {_AGAIN.format(folder=folder)}"
        )
    found = sha256_of(path)
    if found != listed[path.name]:
        raise StoreRefused(
            f"{path} was changed after it was written: its SHA-256 is {found}, {CHECKSUMS} beside "
            f"it says {listed[path.name]}. {_AGAIN.format(folder=folder)}"
        )
    return path


def check_folder(folder: Path, left_out: Iterable[str] = ()) -> Checked:
    """Look at every file of a folder.

    Args:
        folder: of a run, a sweep or a comparison.
        left_out: files, or folders with a slash at the end, that are known and not listed.

    Raises:
        StoreRefused: the list of checksums is damaged.
    """
    listed = listed_in(folder)
    passed = tuple(left_out)
    there = {
        name for name in files_of(folder)
        if not any(name == one or (one.endswith("/") and name.startswith(one)) for one in passed)
    }  # fmt: skip
    if listed is None:
        return Checked(0, (), (), tuple(sorted(there)), False)
    whole = {name for name in there & set(listed) if sha256_of(folder / name) == listed[name]}
    return Checked(
        len(whole),
        tuple(sorted((there & set(listed)) - whole)),
        tuple(sorted(set(listed) - there)),
        tuple(sorted(there - set(listed))),
    )


def files_of(folder: Path) -> Iterator[str]:
    """Yield the path in ``folder`` of every file but the list itself and what is half written."""
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if name != CHECKSUMS and not hidden and path.is_file():
            yield name


def checksums_text(listed: Mapping[str, str]) -> str:
    """Return the list of hashes by path as ``sha256sum`` writes it."""
    return "".join(f"{listed[name]}  {name}\n" for name in sorted(listed))


def hashes_of(folder: Path) -> dict[str, str]:
    """Return the hash of every file in a folder by its path there."""
    return {name: sha256_of(folder / name) for name in files_of(folder)}


def is_listed(path: Path) -> bool:
    """Return whether a file of a run's or a sweep's folder is there and is in its list."""
    return path.is_file() and path.name in (listed_in(path.parent) or {})
