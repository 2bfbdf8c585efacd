"""Phase 6, first part: the area for which an alliance asks the contract of next year (F053)."""

from __future__ import annotations

from typing import NamedTuple

from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.title import Title
from agents.words import Kind, MandateOf
from sim.common.alliances import alliance_of
from sim.common.in_force import title_holds_at
from sim.ledger import note, party
from sim.phases.contracts.pieces import is_asked_by, walk_piece
from sim.tables import Tables

WHOLE = 1
"""Label of an area that need not be in one piece."""


class Stand(NamedTuple):
    """Practices and insured of an area, and of those the ones that mandate whoever holds it."""

    practices: int
    mandated: int
    insured: int
    mandated_insured: int


@rule
def strictest_title(tables: Tables, m: int, tick: int) -> int:
    """Return the title of next quarter that asks organisations in ``m`` the highest mandate.

    ``NONE`` where none asks one. What a title lets be short is taken off.
    """
    later = min(tick + 1, len(tables.titles) - 1)
    found = NONE
    most = 0.0
    for k in range(len(tables.tariffs)):
        title = tables.titles[later][k]
        holds = title.active and title.contract and title_holds_at(tables, title, m)
        asked = title.mandate * (1.0 - title.mandate_short)
        if holds and title.receiver == Kind.ORGANISATION and asked > most:
            most = asked
            found = k
    return found


@rule
def passes(stand: Stand, title: Title) -> bool:
    """Return whether an area has the insured and the mandate that a title asks."""
    if stand.practices == 0 or stand.insured < title.minimum:
        return False
    if title.mandate <= 0.0:
        return True
    lacking = 0.0
    if title.mandate_of != MandateOf.INHABITANTS:
        lacking = title.mandate - float(stand.mandated) / float(max(1, stand.practices))
    if title.mandate_of != MandateOf.PRACTICES:
        given = float(stand.mandated_insured) / float(max(1, stand.insured))
        lacking = max(lacking, title.mandate - given)
    return bool(lacking / title.mandate <= title.mandate_short)


@rule
def ask_areas(tables: Tables, tick: int) -> None:
    """Let every alliance ask for an area of its choice: it leaves out where it is weakest."""
    was = tables.scratch.was_left_out
    for m in range(len(tables.municipalities)):
        was[m] = 1 if tables.municipalities[m].left_out else 0
        tables.municipalities[m].left_out = False
    if not tables.params[0].contract_ask_area:
        return
    later = min(tick + 1, len(tables.titles) - 1)
    for m in range(len(tables.municipalities)):
        if tables.municipalities[m].lead != NONE:
            _take_stand(tables, m)
    for o in range(tables.counter[0].organisations):
        organisation = tables.organisations[o]
        if organisation.held > 0:
            k = strictest_title(tables, organisation.municipality, tick)
            if k != NONE:
                _ask(tables, o, tables.titles[later][k])
    for m in range(len(tables.municipalities)):
        place = tables.municipalities[m]
        if place.left_out and was[m] == 0:
            me = party(tables, Kind.ORGANISATION, place.lead)
            where = party(tables, Kind.MUNICIPALITY, m)
            note(tables, tick, me, Event.AREA_LEFT_OUT, where, tables.scratch.why_left_out[m])


@rule
def _take_stand(tables: Tables, m: int) -> None:
    """Write into scratch what the alliance that leads municipality ``m`` has there."""
    scratch = tables.scratch
    place = tables.municipalities[m]
    scratch.stand_mandated[m] = 0
    scratch.stand_insured[m] = 0
    scratch.stand_mandated_insured[m] = 0
    for h in range(place.first_hub, place.first_hub + place.hubs):
        i = tables.hubs[h].first
        while i != NONE:
            practice = tables.practices[i]
            if practice.alive:
                scratch.stand_insured[m] += practice.patients
                mandates = practice.mandate and practice.organisation != NONE
                if mandates and alliance_of(tables, practice.organisation) == place.lead:
                    scratch.stand_mandated[m] += 1
                    scratch.stand_mandated_insured[m] += practice.patients
            i = practice.next_in_hub


@rule
def _ask(tables: Tables, o: int, title: Title) -> None:
    """Leave out municipalities of ``o`` until a piece passes; all stay in where none ever does."""
    reached = tables.scratch.reached
    while True:
        label = _best_piece(tables, o, title)
        if label != NONE:
            for m in range(len(tables.municipalities)):
                if is_asked_by(tables, m, o) and reached[m] != label:
                    _leave_out(tables, m, Cause.CONTIGUITY)
            return
        weakest = _weakest(tables, o)
        if weakest == NONE:
            break
        _leave_out(tables, weakest, Cause.MANDATE)
    for m in range(len(tables.municipalities)):
        if tables.municipalities[m].lead == o:
            tables.municipalities[m].left_out = False


@rule
def _leave_out(tables: Tables, m: int, cause: int) -> None:
    tables.municipalities[m].left_out = True
    tables.scratch.why_left_out[m] = cause


@rule
def _best_piece(tables: Tables, o: int, title: Title) -> int:
    """Return the label in scratch (``reached``) of the largest piece that passes, or ``NONE``."""
    reached = tables.scratch.reached
    stack = tables.scratch.to_visit
    for m in range(len(tables.municipalities)):
        whole = not title.contiguous and is_asked_by(tables, m, o)
        reached[m] = WHOLE if whole else 0
    if not title.contiguous:
        return WHOLE if passes(_stand_of(tables, WHOLE), title) else NONE
    best = NONE
    most = -1
    for m in range(len(tables.municipalities)):
        if reached[m] != 0 or not is_asked_by(tables, m, o):
            continue
        label = m + 1
        walk_piece(tables, o, m, label, reached, stack)
        stand = _stand_of(tables, label)
        if stand.insured > most and passes(stand, title):
            most = stand.insured
            best = label
    return best


@rule
def _stand_of(tables: Tables, label: int) -> Stand:
    """Return what an alliance has in the municipalities with this label."""
    scratch = tables.scratch
    practices = 0
    mandated = 0
    insured = 0
    mandated_insured = 0
    for m in range(len(tables.municipalities)):
        if scratch.reached[m] == label:
            practices = practices + tables.municipalities[m].practices
            mandated = mandated + scratch.stand_mandated[m]
            insured = insured + scratch.stand_insured[m]
            mandated_insured = mandated_insured + scratch.stand_mandated_insured[m]
    return Stand(
        practices=practices,
        mandated=mandated,
        insured=insured,
        mandated_insured=mandated_insured,
    )


@rule
def _weakest(tables: Tables, o: int) -> int:
    """Return the municipality asked for in which ``o`` has the least mandate, or ``NONE``.

    Of equals the one with fewer insured, then the lower id.
    """
    found = NONE
    for m in range(len(tables.municipalities)):
        if is_asked_by(tables, m, o):
            if found == NONE or _is_weaker(tables, m, found):
                found = m
    return found


@rule
def _is_weaker(tables: Tables, one: int, other: int) -> bool:
    scratch = tables.scratch
    here = scratch.stand_mandated[one] * tables.municipalities[other].practices
    there = scratch.stand_mandated[other] * tables.municipalities[one].practices
    if here != there:
        return bool(here < there)
    if scratch.stand_insured[one] != scratch.stand_insured[other]:
        return bool(scratch.stand_insured[one] < scratch.stand_insured[other])
    return bool(tables.municipalities[one].id < tables.municipalities[other].id)
