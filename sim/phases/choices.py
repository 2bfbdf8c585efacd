"""Phase 4, practices choose: membership, mandate and taking part in the hub.

All choose at once on what they saw last quarter: choices are worked out first and carried out
after, so that the order of rows does not matter.
"""

from __future__ import annotations

from agents.draws import draw, gumbel, logistic, normal, stream, whole
from agents.practice import (
    Contact,
    distance,
    find_counterpart,
    give_mandate,
    value_hub,
    value_membership,
)
from agents.record import NONE
from agents.rule import rule
from agents.words import Cause, Event, Kind, Plan
from sim.ledger import note, party
from sim.phases.areas import alliance_of
from sim.phases.demand import count_areas
from sim.phases.plus import review_plus
from sim.phases.worth import money_at, worth_at
from sim.tables import Tables

CHOOSE = stream("choice.membership")
TASTE = stream("choice.taste")
TASTE_TURN = stream("choice.taste.turn")
MANDATE = stream("choice.mandate")
ACTIVE = stream("choice.hub")
REVIEW = stream("choice.review")
ADMIT = stream("choice.admission")


@rule
def choose_all(tables: Tables, tick: int) -> None:
    """Fourth quarter: every practice chooses for next year."""
    if tick % 4 != 3 or not tables.params[0].decide_practice:
        return
    _open_doors(tables)
    rows = tables.counter[0].practices
    wanted = tables.scratch.wanted
    causes = tables.scratch.why_wanted
    joins = tables.scratch.joins_hub
    hub_causes = tables.scratch.why_joins
    for i in range(rows):
        if tables.practices[i].alive:
            own = tables.practices[i].organisation
            wanted[i] = own
            causes[i] = Cause.MEMORY
            if own == NONE or _reconsiders(tables, i, tick):
                wanted[i], causes[i] = prefer_organisation(tables, i, tick)
            joins[i], hub_causes[i] = prefer_hub(tables, i, tick)
    hold_to_rules(tables, tick)
    for i in range(rows):
        if tables.practices[i].alive:
            move_practice(tables, i, wanted[i], causes[i], tick)
            review_mandate(tables, i, tick)
            take_part(tables, i, joins[i] == 1, hub_causes[i], tick)
            review_plus(tables, i, tick)
    count_areas(tables)


@rule
def _reconsiders(tables: Tables, i: int, tick: int) -> bool:
    """Return whether practice ``i`` asks itself this year if it is in the right organisation."""
    lot = draw(tables.counter[0].seed, REVIEW, tables.practices[i].id, 0, tick)
    return lot < tables.params[0].choice_review


@rule
def hold_to_rules(tables: Tables, tick: int) -> None:
    """Hold what practices want to the rules of organisations: who may leave, who may join."""
    params = tables.params[0]
    rows = tables.counter[0].practices
    wanted = tables.scratch.wanted
    if params.organisation_exit == 1:
        for i in range(rows):
            practice = tables.practices[i]
            if practice.alive and practice.organisation != NONE:
                wanted[i] = practice.organisation
    # Who is turned away tries the next best, until nobody is turned away any more.
    refused = params.organisation_admission == 1
    while refused:
        refused = _admit_all(tables, tick)


@rule
def _open_doors(tables: Tables) -> None:
    """Begin a year in which every organisation may admit members again."""
    for o in range(tables.counter[0].organisations):
        tables.organisations[o].closed = False


@rule
def _admit_all(tables: Tables, tick: int) -> bool:
    """Let every open organisation look at its applicants, in the order of ids.

    Returns whether somebody was turned away.
    """
    refused = False
    rows = tables.counter[0].organisations
    looked = tables.scratch.looked
    for o in range(rows):
        organisation = tables.organisations[o]
        looked[o] = 0 if organisation.alive and not organisation.closed else 1
    for _ in range(rows):
        first = NONE
        for o in range(rows):
            if looked[o] == 0:
                if first == NONE or tables.organisations[o].id < tables.organisations[first].id:
                    first = o
        if first == NONE:
            break
        looked[first] = 1
        if _admit(tables, first, tick):
            refused = True
    return refused


