"""Phase 5, organisations: found, dissolve, grant rights, write a regioplan, mandate a lead."""

from __future__ import annotations

from agents.draws import draw, lognormal, stream
from agents.practice import distance, find_counterpart
from agents.record import NONE
from agents.regio_organisatie import engage_parts, grant_rights, have_say, want_found, want_lead
from agents.rule import rule
from agents.vocabulary import (
    CAUSE_FORM,
    CAUSE_ISOLATION,
    CAUSE_MANDATE,
    CAUSE_MINIMUM,
    CAUSE_PLAN,
    CAUSE_PRESSURE,
    CAUSE_TRUST,
    CONTRACT,
    COOPERATIVE,
    DISSOLVED,
    FOUNDED,
    HAP,
    HUB,
    INCORPORATED,
    JOINED,
    LEAD_MANDATED,
    LEAD_WITHDRAWN,
    LEFT,
    NETWORK,
    ORGANISATION,
    OUTSIDE,
    PLAN_WRITTEN,
    PRACTICE,
    RIGHTS_GRANTED,
)
from sim.ledger import FULL_ORGANISATIONS, moment, note, party, spend_hours
from sim.world import Tables

FOUND = stream("organisation.found")
COST = stream("organisation.cost")
INCORPORATE = stream("organisation.incorporate")
PLAN = stream("organisation.plan")
LEAD = stream("organisation.lead")
PHASE = 5


@rule
def organise(tables: Tables, tick: int) -> None:
    """Fourth quarter: organisations decide; every quarter members are counted."""
    count_members(tables)
    if tick % 4 != 3:
        return
    params = tables.params[0]
    if not params.decide_organisation:
        return
    for o in range(tables.counter[0].organisations):
        organisation = tables.organisations[o]
        young = float(tick - organisation.founded) < 4.0 * params.organisation_grace
        if organisation.alive and not young:
            if organisation.members < params.organisation_minimum:
                dissolve(tables, o, tick)
    # All look at the field as it was: who comes first in a table must not matter.
    existing = tables.counter[0].organisations
    for h in range(len(tables.hubs)):
        found_here(tables, h, existing, tick)
    count_members(tables)
    wanted = tables.marks[0]
    for o in range(tables.counter[0].organisations):
        wanted[o] = tables.organisations[o].lead
        if tables.organisations[o].alive:
            review_rights(tables, o, tick)
            wanted[o] = prefer_lead(tables, o, tick)
    for o in range(tables.counter[0].organisations):
        if tables.organisations[o].alive:
            follow_lead(tables, o, wanted[o], tick)
    _cut_chains(tables, tick)


@rule
def count_members(tables: Tables) -> None:
    """Recount members of every organisation, and what follows from their number and mix."""
    counter = tables.counter[0]
    params = tables.params[0]
    rows = counter.organisations
    forms = tables.marks
    for o in range(rows):
        organisation = tables.organisations[o]
        organisation.members = 0
        organisation.patients = 0
        organisation.mandated = 0
        organisation.municipalities = 0
        organisation.reach = 0.0
        organisation.haps = 0.0
        for f in range(3):
            forms[f, o] = 0
    for i in range(counter.practices):
        practice = tables.practices[i]
        if practice.alive and practice.organisation != NONE:
            organisation = tables.organisations[practice.organisation]
            organisation.members = organisation.members + 1
            organisation.patients = organisation.patients + practice.patients
            if practice.mandate:
                organisation.mandated = organisation.mandated + 1
            km = distance(practice.x, practice.y, organisation.x, organisation.y)
            organisation.reach = organisation.reach + km
            hap = tables.municipalities[practice.municipality].partners[HAP]
            if hap != NONE and tables.partners[hap].organisation == practice.organisation:
                organisation.haps = organisation.haps + float(practice.patients)
            forms[practice.form, practice.organisation] += 1
    _count_municipalities(tables)
    for o in range(rows):
        organisation = tables.organisations[o]
        n = float(max(1, organisation.members))
        organisation.reach = organisation.reach / n
        organisation.haps = organisation.haps / float(max(1, organisation.patients))
        squares = 0.0
        for f in range(3):
            share = float(forms[f, o]) / n
            squares = squares + share * share
        organisation.mixed = 1.0 - squares if organisation.members > 0 else 0.0
        organisation.engagement = engage_parts(
            organisation.members, organisation.subregions, organisation.rights, params
        )
        organisation.say = have_say(organisation.rights, params)


