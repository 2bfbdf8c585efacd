"""What is said beside the answers of a design, or in their place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Note(NamedTuple):
    """Something to be said beside the answers: a text's key and what fills it."""

    key: str
    values: dict[str, str | int]


class CannotAnswer(ValueError):
    """The design, or what is there of it, gives no answer. The text is one clear message."""


def none_in(outcomes: Sequence[str], year: int) -> str:
    """Return that no run has a value of some outcomes in a year."""
    return f"{', '.join(outcomes)}: no run has a value in {year}"
