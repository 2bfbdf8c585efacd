"""How far the support of a practice is in one hand, or in linked hands."""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import inlined
from agents.words import Kind
from sim.tables import Tables


@inlined
def hand_of(tables: Tables, supplier: int) -> int:
    """Return whose hand a supplier is in: an organisation under a lead is in its lead's."""
    first = int(tables.offsets[Kind.ORGANISATION])
    if supplier == NONE or supplier < first:
        return supplier
    lead = tables.organisations[supplier - first].lead
    return supplier if lead == NONE else first + lead


@inlined
def match_neighbours(tables: Tables, i: int) -> float:
    """Return the share of neighbours whose main supplier is in the hand of that of ``i``."""
    practice = tables.practices[i]
    if practice.main == NONE:
        return 0.0
    mine = hand_of(tables, practice.main)
    near = 0
    same = 0
    j = tables.hubs[practice.hub].first
    while j != NONE:
        other = tables.practices[j]
        if other.alive and j != i:
            near = near + 1
            if hand_of(tables, other.main) == mine:
                same = same + 1
        j = other.next_in_hub
    if near == 0:
        return 1.0
    return float(same) / float(near)


@inlined
def cohere(tables: Tables, i: int) -> float:
    """Return the coherence of support: within the practice, and with its neighbours.

    Within: how much of it comes from its main supplier; a hub and its organisation are linked
    as far as they are trusted. Beside: neighbours with the same main supplier.
    """
    practice = tables.practices[i]
    params = tables.params[0]
    if practice.main == NONE:
        return 0.0
    functions = len(tables.functions)
    hubs = int(tables.offsets[Kind.HUB])
    organisations = int(tables.offsets[Kind.ORGANISATION])
    units = int(tables.offsets[Kind.UNIT])
    inside = 0.0
    main = practice.main
    main_is_hub = main >= hubs and main < organisations
    hub_trust = practice.hub_trust
    suppliers = practice.supplier
    c = 0
    for g in range(len(tables.groups)):
        share = practice.weights[g]
        for f in range(functions):
            supplier = suppliers[c]
            c = c + 1
            if supplier == NONE:
                continue
            weight = share * tables.functions[f].variable
            if supplier == main:
                inside = inside + weight
            elif supplier >= units:
                if main_is_hub or (supplier >= hubs and supplier < organisations):
                    inside = inside + weight * params.criterion_linked * hub_trust
    beside = match_neighbours(tables, i)
    within: float = params.criterion_within
    return within * inside + (1.0 - within) * beside
