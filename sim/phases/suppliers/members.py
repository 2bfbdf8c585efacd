"""Organisations that are paid for members: what they deliver themselves, and what others do."""

from __future__ import annotations

from agents.compiled.draws import stream
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.organisation.regio_organisatie import RegioOrganisatie
from agents.practice import distance
from agents.unit import scale_noise, value_new, value_supplier
from agents.words import Kind
from sim.common.known import place_others
from sim.common.market import per_member
from sim.ledger import note, party
from sim.phases.suppliers.larger import count_hosted
from sim.phases.suppliers.orders import Order, promise_of, shake
from sim.phases.suppliers.outsourcing import outsource, paid_for_members, renews
from sim.tables import Tables

BUY = stream("organisation.supplier")


@rule
def buy_for_members(tables: Tables, tick: int) -> None:
    """Let organisations choose between themselves and others, as contracts begin or end.

    Who supplies whom is settled for all before anybody looks for a larger body, so that nobody's
    choice depends on the row it stands in.
    """
    params = tables.params[0]
    decides = params.entry_organisations and params.decide_organisation
    if decides:
        place_others(tables, NONE)
        for o in range(tables.counter[0].organisations):
            if _decides(tables, o):
                _release_unpaid(tables, o, tick)
        for o in range(tables.counter[0].organisations):
            if _decides(tables, o):
                _release_handed_on(tables, o, tick)
        for o in range(tables.counter[0].organisations):
            if _decides(tables, o):
                organisation_buys(tables, o, tick)
    count_hosted(tables)
    if decides and params.supply_outsource:
        outsource(tables, tick)


@rule
def _decides(tables: Tables, o: int) -> bool:
    return bool(tables.organisations[o].alive and not tables.organisations[o].entrant)


@rule
def organisation_buys(tables: Tables, o: int, tick: int) -> None:
    """Let organisation ``o`` choose who supplies its members, for what its titles pay.

    Scratch must hold where organisations are (``place_others``).
    """
    functions = len(tables.functions)
    total = paid_for_members(tables, o, tick)
    for k in range(len(tables.tariffs)):
        title = tables.titles[tick][k]
        rate = per_member(tables, o, k, tick)
        if rate <= 0.0 or not renews(tables, o, k, tick):
            continue
        if title.bundled:
            best = _weigh(tables, o, Order(group=NONE, function=NONE), rate, rate / total, tick)
            for f in range(functions):
                if title.functions[f] > 0.0:
                    _take(tables, o, f, best, tick)
        else:
            for f in range(functions):
                part = title.functions[f]
                if part > 0.0:
                    order = Order(group=NONE, function=f)
                    best = _weigh(tables, o, order, rate * part, rate * part / total, tick)
                    _take(tables, o, f, best, tick)


@rule
def _release_unpaid(tables: Tables, o: int, tick: int) -> None:
    """End what ``o`` has done by others where they are gone, or where it is paid no longer."""
    first = int(tables.offsets[Kind.ORGANISATION])
    for f in range(len(tables.functions)):
        seller = tables.organisations[o].bought[f]
        if seller == NONE:
            continue
        if not tables.organisations[seller - first].alive or not _paid(tables, o, f, tick):
            _take(tables, o, f, NONE, tick)


@rule
def _release_handed_on(tables: Tables, o: int, tick: int) -> None:
    """End what ``o`` has done by a body with members that has it done by another one itself.

    Such a body buys from an entrant, or it would do nothing for others: no chain is longer, and
    the order in which organisations come does not matter.
    """
    first = int(tables.offsets[Kind.ORGANISATION])
    for f in range(len(tables.functions)):
        seller = tables.organisations[o].bought[f]
        if seller == NONE:
            continue
        body = tables.organisations[seller - first]
        if not body.entrant and body.bought[f] != NONE:
            _take(tables, o, f, NONE, tick)


@rule
def _paid(tables: Tables, o: int, f: int, tick: int) -> bool:
    """Return whether a title pays ``o`` for function ``f``."""
    for k in range(len(tables.tariffs)):
        if tables.titles[tick][k].functions[f] > 0.0 and per_member(tables, o, k, tick) > 0.0:
            return True
    return False


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
    vision = params.choice_vision
    for other in range(tables.counter[0].organisations):
        # Most are out of reach along one axis already.
        if abs(organisation.x - tables.scratch.others_x[other]) > vision:
            continue
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
        if abs(organisation.x - tables.scratch.others_x[other]) > vision:
            continue
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
def _take(tables: Tables, o: int, f: int, best: int, tick: int) -> None:
    organisation = tables.organisations[o]
    if organisation.bought[f] == best:
        return
    organisation.bought[f] = best
    me = party(tables, Kind.ORGANISATION, o)
    chosen = me if best == NONE else best
    note(tables, tick, me, Event.SUPPLIER_CHOSEN, chosen, Cause.COVERAGE)
