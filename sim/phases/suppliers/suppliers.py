"""First quarter: who supplies which function to which patient group, for the contracts in force.

Whoever holds the money chooses. An organisation or a hub that is paid supplies itself; a unit
that is paid chooses among itself, its hub and organisations in reach, per patient group where
its title is bundled, function by function where it is not.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from agents.compiled.draws import draw, gumbel, stream
from agents.compiled.elementary import is_multiple
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.practice import distance
from agents.unit import scale_noise, value_supplier
from agents.words import Kind, Stage
from sim.common.claims import expected_money
from sim.common.taste import lasting
from sim.ledger import note, party
from sim.phases.suppliers.as_paid import promise, supply_as_paid
from sim.phases.suppliers.clients import count_clients
from sim.phases.suppliers.councils import review_councils
from sim.tables import Tables

BUY = stream("unit.supplier")


class Order(NamedTuple):
    """What a unit buys at once: one patient group (all functions) or one function (all groups).

    The other of both is ``NONE``.
    """

    group: int
    function: int


@rule
def in_order(order: Order, g: int, f: int) -> bool:
    """Return whether function ``f`` for patient group ``g`` is part of what is bought."""
    return (order.group == NONE or order.group == g) and (
        order.function == NONE or order.function == f
    )


@rule
def choose_suppliers(tables: Tables, tick: int) -> None:
    """Settle the suppliers of every practice for this year, and count their clients."""
    if tables.params[0].decide_practice or tick == 0:
        for i in range(tables.counter[0].practices):
            if tables.practices[i].alive:
                supply_as_paid(tables, i, tick)
        for u in range(tables.counter[0].units):
            unit_buys(tables, u, tick)
    count_clients(tables)
    review_councils(tables, tick)


@rule
def unit_buys(tables: Tables, u: int, tick: int) -> None:
    """Let unit ``u`` choose a supplier for what its titles pay."""
    unit = tables.units[u]
    if not unit.alive:
        return
    total = 0.0
    for k in range(len(tables.tariffs)):
        if unit.contract[k] != NONE and tables.titles[tick][k].active:
            total = total + expected_money(tables, tables.titles[tick][k], k, unit.patients)
    for k in range(len(tables.tariffs)):
        title = tables.titles[tick][k]
        if unit.contract[k] == NONE or not title.active:
            continue
        money = expected_money(tables, title, k, unit.patients)
        stake = money / total if total > 0.0 else 0.0
        if title.bundled:
            for g in range(len(tables.groups)):
                order = Order(group=g, function=NONE)
                if title.groups[g] > 0.0 and not _keep(tables, u, k, order, tick):
                    part = tables.practices[unit.chair].weights[g]
                    _buy(tables, u, order, money * part, stake * part, tick)
        else:
            for f in range(len(tables.functions)):
                order = Order(group=NONE, function=f)
                if title.functions[f] > 0.0 and not _keep(tables, u, k, order, tick):
                    part = title.functions[f]
                    _buy(tables, u, order, money * part, stake * part, tick)


@rule
def _keep(tables: Tables, u: int, k: int, order: Order, tick: int) -> bool:
    """Keep the supplier of this until the contract is renewed; return whether it was kept."""
    unit = tables.units[u]
    cell = order.function if order.group == NONE else order.group * len(tables.functions)
    supplier = int(unit.chosen[cell])
    years = float(tick - unit.contract[k]) / 4.0
    if not tables.params[0].unit_term or supplier == NONE:
        return False
    if is_multiple(years, tables.titles[tick][k].term):
        return False
    if supplier >= int(tables.offsets[Kind.ORGANISATION]):
        if not tables.organisations[supplier - int(tables.offsets[Kind.ORGANISATION])].alive:
            return False
    elif supplier >= int(tables.offsets[Kind.HUB]):
        if tables.hubs[supplier - int(tables.offsets[Kind.HUB])].stage < Stage.DRIVER:
            return False
    _take(tables, u, order, supplier, tick)
    return True


@rule
def _promise_of(
    tables: Tables, order: Order, patients: float, factor: float, per_patient: float
) -> float:
    """Return the promise for one function, or over all functions weighted by their cost."""
    if order.function != NONE:
        return promise(tables, order.function, patients, factor, per_patient)
    total = 0.0
    for f in range(len(tables.functions)):
        part = per_patient * tables.functions[f].variable
        total = total + tables.functions[f].variable * promise(tables, f, patients, factor, part)
    return total


@rule
def _buy(tables: Tables, u: int, order: Order, money: float, stake: float, tick: int) -> None:
    """Choose who supplies an order of ``money`` EUR a year, a share ``stake`` of all it spends."""
    params = tables.params[0]
    unit = tables.units[u]
    chair = tables.practices[unit.chair]
    patients = float(max(1, unit.patients))
    if order.group != NONE:
        # A patient group is its part of the work: cost and money are of that part alone.
        patients = max(1.0, patients * chair.weights[order.group])
    per_patient = money / patients
    noise = scale_noise(stake, params)
    topic = order.group if order.group != NONE else 100 + order.function
    mine = party(tables, Kind.UNIT, u)
    best = mine
    covered = _promise_of(tables, order, patients, unit.cost_factor, per_patient)
    highest = value_supplier(covered, params.trust_self, 0.0, money, params) + _shake(
        tables, unit.id, unit.id, topic, noise, tick
    )
    hub = tables.hubs[unit.hub]
    if hub.stage >= Stage.DRIVER:
        f = order.function if order.function != NONE else 0
        size = hub.clients[f] + patients
        covered = _promise_of(tables, order, size, hub.cost_factor, per_patient)
        value = value_supplier(covered, chair.hub_trust, 0.0, money, params)
        value = value + _shake(tables, unit.id, hub.id, topic, noise, tick)
        if value > highest:
            highest = value
            best = party(tables, Kind.HUB, unit.hub)
    for k in range(len(chair.counterpart)):
        o = chair.counterpart[k]
        if o == NONE or not tables.organisations[o].alive:
            continue
        organisation = tables.organisations[o]
        km = distance(unit.x, unit.y, organisation.x, organisation.y)
        if km > params.choice_vision:
            continue
        f = order.function if order.function != NONE else 0
        size = max(organisation.clients[f], float(organisation.patients)) + patients
        size = size + organisation.outside
        covered = _promise_of(tables, order, size, organisation.level, per_patient)
        covered = covered * math.sqrt(organisation.engagement)
        value = value_supplier(covered, chair.trust[k], km, money, params)
        value = value + _shake(tables, unit.id, organisation.id, topic, noise, tick)
        if value > highest:
            highest = value
            best = party(tables, Kind.ORGANISATION, o)
    _take(tables, u, order, best, tick)


@rule
def _shake(tables: Tables, number: int, other: int, topic: int, factor: float, tick: int) -> float:
    """Return taste and noise of one option, scaled by the stake of the choice."""
    params = tables.params[0]
    seed = tables.counter[0].seed
    shake = 0.0
    if params.choice_taste > 0.0:
        shake = params.choice_taste * lasting(tables, number, other, tick)
    lot = draw(seed, BUY + topic, number, other, tick)
    return factor * (shake + params.choice_noise * gumbel(lot))


@rule
def _take(tables: Tables, u: int, order: Order, best: int, tick: int) -> None:
    functions = len(tables.functions)
    changed = False
    unit = tables.units[u]
    for g in range(len(tables.groups)):
        for f in range(functions):
            if in_order(order, g, f):
                changed = changed or unit.chosen[g * functions + f] != best
                unit.chosen[g * functions + f] = best
    place = tables.municipalities[unit.municipality]
    for h in range(place.first_hub, place.first_hub + place.hubs):
        i = tables.hubs[h].first
        while i != NONE:
            practice = tables.practices[i]
            if practice.alive and practice.unit == u:
                for g in range(len(tables.groups)):
                    for f in range(functions):
                        if in_order(order, g, f):
                            practice.supplier[g * functions + f] = best
            i = practice.next_in_hub
    if changed:
        note(tables, tick, party(tables, Kind.UNIT, u), Event.SUPPLIER_CHOSEN, best, Cause.COVERAGE)
