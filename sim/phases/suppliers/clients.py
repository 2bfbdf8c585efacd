"""Whom suppliers serve: their clients per function, and the main supplier of each practice."""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.practice import Practice
from agents.words import Kind
from sim.tables import Tables


@rule
def count_clients(tables: Tables) -> None:
    """Count, per supplier and function, the patients it serves (by share of burden)."""
    counter = tables.counter[0]
    functions = len(tables.functions)
    for o in range(counter.organisations):
        for f in range(functions):
            tables.organisations[o].clients[f] = 0.0
    for u in range(counter.units):
        for f in range(functions):
            tables.units[u].clients[f] = 0.0
    for h in range(len(tables.hubs)):
        for f in range(functions):
            tables.hubs[h].clients[f] = 0.0
    for i in range(counter.practices):
        if tables.practices[i].alive:
            _count_practice(tables, i)


@rule
def comes_first(practice: Practice, c: int, functions: int) -> bool:
    """Return whether the supplier of cell ``c`` (group x function) supplies no cell before it."""
    if c >= functions and practice.supplier[c] == practice.supplier[c - functions]:
        return False  # most cells: it does the same for the group before
    for d in range(c):
        if practice.supplier[d] == practice.supplier[c]:
            return False
    return True


@rule
def weigh_supplier(tables: Tables, practice: Practice, supplier: int) -> float:
    """Return the weight of the cells of a practice that a supplier has: burden times cost."""
    functions = len(tables.functions)
    weight = 0.0
    for g in range(len(tables.groups)):
        for f in range(functions):
            if practice.supplier[g * functions + f] == supplier:
                weight = weight + practice.weights[g] * tables.functions[f].variable
    return weight


@rule
def _count_practice(tables: Tables, i: int) -> None:
    practice = tables.practices[i]
    functions = len(tables.functions)
    units = int(tables.offsets[Kind.UNIT])
    hubs = int(tables.offsets[Kind.HUB])
    organisations = int(tables.offsets[Kind.ORGANISATION])
    count = 0
    largest = 0.0
    main = NONE
    for g in range(len(tables.groups)):
        served = float(practice.patients) * practice.weights[g]
        for f in range(functions):
            c = g * functions + f
            supplier = int(practice.supplier[c])
            if supplier == NONE:
                continue
            if supplier >= organisations:
                row = tables.organisations[supplier - organisations]
                row.clients[f] = row.clients[f] + served
            elif supplier >= hubs:
                hub = tables.hubs[supplier - hubs]
                hub.clients[f] = hub.clients[f] + served
            else:
                unit = tables.units[supplier - units]
                unit.clients[f] = unit.clients[f] + served
            if not comes_first(practice, c, functions):
                continue
            if supplier >= hubs:
                count = count + 1
            weight = weigh_supplier(tables, practice, supplier)
            if weight > largest:
                largest = weight
                main = supplier
    practice.suppliers = count
    if main != practice.main:
        practice.main = main
        practice.kept = 0
