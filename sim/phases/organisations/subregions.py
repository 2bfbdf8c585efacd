"""Phase 5, fourth part: sub-regions with a council, by name or by number."""

from __future__ import annotations

import math

from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.organisation.regio_organisatie import engage
from agents.organisation.subregions import engage_own, engage_parts, engage_within
from agents.words import Kind
from sim.common.subregions import own_subregion
from sim.ledger import note, party
from sim.tables import Tables


@rule
def review_subregions(tables: Tables, o: int, tick: int) -> None:
    """Let ``o`` form or end sub-regions with a council, where engagement is worth their cost.

    Where its members are in several sub-regions that the region names it divides along these, all
    at once, or not at all; else it forms or ends one part a year, and parts have numbers only.
    """
    params = tables.params[0]
    organisation = tables.organisations[o]
    if organisation.members == 0:
        return
    named, own = own_subregion(tables, o)
    if params.organisation_subregions_named and named > 1:
        _divide_by_name(tables, o, named, own, tick)
    elif organisation.own > 0:
        _end_names(tables, o, tick)
    else:
        _divide_by_number(tables, o, tick)


@rule
def _divide_by_name(tables: Tables, o: int, named: int, own: int, tick: int) -> None:
    """Let ``o`` have a council in each of the ``named`` sub-regions of its members, or in none."""
    params = tables.params[0]
    organisation = tables.organisations[o]
    worth = params.choice_relief * organisation.quality * float(organisation.patients)
    whole = engage(organisation.members, organisation.rights, params)
    parts = engage_own(organisation.members, own, organisation.rights, params)
    pays = worth * (math.sqrt(parts) - math.sqrt(whole))
    divided = organisation.own > 0
    if pays <= params.organisation_subregion_cost * float(named - 1):
        if divided:
            _end_names(tables, o, tick)
        else:
            _end_numbers(tables, o, tick)
        return
    organisation.own = own
    organisation.subregions = named
    if not divided:
        _note_names(tables, o, Event.SUBREGION_FORMED, tick)


@rule
def _end_names(tables: Tables, o: int, tick: int) -> None:
    """Let ``o`` give its named sub-regions up."""
    organisation = tables.organisations[o]
    organisation.own = 0
    organisation.subregions = 1
    _note_names(tables, o, Event.SUBREGION_ENDED, tick)


@rule
def _note_names(tables: Tables, o: int, event: int, tick: int) -> None:
    """Note a sub-region of ``o`` that forms or ends, by the first municipality of its members.

    For each sub-region there is one; the report tells its name.
    """
    seen = tables.scratch.named_members
    me = party(tables, Kind.ORGANISATION, o)
    for m in range(len(tables.municipalities)):
        seen[tables.municipalities[m].division] = NONE
    i = tables.organisations[o].first
    while i != NONE:
        m = tables.practices[i].municipality
        part = tables.municipalities[m].division
        seen[part] = min(seen[part], m)
        i = tables.practices[i].next_member
    for m in range(len(tables.municipalities)):
        if seen[tables.municipalities[m].division] == m:
            note(tables, tick, me, event, party(tables, Kind.MUNICIPALITY, m), Cause.GAIN)


@rule
def _end_numbers(tables: Tables, o: int, tick: int) -> None:
    """Let ``o``, whose members came to be in several named sub-regions, give up one part."""
    organisation = tables.organisations[o]
    if organisation.subregions > 1:
        organisation.subregions = organisation.subregions - 1
        me = party(tables, Kind.ORGANISATION, o)
        note(tables, tick, me, Event.SUBREGION_ENDED, NONE, Cause.GAIN)


@rule
def _divide_by_number(tables: Tables, o: int, tick: int) -> None:
    """Let ``o`` form or end one sub-region without a name, where engagement is worth its cost."""
    params = tables.params[0]
    organisation = tables.organisations[o]
    parts = max(1, organisation.subregions)
    worth = params.choice_relief * organisation.quality * float(organisation.patients)
    felt = math.sqrt(engage_within(organisation, organisation.members, params))
    me = party(tables, Kind.ORGANISATION, o)
    if parts < organisation.municipalities:
        more = engage_parts(organisation.members, parts + 1, organisation.rights, params)
        if worth * (math.sqrt(more) - felt) > params.organisation_subregion_cost:
            organisation.subregions = parts + 1
            note(tables, tick, me, Event.SUBREGION_FORMED, NONE, Cause.GAIN)
            return
    if parts > 1:
        fewer = engage_parts(organisation.members, parts - 1, organisation.rights, params)
        idle = parts > organisation.municipalities
        if idle or worth * (felt - math.sqrt(fewer)) < params.organisation_subregion_cost:
            organisation.subregions = parts - 1
            note(tables, tick, me, Event.SUBREGION_ENDED, NONE, Cause.GAIN)
