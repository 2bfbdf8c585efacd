"""Alliances of organisations, and where the areas of external parties lie."""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import rule
from sim.tables import Tables


@rule
def alliance_of(tables: Tables, o: int) -> int:
    """Return the organisation that contracts for ``o``: its lead, or itself."""
    lead = tables.organisations[o].lead
    return o if lead == NONE else lead


@rule
def find_areas(tables: Tables) -> None:
    """Write into scratch the first municipality of each partner's area, and that after its last.

    Some in between may belong to another.
    """
    first = tables.scratch.area_first
    after = tables.scratch.area_after
    for q in range(len(tables.partners)):
        first[q] = NONE
        after[q] = 0
    for m in range(len(tables.municipalities)):
        place = tables.municipalities[m]
        for d in range(len(place.partners)):
            q = place.partners[d]
            if q != NONE:
                first[q] = min(first[q], m)
                after[q] = m + 1
