"""Phase 5, organisations: found, dissolve, grant rights, write a regioplan, mandate a lead."""

from __future__ import annotations

from agents.draws import draw, lognormal, stream
from agents.practice import distance, find_counterpart
from agents.record import NONE
from agents.regio_organisatie import grant_rights, want_found
from agents.rule import rule
from agents.vocabulary import (
    CAUSE_FORM,
    CAUSE_ISOLATION,
    CAUSE_MANDATE,
    CAUSE_MINIMUM,
    CAUSE_PLAN,
    CONTRACT,
    COOPERATIVE,
    DISSOLVED,
    FOUNDED,
    HUB,
    INCORPORATED,
    JOINED,
    LEFT,
    NETWORK,
    ORGANISATION,
    OUTSIDE,
    PLAN_WRITTEN,
    PRACTICE,
    RIGHTS_GRANTED,
)
from sim.ledger import FULL_ORGANISATIONS, moment, note, party, spend_hours
from sim.phases.leads import asked_mandate, cut_chains, follow_lead, prefer_lead
from sim.phases.membership import count_members, forget, get_to_know
from sim.world import Tables

FOUND = stream("organisation.found")
COST = stream("organisation.cost")
INCORPORATE = stream("organisation.incorporate")
PLAN = stream("organisation.plan")
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
        if organisation.alive and not young and not organisation.entrant:
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
        if tables.organisations[o].alive and not tables.organisations[o].entrant:
            review_rights(tables, o, tick)
            wanted[o] = prefer_lead(tables, o, tick)
    for o in range(tables.counter[0].organisations):
        if tables.organisations[o].alive:
            follow_lead(tables, o, wanted[o], tick)
    cut_chains(tables, tick)


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
        if organisation.alive and not organisation.entrant:
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
    organisation.programmes[0] = 1
    for k in range(len(organisation.contract)):
        organisation.contract[k] = NONE
        organisation.agreed[k] = NONE
    for i in range(counter.practices):
        if tables.practices[i].alive:
            get_to_know(tables, i, o)


@rule
def organisation_reviews(tables: Tables, o: int, tick: int) -> None:
    """Let organisation ``o`` alone review its members' rights, its regioplan and its lead."""
    review_rights(tables, o, tick)
    follow_lead(tables, o, prefer_lead(tables, o, tick), tick)
    cut_chains(tables, tick)


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
