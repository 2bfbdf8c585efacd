"""Phase 5: organisations let a larger one contract for them, without merging."""

from __future__ import annotations

from agents.compiled.draws import draw, stream
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.organisation.regio_organisatie import want_lead
from agents.practice import distance
from agents.words import Kind
from sim.common.in_force import title_holds_at
from sim.common.worth import trust_of
from sim.ledger import note, party
from sim.tables import Tables

LEAD = stream("organisation.lead")


@rule
def asked_mandate(tables: Tables, m: int, tick: int) -> float:
    """Return the highest mandate that a title asks of organisations in ``m`` from next quarter."""
    later = min(tick + 1, len(tables.titles) - 1)
    norm = 0.0
    for k in range(len(tables.tariffs)):
        title = tables.titles[later][k]
        holds = title.active and title_holds_at(tables, title, m)
        if holds and title.receiver == Kind.ORGANISATION:
            norm = max(norm, title.mandate)
    return norm


@rule
def prefer_lead(tables: Tables, o: int, tick: int) -> int:
    """Return the organisation that ``o`` wants to contract for it, or ``NONE`` (C55, C66).

    The largest in reach that is larger than itself. An alliance lasts while its lead is there and
    leads for itself: who outgrows its lead does not put its contract at risk. Only a dispute over
    money makes it think again (C56). Scratch must hold where organisations are (``place_others``).
    """
    params = tables.params[0]
    counter = tables.counter[0]
    organisation = tables.organisations[o]
    if organisation.lead != NONE:
        lead = tables.organisations[organisation.lead]
        if lead.alive and lead.lead == NONE and not organisation.wronged:
            return int(organisation.lead)
    if asked_mandate(tables, organisation.municipality, tick) <= 0.0:
        return NONE
    best = NONE
    most = organisation.patients
    for other in range(counter.organisations):
        # Most are out of reach along one axis already.
        if abs(organisation.x - tables.scratch.others_x[other]) > params.choice_vision:
            continue
        candidate = tables.organisations[other]
        if other == o or not candidate.alive or candidate.lead != NONE:
            continue
        if candidate.patients < most:
            continue
        km = distance(organisation.x, organisation.y, candidate.x, candidate.y)
        if km > params.choice_vision:
            continue
        if candidate.patients > most:
            most = candidate.patients
            best = other
        elif best != NONE and candidate.id < tables.organisations[best].id:
            best = other
    if best == NONE:
        return NONE
    insurer = tables.insurers[tables.municipalities[organisation.municipality].preferred]
    chance = want_lead(trust_of(tables, o, best, False), insurer.pressure, params)
    lot = draw(counter.seed, LEAD, organisation.id, tables.organisations[best].id, tick)
    return best if lot < chance else NONE


@rule
def follow_lead(tables: Tables, o: int, wanted: int, tick: int) -> None:
    """Carry out which lead organisation ``o`` wants."""
    organisation = tables.organisations[o]
    if wanted == organisation.lead:
        return
    me = party(tables, Kind.ORGANISATION, o)
    if organisation.lead != NONE:
        note(tables, tick, me, Event.LEAD_WITHDRAWN, NONE, Cause.TRUST)
    organisation.lead = wanted
    if wanted != NONE:
        note(
            tables,
            tick,
            me,
            Event.LEAD_MANDATED,
            party(tables, Kind.ORGANISATION, wanted),
            Cause.PRESSURE,
        )


@rule
def cut_chains(tables: Tables, tick: int) -> None:
    """A lead leads for itself: who follows one that follows another stands alone again."""
    cut = tables.scratch.chained
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
            me = party(tables, Kind.ORGANISATION, o)
            note(tables, tick, me, Event.LEAD_WITHDRAWN, NONE, Cause.TRUST)
