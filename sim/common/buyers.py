"""Who buys from whom."""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.words import Kind
from sim.ledger import party
from sim.tables import Tables


@rule
def served_at_home(tables: Tables, i: int) -> bool:
    """Return whether nobody beyond its unit supplies practice ``i`` but its own organisation.

    By what was counted when suppliers were chosen: so it is for most, and no cell has to be looked
    at.
    """
    practice = tables.practices[i]
    if practice.suppliers == 0:
        return True
    if practice.suppliers > 1 or practice.organisation == NONE:
        return False
    return bool(practice.main == party(tables, Kind.ORGANISATION, practice.organisation))


@rule
def sells_to(tables: Tables, u: int, c: int) -> int:
    """Return the organisation of cell ``c`` where unit ``u`` buys from it, else ``NONE``.

    Each seller is returned for its first cell alone; one's own organisation sells to a member.
    """
    unit = tables.units[u]
    first = int(tables.offsets[Kind.ORGANISATION])
    seller = int(unit.chosen[c])
    if seller == NONE or seller < first:
        return NONE
    if tables.practices[unit.chair].supplier[c] != seller:
        return NONE
    if tables.practices[unit.chair].organisation == seller - first:
        return NONE
    for d in range(c):
        if unit.chosen[d] == seller:
            return NONE
    return seller - first
