"""Councils of users: suppliers that sell to units may give their buyers a say (C17)."""

from __future__ import annotations

from agents.draws import draw, stream
from agents.record import NONE
from agents.regio_organisatie import want_council
from agents.rule import rule
from agents.words import Cause, CostKind, Event, Kind
from sim.ledger import moment, note, party
from sim.phases.booking import work_together
from sim.tables import Tables

FORM = stream("council.form")
PHASE = 6


@rule
def sells_to(tables: Tables, u: int, c: int) -> int:
    """Return the organisation of cell ``c`` where unit ``u`` buys from it, else ``NONE``.

    Each seller is returned for its first cell alone; one's own organisation sells to a member.
    """
    unit = tables.units[u]
    first = int(tables.offsets[Kind.ORGANISATION])
    seller = int(unit.chosen[c])
    if seller == NONE or seller < first:
        return NONE
    if tables.practices[unit.chair].supplier[c] != seller:
        return NONE
    if tables.practices[unit.chair].organisation == seller - first:
        return NONE
    for d in range(c):
        if unit.chosen[d] == seller:
            return NONE
    return seller - first


@rule
def review_councils(tables: Tables, tick: int) -> None:
    """First quarter: count buyers; suppliers that have some may form a council of users."""
    params = tables.params[0]
    for o in range(tables.counter[0].organisations):
        tables.organisations[o].buyers = 0
    for u in range(tables.counter[0].units):
        if tables.units[u].alive:
            for c in range(len(tables.units[u].chosen)):
                o = sells_to(tables, u, c)
                if o != NONE:
                    tables.organisations[o].buyers = tables.organisations[o].buyers + 1
    if not params.decide_organisation:
        return
    for o in range(tables.counter[0].organisations):
        organisation = tables.organisations[o]
        me = party(tables, Kind.ORGANISATION, o)
        if organisation.council and (organisation.buyers == 0 or not organisation.alive):
            organisation.council = False
            note(tables, tick, me, Event.COUNCIL_ENDED, NONE, Cause.MEANS)
        elif organisation.alive and organisation.buyers > 0 and not organisation.council:
            lot = draw(tables.counter[0].seed, FORM, organisation.id, 0, tick)
            if lot < want_council(organisation, params):
                organisation.council = True
                note(tables, tick, me, Event.COUNCIL_FORMED, NONE, Cause.INFLUENCE)


@rule
def attend_councils(tables: Tables, u: int, tick: int) -> None:
    """Book a quarter of the hours of unit ``u`` and of its suppliers in councils of users."""
    params = tables.params[0]
    unit = tables.units[u]
    me = party(tables, Kind.UNIT, u)
    hours = 0.25 * params.unit_council_hours
    for c in range(len(unit.chosen)):
        o = sells_to(tables, u, c)
        if o == NONE or not tables.organisations[o].council:
            continue
        other = party(tables, Kind.ORGANISATION, o)
        work_together(tables, me, other, CostKind.MONITOR, hours, moment(tick, PHASE))
