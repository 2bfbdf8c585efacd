"""The agenda of a regional table: what it means where its municipalities are."""

from __future__ import annotations

from agents.compiled.rule import rule
from sim.tables import Tables


@rule
def agenda_of(tables: Tables, m: int) -> float:
    """Return the agenda of the table at which municipality ``m`` sits, 0 where it does not."""
    place = tables.municipalities[m]
    table = tables.steerings[place.steering]
    if not place.seated or not table.formed:
        return 0.0
    return float(table.agenda)


@rule
def agenda_with(tables: Tables, m: int, z: int) -> float:
    """Return the agenda that municipality ``m`` has with insurer ``z``, 0 where one is absent."""
    table = tables.steerings[tables.municipalities[m].steering]
    for n in range(len(table.insurers)):
        if table.insurers[n] == z:
            return float(agenda_of(tables, m))
    return 0.0


@rule
def mandate_at(tables: Tables, m: int) -> float:
    """Return the mandate of the preferred insurer's manager in ``m`` (share, C50, C51).

    What is on an agenda that the insurer shares needs no checking back.
    """
    z = tables.municipalities[m].preferred
    manager = tables.insurers[z].manager
    return manager + (1.0 - manager) * agenda_with(tables, m, z)