@rule
def _count_municipalities(tables: Tables) -> None:
    seen = tables.marks[3]
    for o in range(tables.counter[0].organisations):
        seen[o] = 0
    for m in range(len(tables.municipalities)):
        place = tables.municipalities[m]
        for h in range(place.first_hub, place.first_hub + place.hubs):
            i = tables.hubs[h].first
            while i != NONE:
                practice = tables.practices[i]
                if practice.alive and practice.organisation != NONE:
                    if seen[practice.organisation] != m + 1:
                        seen[practice.organisation] = m + 1
                        organisation = tables.organisations[practice.organisation]
                        organisation.municipalities = organisation.municipalities + 1
                i = practice.next_in_hub


@rule
def dissolve(tables: Tables, o: int, tick: int) -> None:
    """End organisation ``o``: members go their own way, its balance stays on its account."""
    organisation = tables.organisations[o]
    me = party(tables, ORGANISATION, o)
    for i in range(tables.counter[0].practices):
        practice = tables.practices[i]
        if practice.alive and practice.organisation == o:
            practice.organisation = NONE
            practice.mandate = False
            note(tables, tick, party(tables, PRACTICE, i), LEFT, me, CAUSE_MINIMUM)
        forget(tables, i, o)
    organisation.alive = False
    organisation.lead = NONE
    for k in range(len(organisation.contract)):
        organisation.contract[k] = NONE
        organisation.agreed[k] = NONE
    note(tables, tick, me, DISSOLVED, NONE, CAUSE_MINIMUM)


@rule
def found_here(tables: Tables, h: int, existing: int, tick: int) -> None:
    """Let hub area ``h`` found an organisation where half of it, and two, have none.

    It sees the first ``existing`` organisations: those from before this quarter.
    """
    hub = tables.hubs[h]
    if hub.free < 2 or 2 * hub.free < hub.practices or tables.params[0].choice_refuse:
        return
    counter = tables.counter[0]
    trust = tables.municipalities[hub.municipality].trust_start
    u = draw(counter.seed, FOUND, hub.id, 0, tick)
    # Most do not found even where nobody is near: then no distance needs to be known.
    if u >= want_found(trust, 1.0e9, tables.params[0]):
        return
    nearest = 1.0e9
    for o in range(existing):
        organisation = tables.organisations[o]
        if organisation.alive:
            nearest = min(nearest, distance(hub.x, hub.y, organisation.x, organisation.y))
    if u >= want_found(trust, nearest, tables.params[0]):
        return
    if counter.organisations >= len(tables.organisations):
        counter.failure = FULL_ORGANISATIONS
        return
    o = counter.organisations
    counter.organisations = o + 1
    _start_organisation(tables, o, h, tick)
    me = party(tables, ORGANISATION, o)
    note(tables, tick, me, FOUNDED, party(tables, HUB, h), CAUSE_ISOLATION)
    i = hub.first
    while i != NONE:
        practice = tables.practices[i]
        if practice.alive and practice.organisation == NONE:
            if find_counterpart(practice, o) != NONE:
                practice.organisation = o
                note(tables, tick, party(tables, PRACTICE, i), JOINED, me, CAUSE_ISOLATION)
        i = practice.next_in_hub
    hub.free = 0


@rule
def _start_organisation(tables: Tables, o: int, h: int, tick: int) -> None:
    counter = tables.counter[0]
    params = tables.params[0]
    hub = tables.hubs[h]
    organisation = tables.organisations[o]
    organisation.id = hub.id * 1000 + tick
    organisation.alive = True
    organisation.founder = h
    organisation.founded = tick
    organisation.municipality = hub.municipality
    organisation.x = hub.x
    organisation.y = hub.y
    organisation.structure = params.coordination_structure
    organisation.lead = NONE
    organisation.trust = tables.municipalities[hub.municipality].trust_start
    u = draw(counter.seed, COST, organisation.id, 0, 0)
    organisation.cost_factor = lognormal(u, 1.0, params.supply_spread)
    organisation.level = organisation.cost_factor
    for k in range(len(organisation.contract)):
        organisation.contract[k] = NONE
        organisation.agreed[k] = NONE
    for i in range(counter.practices):
        if tables.practices[i].alive:
            get_to_know(tables, i, o)