@rule
def _admit(tables: Tables, o: int, tick: int) -> bool:
    """Let members of ``o`` admit as many applicants as is best for themselves, drawn by lot.

    Returns whether somebody was turned away; those apply elsewhere.
    """
    seed = tables.counter[0].seed
    organisation = tables.organisations[o]
    wanted = tables.scratch.wanted
    rows = tables.counter[0].practices
    applicants = 0
    patients = 0.0
    for i in range(rows):
        practice = tables.practices[i]
        if practice.alive and wanted[i] == o and practice.organisation != o:
            applicants = applicants + 1
            patients = patients + float(practice.patients)
    if applicants == 0:
        return False
    each = patients / float(applicants)
    room = 0
    most = -1.0
    for k in range(applicants + 1):
        insured = float(organisation.patients) + each * float(k)
        money = money_at(tables, o, insured, tick)
        worth = worth_at(tables, o, organisation.members + k, insured, money)
        if worth > most:
            most = worth
            room = k
    if room == applicants:
        return False
    organisation.closed = True
    lots = tables.scratch.lots
    for i in range(rows):
        lots[i] = 2.0
        practice = tables.practices[i]
        if practice.alive and wanted[i] == o and practice.organisation != o:
            lots[i] = draw(seed, ADMIT, practice.id, organisation.id, tick)
    for i in range(rows):
        if lots[i] > 1.0:
            continue
        before = 0
        for j in range(rows):
            if lots[j] < lots[i]:
                before = before + 1
        if before >= room:
            wanted[i], tables.scratch.why_wanted[i] = prefer_organisation(tables, i, tick)
    return True


@rule
def practice_chooses(tables: Tables, i: int, tick: int) -> int:
    """Let practice ``i`` alone choose its organisation and carry the choice out; return it."""
    _open_doors(tables)
    choice, cause = prefer_organisation(tables, i, tick)
    wanted = tables.scratch.wanted
    for j in range(tables.counter[0].practices):
        wanted[j] = tables.practices[j].organisation
    wanted[i] = choice
    tables.scratch.why_wanted[i] = cause
    hold_to_rules(tables, tick)
    choice = int(wanted[i])
    move_practice(tables, i, choice, cause, tick)
    review_mandate(tables, i, tick)
    review_plus(tables, i, tick)
    count_areas(tables)
    return choice


@rule
def lasting(tables: Tables, number: int, other: int, tick: int) -> float:
    """Return the lasting standard normal taste of ``number`` for ``other``.

    Each pair redraws after 1/``choice.redraw`` years, at a moment of its own.
    """
    seed = tables.counter[0].seed
    rate = tables.params[0].choice_redraw
    epoch = 0
    if rate > 0.0:
        turn = draw(seed, TASTE_TURN, number, other, 0)
        epoch = int(float(tick) * rate / 4.0 + turn)
    return normal(draw(seed, TASTE, number, other, epoch))


@rule
def share_of_neighbours(tables: Tables, i: int, organisation: int) -> float:
    """Return the share of the other practices in the hub area that are its members.

    A practice without neighbours sees neither encouragement nor discouragement: one half.
    """
    others = 0
    members = 0
    j = tables.hubs[tables.practices[i].hub].first
    while j != NONE:
        other = tables.practices[j]
        if other.alive and j != i:
            others = others + 1
            if other.organisation == organisation:
                members = members + 1
        j = other.next_in_hub
    if others == 0:
        return 0.5
    return float(members) / float(others)


@rule
def perceive(tables: Tables, i: int, k: int, tick: int) -> Contact:
    """Return what practice ``i`` perceives of its ``k``-th counterpart."""
    params = tables.params[0]
    practice = tables.practices[i]
    o = practice.counterpart[k]
    insurer = tables.insurers[tables.municipalities[practice.municipality].preferred]
    switching = 0.0
    if practice.organisation != NONE and practice.organisation != o:
        switching = params.choice_switching
    number = tables.organisations[o].id
    taste = 0.0
    if params.choice_taste > 0.0:
        taste = params.choice_taste * lasting(tables, practice.id, number, tick)
    near = share_of_neighbours(tables, i, o)
    # In a crisis counts who can be addressed for the whole municipality (C49).
    crisis = 0.0
    if tables.municipalities[practice.municipality].lead == alliance_of(tables, o):
        crisis = tables.policy[tick].crisis
    return Contact(practice.trust[k], taste, near, insurer.pressure, switching, crisis)


