"""The PLUS package: practices take it or leave it (phase 4), and are paid for it (phase 9)."""

from __future__ import annotations

from agents.compiled.draws import draw, logistic, stream, whole
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.plus import value_plus
from agents.practice import find_counterpart
from agents.words import Kind
from sim.common.plus import plus_rate
from sim.ledger import note, party
from sim.tables import Tables

PLUS = stream("choice.plus")


@rule
def review_plus(tables: Tables, i: int, tick: int) -> None:
    """Let practice ``i`` take the PLUS package of its organisation, or give it up."""
    params = tables.params[0]
    practice = tables.practices[i]
    o = practice.organisation
    wanted = False
    cause: int = Cause.ELIGIBLE
    if o != NONE and params.plus_on and not params.choice_refuse:
        rate = plus_rate(tables, o, tick)
        k = find_counterpart(practice, o)
        if rate >= 0.0 and k != NONE:
            organisation = tables.organisations[o]
            pay = params.plus_pay * rate * float(practice.patients)
            value, cause = value_plus(practice, organisation, pay, practice.trust[k], params)
            # As with a mandate: the draw lasts, so that it is the worth that decides.
            seed = tables.counter[0].seed
            lasts = whole(4.0 * params.choice_mandate_years)
            turn = whole(float(lasts) * draw(seed, PLUS, practice.id, organisation.id, 0))
            lot = draw(seed, PLUS, practice.id, organisation.id, 1 + (tick + turn) // lasts)
            wanted = lot < logistic(value)
    if wanted == practice.plus:
        return
    other = NONE
    if o != NONE:
        other = party(tables, Kind.ORGANISATION, o)
    what = Event.PLUS_JOINED if wanted else Event.PLUS_LEFT
    note(tables, tick, party(tables, Kind.PRACTICE, i), what, other, cause)
    practice.plus = wanted
