"""Organisations that are paid for members: what they deliver themselves, and what others do."""

from __future__ import annotations

from agents.compiled.draws import stream
from agents.compiled.elementary import is_multiple
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.organisation.regio_organisatie import RegioOrganisatie
from agents.practice import distance
from agents.title import Title
from agents.unit import scale_noise, value_new, value_supplier
from agents.words import Kind
from sim.common.cost import promise
from sim.common.market import contract_of, per_member
from sim.ledger import note, party
from sim.phases.suppliers.larger import count_hosted, does_for_others, joint_promise
from sim.phases.suppliers.orders import Order, promise_of, shake
from sim.tables import Tables

BUY = stream("organisation.supplier")
DONE = stream("organisation.outsource")


@rule
def buy_for_members(tables: Tables, tick: int) -> None:
    """Let organisations choose between themselves and entrants, as contracts begin or end."""
    params = tables.params[0]
    count_hosted(tables)
    if not params.entry_organisations or not params.decide_organisation:
        return
    for o in range(tables.counter[0].organisations):
        organisation = tables.organisations[o]
        if organisation.alive and not organisation.entrant:
            organisation_buys(tables, o, tick)
    count_hosted(tables)


@rule
def organisation_buys(tables: Tables, o: int, tick: int) -> None:
    """Let organisation ``o`` choose who supplies its members, for what its titles pay."""
    organisation = tables.organisations[o]
    functions = len(tables.functions)
    total = 0.0
    for k in range(len(tables.tariffs)):
        total = total + per_member(tables, o, k, tick)
    for f in range(functions):
        if organisation.bought[f] != NONE and not _goes_on(tables, o, f, tick):
            _take(tables, o, f, NONE, tick)
    for k in range(len(tables.tariffs)):
        title = tables.titles[tick][k]
        rate = per_member(tables, o, k, tick)
        if rate <= 0.0 or not _open(tables, o, k, tick):
            continue
        if title.bundled:
            best = _weigh(tables, o, Order(group=NONE, function=NONE), rate, rate / total, tick)
            for f in range(functions):
                if title.functions[f] > 0.0:
                    _take(tables, o, f, best, tick)
                    part = title.functions[f]
                    _outsource(tables, o, f, rate * part, rate * part / total, tick)
        else:
            for f in range(functions):
                part = title.functions[f]
                if part > 0.0:
                    order = Order(group=NONE, function=f)
                    best = _weigh(tables, o, order, rate * part, rate * part / total, tick)
                    _take(tables, o, f, best, tick)
                    _outsource(tables, o, f, rate * part, rate * part / total, tick)


@rule
def _pays(title: Title, f: int) -> bool:
    return bool(title.functions[f] > 0.0)


@rule
def _goes_on(tables: Tables, o: int, f: int, tick: int) -> bool:
    """Return whether ``o`` is still paid for function ``f``, and its supplier there."""
    seller = tables.organisations[o].bought[f] - int(tables.offsets[Kind.ORGANISATION])
    body = tables.organisations[seller]
    if not body.alive or (body.bought[f] != NONE and not body.entrant):
        return False
    for k in range(len(tables.tariffs)):
        if _pays(tables.titles[tick][k], f) and per_member(tables, o, k, tick) > 0.0:
            return True
    return False


@rule
def _open(tables: Tables, o: int, k: int, tick: int) -> bool:
    """Return whether the contract for title ``k`` begins or is renewed now."""
    start = tables.organisations[contract_of(tables, o, k)].contract[k]
    return bool(is_multiple(float(tick - start) / 4.0, tables.titles[tick][k].term))


@rule
def _sells(tables: Tables, organisation: RegioOrganisatie, other: int) -> bool:
    """Return whether ``other`` is an entrant within reach of an organisation's seat."""
    entrant = tables.organisations[other]
    if not entrant.alive or not entrant.entrant:
        return False
    km = distance(organisation.x, organisation.y, entrant.x, entrant.y)
    return bool(km <= tables.params[0].choice_vision)


@rule
def _offer(tables: Tables, other: int, order: Order, patients: float, per_patient: float) -> float:
    """Return the coverage that entrant ``other`` promises for EUR ``per_patient`` a year."""
    entrant = tables.organisations[other]
    f = order.function if order.function != NONE else 0
    size = entrant.clients[f] + patients + entrant.outside
    return promise_of(tables, order, size, entrant.level, per_patient)


