"""First quarter: who supplies which function to which patient group, for the contracts in force.

Whoever holds the money chooses. An organisation or a hub that is paid supplies itself; a unit
that is paid chooses among itself, its hub and organisations in reach, per patient group where
its title is bundled, function by function where it is not.
"""

from __future__ import annotations

import math

from agents.draws import draw, gumbel, stream
from agents.practice import distance
from agents.record import NONE
from agents.rule import rule
from agents.title import Title, pays_by_group
from agents.unit import scale_noise, value_supplier
from agents.words import Cause, Event, Kind, Stage
from sim.ledger import note, party
from sim.phases.areas import alliance_of
from sim.phases.choices import lasting
from sim.phases.councils import review_councils
from sim.phases.programmes import server_of
from sim.phases.supply import full_cost
from sim.tables import Tables

BUY = stream("unit.supplier")


@rule
def choose_suppliers(tables: Tables, tick: int) -> None:
    """Settle the suppliers of every practice for this year, and count their clients."""
    if tick % 4 != 0:
        return
    if tables.params[0].decide_practice or tick == 0:
        for i in range(tables.counter[0].practices):
            if tables.practices[i].alive:
                _supply_as_paid(tables, i, tick)
        for u in range(tables.counter[0].units):
            unit_buys(tables, u, tick)
    count_clients(tables)
    review_councils(tables, tick)


@rule
def _assign(tables: Tables, i: int, g: int, supplier: int, title: Title) -> None:
    """Let a supplier serve group ``g`` of a practice in what a title pays."""
    practice = tables.practices[i]
    functions = len(tables.functions)
    if title.groups[g] > 0.0:
        for f in range(functions):
            if title.functions[f] > 0.0:
                practice.supplier[g * functions + f] = supplier


@rule
def _fill_up(tables: Tables, i: int, g: int, k: int, tick: int) -> None:
    """Let the hub serve what nobody does, or what its money is for alone and buys more of."""
    practice = tables.practices[i]
    hub = tables.hubs[practice.hub]
    title = tables.titles[tick][k]
    functions = len(tables.functions)
    first = int(tables.offsets[Kind.ORGANISATION])
    for f in range(functions):
        if title.groups[g] <= 0.0 or title.functions[f] <= 0.0:
            continue
        cell = g * functions + f
        supplier = int(practice.supplier[cell])
        more = supplier == NONE
        if supplier != NONE and supplier >= first and title.functions[f] >= 1.0:
            patients = float(max(1, hub.patients))
            money = expected_money(tables, title, k, hub.patients)
            if title.sites > 0:
                money = money * tables.tariffs[k].spread
            promised = promise(tables, f, (patients, hub.cost_factor), money / patients)
            more = promised > tables.organisations[supplier - first].coverage[f]
        if more:
            practice.supplier[cell] = party(tables, Kind.HUB, practice.hub)


@rule
def _supply_as_paid(tables: Tables, i: int, tick: int) -> None:
    practice = tables.practices[i]
    for c in range(len(practice.supplier)):
        practice.supplier[c] = NONE
    hub = tables.hubs[practice.hub]
    for k in range(len(tables.tariffs)):
        title = tables.titles[tick][k]
        if not title.active or not title.oi or title.phase <= 0.0:
            continue
        for g in range(len(tables.groups)):
            if title.receiver == Kind.ORGANISATION:
                o = practice.organisation
                if pays_by_group(title):
                    o = server_of(tables, i, g)
                if o != NONE:
                    lead = tables.organisations[alliance_of(tables, o)]
                    if tables.organisations[o].contract[k] != NONE or lead.contract[k] != NONE:
                        _assign(tables, i, g, party(tables, Kind.ORGANISATION, o), title)
    for k in range(len(tables.tariffs)):
        title = tables.titles[tick][k]
        if not title.active or not title.oi or title.phase <= 0.0:
            continue
        if title.receiver == Kind.HUB and hub.contract[k] != NONE:
            for g in range(len(tables.groups)):
                _fill_up(tables, i, g, k, tick)


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
                if title.groups[g] > 0.0 and not _keep(tables, u, k, (g, NONE), tick):
                    part = tables.practices[unit.chair].weights[g]
                    _buy(tables, u, (g, NONE), (money * part, stake * part), tick)
        else:
            for f in range(len(tables.functions)):
                if title.functions[f] > 0.0 and not _keep(tables, u, k, (NONE, f), tick):
                    part = title.functions[f]
                    _buy(tables, u, (NONE, f), (money * part, stake * part), tick)


@rule
def _keep(tables: Tables, u: int, k: int, what: tuple[int, int], tick: int) -> bool:
    """Keep the supplier of this until the contract is renewed; return whether it was kept."""
    unit = tables.units[u]
    group, function = what
    cell = function if group == NONE else group * len(tables.functions)
    supplier = int(unit.chosen[cell])
    years = float(tick - unit.contract[k]) / 4.0
    if not tables.params[0].unit_term or supplier == NONE:
        return False
    if years % tables.titles[tick][k].term == 0.0:
        return False
    if supplier >= int(tables.offsets[Kind.ORGANISATION]):
        if not tables.organisations[supplier - int(tables.offsets[Kind.ORGANISATION])].alive:
            return False
    elif supplier >= int(tables.offsets[Kind.HUB]):
        if tables.hubs[supplier - int(tables.offsets[Kind.HUB])].stage < Stage.DRIVER:
            return False
    _take(tables, u, what, supplier, tick)
    return True


