"""Names in one form: a letter with an accent can be composed in two ways that look the same."""

from __future__ import annotations

import unicodedata
from pathlib import Path


def composed(text: str) -> str:
    """Return a text with every accent composed with its letter (NFC)."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Kinds of characters that nobody sees, in Unicode: control, format, surrogates, ends of lines."""


def can_be_shown(text: str, besides: str = "") -> bool:
    """Return whether a text has no character that nobody sees, besides those named."""
    if text.isprintable():
        return True
    return not any(unicodedata.category(c) in UNSEEN for c in text if c not in besides)


def on_disk(path: Path) -> Path:
    """Return a path as the disk spells it, where that differs in how accents are composed.

    A path that is there, and one that is in neither form, is returned as it is.
    """
    if str(path).isascii() or is_there(path):
        return path
    found = Path(path.anchor)
    for part in path.parts[1 if path.anchor else 0 :]:
        found = found / part if is_there(found / part) else _alike(found, part)
    return found if is_there(found) else path


def is_there(path: Path) -> bool:
    """Return whether there is a file or folder at a path, whatever is written in it."""
    try:
        return path.exists()
    except (OSError, ValueError):  # a name that no disk can hold
        return False


def _alike(folder: Path, name: str) -> Path:
    try:
        found = sorted(one for one in folder.iterdir() if composed(one.name) == composed(name))
    except OSError:
        found = []
    return found[0] if found else folder / name
