"""The one exception for bad input: which file, which key, what is wrong, what is allowed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable


class BadInput(ValueError):
    """Input that cannot be used. Its text is one clear message for the user, on one line."""

    def __init__(
        self, where: str, problem: str, *, allowed: str = "", nearest: str | None = None
    ) -> None:
        where, problem, allowed = _short(where, LONGEST_PLACE), _short(problem), _short(allowed)
        parts = [f"{where}: {problem}"]
        if nearest:
            parts.append(_short(f"Did you mean {nearest!r}?"))
        if allowed:
            parts.append(f"Allowed: {allowed}")
        text = " ".join(p if p.endswith((".", "?")) else p + "." for p in parts)
        super().__init__("".join(c if c.isprintable() else " " for c in text))

    def __reduce__(self) -> tuple[Callable[[str], BadInput], tuple[str]]:
        """Return how another process makes it: of its text, whatever it was made of."""
        return _as_said, (str(self),)


LONGEST_PLACE, LONGEST_WORD, LONGEST = 1000, 300, 4000
"""Characters of a path, another word, and a part of a message that are said in full."""


def _short(text: str, most: int = LONGEST_WORD) -> str:
    """Return a part of a message in which nothing that a user wrote is too long to read."""
    if len(text) <= most:
        return text
    shorter = re.sub(rf"\S{{{most},}}", lambda word: f"{word[0][:60]}...", text)
    return shorter if len(shorter) <= LONGEST else f"{shorter[:LONGEST]}..."


def _as_said(text: str) -> BadInput:
    found = BadInput("", "")
    found.args = (text,)
    return found


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name most like ``name``, or None where none is like it.

    Capitals count only among names that are like it with them.
    """
    names = {one: one for one in known}
    for asked, likes in ((name, names), (name.casefold(), {n.casefold(): n for n in names})):
        if found := difflib.get_close_matches(asked, list(likes), n=1, cutoff=0.4):
            return likes[found[0]]
    return None
