"""What a practice perceives of an organisation that it knows."""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.practice import Contact
from agents.title import NATIONAL
from sim.common.alliances import alliance_of
from sim.common.taste import lasting
from sim.tables import Tables


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
def perceive(tables: Tables, i: int, k: int, behind: float, tick: int) -> Contact:
    """Return what practice ``i`` perceives of its ``k``-th counterpart.

    ``behind`` (share) is what that organises less of its place than another
    (``sim.common.geography``).
    """
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
        crisis = tables.policy[tick][NATIONAL].crisis
    return Contact(
        trust=practice.trust[k],
        taste=taste,
        neighbours=near,
        pressure=insurer.pressure,
        switching=switching,
        crisis=crisis,
        behind=behind,
    )
