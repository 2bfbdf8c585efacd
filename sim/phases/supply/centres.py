"""Phase 10, supply: what health centres do for their members, and who joins or leaves one."""

from __future__ import annotations

from agents.centre import value_centre
from agents.compiled.draws import draw, logistic, stream
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.hub import cost_manager
from agents.upkeep import cost_upkeep
from agents.words import Kind, Manager, Phase
from sim.common.centres import is_centre, patients_listed, serves_lists
from sim.common.cost import local_cost
from sim.ledger import Posting, cents_of, moment, note, party, transfer
from sim.tables import Tables

REVIEW = stream("centre.review")


@rule
def work_of_hub(tables: Tables, h: int) -> float:
    """Return EUR a quarter of a hub's own work: hours, and a manager that it pays itself."""
    params = tables.params[0]
    hub = tables.hubs[h]
    work = hub.hours * params.supply_wage
    if hub.manager != Manager.REGION:
        work = work + 0.25 * cost_manager(hub.manager, hub.fte, params)
    return float(work)


@rule
def pay_umbrellas(tables: Tables, tick: int) -> None:
    """Let centres pay their umbrella for what can move up of their functions.

    Of what their own work and base leave.
    """
    for h in range(len(tables.hubs)):
        hub = tables.hubs[h]
        if hub.umbrella == NONE or hub.list_money <= 0.0:
            continue
        me = party(tables, Kind.HUB, h)
        body = tables.organisations[hub.umbrella]
        seller = party(tables, Kind.ORGANISATION, hub.umbrella)
        whole = 0.0
        for f in range(len(tables.functions)):
            whole = whole + hub.money[f]
        first = work_of_hub(tables, h) + cost_upkeep(hub, tables.params[0])
        left = max(0.0, 1.0 - first / hub.revenue)
        lists = left * hub.list_money / whole
        for f in range(len(tables.functions)):
            euros = lists * hub.money[f] * (1.0 - tables.functions[f].local)
            cents = max(0, min(cents_of(euros), tables.accounts[me].balance))
            transfer(tables, me, seller, Posting.PURCHASE, cents, moment(tick, Phase.SUPPLY))
            paid = float(cents) / 100.0
            hub.money[f] = hub.money[f] - paid
            hub.list_money = hub.list_money - paid
            hub.revenue = hub.revenue - paid
            body.money[f] = body.money[f] + paid
            body.revenue = body.revenue + paid


@rule
def for_lists(tables: Tables, h: int) -> float:
    """Return the share of a hub's money for functions that is for members of its centre."""
    hub = tables.hubs[h]
    if hub.list_money <= 0.0:
        return 0.0
    whole = 0.0
    for f in range(len(tables.functions)):
        whole = whole + hub.money[f]
    return min(1.0, hub.list_money / whole) if whole > 0.0 else 0.0


@rule
def review_centres(tables: Tables, tick: int) -> None:
    """Practices join the health centre of their area or leave it; one that ended has no members."""
    if not tables.params[0].decide_practice:
        return
    for h in range(len(tables.hubs)):
        if is_centre(tables, h):
            _review_centre(tables, h, tick)


@rule
def _review_centre(tables: Tables, h: int, tick: int) -> None:
    params = tables.params[0]
    hub = tables.hubs[h]
    m = int(hub.municipality)
    runs = serves_lists(tables, h)
    listed = patients_listed(tables, h)
    i = hub.first
    while i != NONE:
        practice = tables.practices[i]
        support = hub.listed_local * local_cost(tables, float(practice.patients), m)
        value, cause = value_centre(practice, support, params)
        lot = draw(tables.counter[0].seed, REVIEW, practice.id, hub.id, tick)
        room = float(listed + practice.patients) <= params.centre_most
        if not practice.alive:
            practice.centre = NONE
        elif practice.centre == h:
            leaves = lot < params.centre_review * (1.0 - logistic(value))
            if not runs:
                _leave(tables, i, Cause.GONE, tick)
            elif leaves and not practice.salaried:
                _leave(tables, i, cause, tick)
        elif runs and room and practice.active and not params.choice_refuse:
            if lot < params.centre_join * logistic(value):
                practice.centre = h
                listed = listed + practice.patients
                me = party(tables, Kind.PRACTICE, i)
                note(tables, tick, me, Event.CENTRE_JOINED, party(tables, Kind.HUB, h), cause)
        i = practice.next_in_hub


@rule
def _leave(tables: Tables, i: int, cause: int, tick: int) -> None:
    """Let practice ``i`` leave its centre; who was employed there is so no more."""
    practice = tables.practices[i]
    centre = party(tables, Kind.HUB, practice.centre)
    practice.centre = NONE
    practice.salaried = False
    note(tables, tick, party(tables, Kind.PRACTICE, i), Event.CENTRE_LEFT, centre, cause)
