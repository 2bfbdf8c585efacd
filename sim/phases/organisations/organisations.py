"""Phase 5, organisations: found, dissolve, grant rights, write a regioplan, mandate a lead."""

from __future__ import annotations

from agents.compiled.draws import draw, stream
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.organisation.regio_organisatie import want_found
from agents.practice import distance, find_counterpart
from agents.words import Group, Kind
from sim.common.founding import end_organisation, start_organisation
from sim.common.membership import count_members, list_members
from sim.ledger import note, party
from sim.phases.organisations.governance import govern, look_at_hubs
from sim.phases.organisations.leads import cut_chains, follow_lead, prefer_lead
from sim.tables import Tables

FOUND = stream("organisation.found")
COST = stream("organisation.cost")


@rule
def organise(tables: Tables, tick: int) -> None:
    """Organisations are founded and end, grant rights, choose a form, plan, mandate a lead."""
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
    look_at_hubs(tables)
    wanted = tables.scratch.lead_wanted
    for o in range(tables.counter[0].organisations):
        wanted[o] = tables.organisations[o].lead
        if tables.organisations[o].alive and not tables.organisations[o].entrant:
            govern(tables, o, tick)
            wanted[o] = prefer_lead(tables, o, tick)
    for o in range(tables.counter[0].organisations):
        if tables.organisations[o].alive:
            follow_lead(tables, o, wanted[o], tick)
    cut_chains(tables, tick)


@rule
def dissolve(tables: Tables, o: int, tick: int) -> None:
    """End organisation ``o``: members go their own way, its balance stays on its account."""
    organisation = tables.organisations[o]
    me = party(tables, Kind.ORGANISATION, o)
    i = organisation.first
    while i != NONE:
        practice = tables.practices[i]
        practice.organisation = NONE
        practice.mandate = False
        note(tables, tick, party(tables, Kind.PRACTICE, i), Event.LEFT, me, Cause.MINIMUM)
        i = practice.next_member
    end_organisation(tables, o)
    note(tables, tick, me, Event.DISSOLVED, NONE, Cause.MINIMUM)


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
    lot = draw(counter.seed, FOUND, hub.id, 0, tick)
    # Most do not found even where nobody is near: then no distance needs to be known.
    if lot >= want_found(trust, 1.0e9, tables.params[0]):
        return
    nearest = 1.0e9
    for o in range(existing):
        organisation = tables.organisations[o]
        if organisation.alive and not organisation.entrant:
            nearest = min(nearest, distance(hub.x, hub.y, organisation.x, organisation.y))
    if lot >= want_found(trust, nearest, tables.params[0]):
        return
    o = start_organisation(tables, hub.id * 1000 + tick, h, COST, tick)
    if o == NONE:
        return
    organisation = tables.organisations[o]
    organisation.structure = tables.params[0].coordination_structure
    organisation.programmes[Group.DIABETES] = 1
    me = party(tables, Kind.ORGANISATION, o)
    note(tables, tick, me, Event.FOUNDED, party(tables, Kind.HUB, h), Cause.ISOLATION)
    i = hub.first
    while i != NONE:
        practice = tables.practices[i]
        if practice.alive and practice.organisation == NONE:
            if find_counterpart(practice, o) != NONE:
                practice.organisation = o
                note(
                    tables, tick, party(tables, Kind.PRACTICE, i), Event.JOINED, me, Cause.ISOLATION
                )
        i = practice.next_in_hub
    hub.free = 0


@rule
def organisation_reviews(tables: Tables, o: int, tick: int) -> None:
    """Let organisation ``o`` alone review its rights, form, regioplan and lead."""
    list_members(tables)
    look_at_hubs(tables)
    govern(tables, o, tick)
    follow_lead(tables, o, prefer_lead(tables, o, tick), tick)
    cut_chains(tables, tick)
