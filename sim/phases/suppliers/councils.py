"""Councils of users: suppliers that sell to units may give their buyers a say (C17)."""

from __future__ import annotations

from agents.compiled.draws import draw, stream
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.organisation.supplier import want_council
from agents.words import Kind
from sim.common.buyers import sells_to
from sim.ledger import note, party
from sim.tables import Tables

FORM = stream("council.form")


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
