"""What money becomes: support at the least it can cost, against all that it takes."""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.words import CostKind
from sim.common.cost import full_cost
from sim.tables import Tables


@rule
def least_cost(tables: Tables, f: int) -> float:
    """Return EUR a patient a year of function ``f`` by a supplier whose set is fully used.

    Of what can move up, at full coverage and without any factor on cost.
    """
    capacity: float = tables.params[0].supply_capacity
    return full_cost(tables, f, capacity, 1.0, 0.0) / capacity


@rule
def value_of(tables: Tables, i: int) -> float:
    """Return EUR a quarter that what practice ``i`` gets would cost at least.

    From suppliers what can move up; locally what its hub does and what its own O&I money buys,
    up to full local support. Scratch must hold the least cost of functions and the cells.
    """
    practice = tables.practices[i]
    patients = float(practice.patients)
    functions = len(tables.functions)
    delivered = tables.scratch.delivered[i]
    rows = tables.scratch.rows[i]
    far = 0.0
    whole = 0.0
    for f in range(functions):
        function = tables.functions[f]
        whole = whole + function.variable * function.local
        cost = tables.scratch.least[f]
        for g in range(len(tables.groups)):
            far = far + practice.weights[g] * delivered[rows[g] * functions + f] * cost
    full = 0.25 * tables.params[0].supply_variable * whole * patients
    near = min(full, tables.hubs[practice.hub].local * full + practice.money)
    return float(0.25 * far * patients + near)


@rule
def sum_dealing(tables: Tables, i: int) -> float:
    """Return EUR this quarter that dealing costs practice ``i`` and others, without O&I for it.

    What practices and units book, half of what its hub and organisation book for both sides, and
    work that its organisation cannot pay: their own half, and coordination, is paid from O&I.
    """
    practice = tables.practices[i]
    patients = float(practice.patients)
    unit = tables.units[practice.unit]
    hub = tables.hubs[practice.hub]
    of_unit = patients / float(max(1, unit.patients))
    of_hub = patients / float(max(1, hub.patients))
    total = 0.0
    for kind in range(CostKind.COORDINATION):
        total = total + practice.transaction[kind] + unit.transaction[kind] * of_unit
        total = total + 0.5 * hub.transaction[kind] * of_hub
    if practice.organisation != NONE:
        organisation = tables.organisations[practice.organisation]
        share = patients / float(max(1, organisation.patients))
        for kind in range(CostKind.COORDINATION):
            total = total + 0.5 * organisation.transaction[kind] * share
        total = total + organisation.unpaid * tables.params[0].supply_wage * share
    return total
