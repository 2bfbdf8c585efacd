"""The commands that the pages show, as a reader would type them, and where each is tried."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(?:sh|bash|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


Shown = list[list[str]]
"""What a command printed: rows of cells."""


class Tried(NamedTuple):
    """How one documented command is tried: as it stands, or ``instead`` with the reason ``why``."""

    check: Callable[..., None]
    instead: str
    why: str

    def arguments(self, command: str) -> list[str]:
        return shlex.split(self.instead or command)


TRIED: dict[str, Tried] = {}
"""By the command, without the name of the program."""


def documented(
    *commands: str, instead: str = "", why: str = ""
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a check of the numbers that documented commands give."""
    assert bool(instead) == bool(why)

    def register(check: Callable[..., None]) -> Callable[..., None]:
        for command in commands:
            key = shlex.join(shlex.split(command))
            assert key not in TRIED, key
            TRIED[key] = Tried(check, instead, why)
        return check

    return register


def commands(page: Path) -> list[str]:
    """Return the arguments of every ``regiosim`` command in a page's blocks, one text each."""
    text = page.read_text(encoding="utf-8")
    words = [one for block in BLOCK.findall(text) for one in _commands(block)]
    programs = ("regiosim", ".venv/bin/regiosim")
    return [shlex.join(one[1:]) for one in words if one and one[0] in programs]


def _commands(block: str) -> Iterator[list[str]]:
    """Split a block into commands; a command may go on behind a backslash or inside quotes."""
    gathered = ""
    for line in block.splitlines(keepends=True):
        gathered += line.replace("\\\n", " ")
        if line.endswith("\\\n"):
            continue
        try:
            yield shlex.split(gathered, comments=True)
        except ValueError:  # inside quotes
            continue
        gathered = ""
    assert not gathered, f"a command that never ends: {gathered}"
