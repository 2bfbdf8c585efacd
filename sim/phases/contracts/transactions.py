"""Transaction costs of the contracts in force, by kind and side, each quarter (model (i)).

Counts of contracts and hours per contract are imposed by the design, never a finding. The
hours of each side are taken from that side's own capacity.
"""

from __future__ import annotations

from agents.centre import hours_dealing
from agents.compiled.record import NONE
from agents.compiled.rule import inlined, rule
from agents.practice import find_counterpart
from agents.words import CostKind, Kind, Phase, Stage
from sim.common.agenda import mandate_at
from sim.common.booking import (
    answer_contract,
    insurers_at,
    put_cost,
    share_hours,
    work_alone,
    work_together,
    work_with_insurers,
)
from sim.ledger import cost_code, moment, party, spend_hours
from sim.phases.contracts.dealings import book_dealings
from sim.phases.contracts.hours import HOURLY, soften, title_hours
from sim.phases.contracts.registering import claim_cost
from sim.phases.contracts.supplies import (
    contract_apart,
    contract_entrants,
    contract_suppliers,
    count_bought,
)
from sim.phases.contracts.users import attend_councils
from sim.tables import Tables


@rule
def transact(tables: Tables, tick: int) -> None:
    """Book a quarter of the hours that each contract in force takes."""
    if not tables.params[0].transaction_on:
        return
    for z in range(len(tables.insurers)):
        tables.insurers[z].contracts = 0
    for m in range(len(tables.municipalities)):
        tables.municipalities[m].contracts = 0
    for o in range(tables.counter[0].organisations):
        if tables.organisations[o].alive:
            _transact_organisation(tables, o, tick)
    for u in range(tables.counter[0].units):
        if tables.units[u].alive:
            _transact_unit(tables, u, tick)
    for h in range(len(tables.hubs)):
        if tables.hubs[h].stage > Stage.NONE:
            _transact_hub(tables, h, tick)
    for i in range(tables.counter[0].practices):
        if tables.practices[i].alive:
            _transact_practice(tables, i, tick)


@rule
def _transact_practice(tables: Tables, i: int, tick: int) -> None:
    book_dealings(tables, i, tick)
    if tables.params[0].transaction_supply:
        contract_apart(tables, i, tick)
    if tables.practices[i].organisation != NONE:
        _transact_member(tables, i, tick)


@rule
def _transact_organisation(tables: Tables, o: int, tick: int) -> None:
    params = tables.params[0]
    organisation = tables.organisations[o]
    me = party(tables, Kind.ORGANISATION, o)
    m = organisation.municipality
    insurers = insurers_at(tables, m)
    factor = params.transaction_pair_insurer * soften(
        organisation.trust, organisation.mixed, tables
    )
    organisation.contracts = 0
    for k in range(len(tables.tariffs)):
        title = tables.titles[tick][k]
        if organisation.contract[k] == NONE or not title.active or not title.contract:
            continue
        organisation.contracts = organisation.contracts + insurers.involved
        tables.municipalities[m].contracts += 1
        for kind in range(HOURLY):
            if kind == CostKind.MANDATE and title.mandate > 0.0:
                practices = float(organisation.area_practices)
                hours = 0.25 * params.transaction_mandate * practices / max(0.25, title.term)
                work_alone(
                    tables, me, insurers.preferred, kind, hours, moment(tick, Phase.CONTRACTS)
                )
                continue
            hours = 0.25 * factor * title_hours(title, kind, tables)
            if kind == CostKind.BARGAIN and title.negotiated > 0.0:
                # A manager without full mandate goes back and forth (C51).
                hours = hours * (1.0 + params.contract_rounds * (1.0 - mandate_at(tables, m)))
            if hours > 0.0:
                work_with_insurers(tables, me, insurers, kind, hours, moment(tick, Phase.CONTRACTS))
        claims = 0.25 * claim_cost(
            tables, k, organisation.contract, organisation.groups, organisation.served, tick
        )
        put_cost(organisation.transaction, CostKind.CLAIMS, claims)
    if params.transaction_supply:
        contract_entrants(tables, o, tick)
    seat = tables.insurers[tables.municipalities[m].preferred]
    seat.contracts = seat.contracts + organisation.contracts


