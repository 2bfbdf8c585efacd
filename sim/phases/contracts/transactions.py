"""Transaction costs of the contracts in force, by kind and side, each quarter (model (i)).

Counts of contracts and hours per contract are imposed by the design, never a finding. The
hours of each side are taken from that side's own capacity.
"""

from __future__ import annotations

from agents.compiled.draws import clip
from agents.compiled.record import NONE, FloatArray
from agents.compiled.rule import rule
from agents.practice import Practice, find_counterpart
from agents.sizes import CHAINS
from agents.title import Title, pays_by_group
from agents.words import CostKind, Kind, PayUnit, Phase, Stage
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
from sim.phases.contracts.users import attend_councils
from sim.tables import Tables

HOURLY = int(CostKind.CLAIMS)
"""Kinds of cost below this one are hours that contracts take."""


@rule
def title_hours(title: Title, kind: int, tables: Tables) -> float:
    """Return hours a year for one side of one contract under a title, before trust and mix."""
    params = tables.params[0]
    if not params.transaction_on:
        return 0.0
    term = max(0.25, title.term)
    if kind == CostKind.SEARCH:
        return params.transaction_search / term
    if kind == CostKind.BARGAIN:
        bundled = params.transaction_bundled if title.bundled else 1.0
        hidden = 1.0 - params.transaction_openness if title.open_costs else 1.0
        return params.transaction_bargain * bundled * hidden / term
    if kind == CostKind.CONTRACT:
        return params.transaction_contract / term
    if kind == CostKind.MONITOR:
        extra = params.transaction_insured_hours if title.unit == PayUnit.INSURED else 0.0
        if title.checks:
            extra = extra + params.transaction_check
        if not title.open_costs:
            # Costs that are not shown are talked about again and again (C28).
            extra = extra + params.transaction_hidden
        return params.transaction_monitor + extra
    return 0.0


@rule
def soften(trust: float, mixed: float, tables: Tables) -> float:
    """Return the factor on hours of a pair: less by trust, more by the mix of members."""
    params = tables.params[0]
    less = 1.0 - params.transaction_trust * clip(trust, 0.0, 1.0)
    return less * (1.0 + params.transaction_mixed * mixed)


@rule
def claim_cost(title: Title, groups: FloatArray, tables: Tables) -> float:
    """Return EUR a year of handling claims, both sides, for patients per group (shape (6,))."""
    params = tables.params[0]
    if not params.transaction_on:
        return 0.0
    if title.unit != PayUnit.PATIENT and title.unit != PayUnit.ACT and title.unit != PayUnit.EFFORT:
        return 0.0
    count = 0.0
    for g in range(len(tables.groups) - 1):
        # Acts and hours are registered for chain patients, patients in every paid group.
        if g < CHAINS or title.unit == PayUnit.PATIENT:
            count = count + groups[g] * tables.groups[g].inclusion * title.groups[g]
    if title.unit == PayUnit.PATIENT:
        return params.transaction_patient_cost * count
    return 2.0 * params.transaction_act_cost * params.transaction_acts * count


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
            book_dealings(tables, i, tick)
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
                manager = tables.insurers[tables.municipalities[m].preferred].manager
                hours = hours * (1.0 + params.contract_rounds * (1.0 - manager))
            if hours > 0.0:
                work_with_insurers(tables, me, insurers, kind, hours, moment(tick, Phase.CONTRACTS))
        patients = organisation.served if pays_by_group(title) else organisation.groups
        claims = 0.25 * claim_cost(title, patients, tables)
        put_cost(organisation.transaction, CostKind.CLAIMS, claims)
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
        if not title.bundled:
            bought, eased = count_bought(tables, u, title)
            unit.supplies = unit.supplies + bought
            supply = params.transaction_pair_member * eased
        for kind in range(HOURLY):
            one = title_hours(title, kind, tables)
            hours = 0.25 * factor * one
            own = hours * float(insurers.involved)
            # What is bought function by function is a contract with its supplier as well.
            buying = 0.25 * supply * one
            if own + buying <= 0.0:
                continue
            unit.hours = unit.hours + own + buying
            when = moment(tick, Phase.CONTRACTS)
            spend_hours(tables, me, insurers.preferred, cost_code(kind), own + buying, when)
            answer_contract(tables, insurers, me, kind, hours, when)
            put_cost(unit.transaction, kind, 2.0 * (own + buying) * params.supply_wage)
        claims = 0.25 * claim_cost(title, unit.groups, tables)
        put_cost(unit.transaction, CostKind.CLAIMS, claims)
        # Handling claims is work of the members too, as far as it is on their side.
        theirs = params.transaction_claim_share * claims
        unit.hours = unit.hours + theirs / params.supply_wage
    attend_councils(tables, u, tick)
    seat = tables.insurers[tables.municipalities[m].preferred]
    seat.contracts = seat.contracts + unit.contracts


@rule
def count_bought(tables: Tables, u: int, title: Title) -> tuple[int, float]:
    """Return how many functions of a title the unit buys from others, and their ``soften`` summed.

    Trust in a supplier is that of the unit's chair.
    """
    practice = tables.practices[tables.units[u].chair]
    mine = party(tables, Kind.UNIT, u)
    functions = len(tables.functions)
    bought = 0
    eased = 0.0
    for f in range(functions):
        supplier = practice.supplier[f]
        if title.functions[f] > 0.0 and supplier != NONE and supplier != mine:
            bought = bought + 1
            eased = eased + soften(trust_in(tables, practice, supplier), 0.0, tables)
    return bought, eased


@rule
def trust_in(tables: Tables, practice: Practice, supplier: int) -> float:
    """Return the trust of a practice in a supplier (a party number), or before any contact."""
    organisations = int(tables.offsets[Kind.ORGANISATION])
    if supplier >= organisations:
        k = find_counterpart(practice, supplier - organisations)
        if k != NONE:
            return float(practice.trust[k])
    elif supplier >= int(tables.offsets[Kind.HUB]):
        return float(practice.hub_trust)
    return float(tables.municipalities[practice.municipality].trust_start)


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
    if hub.agreement != NONE and tables.organisations[hub.agreement].alive:
        body = party(tables, Kind.ORGANISATION, hub.agreement)
        organisation = tables.organisations[hub.agreement]
        hours = 0.25 * params.transaction_pair_hub * params.transaction_monitor
        hours = hours + 0.25 * params.engagement_decision_hours * float(organisation.hub_rights)
        work_together(tables, me, body, CostKind.MONITOR, hours, moment(tick, Phase.CONTRACTS))
    seat = tables.insurers[place.preferred]
    seat.contracts = seat.contracts + hub.contracts


@rule
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
