"""Phase 5: where contracts are asked for whole areas, members go over to who holds theirs."""

from __future__ import annotations

from agents.compiled.draws import draw, logistic, stream
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.practice import Contact, value_membership
from agents.words import CostKind, Kind, Meeting
from sim.common.alliances import alliance_of
from sim.common.booking import book_work
from sim.common.perceiving import perceive
from sim.common.trust import adjust_trust, fade_of
from sim.ledger import note, party
from sim.phases.organisations.leads import asked_mandate
from sim.tables import Tables

ASK = stream("unbundle.ask")
CONSENT = stream("unbundle.consent")


@rule
def consent_to_move(gain: float) -> float:
    """Return the chance that a practice which is asked goes over: 1 where it does not lose.

    ``gain`` is the utility of membership of the holder, less that of its own organisation.
    """
    return min(1.0, 2.0 * logistic(gain))


@rule
def unbundle(tables: Tables, tick: int) -> None:
    """Let organisations hand over members whose municipality another alliance holds (F053, F071).

    Asked by the insurer, the harder the more it presses (C55), where a title of next quarter asks a
    mandate. All look at the field as it was: who goes is worked out first, and goes after.
    """
    params = tables.params[0]
    if params.organisation_unbundle <= 0.0 or not params.decide_practice:
        return
    handed = tables.scratch.handed
    rows = tables.counter[0].practices
    for i in range(rows):
        handed[i] = NONE
        if _is_asked(tables, i, tick):
            handed[i] = _who_takes(tables, i, tick)
    for i in range(rows):
        if handed[i] != NONE:
            _hand_over(tables, i, handed[i], tick)


@rule
def _is_asked(tables: Tables, i: int, tick: int) -> bool:
    """Return whether practice ``i`` belongs elsewhere and is asked this year to go over."""
    practice = tables.practices[i]
    if not practice.alive or practice.organisation == NONE:
        return False
    if asked_mandate(tables, practice.municipality, tick) <= 0.0:
        return False
    place = tables.municipalities[practice.municipality]
    if place.lead == NONE or alliance_of(tables, practice.organisation) == place.lead:
        return False
    pressure = tables.insurers[place.preferred].pressure
    lot = draw(tables.counter[0].seed, ASK, practice.id, 0, tick)
    return bool(lot < tables.params[0].organisation_unbundle * pressure)


@rule
def _value_of(tables: Tables, i: int, k: int, tick: int) -> float:
    """Return the utility to practice ``i`` of its ``k``-th counterpart; boards arrange the move."""
    seen = perceive(tables, i, k, 0.0, tick)
    contact = Contact(
        trust=seen.trust,
        taste=seen.taste,
        neighbours=seen.neighbours,
        pressure=seen.pressure,
        switching=0.0,
        crisis=seen.crisis,
        behind=0.0,
    )
    practice = tables.practices[i]
    organisation = tables.organisations[practice.counterpart[k]]
    value, _ = value_membership(practice, organisation, contact, tables.params[0])
    return value


@rule
def _who_takes(tables: Tables, i: int, tick: int) -> int:
    """Return the organisation of the holder's alliance that ``i`` goes over to, or ``NONE``.

    The one of most worth to it among those it knows, if it consents.
    """
    practice = tables.practices[i]
    lead = tables.municipalities[practice.municipality].lead
    own = 0.0
    best = NONE
    most = 0.0
    for k in range(len(practice.counterpart)):
        o = practice.counterpart[k]
        if o == NONE:
            continue
        organisation = tables.organisations[o]
        if o == practice.organisation:
            own = _value_of(tables, i, k, tick)
        elif organisation.alive and not organisation.closed and alliance_of(tables, o) == lead:
            value = _value_of(tables, i, k, tick)
            if best == NONE or value > most:
                best = o
                most = value
    lot = draw(tables.counter[0].seed, CONSENT, practice.id, 0, tick)
    return best if best != NONE and lot < consent_to_move(most - own) else NONE


@rule
def _hand_over(tables: Tables, i: int, to: int, tick: int) -> None:
    """Let practice ``i`` go over to organisation ``to``, with its mandate, at a cost in trust."""
    params = tables.params[0]
    practice = tables.practices[i]
    old = practice.organisation
    me = party(tables, Kind.PRACTICE, i)
    note(tables, tick, me, Event.LEFT, party(tables, Kind.ORGANISATION, old), Cause.PRESSURE)
    note(tables, tick, me, Event.UNBUNDLED, party(tables, Kind.ORGANISATION, to), Cause.PRESSURE)
    practice.organisation = to
    practice.plus_named = 0
    trust = practice.payer_trust
    practice.payer_trust = adjust_trust(trust, trust, Meeting.BAD, fade_of(params), params)
    euros = params.organisation_unbundle_hours * params.supply_wage
    book_work(tables, old, euros, CostKind.CONTRACT, tick)
    book_work(tables, to, euros, CostKind.CONTRACT, tick)
