"""Phase 4, third part: members give their organisation a mandate, or withdraw it."""

from __future__ import annotations

from agents.compiled.draws import draw, stream, whole
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.practice import Contact, find_counterpart, give_mandate, value_membership
from agents.words import Kind
from sim.common.perceiving import perceive
from sim.ledger import note, party
from sim.tables import Tables

MANDATE = stream("choice.mandate")


@rule
def review_mandate(tables: Tables, i: int, tick: int) -> None:
    """Let a member give or withdraw its mandate: a logit without neighbours and place.

    The draw lasts for years, so that a mandate changes when its worth does, not by noise.
    """
    params = tables.params[0]
    practice = tables.practices[i]
    o = practice.organisation
    given = False
    cause: int = Cause.MANDATE
    if o != NONE:
        k = find_counterpart(practice, o)
        if k != NONE:
            seen = perceive(tables, i, k, 0.0, tick)
            contact = Contact(
                trust=seen.trust,
                taste=seen.taste,
                neighbours=0.5,
                pressure=seen.pressure,
                switching=0.0,
                crisis=seen.crisis,
                behind=0.0,
            )
            organisation = tables.organisations[o]
            value, _ = value_membership(practice, organisation, contact, params)
            seed = tables.counter[0].seed
            lasts = whole(4.0 * params.choice_mandate_years)
            turn = whole(float(lasts) * draw(seed, MANDATE, practice.id, organisation.id, 0))
            lot = draw(seed, MANDATE, practice.id, organisation.id, 1 + (tick + turn) // lasts)
            given = give_mandate(practice, value, lot, params.choice_refuse)
            if given and practice.lost > 0.0:
                # Money that moved away from it is held against membership (C56).
                felt = params.transaction_redistribution * practice.lost
                value = value - params.choice_money * felt / 1000.0
                given = give_mandate(practice, value, lot, params.choice_refuse)
                cause = Cause.MANDATE if given else Cause.LOSS
    if given != practice.mandate:
        what = Event.MANDATE_GIVEN if given else Event.MANDATE_WITHDRAWN
        other = NONE
        if o != NONE:
            other = party(tables, Kind.ORGANISATION, o)
        note(tables, tick, party(tables, Kind.PRACTICE, i), what, other, cause)
    practice.mandate = given
