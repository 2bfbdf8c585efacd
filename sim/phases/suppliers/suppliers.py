"""First quarter: who supplies which function to which patient group, for the contracts in force.

Whoever holds the money chooses. A hub that is paid supplies itself, an organisation itself or by
entrants that promise more (``members``); a unit that is paid chooses among itself, its hub and
organisations in reach, per patient group where its title is bundled, function by function where
it is not.
"""

from __future__ import annotations

import math

from agents.compiled.draws import stream
from agents.compiled.elementary import is_multiple
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.practice import distance
from agents.unit import scale_noise, value_new, value_supplier
from agents.words import Kind, Stage
from sim.common.claims import expected_money
from sim.ledger import note, party
from sim.phases.suppliers.as_paid import supply_as_paid
from sim.phases.suppliers.clients import count_clients
from sim.phases.suppliers.councils import review_councils
from sim.phases.suppliers.members import buy_for_members
from sim.phases.suppliers.orders import Order, in_order, promise_of, shake
from sim.tables import Tables

BUY = stream("unit.supplier")


@rule
def choose_suppliers(tables: Tables, tick: int) -> None:
    """Settle the suppliers of every practice for this year, and count their clients."""
    buy_for_members(tables, tick)
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
def _option(tables: Tables, u: int, n: int) -> int:
    """Return option ``n`` of unit ``u`` as a party: itself, its hub, whom its chair knows.

    ``NONE`` where there is none: a hub without a driver, an organisation out of reach.
    """
    unit = tables.units[u]
    if n == 0:
        return party(tables, Kind.UNIT, u)
    if n == 1:
        started = tables.hubs[unit.hub].stage >= Stage.DRIVER
        return party(tables, Kind.HUB, unit.hub) if started else NONE
    o = tables.practices[unit.chair].counterpart[n - 2]
    if o == NONE or not tables.organisations[o].alive:
        return NONE
    organisation = tables.organisations[o]
    km = distance(unit.x, unit.y, organisation.x, organisation.y)
    return NONE if km > tables.params[0].choice_vision else party(tables, Kind.ORGANISATION, o)


@rule
def _offer(
    tables: Tables, u: int, order: Order, n: int, patients: float, per_patient: float
) -> float:
    """Return the coverage that option ``n`` of unit ``u`` promises for EUR ``per_patient``."""
    unit = tables.units[u]
    if n == 0:
        return promise_of(tables, order, patients, unit.cost_factor, per_patient)
    f = order.function if order.function != NONE else 0
    if n == 1:
        hub = tables.hubs[unit.hub]
        size = hub.clients[f] + patients
        return promise_of(tables, order, size, hub.cost_factor, per_patient)
    organisation = tables.organisations[tables.practices[unit.chair].counterpart[n - 2]]
    size = max(organisation.clients[f], float(organisation.patients)) + patients
    size = size + organisation.outside
    covered = promise_of(tables, order, size, organisation.level, per_patient)
    return covered * math.sqrt(organisation.engagement)


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
    second = 0.0
    most = 0.0
    for n in range(2 + len(chair.counterpart)):
        if _option(tables, u, n) != NONE:
            covered = _offer(tables, u, order, n, patients, per_patient)
            second = max(second, min(most, covered))
            most = max(most, covered)
    gain = params.choice_money * money * (most - second) / 1000.0
    noise = scale_noise(stake, gain, params)
    lots = BUY + (order.group if order.group != NONE else 100 + order.function)
    best = NONE
    highest = 0.0
    for n in range(2 + len(chair.counterpart)):
        who = _option(tables, u, n)
        if who == NONE:
            continue
        covered = _offer(tables, u, order, n, patients, per_patient)
        other = unit.id
        trust = params.trust_self
        km = 0.0
        new = chair.renewal
        if n == 1:
            other = tables.hubs[unit.hub].id
            trust = chair.hub_trust
        elif n > 1:
            organisation = tables.organisations[chair.counterpart[n - 2]]
            other = organisation.id
            trust = chair.trust[n - 2]
            new = organisation.renewed
            km = distance(unit.x, unit.y, organisation.x, organisation.y)
        value = value_supplier(covered, trust, km, money, params) + value_new(new, params)
        value = value + shake(tables, unit.id, other, lots, noise, tick)
        if best == NONE or value > highest:
            highest = value
            best = who
    _take(tables, u, order, best, tick)


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
