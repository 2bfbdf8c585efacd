"""Which organisations a practice knows: those nearest to it, as they come and go."""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.municipality import FAR
from agents.practice import distance, find_counterpart
from sim.tables import Tables

METRE = 0.001
"""km by which a horizon lies farther than it needs to: sums of distances are rounded."""
NEARBY = 1.5
"""Times as far as a practice knows organisations: up to there another is looked for first."""
BEYOND = 1.0e300
"""km, beyond all that is somewhere."""
NOWHERE = 1.0e307
"""km, beyond all that any practice looks for: where an organisation is that has ended."""


@rule
def how_far(tables: Tables, i: int) -> float:
    """Return how far away, in km, organisations are that practice ``i`` knows, at most.

    ``FAR`` while it could know more: then it would get to know any. How far each is stays in
    scratch, which must hold where organisations are (``place_others``).
    """
    practice = tables.practices[i]
    scratch = tables.scratch
    for k in range(len(practice.counterpart)):
        o = practice.counterpart[k]
        scratch.away[k] = FAR
        if o != NONE:
            scratch.away[k] = distance(
                practice.x, practice.y, scratch.seats_x[o], scratch.seats_y[o]
            )
    return farthest(tables)


@rule
def farthest(tables: Tables) -> float:
    """Return how far those are at most whose distances are in scratch (``how_far``)."""
    away = tables.scratch.away
    far = 0.0
    for k in range(len(away)):
        far = max(far, away[k])
    return far


@rule
def look_out(tables: Tables, i: int, far: float) -> float:
    """Return a bound in km, from the centre of its municipality, on what practice ``i`` knows.

    It knows organisations as ``far`` as that. One beyond the bound is not known to it, nor nearer
    than one that is.
    """
    practice = tables.practices[i]
    place = tables.municipalities[practice.municipality]
    if far >= FAR:
        return FAR
    return far + distance(place.x, place.y, practice.x, practice.y) + METRE


@rule
def within_horizon(tables: Tables, m: int, o: int) -> bool:
    """Return whether practices of municipality ``m`` may know ``o``, or get to know it."""
    place = tables.municipalities[m]
    organisation = tables.organisations[o]
    return bool(distance(place.x, place.y, organisation.x, organisation.y) <= place.horizon)


@rule
def become_known(tables: Tables, o: int) -> None:
    """Put a new organisation ``o`` among the nearest that practices know."""
    _tell(tables, o, True)


@rule
def be_forgotten(tables: Tables, o: int) -> None:
    """Strike organisation ``o`` from those that practices know."""
    _tell(tables, o, False)


@rule
def _tell(tables: Tables, o: int, new: bool) -> None:
    """Let practices know ``o``, or forget it; draw the horizons of their municipalities anew."""
    place_others(tables, NONE if new else o)
    for m in range(len(tables.municipalities)):
        if not within_horizon(tables, m, o):
            continue
        place = tables.municipalities[m]
        far = 0.0
        for h in range(place.first_hub, place.first_hub + place.hubs):
            i = tables.hubs[h].first
            while i != NONE:
                if tables.practices[i].alive:
                    reach = how_far(tables, i)
                    if new:
                        get_to_know(tables, i, o)
                        reach = farthest(tables)
                    elif find_counterpart(tables.practices[i], o) != NONE:
                        forget(tables, i, o, reach)
                        reach = how_far(tables, i)
                    far = max(far, look_out(tables, i, reach))
                i = tables.practices[i].next_in_hub
        place.horizon = far


@rule
def place_others(tables: Tables, o: int) -> None:
    """Write into scratch where organisations other than ``o`` are, close together.

    A record of one is thirty lines of a processor's cache: who asks all of them where they are
    waits for memory, and does not where it reads two short columns.
    """
    scratch = tables.scratch
    for other in range(tables.counter[0].organisations):
        organisation = tables.organisations[other]
        gone = other == o or not organisation.alive
        scratch.seats_x[other] = organisation.x
        scratch.seats_y[other] = organisation.y
        scratch.others_x[other] = NOWHERE if gone else organisation.x
        scratch.others_y[other] = NOWHERE if gone else organisation.y


@rule
def meet_nearest(tables: Tables, i: int) -> None:
    """Let a new practice ``i``, which knows nobody, get to know the organisations nearest to it.

    Scratch must hold where organisations are (``place_others``).
    """
    practice = tables.practices[i]
    far = how_far(tables, i)
    for o in range(tables.counter[0].organisations):
        # Most are farther than all it knows, along one axis already.
        if abs(practice.x - tables.scratch.others_x[o]) > far:
            continue
        if abs(practice.y - tables.scratch.others_y[o]) > far:
            continue
        if tables.organisations[o].alive:
            get_to_know(tables, i, o)
            far = farthest(tables)


@rule
def get_to_know(tables: Tables, i: int, o: int) -> None:
    """Put organisation ``o`` among the nearest that practice ``i`` knows, if it is one.

    Of two at one place the one with the lower id is the nearer, whichever came first. Scratch must
    hold where organisations are (``place_others``), and how far those that it knows (``how_far``):
    a practice is told of many one after the other, and their distances are worked out once.
    """
    practice = tables.practices[i]
    scratch = tables.scratch
    here = distance(practice.x, practice.y, scratch.seats_x[o], scratch.seats_y[o])
    slot = NONE
    most = here
    last = o
    for k in range(len(practice.counterpart)):
        known = practice.counterpart[k]
        if known == NONE:
            slot = k
            break
        if known == practice.organisation:
            continue
        away = scratch.away[k]
        later = away > most
        if away == most:
            later = tables.organisations[known].id > tables.organisations[last].id
        if later:
            most = away
            last = known
            slot = k
    if slot != NONE:
        scratch.away[slot] = here
        practice.counterpart[slot] = o
        practice.trust[slot] = tables.municipalities[practice.municipality].trust_start


@rule
def forget(tables: Tables, i: int, o: int, far: float) -> None:
    """Strike organisation ``o``, which practice ``i`` knows; the nearest other one comes in.

    It knows organisations as ``far`` as that, in km: the next is hardly ever much farther, and so
    is looked for nearby first. Scratch must hold where the others are (``place_others``).
    """
    practice = tables.practices[i]
    slot = find_counterpart(practice, o)
    practice.counterpart[slot] = NONE
    best = _nearest_unknown(tables, i, NEARBY * far)
    if best == NONE:
        best = _nearest_unknown(tables, i, BEYOND)
    if best != NONE:
        practice.counterpart[slot] = best
        practice.trust[slot] = tables.municipalities[practice.municipality].trust_start


@rule
def _nearest_unknown(tables: Tables, i: int, most: float) -> int:
    """Return the nearest organisation that practice ``i`` does not know, or none within ``most``.

    Kilometres. Of two as near it is the one with the lower id.
    """
    practice = tables.practices[i]
    best = NONE
    least = most
    for other in range(tables.counter[0].organisations):
        x = tables.scratch.others_x[other]
        y = tables.scratch.others_y[other]
        # Most are farther than the best so far, along one axis already.
        if abs(practice.x - x) > least or abs(practice.y - y) > least:
            continue
        km = distance(practice.x, practice.y, x, y)
        if km > least:
            continue
        if find_counterpart(practice, other) != NONE:
            continue
        nearer = km < least
        if km == least and best != NONE:
            nearer = tables.organisations[other].id < tables.organisations[best].id
        if nearer:
            least = km
            best = other
    return best
