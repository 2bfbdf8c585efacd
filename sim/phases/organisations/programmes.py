"""Phase 5, fourth part: chain programmes of organisations, and whose programme serves whom.

Where a bundle is paid per patient, several organisations may each serve a patient group of the
same practice: the own organisation where it runs the programme, another one where it does not.
"""

from __future__ import annotations

from agents.compiled.draws import draw, stream
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.organisation.regio_organisatie import want_programme
from agents.practice import distance, value_programme
from agents.sizes import CHAINS
from agents.title import pays_by_group
from agents.words import CostKind, Kind, PayUnit
from sim.common.booking import book_work
from sim.common.in_force import title_holds_at
from sim.common.programmes import runs_programme
from sim.common.taste import lasting
from sim.ledger import note, party
from sim.tables import Tables

START = stream("programme.start")
RETHINK = stream("programme.review")


@rule
def run_programmes(tables: Tables, tick: int) -> None:
    """Organisations start chain programmes; practices see who serves each chain."""
    params = tables.params[0]
    if not params.organisation_programmes:
        return
    if params.decide_organisation:
        for o in range(tables.counter[0].organisations):
            if tables.organisations[o].alive:
                start_programme(tables, o, tick)
    for i in range(tables.counter[0].practices):
        if tables.practices[i].alive:
            for g in range(CHAINS):
                practice_follows(tables, i, g, tick)


@rule
def programme_money(tables: Tables, o: int, g: int, tick: int) -> float:
    """Return EUR a year that group ``g`` of its members would bring ``o`` from next quarter on."""
    params = tables.params[0]
    group = tables.groups[g]
    later = min(tick + 1, len(tables.titles) - 1)
    total = 0.0
    for k in range(len(tables.tariffs)):
        title = tables.titles[later][k]
        holds = title.active and title_holds_at(tables, title, tables.organisations[o].municipality)
        if holds and title.receiver == Kind.ORGANISATION and pays_by_group(title):
            each = group.burden if title.unit == PayUnit.PATIENT else params.transaction_acts
            price = title.rate * tables.tariffs[k].rate * title.in_force * title.groups[g]
            total = total + price * each
    patients = tables.organisations[o].groups[g] * group.inclusion
    return total * patients * params.money_scale


@rule
def start_programme(tables: Tables, o: int, tick: int) -> None:
    """Let ``o`` start the next programme it does not run yet, where that brings enough."""
    organisation = tables.organisations[o]
    params = tables.params[0]
    first = NONE
    for g in range(CHAINS):
        if organisation.programmes[g] == 0 and first == NONE:
            first = g
    if first == NONE:
        return
    chance = want_programme(programme_money(tables, o, first, tick), params)
    if draw(tables.counter[0].seed, START, organisation.id, first, tick) >= chance:
        return
    organisation.programmes[first] = 1
    me = party(tables, Kind.ORGANISATION, o)
    note(tables, tick, me, Event.PROGRAMME_STARTED, NONE, Cause.MONEY)
    book_work(tables, o, params.organisation_programme_cost, CostKind.CONTRACT, tick)


@rule
def practice_follows(tables: Tables, i: int, g: int, tick: int) -> None:
    """Settle whose programme serves chain ``g`` of practice ``i`` next year.

    That of its own organisation; where that runs none, it chooses, and what it chose lasts
    until it reconsiders. Who is no member of any organisation has no chain care.
    """
    practice = tables.practices[i]
    params = tables.params[0]
    if practice.organisation == NONE or runs_programme(tables, practice.organisation, g):
        practice.chain[g] = practice.organisation
        return
    before = int(practice.chain[g])
    if before == practice.organisation or not runs_programme(tables, before, g):
        before = NONE
    lot = draw(tables.counter[0].seed, RETHINK, practice.id, g, tick)
    if not params.decide_practice or (before != NONE and lot >= params.choice_review):
        practice.chain[g] = before
        return
    choice = prefer_programme(tables, i, g, tick)
    practice.chain[g] = choice
    if choice != before and choice != NONE:
        me = party(tables, Kind.PRACTICE, i)
        other = party(tables, Kind.ORGANISATION, choice)
        note(tables, tick, me, Event.SUPPLIER_CHOSEN, other, Cause.COVERAGE)


@rule
def prefer_programme(tables: Tables, i: int, g: int, tick: int) -> int:
    """Return the organisation in vision whose programme practice ``i`` prefers, or ``NONE``."""
    practice = tables.practices[i]
    params = tables.params[0]
    best = NONE
    most = 0.0
    if params.choice_refuse:
        return best
    for k in range(len(practice.counterpart)):
        o = int(practice.counterpart[k])
        if not runs_programme(tables, o, g):
            continue
        organisation = tables.organisations[o]
        km = distance(practice.x, practice.y, organisation.x, organisation.y)
        if km > params.choice_vision:
            continue
        value = value_programme(organisation, practice.trust[k], km, params)
        if params.choice_taste > 0.0:
            taste = lasting(tables, practice.id, organisation.id, tick)
            value = value + params.choice_taste * taste
        if value > most:
            most = value
            best = o
    return best
