"""Phase 10, supply: what the money buys, who is covered by it, and what is left."""

from __future__ import annotations

from agents.compiled.draws import clip
from agents.compiled.record import NONE
from agents.compiled.rule import inlined, rule
from agents.organisation.investment import want_invest
from agents.organisation.regio_organisatie import cost_coordination
from agents.upkeep import cost_upkeep
from agents.words import CostKind, Function, Kind, Phase, Stage
from sim.common.cost import full_cost, local_cost
from sim.common.market import central_of
from sim.common.patients import cared_for
from sim.common.purse import own_income, own_money
from sim.ledger import Posting, cents_of, moment, party, payable, transfer
from sim.phases.supply.bought import pay_entrant, see_bought
from sim.phases.supply.centres import for_lists, pay_umbrellas, work_of_hub
from sim.phases.supply.gains import budget_for, count_delivered, need_of_function, spend_share
from sim.phases.supply.incomes import longest_term
from sim.tables import Tables


@rule
def spend_operating(tables: Tables, who: int, euros: float, tick: int) -> float:
    """Pay ``euros`` of cost from the account of ``who``, as far as it reaches; return EUR paid."""
    cents = min(cents_of(euros), tables.accounts[who].balance)
    if cents <= 0:
        return 0.0
    transfer(
        tables,
        who,
        party(tables, Kind.OUTSIDE, 0),
        Posting.OPERATING,
        cents,
        moment(tick, Phase.SUPPLY),
    )
    return float(cents) / 100.0


@rule
def supply(tables: Tables, tick: int) -> None:
    """Let suppliers spend what they have, and give every practice its coverage."""
    # Who buys for members pays before a body that it buys from spends what it sold.
    pay_umbrellas(tables, tick)
    for turn in range(3):
        _take_turns(tables, turn, tick)
    for o in range(tables.counter[0].organisations):
        if tables.organisations[o].alive:
            see_bought(tables, o)
            count_delivered(tables, o)
    for u in range(tables.counter[0].units):
        if tables.units[u].alive:
            _supply_unit(tables, u, tick)
    for h in range(len(tables.hubs)):
        _supply_hub(tables, h, tick)
    for r in range(len(tables.ros)):
        ros = tables.ros[r]
        ros.yearly = 0.75 * ros.yearly + ros.revenue
        spend_operating(tables, party(tables, Kind.ROS, r), ros.revenue, tick)
    for i in range(tables.counter[0].practices):
        if tables.practices[i].alive:
            _cover_practice(tables, i)


@rule
def _take_turns(tables: Tables, turn: int, tick: int) -> None:
    """Supply organisations that do nothing for others (0), that do (1), or entrants (2)."""
    for o in range(tables.counter[0].organisations):
        organisation = tables.organisations[o]
        mine = 0
        if organisation.entrant:
            mine = 2
        elif organisation.hosts > 0:
            mine = 1
        if organisation.alive and mine == turn:
            _supply_organisation(tables, o, tick)


@rule
def _supply_organisation(tables: Tables, o: int, tick: int) -> None:
    params = tables.params[0]
    organisation = tables.organisations[o]
    me = party(tables, Kind.ORGANISATION, o)
    organisation.coordination = 0.25 * cost_coordination(organisation, params)
    organisation.transaction[CostKind.COORDINATION] = organisation.coordination
    claims = params.transaction_claim_share * organisation.transaction[CostKind.CLAIMS]
    wanted = organisation.hours * params.supply_wage + organisation.coordination + claims
    wanted = wanted + 0.25 * organisation.payroll
    if organisation.advised:
        wanted = wanted + 0.25 * params.governance_advisers_cost
    paid = spend_operating(tables, me, min(wanted, own_money(tables, o)), tick)
    # Work that is not paid for is done all the same, by the members.
    # In whole cents: a remainder of rounding is not work.
    owed = max(0, cents_of(wanted) - cents_of(paid))
    organisation.unpaid = float(owed) / 100.0 / params.supply_wage
    short = wanted > 0.0 and float(owed) / 100.0 > params.merge_short * wanted
    organisation.deficit = organisation.deficit + 1 if short else 0
    organisation.cost = organisation.cost + paid
    invested = _invest(tables, o, tick)
    organisation.cost = organisation.cost + invested
    organisation.work_cost = 0.75 * organisation.work_cost + paid + invested
    worked = organisation.cost
    # Work is paid, and hubs are funded, from income first: the reserves stay for support.
    income = own_income(organisation)
    saved = payable(own_money(tables, o) - income)
    release = saved * min(1.0, 0.25 * params.supply_release)
    total = 0.0
    for f in range(len(tables.functions)):
        total = total + organisation.money[f]
    needs = 0.0
    for f in range(len(tables.functions)):
        needs = needs + need_of_function(tables, o, f)
    quality = 0.0
    housing = 0.0
    spends = spend_share(tables, o, income, total)
    for f in range(len(tables.functions)):
        need = need_of_function(tables, o, f)
        budget = 0.0
        if total > 0.0:
            budget = income * organisation.money[f] / total
        if spends < 1.0:
            budget = budget_for(organisation, f, budget, need, spends)
        if needs > 0.0:
            budget = budget + release * need / needs
        elif total > 0.0:
            # Nothing is delivered by itself: reserves serve what it buys.
            budget = budget + release * organisation.money[f] / total
        if organisation.bought[f] != NONE:
            organisation.cost = organisation.cost + pay_entrant(tables, o, f, budget, tick)
            budget = 0.0
        covered = 0.0
        if need > 0.0:
            covered = clip(budget / need, 0.0, 1.0)
            spent = spend_operating(tables, me, covered * need, tick)
            organisation.cost = organisation.cost + spent
            if f == Function.HOUSING:
                housing = spent
        organisation.coverage[f] = covered
        quality = quality + covered * tables.functions[f].variable
    organisation.quality = quality
    organisation.yearly = 0.75 * organisation.yearly + organisation.revenue
    insured = float(max(1, max(organisation.insured, organisation.patients)))
    apart = (organisation.cost - housing) / insured
    organisation.unit_cost = 0.75 * organisation.unit_cost + apart
    supplied = organisation.cost - worked - housing
    organisation.support_cost = 0.75 * organisation.support_cost + supplied
    organisation.income = organisation.income + organisation.revenue


