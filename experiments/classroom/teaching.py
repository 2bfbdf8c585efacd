"""What class mode serves: a lesson, and what of it a class can ask for."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence

from experiments.classroom.built import read_built
from experiments.classroom.game.levers import game
from experiments.classroom.lesson import LANGUAGES, lesson_of, page_of
from experiments.classroom.server.offered import Offered
from experiments.classroom.words import shipped
from sim.errors import BadInput, nearest

NEEDED = ("starlette", "uvicorn", "segno")


def check_asked(language: str) -> None:
    """Refuse to begin where it would be in vain, before any work.

    Raises:
        BadInput: what serves is not installed, the language is unknown, or nothing was built.
    """
    lacking = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if lacking:
        allowed = "`pip install 'regiosim[teach]'`"
        raise BadInput("teach", f"not installed: {', '.join(lacking)}", allowed=allowed)
    if language not in LANGUAGES:
        raise BadInput(
            "--lang", f"unknown language {language!r}", allowed=", ".join(LANGUAGES),
            nearest=nearest(language, LANGUAGES),
        )  # fmt: skip
    read_built()


def offered_page(regions: Sequence[str], language: str) -> tuple[Offered, bytes]:
    """Return what a class may ask for, and the page of its lesson.

    Raises:
        BadInput: a region cannot be used, or nothing was built.
    """
    lesson, blocks = lesson_of(regions, language)
    names = tuple(one["name"] for one in lesson["regions"])
    offered = Offered(lesson["rules"], names, tuple(shipped()), game())
    return offered, page_of(lesson, blocks, read_built()).encode("utf-8")