@rule
def _weigh(
    tables: Tables, o: int, order: Order, per_patient: float, stake: float, tick: int
) -> int:
    """Return the entrant (a party) that supplies an order, ``NONE`` where ``o`` does itself.

    ``per_patient`` is EUR a year, ``stake`` its share of all that ``o`` is paid for members.
    """
    params = tables.params[0]
    organisation = tables.organisations[o]
    patients = float(max(1, organisation.patients))
    money = per_patient * patients
    own = promise_of(tables, order, patients, organisation.level, per_patient)
    second = 0.0
    most = own
    for other in range(tables.counter[0].organisations):
        if _sells(tables, organisation, other):
            covered = _offer(tables, other, order, patients, per_patient)
            second = max(second, min(most, covered))
            most = max(most, covered)
    gain = params.choice_money * money * (most - second) / 1000.0
    noise = scale_noise(stake, gain, params)
    lots = BUY if order.function == NONE else BUY + 100 + order.function
    trust = tables.municipalities[organisation.municipality].trust_start
    number = organisation.id
    highest = value_supplier(own, params.trust_self, 0.0, money, params)
    highest = highest + value_new(organisation.renewed, params)
    highest = highest + shake(tables, number, number, lots, noise, tick)
    best = NONE
    for other in range(tables.counter[0].organisations):
        if not _sells(tables, organisation, other):
            continue
        entrant = tables.organisations[other]
        km = distance(organisation.x, organisation.y, entrant.x, entrant.y)
        covered = _offer(tables, other, order, patients, per_patient)
        value = value_supplier(covered, trust, km, money, params)
        value = value + value_new(entrant.renewed, params)
        value = value + shake(tables, number, entrant.id, lots, noise, tick)
        if value > highest:
            highest = value
            best = party(tables, Kind.ORGANISATION, other)
    return best


@rule
def _outsource(tables: Tables, o: int, f: int, per_patient: float, stake: float, tick: int) -> None:
    """Let ``o`` have function ``f`` done by the larger body whose joint scale promises most.

    It weighs promise, trust and distance as over entrants; ``per_patient`` and ``stake`` as there.
    """
    params = tables.params[0]
    organisation = tables.organisations[o]
    if not params.supply_outsource or organisation.bought[f] != NONE:
        return
    patients = float(max(1, organisation.patients))
    money = per_patient * patients
    own = promise(tables, f, patients, organisation.level, per_patient)
    trust = tables.municipalities[organisation.municipality].trust_start
    highest = value_supplier(own, params.trust_self, 0.0, money, params)
    highest = highest + value_new(organisation.renewed, params)
    best: int = NONE
    for other in range(tables.counter[0].organisations):
        if not does_for_others(tables, o, other, f):
            continue
        covered = joint_promise(tables, o, other, f, per_patient)
        if covered <= own:
            continue
        body = tables.organisations[other]
        km = distance(organisation.x, organisation.y, body.x, body.y)
        value = value_supplier(covered, trust, km, money, params)
        value = value + value_new(body.renewed, params)
        gain = params.choice_money * money * (covered - own) / 1000.0
        lots = DONE + f
        noise = scale_noise(stake, gain, params)
        value = value + shake(tables, organisation.id, body.id, lots, noise, tick)
        if value > highest:
            highest = value
            best = other
    if best == NONE:
        return
    organisation.bought[f] = party(tables, Kind.ORGANISATION, best)
    if not tables.organisations[best].entrant:
        tables.organisations[best].hosts = tables.organisations[best].hosts + 1
    me = party(tables, Kind.ORGANISATION, o)
    note(tables, tick, me, Event.OUTSOURCED, int(organisation.bought[f]), Cause.SCALE)


@rule
def _take(tables: Tables, o: int, f: int, best: int, tick: int) -> None:
    organisation = tables.organisations[o]
    if organisation.bought[f] == best:
        return
    organisation.bought[f] = best
    me = party(tables, Kind.ORGANISATION, o)
    chosen = me if best == NONE else best
    note(tables, tick, me, Event.SUPPLIER_CHOSEN, chosen, Cause.COVERAGE)
