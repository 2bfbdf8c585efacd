"""What a supplier delivers, and to how many."""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import inlined, rule
from agents.words import Kind
from sim.tables import Tables


@inlined
def delivered_by(tables: Tables, supplier: int, f: int) -> float:
    """Return the share of full support that a supplier gives its clients in function ``f``.

    What can move up, that is. Nobody gives nothing, and so does a practice to itself: own work
    is no delivery.
    """
    units = int(tables.offsets[Kind.UNIT])
    if supplier == NONE or supplier < units:
        return 0.0
    hubs = int(tables.offsets[Kind.HUB])
    organisations = int(tables.offsets[Kind.ORGANISATION])
    if supplier >= organisations:
        return float(tables.organisations[supplier - organisations].coverage[f])
    if supplier >= hubs:
        return float(tables.hubs[supplier - hubs].coverage[f])
    return float(tables.units[supplier - units].coverage[f])


@rule
def served_by(tables: Tables, supplier: int, f: int) -> float:
    """Return the patients whom a supplier serves in function ``f``, elsewhere included."""
    units = int(tables.offsets[Kind.UNIT])
    if supplier == NONE or supplier < units:
        return 0.0
    hubs = int(tables.offsets[Kind.HUB])
    organisations = int(tables.offsets[Kind.ORGANISATION])
    if supplier >= organisations:
        organisation = tables.organisations[supplier - organisations]
        return float(organisation.clients[f] + organisation.outside)
    if supplier >= hubs:
        return float(tables.hubs[supplier - hubs].clients[f])
    return float(tables.units[supplier - units].clients[f])