@rule
def get_to_know(tables: Tables, i: int, o: int) -> None:
    """Put organisation ``o`` among the nearest that practice ``i`` knows, if it is one."""
    practice = tables.practices[i]
    organisation = tables.organisations[o]
    km = distance(practice.x, practice.y, organisation.x, organisation.y)
    slot = NONE
    farthest = km
    for k in range(len(practice.counterpart)):
        known = practice.counterpart[k]
        if known == NONE:
            slot = k
            break
        other = tables.organisations[known]
        away = distance(practice.x, practice.y, other.x, other.y)
        if known != practice.organisation and away > farthest:
            farthest = away
            slot = k
    if slot != NONE:
        practice.counterpart[slot] = o
        practice.trust[slot] = tables.municipalities[practice.municipality].trust_start


@rule
def forget(tables: Tables, i: int, o: int) -> None:
    """Strike organisation ``o`` from those practice ``i`` knows; the nearest other one comes in."""
    practice = tables.practices[i]
    slot = find_counterpart(practice, o)
    if slot == NONE:
        return
    practice.counterpart[slot] = NONE
    best = NONE
    least = 1.0e300
    for other in range(tables.counter[0].organisations):
        organisation = tables.organisations[other]
        if other == o or not organisation.alive or find_counterpart(practice, other) != NONE:
            continue
        km = distance(practice.x, practice.y, organisation.x, organisation.y)
        nearer = km < least
        if km == least and best != NONE:
            nearer = organisation.id < tables.organisations[best].id
        if nearer:
            least = km
            best = other
    if best != NONE:
        practice.counterpart[slot] = best
        practice.trust[slot] = tables.municipalities[practice.municipality].trust_start


@rule
def asked_mandate(tables: Tables, tick: int) -> float:
    """Return the highest mandate that a title asks of organisations from next quarter on."""
    later = min(tick + 1, len(tables.titles) - 1)
    norm = 0.0
    for k in range(len(tables.tariffs)):
        title = tables.titles[later][k]
        if title.active and title.receiver == ORGANISATION:
            norm = max(norm, title.mandate)
    return norm


@rule
def organisation_reviews(tables: Tables, o: int, tick: int) -> None:
    """Let organisation ``o`` alone review its members' rights, its regioplan and its lead."""
    review_rights(tables, o, tick)
    follow_lead(tables, o, prefer_lead(tables, o, tick), tick)
    _cut_chains(tables, tick)


@rule
def review_rights(tables: Tables, o: int, tick: int) -> None:
    """Let organisation ``o`` grant rights and write a regioplan where a payer asks for them."""
    params = tables.params[0]
    counter = tables.counter[0]
    organisation = tables.organisations[o]
    me = party(tables, ORGANISATION, o)
    rights = grant_rights(organisation, asked_mandate(tables, tick))
    if rights != organisation.rights:
        organisation.rights = rights
        note(tables, tick, me, RIGHTS_GRANTED, NONE, CAUSE_MANDATE)
    later = min(tick + 1, len(tables.titles) - 1)
    asked = False
    person = False
    for k in range(len(tables.tariffs)):
        title = tables.titles[later][k]
        if title.active and title.receiver == ORGANISATION:
            asked = asked or title.regioplan
            person = person or title.legal_person
    if person and organisation.legal == NETWORK:
        _incorporate(tables, o, tick)
    if asked and not organisation.regioplan:
        if draw(counter.seed, PLAN, organisation.id, 0, tick) < params.organisation_plan:
            organisation.regioplan = True
            note(tables, tick, me, PLAN_WRITTEN, NONE, CAUSE_PLAN)


