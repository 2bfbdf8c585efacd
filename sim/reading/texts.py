"""Texts of files, each read once: what a run was made of is what its manifest says.

A file that is edited while a run or a sweep is at work would otherwise be read as two texts, and a
pipe only the first time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

Texts = dict[str, str]
"""Texts of files by their path as it was given."""

_KEPT: ContextVar[Texts | None] = ContextVar("texts", default=None)


@contextmanager
def keeping(texts: Texts) -> Iterator[None]:
    """Keep in ``texts`` what ``sim.reading.files`` reads meanwhile; what it has is read no more.

    Within another ``keeping`` the inner one counts.
    """
    before = _KEPT.set(texts)
    try:
        yield
    finally:
        _KEPT.reset(before)


def kept(path: Path) -> str | None:
    """Return the text of a file that was read before, if texts are kept meanwhile."""
    texts = _KEPT.get()
    return None if texts is None else texts.get(str(path))


def keep(path: Path, text: str) -> None:
    """Keep the text of a file, if texts are kept meanwhile."""
    texts = _KEPT.get()
    if texts is not None:
        texts[str(path)] = text
