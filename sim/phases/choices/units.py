"""Phase 4, fifth part: practices form, join and leave GP units, and units join organisations."""

from __future__ import annotations

from agents.compiled.draws import draw, logistic, stream
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.practice import distance, find_counterpart
from agents.sizes import SPLIT_OFF
from agents.unit import value_unit
from agents.words import Kind
from sim.common.counts import count_areas
from sim.ledger import note, party
from sim.population import start_unit
from sim.tables import Tables

REVIEW = stream("unit.review")
FOLLOW = stream("unit.follow")


@rule
def review_units(tables: Tables, tick: int) -> None:
    """Once a year practices reconsider their unit, and units whether they belong together."""
    params = tables.params[0]
    if not params.decide_unit or not params.decide_practice:
        return
    for i in range(tables.counter[0].practices):
        practice = tables.practices[i]
        if practice.alive:
            lot = draw(tables.counter[0].seed, REVIEW, practice.id, 0, tick)
            value, cause = value_unit(practice, practice.hub_trust, params)
            alone = tables.units[practice.unit].members <= 1
            if alone and lot < params.unit_review * logistic(value):
                _join(tables, i, cause, tick)
            elif not alone:
                # Leaving takes more than not joining.
                stays = logistic(value + params.choice_switching)
                if lot < params.unit_review * (1.0 - stays):
                    _leave(tables, i, cause, tick)
    count_areas(tables)
    if params.choice_refuse:
        return
    for u in range(tables.counter[0].units):
        if tables.units[u].alive and tables.units[u].members > 1:
            _join_region(tables, u, tick)
    count_areas(tables)


@rule
def _move(tables: Tables, i: int, u: int) -> None:
    """Move practice ``i`` to unit ``u``; members are counted as it goes."""
    practice = tables.practices[i]
    before = tables.units[practice.unit]
    before.members = before.members - 1
    practice.unit = u
    tables.units[u].members = tables.units[u].members + 1
    tables.units[u].alive = True


@rule
def _join(tables: Tables, i: int, cause: int, tick: int) -> None:
    """Let practice ``i`` join the unit of the nearest colleague whose unit has room.

    In its municipality: two that stand alone form a unit so.
    """
    practice = tables.practices[i]
    place = tables.municipalities[practice.municipality]
    best: int = NONE
    least = 0.0
    for h in range(place.first_hub, place.first_hub + place.hubs):
        j = tables.hubs[h].first
        while j != NONE:
            other = tables.practices[j]
            if other.alive and other.unit != practice.unit:
                if tables.units[other.unit].members < tables.params[0].population_unit_most:
                    km = distance(practice.x, practice.y, other.x, other.y)
                    if best == NONE or km < least:
                        best = j
                        least = km
            j = other.next_in_hub
    if best == NONE:
        return
    _move(tables, i, int(tables.practices[best].unit))
    me = party(tables, Kind.PRACTICE, i)
    note(tables, tick, me, Event.UNIT_JOINED, party(tables, Kind.PRACTICE, best), cause)


@rule
def _leave(tables: Tables, i: int, cause: int, tick: int) -> None:
    """Let practice ``i`` leave its unit for one of its own."""
    counter = tables.counter[0]
    practice = tables.practices[i]
    old = int(practice.unit)
    u = int(counter.units)
    if u >= len(tables.units):
        return
    counter.units = u + 1
    start_unit(tables, u, SPLIT_OFF + practice.id * 1000 + tick, i)
    _move(tables, i, u)
    other: int = NONE
    if tables.units[old].chair != i:
        other = party(tables, Kind.PRACTICE, tables.units[old].chair)
    note(tables, tick, party(tables, Kind.PRACTICE, i), Event.UNIT_LEFT, other, cause)


@rule
def _join_region(tables: Tables, u: int, tick: int) -> None:
    """Let a unit join, as a whole, the organisation that most of its patients belong to."""
    params = tables.params[0]
    unit = tables.units[u]
    lot = draw(tables.counter[0].seed, FOLLOW, unit.id, 0, tick)
    if lot >= params.unit_region:
        return
    o = int(tables.practices[unit.chair].organisation)
    if o == NONE or tables.organisations[o].closed:
        return
    place = tables.municipalities[unit.municipality]
    inside = 0
    for h in range(place.first_hub, place.first_hub + place.hubs):
        i = tables.hubs[h].first
        while i != NONE:
            practice = tables.practices[i]
            if practice.alive and practice.unit == u and practice.organisation == o:
                inside = inside + practice.patients
            i = practice.next_in_hub
    if 2 * inside <= unit.patients:
        return
    for h in range(place.first_hub, place.first_hub + place.hubs):
        i = tables.hubs[h].first
        while i != NONE:
            practice = tables.practices[i]
            free = practice.alive and practice.unit == u and practice.organisation == NONE
            if free and find_counterpart(practice, o) != NONE:
                practice.organisation = o
                me = party(tables, Kind.PRACTICE, i)
                other = party(tables, Kind.ORGANISATION, o)
                note(tables, tick, me, Event.UNIT_FOLLOWED, other, Cause.UNIT)
            i = practice.next_in_hub