@rule
def _incorporate(tables: Tables, o: int, tick: int) -> None:
    """Let a network become a legal person, which takes work (F054: payers ask for one)."""
    params = tables.params[0]
    organisation = tables.organisations[o]
    u = draw(tables.counter[0].seed, INCORPORATE, organisation.id, 0, tick)
    if u >= params.organisation_incorporate:
        return
    me = party(tables, ORGANISATION, o)
    organisation.legal = COOPERATIVE
    note(tables, tick, me, INCORPORATED, NONE, CAUSE_FORM)
    if not params.transaction_on:
        return
    hours = params.organisation_incorporation
    organisation.hours = organisation.hours + hours
    organisation.transaction[CONTRACT] = (
        organisation.transaction[CONTRACT] + hours * params.supply_wage
    )
    spend_hours(tables, me, party(tables, OUTSIDE, 0), -1 - CONTRACT, hours, moment(tick, PHASE))


@rule
def prefer_lead(tables: Tables, o: int, tick: int) -> int:
    """Return the organisation that ``o`` wants to contract for it, or ``NONE`` (C55, C66).

    The largest in reach that is larger than itself. An alliance lasts while its lead is there,
    leads for itself and is not the smaller of the two.
    """
    params = tables.params[0]
    counter = tables.counter[0]
    organisation = tables.organisations[o]
    if organisation.lead != NONE:
        lead = tables.organisations[organisation.lead]
        if lead.alive and lead.lead == NONE and lead.patients >= organisation.patients:
            return int(organisation.lead)
    if asked_mandate(tables, tick) <= 0.0:
        return NONE
    best = NONE
    most = organisation.patients
    for other in range(counter.organisations):
        candidate = tables.organisations[other]
        if other == o or not candidate.alive or candidate.lead != NONE:
            continue
        km = distance(organisation.x, organisation.y, candidate.x, candidate.y)
        if km > params.choice_vision or candidate.patients < most:
            continue
        if candidate.patients > most:
            most = candidate.patients
            best = other
        elif best != NONE and candidate.id < tables.organisations[best].id:
            best = other
    if best == NONE:
        return NONE
    insurer = tables.insurers[tables.municipalities[organisation.municipality].preferred]
    chance = want_lead(_trust_of_members(tables, o, best), insurer.pressure, params)
    u = draw(counter.seed, LEAD, organisation.id, tables.organisations[best].id, tick)
    return best if u < chance else NONE


@rule
def follow_lead(tables: Tables, o: int, wanted: int, tick: int) -> None:
    """Carry out which lead organisation ``o`` wants."""
    organisation = tables.organisations[o]
    if wanted == organisation.lead:
        return
    me = party(tables, ORGANISATION, o)
    if organisation.lead != NONE:
        note(tables, tick, me, LEAD_WITHDRAWN, NONE, CAUSE_TRUST)
    organisation.lead = wanted
    if wanted != NONE:
        note(tables, tick, me, LEAD_MANDATED, party(tables, ORGANISATION, wanted), CAUSE_PRESSURE)


@rule
def _trust_of_members(tables: Tables, o: int, other: int) -> float:
    total = 0.0
    count = 0
    for i in range(tables.counter[0].practices):
        practice = tables.practices[i]
        if practice.alive and practice.organisation == o:
            k = find_counterpart(practice, other)
            if k != NONE:
                total = total + practice.trust[k]
                count = count + 1
    if count == 0:
        return tables.municipalities[tables.organisations[o].municipality].trust_start
    return total / float(count)


@rule
def _cut_chains(tables: Tables, tick: int) -> None:
    """A lead leads for itself: who follows one that follows another stands alone again."""
    cut = tables.marks[0]
    for o in range(tables.counter[0].organisations):
        organisation = tables.organisations[o]
        cut[o] = 0
        if organisation.alive and organisation.lead != NONE:
            lead = tables.organisations[organisation.lead]
            if lead.lead != NONE or not lead.alive:
                cut[o] = 1
    for o in range(tables.counter[0].organisations):
        if cut[o] == 1:
            tables.organisations[o].lead = NONE
            me = party(tables, ORGANISATION, o)
            note(tables, tick, me, LEAD_WITHDRAWN, NONE, CAUSE_TRUST)
