"""What reports say, in English and in Dutch: every sentence stands in both in ``texts/*.toml``.

A key is the name of its file and of its table there: ``say("run.summary", "nl", name="UNICUM")``.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

LANGUAGES = ("en", "nl")
FOLDER = Path(__file__).parent / "texts"


class Twice(NamedTuple):
    """A text in two languages; what stands in braces is filled in."""

    en: str
    nl: str


@cache
def texts(file: str) -> dict[str, Twice]:
    """Return what a file of texts holds, by key without the file's name."""
    with (FOLDER / f"{file}.toml").open("rb") as stream:
        return {key: Twice(**said) for key, said in tomllib.load(stream).items()}


def files() -> list[str]:
    """Return the names of the files of texts."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def say(key: str, language: str = "en", **values: str | int) -> str:
    """Return a text in ``en`` or ``nl``, with what stands in its braces filled in.

    Raises:
        KeyError: there is no such text, or it lacks a value.
    """
    file, _, name = key.partition(".")
    return getattr(texts(file)[name], language).format(**values)  # type: ignore[no-any-return]
