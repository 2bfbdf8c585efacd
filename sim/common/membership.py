"""Who belongs to which organisation, and which organisations a practice knows."""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.municipality import FAR
from agents.organisation.regio_organisatie import engage, have_say
from agents.organisation.subregions import engage_within
from agents.practice import distance, find_counterpart
from agents.words import Domain
from sim.common.subregions import own_subregion
from sim.tables import Tables

METRE = 0.001
"""km by which a horizon lies farther than it needs to: sums of distances are rounded."""
NOWHERE = 1.0e307
"""km, beyond all that any practice looks for: where an organisation is that has ended."""


@rule
def count_members(tables: Tables) -> None:
    """List the members of every organisation anew and count them, with what follows from it."""
    list_members(tables)
    for o in range(tables.counter[0].organisations):
        _count(tables, o)


@rule
def list_members(tables: Tables) -> None:
    """Link the open members of every organisation, in ascending order of rows."""
    counter = tables.counter[0]
    for o in range(counter.organisations):
        tables.organisations[o].first = NONE
    for back in range(counter.practices):
        i = counter.practices - 1 - back
        practice = tables.practices[i]
        if practice.alive and practice.organisation != NONE:
            organisation = tables.organisations[practice.organisation]
            practice.next_member = organisation.first
            organisation.first = i


@rule
def recount(tables: Tables, a: int, b: int) -> None:
    """List and count the members of two organisations anew, after some went to the other."""
    i = tables.organisations[a].first
    j = tables.organisations[b].first
    last_a = NONE
    last_b = NONE
    tables.organisations[a].first = NONE
    tables.organisations[b].first = NONE
    while i != NONE or j != NONE:
        # NONE is above every row: the lower of both comes first.
        row = min(i, j)
        practice = tables.practices[row]
        if row == i:
            i = practice.next_member
        else:
            j = practice.next_member
        practice.next_member = NONE
        if practice.organisation == a:
            if last_a == NONE:
                tables.organisations[a].first = row
            else:
                tables.practices[last_a].next_member = row
            last_a = row
        else:
            if last_b == NONE:
                tables.organisations[b].first = row
            else:
                tables.practices[last_b].next_member = row
            last_b = row
    _count(tables, a)
    _count(tables, b)


@rule
def _count(tables: Tables, o: int) -> None:
    """Count the listed members of ``o``, and what follows from their number and mix."""
    params = tables.params[0]
    organisation = tables.organisations[o]
    forms = tables.scratch.forms
    organisation.members = 0
    organisation.patients = 0
    organisation.mandated = 0
    organisation.reach = 0.0
    organisation.haps = 0.0
    organisation.plus_share = 0.0
    for f in range(len(forms)):
        forms[f] = 0
    i = organisation.first
    while i != NONE:
        practice = tables.practices[i]
        organisation.members = organisation.members + 1
        organisation.patients = organisation.patients + practice.patients
        if practice.mandate:
            organisation.mandated = organisation.mandated + 1
        if practice.plus:
            organisation.plus_share = organisation.plus_share + 1.0
        km = distance(practice.x, practice.y, organisation.x, organisation.y)
        organisation.reach = organisation.reach + km
        hap = tables.municipalities[practice.municipality].partners[Domain.HAP]
        if hap != NONE and tables.partners[hap].organisation == o:
            organisation.haps = organisation.haps + float(practice.patients)
        forms[practice.form] += 1
        i = practice.next_member
    organisation.municipalities = _count_municipalities(tables, o)
    organisation.spared = _count_saved(tables, o)
    n = float(max(1, organisation.members))
    organisation.reach = organisation.reach / n
    organisation.plus_share = organisation.plus_share / n
    organisation.haps = organisation.haps / float(max(1, organisation.patients))
    squares = 0.0
    for f in range(len(forms)):
        share = float(forms[f]) / n
        squares = squares + share * share
    organisation.mixed = 1.0 - squares if organisation.members > 0 else 0.0
    if organisation.own > 0:
        _, own = own_subregion(tables, o)
        organisation.own = own
    organisation.engagement = engage_within(organisation, organisation.members, params)
    organisation.say = have_say(organisation.rights, organisation.seats, params)
    if organisation.entrant:
        # Nobody owns it but those it works for: units that buy count as members do.
        organisation.engagement = engage(organisation.buyers, 0, params)


@rule
def _count_municipalities(tables: Tables, o: int) -> int:
    """Return in how many municipalities ``o`` has members."""
    seen = tables.scratch.seen_towns
    i = tables.organisations[o].first
    while i != NONE:
        seen[tables.practices[i].municipality] = 0
        i = tables.practices[i].next_member
    count = 0
    i = tables.organisations[o].first
    while i != NONE:
        m = tables.practices[i].municipality
        if seen[m] == 0:
            seen[m] = 1
            count = count + 1
        i = tables.practices[i].next_member
    return count


