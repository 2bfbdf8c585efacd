"""Keeping the checksums of a folder that is filled in steps, or whose report is written anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from results.store.checksums import (
    CHECKSUMS,
    checksums_text,
    hashes_of,
    listed_in,
    sha256_of,
)
from results.store.folder import whole_file


def note_checksums(folder: Path, names: Iterable[str]) -> None:
    """List these files as they are now, those that are there, beside what is listed already."""
    new = {name: sha256_of(folder / name) for name in names if (folder / name).is_file()}
    _write(folder, {**(listed_in(folder) or {}), **new})


@contextmanager
def rewriting(folder: Path, *begins: str) -> Iterator[None]:
    """Let files of a folder whose paths begin so be written anew, and list them as they then are.

    Meanwhile they are not listed: whatever stops this, no file is called damaged that is not. After
    an error only those are listed again that are as they were. A folder without checksums stays
    without, and files that others put there stay unlisted.
    """
    listed = listed_in(folder)
    if listed is None:
        yield
        return
    before = hashes_of(folder)
    foreign = {name: found for name, found in before.items() if name not in listed}
    kept = {name: found for name, found in listed.items() if not name.startswith(begins)}
    _write(folder, kept)
    ours = listed
    try:
        yield
        ours = {
            n: h
            for n, h in hashes_of(folder).items()
            if n.startswith(begins) and foreign.get(n) != h
        }
    finally:
        now = hashes_of(folder)
        _write(folder, kept | {n: h for n, h in ours.items() if now.get(n) == h})


def _write(folder: Path, listed: Mapping[str, str]) -> None:
    with whole_file(folder / CHECKSUMS) as aside:
        aside.write_text(checksums_text(listed), encoding="utf-8", newline="\n")
