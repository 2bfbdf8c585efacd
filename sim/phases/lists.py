"""Phase 2, demand: lists and patient groups grow; practices open, close, merge and grow."""

from __future__ import annotations

from agents.compiled.draws import draw, stream, whole
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.practice import distance
from agents.words import Kind, PracticeForm
from sim.common.counts import count_areas
from sim.common.groups import compose_groups, weigh_groups
from sim.common.known import meet_nearest, place_others
from sim.ledger import Failure, note, party
from sim.population import start_practice, start_unit
from sim.tables import Tables

CLOSE = stream("demand.close")
OPEN = stream("demand.open")
MERGE = stream("demand.merge")
GROW = stream("demand.grow")


@rule
def meet_demand(tables: Tables, tick: int) -> None:
    """Lists and patient groups grow; practices open, close, merge and grow."""
    for m in range(len(tables.municipalities)):
        _grow_lists(tables, m)
    if 2006 + tick // 4 >= tables.params[0].population_from:
        rows = tables.counter[0].practices
        for i in range(rows):
            if tables.practices[i].alive:
                practice_changes(tables, i, tick)
        place_others(tables, NONE)
        for h in range(len(tables.hubs)):
            _open_practice(tables, h, tick)
    count_areas(tables)


@rule
def _grow_lists(tables: Tables, m: int) -> None:
    params = tables.params[0]
    place = tables.municipalities[m]
    old = place.population
    new = whole(float(old) * (1.0 + params.population_growth))
    reached = 0.0
    before = 0
    for h in range(place.first_hub, place.first_hub + place.hubs):
        i = tables.hubs[h].first
        while i != NONE:
            practice = tables.practices[i]
            if practice.alive and practice.patients > 0:
                reached = reached + float(practice.patients)
                edge = whole(float(new) * reached / float(max(1, old)))
                growth = float(edge - before) / float(practice.patients)
                practice.patients = edge - before
                before = edge
                _age_groups(tables, i, growth)
            i = practice.next_in_hub
    place.population = before


@rule
def _age_groups(tables: Tables, i: int, growth: float) -> None:
    practice = tables.practices[i]
    rest = float(practice.patients)
    last = len(tables.groups) - 1
    for g in range(last):
        count = min(rest, practice.groups[g] * growth * tables.groups[g].growth)
        practice.groups[g] = count
        rest = rest - count
    practice.groups[last] = rest
    weigh_groups(tables, i)


@rule
def _nearest_practice(tables: Tables, i: int) -> int:
    """Return the nearest other open practice in the hub area, else in the municipality."""
    practice = tables.practices[i]
    place = tables.municipalities[practice.municipality]
    best = NONE
    nearest = 1.0e300
    for wider in range(2):
        low = practice.hub
        high = practice.hub + 1
        if wider == 1:
            low = place.first_hub
            high = place.first_hub + place.hubs
        for h in range(low, high):
            j = tables.hubs[h].first
            while j != NONE:
                other = tables.practices[j]
                if other.alive and j != i:
                    km = distance(practice.x, practice.y, other.x, other.y)
                    if km < nearest:
                        nearest = km
                        best = j
                j = other.next_in_hub
        if best != NONE:
            return best
    return best


@rule
def _hand_over(tables: Tables, i: int, j: int, tick: int) -> None:
    """Close practice ``i``; practice ``j`` takes its list."""
    gone = tables.practices[i]
    heir = tables.practices[j]
    heir.patients = heir.patients + gone.patients
    for g in range(len(heir.groups)):
        heir.groups[g] = heir.groups[g] + gone.groups[g]
        gone.groups[g] = 0.0
    weigh_groups(tables, j)
    gone.patients = 0
    gone.burden = 0.0
    gone.alive = False
    gone.active = False
    gone.mandate = False
    gone.organisation = NONE
    gone.closed = tick
    _leave_area(tables, i)


@rule
def _leave_area(tables: Tables, i: int) -> None:
    """Take practice ``i`` out of the list of its hub area, which is walked every quarter."""
    gone = tables.practices[i]
    hub = tables.hubs[gone.hub]
    if hub.first == i:
        hub.first = gone.next_in_hub
        return
    j = hub.first
    while tables.practices[j].next_in_hub != i:
        j = tables.practices[j].next_in_hub
    tables.practices[j].next_in_hub = gone.next_in_hub


