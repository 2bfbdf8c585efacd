"""Phase 6: the older money of a municipality runs down with the contract of its region.

The clock starts when whoever leads the municipality is under contract for a bargained fee, or
when leniency is over (F080). It never stops again: slower is not allowed, faster is (F052; S2 Q2).
"""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.words import Kind
from sim.common.claims import claim_in_full, payee_of
from sim.common.in_force import in_force_ahead, in_force_at
from sim.ledger import note, party
from sim.tables import Tables


@rule
def run_transition(tables: Tables, tick: int) -> None:
    """Start the clock of every municipality that is due, and note where all has run down."""
    if tables.params[0].transition_by_date:
        return
    first = first_run_down(tables)
    if first == NONE or tick < first:
        return
    for m in range(len(tables.municipalities)):
        place = tables.municipalities[m]
        if place.run_down == NONE:
            start_clock(tables, m, first, tick)
        elif not place.run_over:
            _end_clock(tables, m, tick)


@rule
def first_run_down(tables: Tables) -> int:
    """Return the first quarter in which dates run a tied title down, or ``NONE``."""
    first = NONE
    for k in range(len(tables.tariffs)):
        first = min(first, int(tables.tariffs[k].run_down))
    return first


@rule
def start_clock(tables: Tables, m: int, first: int, tick: int) -> None:
    """Start the clock of municipality ``m`` where its lead is under contract or time is up.

    ``first`` is the first quarter of the dated run-down; ``transition.lenient`` is in years.
    """
    place = tables.municipalities[m]
    held = is_under_contract(tables, int(place.lead), tick) and not place.left_out
    if not held and float(tick - first) < 4.0 * tables.params[0].transition_lenient:
        return
    place.run_down = tick
    place.run_full = tied_in_full(tables, m, tick)
    if place.run_full > 0.0:
        me = party(tables, Kind.MUNICIPALITY, m)
        other = party(tables, Kind.INSURER, place.preferred)
        cause: int = Cause.LENIENCY
        if held:
            other = party(tables, Kind.ORGANISATION, place.lead)
            cause = Cause.CONTRACT
        note(tables, tick, me, Event.RUN_DOWN_BEGUN, other, cause)


@rule
def _end_clock(tables: Tables, m: int, tick: int) -> None:
    place = tables.municipalities[m]
    for k in range(len(tables.tariffs)):
        if tables.tariffs[k].run_down != NONE and in_force_at(tables, k, m, tick) > 0.0:
            return
    place.run_over = True
    if place.run_full > 0.0:
        me = party(tables, Kind.MUNICIPALITY, m)
        cause: int = Cause.MEANS if place.run_ahead > 0 else Cause.POLICY
        note(tables, tick, me, Event.RUN_DOWN_ENDED, NONE, cause)


@rule
def is_under_contract(tables: Tables, o: int, tick: int) -> bool:
    """Return whether organisation ``o`` (or ``NONE``) holds a contract for a bargained fee."""
    if o == NONE or not tables.organisations[o].alive:
        return False
    for k in range(len(tables.tariffs)):
        title = tables.titles[tick][k]
        if title.active and title.negotiated > 0.0:
            if tables.organisations[o].contract[k] != NONE:
                return True
    return False


@rule
def tied_in_full(tables: Tables, m: int, tick: int) -> float:
    """Return EUR a year that tied titles would pay the hubs of ``m`` if nothing were run down."""
    total = 0.0
    place = tables.municipalities[m]
    for k in range(len(tables.tariffs)):
        since = tables.tariffs[k].run_down
        if since == NONE:
            continue
        title = tables.titles[since - 1][k]
        for h in range(place.first_hub, place.first_hub + place.hubs):
            payee = payee_of(tables, k, title, h)
            if payee.start != NONE:
                full = claim_in_full(tables, k, payee, tick)
                total = total + full * title.in_force * tables.params[0].money_scale
    return total


@rule
def tied_in_year(tables: Tables, m: int, tick: int) -> float:
    """Return EUR that tied titles pay the hubs of ``m`` less next year where it skips a year."""
    ahead = int(tables.municipalities[m].run_ahead)
    coming = min(tick + 1, len(tables.titles) - 1)
    total = 0.0
    place = tables.municipalities[m]
    for k in range(len(tables.tariffs)):
        since = tables.tariffs[k].run_down
        if since == NONE:
            continue
        share = in_force_ahead(tables, k, m, coming, ahead)
        share = share - in_force_ahead(tables, k, m, coming, ahead + 4)
        title = tables.titles[since - 1][k]
        for h in range(place.first_hub, place.first_hub + place.hubs):
            payee = payee_of(tables, k, title, h)
            if payee.start != NONE:
                full = claim_in_full(tables, k, payee, tick)
                total = total + full * share * tables.params[0].money_scale
    return total


@rule
def _has_tied(tables: Tables, h: int) -> bool:
    for k in range(len(tables.tariffs)):
        if tables.tariffs[k].run_down != NONE and tables.hubs[h].contract[k] != NONE:
            return True
    return False


@rule
def hasten_transition(tables: Tables, tick: int) -> None:
    """Let municipalities skip a year whose hubs get as much from their region as they would lose.

    They get at least ``transition.enough`` times what tied titles would pay less next year
    (assumed; F052 says that faster is allowed, not when, and F055 that the fee is lower than
    older money in full). Their lead must be under contract. Nobody skips what pays nothing.
    """
    params = tables.params[0]
    if params.transition_by_date:
        return
    for m in range(len(tables.municipalities)):
        place = tables.municipalities[m]
        if place.run_down == NONE or place.run_over:
            continue
        if place.left_out or not is_under_contract(tables, int(place.lead), tick):
            continue
        skipped = tied_in_year(tables, m, tick)
        given = 0.0
        for h in range(place.first_hub, place.first_hub + place.hubs):
            if _has_tied(tables, h):
                given = given + 4.0 * tables.hubs[h].from_region
        if skipped > 0.0 and given >= params.transition_enough * skipped:
            place.run_ahead = place.run_ahead + 4
            me = party(tables, Kind.MUNICIPALITY, m)
            other = party(tables, Kind.ORGANISATION, place.lead)
            note(tables, tick, me, Event.RUN_DOWN_HASTENED, other, Cause.MEANS)
