"""What is written aside and not in place yet, for a process that has to end at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

_OPEN: dict[int, Callable[[], object]] = {}


def opened(owner: object, undo: Callable[[], object]) -> None:
    """Keep how to undo what ``owner`` has begun to write."""
    _OPEN[id(owner)] = undo


def closed(owner: object) -> None:
    """Forget it: it is in place, or undone."""
    _OPEN.pop(id(owner), None)


@contextmanager
def undone_by(undo: Callable[[], object]) -> Iterator[None]:
    """Keep how to undo what is written in this block."""
    opened(undo, undo)
    try:
        yield
    finally:
        closed(undo)


def undo_all() -> None:
    """Undo all that is open, from any thread; the process has to end after this."""
    for undo in list(_OPEN.values()):
        with suppress(Exception):  # others of it are undone all the same
            undo()
