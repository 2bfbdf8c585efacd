"""All hand-written replacements of rules, whichever module they are in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benchmarks.plain import fast_books, fast_measures, fast_phases
from benchmarks.plain.faster import FASTER


def replacements() -> dict[tuple[str, str], Callable[..., Any]]:
    """Return all replacements, by (module, name) of the rule replaced."""
    assert fast_books and fast_measures and fast_phases  # importing them registers what they hold
    return FASTER