@rule
def _transact_unit(tables: Tables, u: int, tick: int) -> None:
    params = tables.params[0]
    unit = tables.units[u]
    me = party(tables, Kind.UNIT, u)
    m = unit.municipality
    insurers = insurers_at(tables, m)
    factor = params.transaction_pair_unit * soften(unit.trust, 0.0, tables)
    unit.contracts = 0
    unit.supplies = 0
    for k in range(len(tables.tariffs)):
        title = tables.titles[tick][k]
        if unit.contract[k] == NONE or not title.active:
            continue
        unit.contracts = unit.contracts + insurers.involved
        tables.municipalities[m].contracts += 1
        supply = 0.0
        if not title.bundled and not params.transaction_supply:
            bought, eased = count_bought(tables, u, title)
            unit.supplies = unit.supplies + bought
            supply = params.transaction_pair_member * eased
        for kind in range(HOURLY):
            one = title_hours(title, kind, tables)
            hours = 0.25 * factor * one
            own = hours * float(insurers.involved)
            # What is bought function by function is a contract as well, without one per supplier.
            buying = 0.25 * supply * one
            if own + buying <= 0.0:
                continue
            unit.hours = unit.hours + own + buying
            when = moment(tick, Phase.CONTRACTS)
            spend_hours(tables, me, insurers.preferred, cost_code(kind), own + buying, when)
            answer_contract(tables, insurers, me, kind, hours, when)
            put_cost(unit.transaction, kind, 2.0 * (own + buying) * params.supply_wage)
        claims = 0.25 * claim_cost(tables, k, unit.contract, unit.groups, unit.groups, tick)
        put_cost(unit.transaction, CostKind.CLAIMS, claims)
        # Handling claims is work of the members too, as far as it is on their side.
        theirs = params.transaction_claim_share * claims
        unit.hours = unit.hours + theirs / params.supply_wage
    if params.transaction_supply and unit.contracts > 0:
        # Without a title in force there is nothing that it buys.
        contract_suppliers(tables, u, tick)
    attend_councils(tables, u, tick)
    seat = tables.insurers[tables.municipalities[m].preferred]
    seat.contracts = seat.contracts + unit.contracts


@rule
def _transact_hub(tables: Tables, h: int, tick: int) -> None:
    params = tables.params[0]
    hub = tables.hubs[h]
    me = party(tables, Kind.HUB, h)
    m = hub.municipality
    insurers = insurers_at(tables, m)
    factor = params.transaction_pair_insurer * soften(hub.trust, 0.0, tables)
    hub.contracts = 0
    for k in range(len(tables.tariffs)):
        title = tables.titles[tick][k]
        if hub.contract[k] == NONE or not title.active:
            continue
        hub.contracts = hub.contracts + insurers.involved
        tables.municipalities[m].contracts += 1
        for kind in range(HOURLY):
            hours = 0.25 * factor * title_hours(title, kind, tables)
            if hours > 0.0:
                work_with_insurers(tables, me, insurers, kind, hours, moment(tick, Phase.CONTRACTS))
    place = tables.municipalities[m]
    if place.adviser:
        town = party(tables, Kind.MUNICIPALITY, m)
        pair = params.transaction_pair_municipality * soften(place.trust, 0.0, tables)
        hours = 0.25 * pair * params.transaction_monitor
        work_together(tables, me, town, CostKind.MONITOR, hours, moment(tick, Phase.CONTRACTS))
    hub.supplies = 0
    if hub.umbrella != NONE:
        hub.supplies = 1
        body = party(tables, Kind.ORGANISATION, hub.umbrella)
        hours = 0.25 * hours_dealing(params)
        work_together(tables, me, body, CostKind.CONTRACT, hours, moment(tick, Phase.CONTRACTS))
    if hub.agreement != NONE and tables.organisations[hub.agreement].alive:
        body = party(tables, Kind.ORGANISATION, hub.agreement)
        organisation = tables.organisations[hub.agreement]
        hours = 0.25 * params.transaction_pair_hub * params.transaction_monitor
        hours = hours + 0.25 * params.engagement_decision_hours * float(organisation.hub_rights)
        work_together(tables, me, body, CostKind.MONITOR, hours, moment(tick, Phase.CONTRACTS))
    seat = tables.insurers[place.preferred]
    seat.contracts = seat.contracts + hub.contracts


@inlined
def _transact_member(tables: Tables, i: int, tick: int) -> None:
    """Membership is a contract too: small, but every practice has it."""
    params = tables.params[0]
    practice = tables.practices[i]
    organisation = tables.organisations[practice.organisation]
    me = party(tables, Kind.PRACTICE, i)
    other = party(tables, Kind.ORGANISATION, practice.organisation)
    k = find_counterpart(practice, practice.organisation)
    trust = tables.municipalities[practice.municipality].trust_start
    if k != NONE:
        trust = practice.trust[k]
    pair = params.transaction_pair_member * soften(trust, 0.0, tables)
    once = params.transaction_search + params.transaction_bargain + params.transaction_contract
    hours = 0.25 * pair * (once / params.transaction_member_term + params.transaction_monitor)
    rights = 0.25 * params.engagement_decision_hours * float(organisation.rights)
    # Dialogue takes the same hours of both: of a member and of who comes to see it.
    talks = 0.25 * organisation.dialogue
    practice.hours = practice.hours + hours + rights + talks
    organisation.hours = organisation.hours + hours + talks
    when = moment(tick, Phase.CONTRACTS)
    spend_hours(tables, me, other, cost_code(CostKind.CONTRACT), hours + rights, when)
    spend_hours(tables, other, me, cost_code(CostKind.CONTRACT), hours, when)
    share_hours(tables, me, other, CostKind.MANDATE, talks, when)
    wage = params.supply_wage
    put_cost(practice.transaction, CostKind.CONTRACT, (2.0 * hours + rights) * wage)
    put_cost(practice.transaction, CostKind.MANDATE, 2.0 * talks * wage)