@rule
def practice_changes(tables: Tables, i: int, tick: int) -> None:
    """Let practice ``i`` close, merge into its nearest colleague, or take a partner."""
    params = tables.params[0]
    seed = tables.counter[0].seed
    practice = tables.practices[i]
    me = party(tables, Kind.PRACTICE, i)
    if draw(seed, CLOSE, practice.id, 0, tick) < params.population_close:
        j = _nearest_practice(tables, i)
        if j != NONE:
            _hand_over(tables, i, j, tick)
            other = party(tables, Kind.PRACTICE, j)
            note(tables, tick, me, Event.PRACTICE_CLOSED, other, Cause.DEMOGRAPHY)
            return
    if draw(seed, MERGE, practice.id, 0, tick) < params.population_merge:
        j = _nearest_practice(tables, i)
        if j != NONE:
            heir = tables.practices[j]
            heir.form = min(PracticeForm.GROUP, heir.form + 1)
            _hand_over(tables, i, j, tick)
            other = party(tables, Kind.PRACTICE, j)
            note(tables, tick, me, Event.PRACTICE_MERGED, other, Cause.DEMOGRAPHY)
            return
    if practice.form < PracticeForm.GROUP:
        if draw(seed, GROW, practice.id, 0, tick) < params.population_grow:
            practice.form = practice.form + 1
            note(tables, tick, me, Event.PRACTICE_GREW, me, Cause.DEMOGRAPHY)


@rule
def _leave_for(tables: Tables, i: int, row: int, fair: float) -> int:
    """Let a share ``fair`` of practice ``i`` go to a new one with their condition; return them."""
    practice = tables.practices[i]
    leave = int(float(practice.patients) * fair)
    if practice.patients > 0:
        keep = float(practice.patients - leave) / float(practice.patients)
        for g in range(len(practice.groups)):
            stays = practice.groups[g] * keep
            tables.practices[row].groups[g] += practice.groups[g] - stays
            practice.groups[g] = stays
    practice.patients = practice.patients - leave
    weigh_groups(tables, i)
    return leave


@rule
def _open_practice(tables: Tables, h: int, tick: int) -> None:
    params = tables.params[0]
    counter = tables.counter[0]
    hub = tables.hubs[h]
    count = 0
    patients = 0
    i = hub.first
    while i != NONE:
        if tables.practices[i].alive:
            count = count + 1
            patients = patients + tables.practices[i].patients
        i = tables.practices[i].next_in_hub
    if count == 0 or draw(counter.seed, OPEN, hub.id, 0, tick) >= params.population_open * float(
        count
    ):
        return
    fair = params.population_open_share / float(count + 1)
    if float(patients) * fair < 1.0:
        return
    row = counter.practices
    if row >= len(tables.practices):
        counter.failure = Failure.FULL_PRACTICES
        return
    # Take from each list in the area in turn; nobody is counted twice.
    moved = 0
    i = hub.first
    while i != NONE:
        if tables.practices[i].alive:
            moved = moved + _leave_for(tables, i, row, fair)
        i = tables.practices[i].next_in_hub
    counter.practices = row + 1
    # Ids come from founder and quarter, never from a counter (2**32: apart from first ids).
    start_practice(tables, row, 4294967296 + hub.id * 1000 + tick, h)
    practice = tables.practices[row]
    practice.form = PracticeForm.DUO
    practice.patients = moved
    practice.opened = tick
    if tables.params[0].demand_moves:
        weigh_groups(tables, row)
    else:
        compose_groups(tables, row, 1.0)
    meet_nearest(tables, row)
    _join_unit(tables, row)
    me = party(tables, Kind.PRACTICE, row)
    note(tables, tick, me, Event.PRACTICE_OPENED, party(tables, Kind.HUB, h), Cause.DEMOGRAPHY)


@rule
def _join_unit(tables: Tables, i: int) -> None:
    """Let a new practice join the smallest unit of its municipality with room, or start one."""
    counter = tables.counter[0]
    practice = tables.practices[i]
    place = tables.municipalities[practice.municipality]
    best = NONE
    fewest = tables.params[0].population_unit_most
    for h in range(place.first_hub, place.first_hub + place.hubs):
        j = tables.hubs[h].first
        while j != NONE:
            u = tables.practices[j].unit
            if tables.practices[j].alive and u != NONE:
                unit = tables.units[u]
                smaller = unit.members < fewest
                if best != NONE and unit.members == fewest:
                    smaller = unit.id < tables.units[best].id
                if smaller:
                    fewest = unit.members
                    best = u
            j = tables.practices[j].next_in_hub
    if best == NONE:
        best = counter.units
        if best >= len(tables.units):
            counter.failure = Failure.FULL_UNITS
            return
        counter.units = best + 1
        start_unit(tables, best, practice.id, i)
    practice.unit = best
    tables.units[best].members = tables.units[best].members + 1