@rule
def _count_saved(tables: Tables, o: int) -> float:
    """Return how many municipalities fewer ``o`` deals with, as some share a counterpart.

    To be called after ``_count_municipalities``, which marks where it has members.
    """
    saved = 0.0
    share = tables.params[0].municipality_share_saves
    i = tables.organisations[o].first
    while i != NONE:
        m = tables.practices[i].municipality
        if tables.scratch.seen_towns[m] == 1:
            tables.scratch.seen_towns[m] = 0
            sharers = tables.municipalities[m].sharers
            if sharers > 1:
                saved = saved + share * (1.0 - 1.0 / float(sharers))
        i = tables.practices[i].next_member
    return saved


@rule
def _farthest(tables: Tables, i: int) -> float:
    """Return how far away, in km, organisations are that practice ``i`` knows, at most.

    ``FAR`` while it could know more: then it would get to know any.
    """
    practice = tables.practices[i]
    far = 0.0
    for k in range(len(practice.counterpart)):
        o = practice.counterpart[k]
        if o == NONE:
            return FAR
        organisation = tables.organisations[o]
        far = max(far, distance(practice.x, practice.y, organisation.x, organisation.y))
    return far


@rule
def _look_out(tables: Tables, i: int) -> float:
    """Return a bound in km, from the centre of its municipality, on what practice ``i`` knows.

    An organisation beyond it is not known to the practice, nor nearer than one that is.
    """
    practice = tables.practices[i]
    place = tables.municipalities[practice.municipality]
    far = _farthest(tables, i)
    if far >= FAR:
        return FAR
    return far + distance(place.x, place.y, practice.x, practice.y) + METRE


@rule
def _within_horizon(tables: Tables, m: int, o: int) -> bool:
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
    if not new:
        place_others(tables, o)
    for m in range(len(tables.municipalities)):
        if not _within_horizon(tables, m, o):
            continue
        place = tables.municipalities[m]
        far = 0.0
        for h in range(place.first_hub, place.first_hub + place.hubs):
            i = tables.hubs[h].first
            while i != NONE:
                if tables.practices[i].alive:
                    if new:
                        get_to_know(tables, i, o)
                    else:
                        forget(tables, i, o)
                    far = max(far, _look_out(tables, i))
                i = tables.practices[i].next_in_hub
        place.horizon = far


@rule
def place_others(tables: Tables, o: int) -> None:
    """Write into scratch where organisations other than ``o`` are, close together."""
    for other in range(tables.counter[0].organisations):
        organisation = tables.organisations[other]
        gone = other == o or not organisation.alive
        tables.scratch.others_x[other] = NOWHERE if gone else organisation.x
        tables.scratch.others_y[other] = NOWHERE if gone else organisation.y


@rule
def meet_nearest(tables: Tables, i: int) -> None:
    """Let a new practice ``i``, which knows nobody, get to know the organisations nearest to it."""
    practice = tables.practices[i]
    far = FAR
    for o in range(tables.counter[0].organisations):
        organisation = tables.organisations[o]
        # Most are farther than all it knows, along one axis already.
        if abs(practice.x - organisation.x) > far or abs(practice.y - organisation.y) > far:
            continue
        if organisation.alive:
            get_to_know(tables, i, o)
            far = _farthest(tables, i)


@rule
def get_to_know(tables: Tables, i: int, o: int) -> None:
    """Put organisation ``o`` among the nearest that practice ``i`` knows, if it is one."""
    practice = tables.practices[i]
    organisation = tables.organisations[o]
    km = distance(practice.x, practice.y, organisation.x, organisation.y)
    slot = NONE
    farthest = km
    for k in range(len(practice.counterpart)):
        known = practice.counterpart[k]
        if known == NONE:
            slot = k
            break
        other = tables.organisations[known]
        away = distance(practice.x, practice.y, other.x, other.y)
        if known != practice.organisation and away > farthest:
            farthest = away
            slot = k
    if slot != NONE:
        practice.counterpart[slot] = o
        practice.trust[slot] = tables.municipalities[practice.municipality].trust_start


@rule
def forget(tables: Tables, i: int, o: int) -> None:
    """Strike organisation ``o`` from those practice ``i`` knows; the nearest other one comes in.

    Scratch must hold where the others are (``place_others``).
    """
    practice = tables.practices[i]
    slot = find_counterpart(practice, o)
    if slot == NONE:
        return
    practice.counterpart[slot] = NONE
    best = NONE
    least = 1.0e300
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
    if best != NONE:
        practice.counterpart[slot] = best
        practice.trust[slot] = tables.municipalities[practice.municipality].trust_start