@rule
def expected_money(tables: Tables, title: Title, k: int, insured: int) -> float:
    """Return EUR a year that a unit expects of a title: what it is solved to, or its rate."""
    if title.neutral > 0.0:
        return title.neutral * float(insured) * tables.params[0].money_scale
    paid = title.lump * tables.tariffs[k].lump
    return (paid + title.rate * tables.tariffs[k].rate * float(insured)) * title.phase


@rule
def promise(tables: Tables, f: int, scale: tuple[float, float], per_patient: float) -> float:
    """Return the coverage of function ``f`` that EUR ``per_patient`` a year buys.

    ``scale`` is the supplier's patients with this buyer's, and its cost factor.
    """
    patients, factor = scale
    if patients <= 0.0:
        return 0.0
    full = full_cost(tables, f, patients, factor, 0.0)
    if full <= 0.0:
        return 1.0
    return min(1.0, per_patient * patients / full)


@rule
def _promise_of(
    tables: Tables, what: tuple[int, int], scale: tuple[float, float], per_patient: float
) -> float:
    """Return the promise for one function, or over all functions weighted by their cost."""
    _, f = what
    if f != NONE:
        return promise(tables, f, scale, per_patient)
    total = 0.0
    for f in range(len(tables.functions)):
        part = per_patient * tables.functions[f].variable
        total = total + tables.functions[f].variable * promise(tables, f, scale, part)
    return total


@rule
def _buy(
    tables: Tables, u: int, what: tuple[int, int], deal: tuple[float, float], tick: int
) -> None:
    """Choose the supplier of one patient group (all functions) or one function (all groups)."""
    params = tables.params[0]
    unit = tables.units[u]
    chair = tables.practices[unit.chair]
    money, stake = deal
    patients = float(max(1, unit.patients))
    if what[0] != NONE:
        # A patient group is its part of the work: cost and money are of that part alone.
        patients = max(1.0, patients * chair.weights[what[0]])
    per_patient = money / patients
    noise = scale_noise(stake, params)
    topic = what[0] if what[0] != NONE else 100 + what[1]
    mine = party(tables, Kind.UNIT, u)
    best = mine
    covered = _promise_of(tables, what, (patients, unit.cost_factor), per_patient)
    highest = value_supplier(covered, params.trust_self, 0.0, money, params) + _shake(
        tables, (unit.id, unit.id), topic, noise, tick
    )
    hub = tables.hubs[unit.hub]
    if hub.stage >= Stage.DRIVER:
        f = what[1] if what[1] != NONE else 0
        size = hub.clients[f] + patients
        covered = _promise_of(tables, what, (size, hub.cost_factor), per_patient)
        value = value_supplier(covered, chair.hub_trust, 0.0, money, params)
        value = value + _shake(tables, (unit.id, hub.id), topic, noise, tick)
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
        f = what[1] if what[1] != NONE else 0
        size = max(organisation.clients[f], float(organisation.patients)) + patients
        size = size + organisation.outside
        covered = _promise_of(tables, what, (size, organisation.level), per_patient)
        covered = covered * math.sqrt(organisation.engagement)
        value = value_supplier(covered, chair.trust[k], km, money, params)
        value = value + _shake(tables, (unit.id, organisation.id), topic, noise, tick)
        if value > highest:
            highest = value
            best = party(tables, Kind.ORGANISATION, o)
    _take(tables, u, what, best, tick)


@rule
def _shake(tables: Tables, pair: tuple[int, int], topic: int, factor: float, tick: int) -> float:
    """Return taste and noise of one option, scaled by the stake of the choice."""
    params = tables.params[0]
    seed = tables.counter[0].seed
    shake = 0.0
    if params.choice_taste > 0.0:
        shake = params.choice_taste * lasting(tables, pair[0], pair[1], tick)
    lot = draw(seed, BUY + topic, pair[0], pair[1], tick)
    return factor * (shake + params.choice_noise * gumbel(lot))


@rule
def _take(tables: Tables, u: int, what: tuple[int, int], best: int, tick: int) -> None:
    group, function = what
    functions = len(tables.functions)
    changed = False
    unit = tables.units[u]
    for g in range(len(tables.groups)):
        for f in range(functions):
            if (group == NONE or g == group) and (function == NONE or f == function):
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
                        if (group == NONE or g == group) and (function == NONE or f == function):
                            practice.supplier[g * functions + f] = best
            i = practice.next_in_hub
    if changed:
        note(tables, tick, party(tables, Kind.UNIT, u), Event.SUPPLIER_CHOSEN, best, Cause.COVERAGE)


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
