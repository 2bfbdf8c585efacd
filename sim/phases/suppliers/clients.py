"""Whom suppliers serve: their clients per function, and the main supplier of each practice."""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import rule
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
def _count_practice(tables: Tables, i: int) -> None:
    practice = tables.practices[i]
    functions = len(tables.functions)
    units = int(tables.offsets[Kind.UNIT])
    hubs = int(tables.offsets[Kind.HUB])
    organisations = int(tables.offsets[Kind.ORGANISATION])
    count = 0
    largest = 0.0
    main = NONE
    for c in range(len(practice.supplier)):
        supplier = practice.supplier[c]
        if supplier == NONE:
            continue
        g = c // functions
        f = c - g * functions
        served = float(practice.patients) * practice.weights[g]
        if supplier >= organisations:
            row = tables.organisations[supplier - organisations]
            row.clients[f] = row.clients[f] + served
        elif supplier >= hubs:
            hub = tables.hubs[supplier - hubs]
            hub.clients[f] = hub.clients[f] + served
        else:
            unit = tables.units[supplier - units]
            unit.clients[f] = unit.clients[f] + served
        first = True
        weight = 0.0
        for d in range(len(practice.supplier)):
            if practice.supplier[d] == supplier:
                if d < c:
                    first = False
                    break
                group = d // functions
                weight = weight + (
                    practice.weights[group] * tables.functions[d - group * functions].variable
                )
        if first:
            if supplier >= hubs:
                count = count + 1
            if weight > largest:
                largest = weight
                main = supplier
    practice.suppliers = count
    if main != practice.main:
        practice.main = main
        practice.kept = 0