@rule
def _invest(tables: Tables, o: int, tick: int) -> float:
    """Let ``o`` invest part of what its work leaves of its income; return EUR spent."""
    params = tables.params[0]
    organisation = tables.organisations[o]
    organisation.invested = organisation.invested * (1.0 - 0.25 * params.investment_wear)
    full = params.investment_full * float(max(organisation.insured, organisation.patients))
    if not params.investment_on or full <= 0.0:
        return 0.0
    income = own_income(organisation)
    euros = income * want_invest(organisation, longest_term(tables, o, tick), params)
    euros = min(euros, (1.0 - organisation.invested) * full)
    spent = spend_operating(tables, party(tables, Kind.ORGANISATION, o), euros, tick)
    organisation.invested = min(1.0, organisation.invested + spent / full)
    return spent


@inlined
def _supply_unit(tables: Tables, u: int, tick: int) -> None:
    unit = tables.units[u]
    me = party(tables, Kind.UNIT, u)
    income = 0.0
    needs = 0.0
    for f in range(len(tables.functions)):
        income = income + unit.money[f]
        needs = needs + 0.25 * full_cost(tables, f, unit.clients[f], unit.cost_factor, 0.0)
    saved = max(0.0, float(tables.accounts[me].balance) / 100.0 - income)
    release = saved * min(1.0, 0.25 * tables.params[0].supply_release)
    for f in range(len(tables.functions)):
        need = 0.25 * full_cost(tables, f, unit.clients[f], unit.cost_factor, 0.0)
        covered = 0.0
        if need > 0.0:
            covered = clip((unit.money[f] + release * need / needs) / need, 0.0, 1.0)
            spend_operating(tables, me, covered * need, tick)
        unit.coverage[f] = covered


@rule
def _supply_hub(tables: Tables, h: int, tick: int) -> None:
    params = tables.params[0]
    hub = tables.hubs[h]
    me = party(tables, Kind.HUB, h)
    overhead = spend_operating(tables, me, work_of_hub(tables, h), tick)
    share = 0.0
    if hub.revenue > 0.0:
        share = min(1.0, hub.from_region / hub.revenue)
    hub.dependence = hub.dependence + 0.25 * (share - hub.dependence)
    hub.yearly = 0.75 * hub.yearly + hub.revenue
    held = float(tables.accounts[me].balance) / 100.0
    income = clip(payable(hub.revenue - overhead), 0.0, max(0.0, held))
    release = payable(held - income) * min(1.0, 0.25 * params.supply_release)
    # Local functions of practices get what the base leaves.
    base = keep_up(tables, h, income + release, tick)
    release = payable(release - max(0.0, base - income))
    income = payable(income - base)
    moving = 0.0
    for f in range(len(tables.functions)):
        moving = moving + hub.money[f]
    total = moving + hub.local_money
    hub.listed_local = 0.0
    if total <= 0.0 and release <= 0.0:
        hub.local = 0.0
        for f in range(len(tables.functions)):
            hub.coverage[f] = 0.0
        return
    local_share = 1.0
    if total > 0.0:
        local_share = hub.local_money / total
    # Money for a function serves its local part as well as the part that can move up.
    lists = for_lists(tables, h)
    local = income * local_share + release
    listed = 0.0
    for f in range(len(tables.functions)):
        budget = 0.0
        if total > 0.0:
            budget = income * hub.money[f] / total
        here = budget * tables.functions[f].local
        if hub.umbrella != NONE:
            # What can move up of it has been paid.
            here = here + (budget - here) * lists
        local = local + here * (1.0 - lists)
        listed = listed + here * lists
        need = 0.25 * full_cost(tables, f, hub.clients[f], hub.cost_factor, 0.0)
        covered = 0.0
        if need > 0.0:
            covered = clip((budget - here) / need, 0.0, 1.0)
            spend_operating(tables, me, covered * need, tick)
        hub.coverage[f] = covered
    hub.local = _serve_locally(tables, h, local, hub.patients, tick)
    if listed > 0.0:
        hub.listed_local = _serve_locally(tables, h, listed, hub.listed, tick)


