"""How this process was asked for what it does: the command as it was typed, or Python."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

PYTHON = "Python"
_COMMAND: ContextVar[tuple[str, ...] | None] = ContextVar("command", default=None)


@contextmanager
def called(arguments: Sequence[str]) -> Iterator[None]:
    """Note what was typed behind ``regiosim``, as long as that command is at work."""
    before = _COMMAND.set(tuple(arguments))
    try:
        yield
    finally:
        _COMMAND.reset(before)


def command() -> list[str] | str:
    """Return the command with its arguments as they were typed, or ``Python``."""
    typed = _COMMAND.get()
    return PYTHON if typed is None else ["regiosim", *typed]
