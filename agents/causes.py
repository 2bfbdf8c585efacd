"""Why something was decided: the term of a utility that weighs most."""

from __future__ import annotations

from agents.compiled.rule import rule


@rule
def heavier(most: float, cause: int, weight: float, other: int) -> tuple[float, int]:
    """Return the heavier of two terms with its cause; the first where they weigh the same."""
    if weight > most:
        return weight, other
    return most, cause
