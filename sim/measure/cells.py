"""Cells: one patient group and one function of a practice, and what is delivered there.

A cell weighs as much as its group in the burden of the practice, times its function in what can
move up. What a practice does itself is no delivery, and housing, which cannot move, has no weight.
"""

from __future__ import annotations

from agents.compiled.record import NONE, IntArray
from agents.compiled.rule import rule
from agents.organisation.regio_organisatie import engage_among
from agents.practice import Practice
from agents.words import Kind, Level
from sim.common.coherence import hand_of
from sim.common.delivery import delivered_by, served_by
from sim.tables import Tables


@rule
def fill_cells(tables: Tables, rows: IntArray, count: int) -> None:
    """Write into scratch the weights of functions, and what these practices get per cell.

    Of each cell what is delivered, what it weighs, and in whose hand its supplier is.
    """
    movable = tables.scratch.movable
    total = 0.0
    for f in range(len(tables.functions)):
        function = tables.functions[f]
        movable[f] = function.variable * (1.0 - function.local)
        total = total + movable[f]
    for f in range(len(tables.functions)):
        movable[f] = movable[f] / total if total > 0.0 else 0.0
    for r in range(count):
        _fill_practice(tables, rows[r])


@rule
def _fill_practice(tables: Tables, i: int) -> None:
    practice = tables.practices[i]
    functions = len(tables.functions)
    movable = tables.scratch.movable
    hands = tables.scratch.hands[i]
    delivered = tables.scratch.delivered[i]
    weighed = tables.scratch.weighed[i]
    c = 0
    for g in range(len(tables.groups)):
        for f in range(functions):
            supplier = practice.supplier[c]
            if g > 0 and supplier == practice.supplier[f]:
                # Mostly one supplier serves all groups: what it does is looked up once.
                hands[c] = hands[f]
                covered = delivered[f]
            else:
                hands[c] = hand_of(tables, supplier)
                covered = delivered_by(tables, supplier, f)
            weight = practice.weights[g] * movable[f] if covered > 0.0 else 0.0
            delivered[c] = covered
            weighed[c] = weight
            c = c + 1


@rule
def weigh_cell(tables: Tables, i: int, c: int) -> float:
    """Return the weight of cell ``c`` of practice ``i`` where something is delivered, else 0."""
    return float(tables.scratch.weighed[i][c])


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
    near = helped_locally(tables, i)
    total = 0.0
    for f in range(functions):
        function = tables.functions[f]
        far = delivered[g * functions + f]
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
def fit_levels(tables: Tables, i: int) -> tuple[float, float]:
    """Return the weight of cells delivered at the level they prefer: local, and regional.

    At the regional level a cell counts as far as its supplier is of the size of a region.
    """
    practice = tables.practices[i]
    functions = len(tables.functions)
    local = 0.0
    regional = 0.0
    for g in range(len(tables.groups)):
        for f in range(functions):
            c = g * functions + f
            supplier = practice.supplier[c]
            level = level_of(tables, supplier)
            if tables.functions[f].level != level:
                continue
            weight = weigh_cell(tables, i, c)
            if level == Level.LOCAL:
                local = local + weight
            elif weight > 0.0:
                regional = regional + weight * fit_region(tables, supplier, f)
    return local, regional


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
def hold_inside(tables: Tables, i: int) -> float:
    """Return the weight of cells of practice ``i`` in the hand of its main supplier."""
    practice = tables.practices[i]
    if practice.main == NONE:
        return 0.0
    main = hand_of(tables, practice.main)
    hands = tables.scratch.hands[i]
    total = 0.0
    for c in range(len(practice.supplier)):
        held = 1.0
        if hands[c] != main:
            held = link(tables, practice, practice.supplier[c])
        total = total + weigh_cell(tables, i, c) * held
    return total


@rule
def share_hand(tables: Tables, i: int, j: int) -> float:
    """Return the weight of cells of practice ``i`` in the hand of the same cell of ``j``.

    Scratch must hold the cells of both (``fill_cells``).
    """
    mine = tables.scratch.hands[i]
    theirs = tables.scratch.hands[j]
    weighed = tables.scratch.weighed[i]
    total = 0.0
    for c in range(len(weighed)):
        if mine[c] == theirs[c]:
            total = total + weighed[c]
    return total


@rule
def hold_beside(tables: Tables, i: int) -> float:
    """Return ``share_hand``, averaged over the neighbours of practice ``i`` in its hub area."""
    near = 0
    total = 0.0
    j = tables.hubs[tables.practices[i].hub].first
    while j != NONE:
        other = tables.practices[j]
        if other.alive and j != i:
            near = near + 1
            total = total + share_hand(tables, i, j)
        j = other.next_in_hub
    if near == 0:
        return share_hand(tables, i, i)
    return total / float(near)


@rule
def endure(tables: Tables, i: int) -> float:
    """Return how long and how invested support of practice ``i`` is, over its cells (share)."""
    practice = tables.practices[i]
    params = tables.params[0]
    organisations = int(tables.offsets[Kind.ORGANISATION])
    kept = min(1.0, float(practice.kept) / (4.0 * params.criterion_years))
    total = 0.0
    for c in range(len(practice.supplier)):
        weight = weigh_cell(tables, i, c)
        supplier = practice.supplier[c]
        if weight <= 0.0:
            continue
        worth = 0.0
        if supplier == practice.main:
            worth = (1.0 - params.criterion_invested) * kept
        if supplier >= organisations:
            invested = tables.organisations[supplier - organisations].invested
            worth = worth + params.criterion_invested * invested
        total = total + weight * worth
    return total


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


@rule
def know_entrant(tables: Tables, i: int) -> float:
    """Return 1 where practice ``i`` knows an entrant that sells to somebody, else 0."""
    practice = tables.practices[i]
    for k in range(len(practice.counterpart)):
        o = practice.counterpart[k]
        if o != NONE and tables.organisations[o].entrant and tables.organisations[o].sold > 0.0:
            return 1.0
    return 0.0
