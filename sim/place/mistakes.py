"""All that is wrong with a file in one message, a line each."""

from __future__ import annotations

import re
from pathlib import Path

from sim.errors import BadInput

MOST_SHOWN = 100


class Mistakes:
    """What is wrong with a file, in the order in which it was found."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.found: list[BadInput] = []

    def add(
        self, where: str, problem: str, *, allowed: str = "", nearest: str | None = None
    ) -> None:
        """Put down one more: where in the file, what is wrong, what is allowed."""
        self.found.append(BadInput(where, problem, allowed=allowed, nearest=nearest))

    def stop(self) -> None:
        """Raise ``BadInput`` with all of them, if there are any."""
        if self.found:
            raise ManyWrong(self.path, sorted(self.found, key=_line))


def _line(found: BadInput) -> int:
    """Return the line of a file that a message begins with, 0 where it begins otherwise."""
    number = re.match(r"line (\d+)", str(found), re.ASCII)
    return int(number[1]) if number else 0


class ManyWrong(BadInput):
    """Input with several mistakes: what is wrong, a line each."""

    def __init__(self, path: Path, found: list[BadInput]) -> None:
        super().__init__(str(path), "1 mistake" if len(found) == 1 else f"{len(found)} mistakes")
        lines = [str(self).rstrip(".") + ":", *(f"  {one}" for one in found[:MOST_SHOWN])]
        if len(found) > MOST_SHOWN:
            lines.append(f"  and {len(found) - MOST_SHOWN} more")
        self.args = ("\n".join(lines),)
