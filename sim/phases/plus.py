"""The PLUS package: practices take it or leave it (phase 4), and are paid for it (phase 9)."""

from __future__ import annotations

from agents.draws import draw, logistic, stream, whole
from agents.plus import value_plus
from agents.practice import find_counterpart
from agents.record import NONE
from agents.rule import rule
from agents.words import Cause, Event, Kind
from sim.ledger import Posting, cents_of, moment, note, party, transfer
from sim.tables import Tables

PLUS = stream("choice.plus")
PHASE = 9


@rule
def plus_rate(tables: Tables, o: int, tick: int) -> float:
    """Return EUR per insured a year under the package of organisation ``o``; below 0: none."""
    rate = -1.0
    for k in range(len(tables.tariffs)):
        title = tables.titles[tick][k]
        if title.active and title.plus and tables.organisations[o].contract[k] != NONE:
            paid = title.rate * tables.tariffs[k].rate * title.phase
            rate = max(0.0, rate) + paid * tables.params[0].money_scale
    return rate


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


@rule
def pay_plus(tables: Tables, tick: int) -> None:
    """Pass the practices' part of PLUS money on to them, per insured."""
    params = tables.params[0]
    for i in range(tables.counter[0].practices):
        practice = tables.practices[i]
        if not practice.alive or practice.plus_named == 0 or practice.organisation == NONE:
            continue
        organisation = tables.organisations[practice.organisation]
        if organisation.plus_insured <= 0 or organisation.plus_money <= 0.0:
            continue
        part = min(1.0, float(practice.plus_named) / float(organisation.plus_insured))
        giver = party(tables, Kind.ORGANISATION, practice.organisation)
        euros = params.plus_pay * organisation.plus_money * part
        cents = max(0, min(cents_of(euros), tables.accounts[giver].balance))
        me = party(tables, Kind.PRACTICE, i)
        transfer(tables, giver, me, Posting.PLUS_PAY, cents, moment(tick, PHASE))
        paid = float(cents) / 100.0
        practice.fees = practice.fees + paid
        organisation.revenue = max(0.0, organisation.revenue - paid)