@rule
def _serve_locally(tables: Tables, h: int, euros: float, patients: int, tick: int) -> float:
    """Spend EUR a quarter on local functions for so many patients; return the share delivered."""
    hub = tables.hubs[h]
    need = 0.25 * local_cost(tables, float(patients), int(hub.municipality)) * hub.cost_factor
    if need <= 0.0:
        return 0.0
    share = clip(euros / need, 0.0, 1.0)
    spend_operating(tables, party(tables, Kind.HUB, h), share * need, tick)
    return share


@rule
def keep_up(tables: Tables, h: int, euros: float, tick: int) -> float:
    """Pay the upkeep of hub ``h``, as far as ``euros`` a quarter reach; return EUR paid."""
    hub = tables.hubs[h]
    hub.upkeep = cost_upkeep(hub, tables.params[0])
    paid = spend_operating(tables, party(tables, Kind.HUB, h), min(euros, hub.upkeep), tick)
    hub.kept_up = min(1.0, paid / hub.upkeep) if hub.upkeep > 0.0 else 1.0
    return paid


@inlined
def own_hours(tables: Tables, i: int) -> float:
    """Return hours a quarter that practice ``i`` has left for its own organising.

    Its management hours less its own transaction hours, its part of its unit's, its meetings in
    the hub, and its part of work that its organisation could not pay.
    """
    params = tables.params[0]
    practice = tables.practices[i]
    unit = tables.units[practice.unit]
    relief = 1.0 + params.innovation_relief * practice.renewal
    hours = 0.25 * params.choice_hours * relief - practice.hours
    hours = hours - unit.hours / float(max(1, unit.members))
    if practice.active and tables.hubs[practice.hub].stage > Stage.NONE:
        hours = hours - 0.25 * params.hub_meeting
    if practice.plus:
        hours = hours - 0.25 * params.plus_hours
    if practice.organisation != NONE:
        organisation = tables.organisations[practice.organisation]
        hours = hours - organisation.unpaid / float(max(1, organisation.members))
    return max(0.0, hours)


@inlined
def _cover_practice(tables: Tables, i: int) -> None:
    params = tables.params[0]
    practice = tables.practices[i]
    hub = tables.hubs[practice.hub]
    functions = len(tables.functions)
    patients = float(max(1, practice.patients))
    means = own_hours(tables, i) * params.supply_wage + practice.money + practice.fees
    if tables.units[practice.unit].members > 1:
        # Who shares in a unit has lower cost of its own, and spends part of it here (F035).
        means = means + 0.25 * params.practice_saving * params.practice_reinvest * patients
    own = means / max(0.01, 0.25 * local_cost(tables, patients, int(practice.municipality)))
    local = own + hub.local + params.hub_service * hub.service
    if practice.centre == practice.hub:
        local = local + hub.listed_local
    local = clip(local, 0.0, 1.0)
    practice.last_coverage = practice.coverage
    made_good = 0.0
    if practice.plus and practice.organisation != NONE:
        made_good = params.plus_effect * tables.organisations[practice.organisation].quality
    shared = cared_for(tables, i)
    total = 0.0
    for f in range(functions):
        central = central_of(tables, i, f)
        share = tables.functions[f].local
        both = share * local + (1.0 - share) * central
        both = both + made_good * (1.0 - both)
        if f == Function.CARE_MANAGEMENT or f == Function.AGREEMENTS:
            both = both + shared * (1.0 - both)
        practice.by_function[f] = both
        total = total + tables.functions[f].variable * both
    practice.coverage = clip(total, 0.0, 1.0)
