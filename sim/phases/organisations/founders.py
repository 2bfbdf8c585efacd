"""Phase 5: hub areas found organisations, and practices get to know all that were founded at once.

Most are founded in a few years. Telling every practice of one after the other reads all practices
of a country as often as something is founded; here each is read once and told of all, in the order
in which they were founded.
"""

from __future__ import annotations

from agents.compiled.draws import draw, stream
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.organisation.regio_organisatie import want_found
from agents.practice import distance, find_counterpart
from agents.words import Group, Kind
from sim.common.founding import start_unknown
from sim.common.known import (
    farthest,
    get_to_know,
    how_far,
    look_out,
    place_others,
    within_horizon,
)
from sim.ledger import note, party
from sim.tables import Tables

FOUND = stream("organisation.found")
COST = stream("organisation.cost")


@rule
def found_all(tables: Tables, tick: int) -> None:
    """Let hub areas found organisations, which their free practices join if they know them."""
    # All look at the field as it was: who comes first in a table must not matter.
    existing = tables.counter[0].organisations
    place_others(tables, NONE)
    for h in range(len(tables.hubs)):
        found_here(tables, h, existing, tick)
    if tables.counter[0].organisations == existing:
        return
    place_others(tables, NONE)
    for m in range(len(tables.municipalities)):
        if _hears(tables, m, existing):
            _tell_town(tables, m, existing)
    for o in range(existing, tables.counter[0].organisations):
        _note_founded(tables, o, tick)


@rule
def found_here(tables: Tables, h: int, existing: int, tick: int) -> None:
    """Let hub area ``h`` found an organisation where half of it, and two, have none.

    It sees the first ``existing`` organisations: those from before this quarter. Scratch must hold
    where they are (``place_others``). Nobody knows the new one yet.
    """
    hub = tables.hubs[h]
    if hub.free < 2 or 2 * hub.free < hub.practices or tables.params[0].choice_refuse:
        return
    trust = tables.municipalities[hub.municipality].trust_start
    lot = draw(tables.counter[0].seed, FOUND, hub.id, 0, tick)
    # Most do not found even where nobody is near: then no distance needs to be known.
    if lot >= want_found(trust, 1.0e9, tables.params[0]):
        return
    nearest = 1.0e9
    for o in range(existing):
        # Most are farther than the nearest so far, along one axis already.
        if abs(hub.x - tables.scratch.others_x[o]) >= nearest or tables.organisations[o].entrant:
            continue
        km = distance(hub.x, hub.y, tables.scratch.others_x[o], tables.scratch.others_y[o])
        nearest = min(nearest, km)
    if lot >= want_found(trust, nearest, tables.params[0]):
        return
    o = start_unknown(tables, hub.id * 1000 + tick, h, COST, tick)
    if o == NONE:
        return
    organisation = tables.organisations[o]
    organisation.structure = tables.params[0].coordination_structure
    organisation.programmes[Group.DIABETES] = 1
    hub.free = 0


@rule
def _hears(tables: Tables, m: int, first: int) -> bool:
    """Return whether practices of municipality ``m`` may get to know one from row ``first`` on."""
    for o in range(first, tables.counter[0].organisations):
        if within_horizon(tables, m, o):
            return True
    return False


@rule
def _tell_town(tables: Tables, m: int, first: int) -> None:
    """Let practices of ``m`` know organisations from row ``first`` on; draw its horizon anew."""
    place = tables.municipalities[m]
    far = 0.0
    for h in range(place.first_hub, place.first_hub + place.hubs):
        i = tables.hubs[h].first
        while i != NONE:
            if tables.practices[i].alive:
                reach = _tell_of_all(tables, i, h, first)
                far = max(far, look_out(tables, i, reach))
            i = tables.practices[i].next_in_hub
    place.horizon = far


@rule
def _tell_of_all(tables: Tables, i: int, h: int, first: int) -> float:
    """Let practice ``i`` of hub area ``h`` know what is new and near; let it join its own, if free.

    Its own stays known whatever is founded nearer after it. Return how far it then knows
    organisations, in km.
    """
    practice = tables.practices[i]
    scratch = tables.scratch
    far = how_far(tables, i)
    for o in range(first, tables.counter[0].organisations):
        # Most are farther than all it knows, along one axis already.
        if abs(practice.x - scratch.seats_x[o]) > far or abs(practice.y - scratch.seats_y[o]) > far:
            continue
        get_to_know(tables, i, o)
        far = farthest(tables)
        if tables.organisations[o].founder == h and practice.organisation == NONE:
            if find_counterpart(practice, o) != NONE:
                practice.organisation = o
    return far


@rule
def _note_founded(tables: Tables, o: int, tick: int) -> None:
    """Note that ``o`` was founded, and who joined it."""
    h = tables.organisations[o].founder
    me = party(tables, Kind.ORGANISATION, o)
    note(tables, tick, me, Event.FOUNDED, party(tables, Kind.HUB, h), Cause.ISOLATION)
    i = tables.hubs[h].first
    while i != NONE:
        practice = tables.practices[i]
        if practice.alive and practice.organisation == o:
            who = party(tables, Kind.PRACTICE, i)
            note(tables, tick, who, Event.JOINED, me, Cause.ISOLATION)
        i = practice.next_in_hub