@rule
def prefer_organisation(tables: Tables, i: int, tick: int) -> tuple[int, int]:
    """Return the organisation that practice ``i`` prefers (row or ``NONE``), and the cause."""
    params = tables.params[0]
    seed = tables.counter[0].seed
    practice = tables.practices[i]
    best = NONE
    best_cause: int = Cause.NOISE
    highest = params.choice_noise * gumbel(draw(seed, CHOOSE, practice.id, 0, tick))
    if practice.organisation != NONE:
        highest = highest - params.choice_switching
    if params.choice_refuse:
        return best, best_cause
    for k in range(len(practice.counterpart)):
        o = practice.counterpart[k]
        if o == NONE:
            continue
        organisation = tables.organisations[o]
        km = distance(practice.x, practice.y, organisation.x, organisation.y)
        if not organisation.alive or km > params.choice_vision:
            continue
        if organisation.entrant:
            continue
        if organisation.closed and o != practice.organisation:
            continue
        contact = perceive(tables, i, k, tick)
        value, cause = value_membership(practice, organisation, contact, params)
        noise = params.choice_noise * gumbel(draw(seed, CHOOSE, practice.id, organisation.id, tick))
        if value + noise > highest:
            highest = value + noise
            best = o
            best_cause = cause
            if abs(noise) > abs(value):
                best_cause = Cause.NOISE
    return best, best_cause


@rule
def move_practice(tables: Tables, i: int, choice: int, cause: int, tick: int) -> None:
    """Carry out the choice of practice ``i``: leave, and join."""
    practice = tables.practices[i]
    if choice == practice.organisation:
        return
    me = party(tables, Kind.PRACTICE, i)
    if practice.organisation != NONE:
        old = party(tables, Kind.ORGANISATION, practice.organisation)
        note(tables, tick, me, Event.LEFT, old, cause)
    if choice != NONE:
        note(tables, tick, me, Event.JOINED, party(tables, Kind.ORGANISATION, choice), cause)
    practice.organisation = choice
    practice.plus_named = 0
    practice.mandate = False


@rule
def review_mandate(tables: Tables, i: int, tick: int) -> None:
    """Let a member give or withdraw its mandate: a logit of membership without neighbours.

    The draw lasts for years, so that a mandate changes when its worth does, not by noise.
    """
    params = tables.params[0]
    practice = tables.practices[i]
    o = practice.organisation
    given = False
    if o != NONE:
        k = find_counterpart(practice, o)
        if k != NONE:
            seen = perceive(tables, i, k, tick)
            contact = Contact(seen.trust, seen.taste, 0.5, seen.pressure, 0.0, seen.crisis)
            organisation = tables.organisations[o]
            value, _ = value_membership(practice, organisation, contact, params)
            seed = tables.counter[0].seed
            lasts = whole(4.0 * params.choice_mandate_years)
            turn = whole(float(lasts) * draw(seed, MANDATE, practice.id, organisation.id, 0))
            lot = draw(seed, MANDATE, practice.id, organisation.id, 1 + (tick + turn) // lasts)
            given = give_mandate(practice, value, lot, params.choice_refuse)
    if given != practice.mandate:
        what = Event.MANDATE_GIVEN if given else Event.MANDATE_WITHDRAWN
        other = NONE
        if o != NONE:
            other = party(tables, Kind.ORGANISATION, o)
        note(tables, tick, party(tables, Kind.PRACTICE, i), what, other, Cause.MANDATE)
    practice.mandate = given


@rule
def prefer_hub(tables: Tables, i: int, tick: int) -> tuple[int, int]:
    """Return 1 where practice ``i`` wants to take part in its hub, else 0, and the cause."""
    params = tables.params[0]
    practice = tables.practices[i]
    hub = tables.hubs[practice.hub]
    joint = tables.municipalities[practice.municipality].joint
    pay = 0.0
    if hub.plan == Plan.RUNNING:
        pay = params.hub_attendance
    own = (hub.stage, hub.service, joint, hub.autonomy)
    value, cause = value_hub(practice, own, hub.active, pay, params)
    # As with a mandate: the draw lasts, so that it is the worth of taking part that decides.
    seed = tables.counter[0].seed
    lasts = whole(4.0 * params.choice_mandate_years)
    turn = whole(float(lasts) * draw(seed, ACTIVE, practice.id, hub.id, 0))
    lot = draw(seed, ACTIVE, practice.id, hub.id, 1 + (tick + turn) // lasts)
    if params.choice_refuse or lot >= logistic(value):
        return 0, cause
    return 1, cause


@rule
def take_part(tables: Tables, i: int, active: bool, cause: int, tick: int) -> None:
    """Carry out whether practice ``i`` takes part in its hub."""
    practice = tables.practices[i]
    if active == practice.active:
        return
    what = Event.HUB_JOINED if active else Event.HUB_LEFT
    other = party(tables, Kind.HUB, practice.hub)
    note(tables, tick, party(tables, Kind.PRACTICE, i), what, other, cause)
    practice.active = active
