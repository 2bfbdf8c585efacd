"""Phase 4, first part: which organisation a practice prefers, by what it perceives of each."""

from __future__ import annotations

from agents.compiled.draws import draw, gumbel, stream
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause
from agents.practice import Contact, distance, value_membership
from sim.common.alliances import alliance_of
from sim.common.taste import lasting
from sim.tables import Tables

CHOOSE = stream("choice.membership")


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
    return Contact(
        trust=practice.trust[k],
        taste=taste,
        neighbours=near,
        pressure=insurer.pressure,
        switching=switching,
        crisis=crisis,
    )


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
