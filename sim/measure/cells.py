"""Cells: one patient group and one function of a practice, and what is delivered there.

A cell weighs as much as its group in the burden of the practice, times its function in what can
move up. What a practice does itself is no delivery, and housing, which cannot move, has no weight.
"""

from __future__ import annotations

from agents.compiled.rule import rule
from agents.organisation.regio_organisatie import engage_among
from agents.practice import Practice
from agents.words import Kind, Level
from sim.common.coherence import hand_of
from sim.common.delivery import delivered_by, served_by
from sim.tables import Tables


@rule
def weigh_functions(tables: Tables) -> None:
    """Write into scratch what functions weigh: their part of what can move up."""
    movable = tables.scratch.movable
    total = 0.0
    for f in range(len(tables.functions)):
        function = tables.functions[f]
        movable[f] = function.variable * (1.0 - function.local)
        total = total + movable[f]
    for f in range(len(tables.functions)):
        movable[f] = movable[f] / total if total > 0.0 else 0.0


@rule
def fill_cells(tables: Tables, i: int) -> None:
    """Write into scratch what is delivered in the cells of practice ``i``, and in whose hand.

    Groups whose suppliers are those of the group before have one row of cells with it: mostly
    there is one. ``rows`` says for each group which group's row that is.
    """
    practice = tables.practices[i]
    functions = len(tables.functions)
    hands = tables.scratch.hands[i]
    delivered = tables.scratch.delivered[i]
    rows = tables.scratch.rows[i]
    for g in range(len(tables.groups)):
        first = g * functions
        if g > 0 and _as_before(practice, first, functions):
            rows[g] = rows[g - 1]
            continue
        rows[g] = g
        for f in range(functions):
            supplier = practice.supplier[first + f]
            hands[first + f] = hand_of(tables, supplier)
            delivered[first + f] = delivered_by(tables, supplier, f)


@rule
def _as_before(practice: Practice, first: int, functions: int) -> bool:
    for c in range(first, first + functions):
        if practice.supplier[c] != practice.supplier[c - functions]:
            return False
    return True


@rule
def weigh_cell(tables: Tables, i: int, g: int, f: int) -> float:
    """Return the weight of a cell of practice ``i`` where something is delivered, else 0."""
    row = tables.scratch.rows[i][g]
    if tables.scratch.delivered[i][row * len(tables.functions) + f] <= 0.0:
        return 0.0
    return float(tables.practices[i].weights[g] * tables.scratch.movable[f])


@rule
def helped_locally(tables: Tables, i: int) -> float:
    """Return what the hub of practice ``i`` does of its local support (share of full)."""
    hub = tables.hubs[tables.practices[i].hub]
    return float(min(1.0, hub.local + tables.params[0].hub_service * hub.service))


@rule
def support_group(tables: Tables, i: int, g: int) -> float:
    """Return the share of full support that others give practice ``i`` for group ``g``."""
    functions = len(tables.functions)
    delivered = tables.scratch.delivered[i]
    first = tables.scratch.rows[i][g] * functions
    near = helped_locally(tables, i)
    total = 0.0
    for f in range(functions):
        function = tables.functions[f]
        far = delivered[first + f]
        both = (1.0 - function.local) * far + function.local * near
        total = total + function.variable * both
    return total


@rule
def level_of(tables: Tables, supplier: int) -> int:
    """Return the ``Level`` at which a supplier works."""
    if supplier >= int(tables.offsets[Kind.ORGANISATION]):
        return Level.REGIONAL
    return Level.LOCAL


@rule
def fit_region(tables: Tables, supplier: int, f: int) -> float:
    """Return how far what a supplier serves in function ``f`` is of the size of a region (F005)."""
    params = tables.params[0]
    served = served_by(tables, supplier, f)
    if served < params.criterion_region_least:
        return float(served / params.criterion_region_least)
    return float(min(1.0, params.criterion_region_most / served))


@rule
def link(tables: Tables, practice: Practice, supplier: int) -> float:
    """Return how far a supplier in another hand is linked with the main supplier (share)."""
    main = practice.main
    hubs = int(tables.offsets[Kind.HUB])
    organisations = int(tables.offsets[Kind.ORGANISATION])
    hub = supplier >= hubs and supplier < organisations
    if hub or (main >= hubs and main < organisations):
        return float(tables.params[0].criterion_linked * practice.hub_trust)
    return 0.0


@rule
def take_part(tables: Tables, i: int, supplier: int) -> tuple[float, float, float]:
    """Return engagement, say and taking part of practice ``i`` in what a supplier does.

    A unit decides by all its members. Who has no vote in an organisation has the say of its
    council of users (C17), if it holds one.
    """
    practice = tables.practices[i]
    params = tables.params[0]
    hubs = int(tables.offsets[Kind.HUB])
    organisations = int(tables.offsets[Kind.ORGANISATION])
    if supplier >= organisations:
        o = supplier - organisations
        organisation = tables.organisations[o]
        if o != practice.organisation:
            say = params.unit_council_say if organisation.council else 0.0
            return organisation.engagement, say, params.criterion_bystander
        part = 1.0 if practice.mandate else params.criterion_bystander
        return organisation.engagement, organisation.say, part
    if supplier >= hubs:
        if practice.active:
            return 1.0, tables.hubs[supplier - hubs].autonomy, 1.0
        return 0.0, 0.0, 0.0
    members = tables.units[practice.unit].members
    return engage_among(members, params.engagement_half, params), 1.0, 1.0
