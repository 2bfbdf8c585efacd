"""Phase 5, organisations: found, dissolve, grant rights, write a regioplan, mandate a lead."""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.words import Kind
from sim.common.founding import end_organisation
from sim.common.known import place_others
from sim.common.membership import count_members, list_members
from sim.ledger import note, party
from sim.phases.organisations.founders import found_all
from sim.phases.organisations.governance import govern, look_at_hubs
from sim.phases.organisations.leads import cut_chains, follow_lead, prefer_lead
from sim.tables import Tables


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
    found_all(tables, tick)
    count_members(tables)
    look_at_hubs(tables)
    place_others(tables, NONE)
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
def organisation_reviews(tables: Tables, o: int, tick: int) -> None:
    """Let organisation ``o`` alone review its rights, form, regioplan and lead."""
    list_members(tables)
    look_at_hubs(tables)
    place_others(tables, NONE)
    govern(tables, o, tick)
    follow_lead(tables, o, prefer_lead(tables, o, tick), tick)
    cut_chains(tables, tick)
