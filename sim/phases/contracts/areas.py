"""Phase 6, first part: which alliance holds which municipalities, and the area it asks for."""

from __future__ import annotations

from agents.compiled.record import NONE, IntArray
from agents.compiled.rule import rule
from sim.common.alliances import alliance_of
from sim.phases.contracts.asking import ask_areas
from sim.phases.contracts.pieces import is_asked_by, walk_piece
from sim.tables import Tables


@rule
def measure_areas(tables: Tables, tick: int) -> None:
    """Find who holds at least half of each municipality, and measure the areas that are asked for.

    An alliance that leaves nothing out asks for all it holds.
    """
    counter = tables.counter[0]
    for o in range(counter.organisations):
        organisation = tables.organisations[o]
        organisation.held = 0
        organisation.area_insured = 0
        organisation.area_practices = 0
        organisation.area_mandated = 0
        organisation.area_mandated_insured = 0
        organisation.area_members = 0
        organisation.area_members_insured = 0
        organisation.left_out = 0
        organisation.contiguous = False
    counts = tables.scratch.holding
    for o in range(counter.organisations):
        counts[o] = 0
    for m in range(len(tables.municipalities)):
        _hold_municipality(tables, m, counts)
    ask_areas(tables, tick)
    for m in range(len(tables.municipalities)):
        if tables.municipalities[m].lead != NONE:
            _measure_municipality(tables, m)
    for o in range(counter.organisations):
        if tables.organisations[o].held > 0:
            tables.organisations[o].contiguous = _is_contiguous(tables, o)


@rule
def _hold_municipality(tables: Tables, m: int, counts: IntArray) -> None:
    """Find the alliance that holds municipality ``m``; ``counts`` are zero before and after."""
    place = tables.municipalities[m]
    place.lead = NONE
    for step in range(2):
        for h in range(place.first_hub, place.first_hub + place.hubs):
            i = tables.hubs[h].first
            while i != NONE:
                practice = tables.practices[i]
                if practice.alive and practice.organisation != NONE:
                    holder = alliance_of(tables, practice.organisation)
                    if step == 0:
                        counts[holder] += 1
                        # Half exactly may be held by two: the one with more patients has it.
                        if 2 * counts[holder] >= place.practices:
                            place.lead = _larger(tables, place.lead, holder)
                    else:
                        counts[holder] = 0
                i = practice.next_in_hub
    if place.lead != NONE:
        tables.organisations[place.lead].held = tables.organisations[place.lead].held + 1


@rule
def _measure_municipality(tables: Tables, m: int) -> None:
    """Add municipality ``m`` to the area of its lead, or to what that leaves out."""
    place = tables.municipalities[m]
    for h in range(place.first_hub, place.first_hub + place.hubs):
        i = tables.hubs[h].first
        while i != NONE:
            practice = tables.practices[i]
            if practice.alive:
                holder = NONE
                if practice.organisation != NONE:
                    holder = alliance_of(tables, practice.organisation)
                if not place.left_out:
                    _add_to_area(tables, place.lead, holder, i)
                elif holder == place.lead:
                    lead = tables.organisations[place.lead]
                    lead.left_out = lead.left_out + practice.patients
            i = practice.next_in_hub


@rule
def _larger(tables: Tables, a: int, b: int) -> int:
    if a == NONE or a == b:
        return b
    first = tables.organisations[a]
    second = tables.organisations[b]
    if first.patients == second.patients:
        return a if first.id < second.id else b
    return a if first.patients > second.patients else b


@rule
def _add_to_area(tables: Tables, lead: int, holder: int, i: int) -> None:
    practice = tables.practices[i]
    organisation = tables.organisations[lead]
    organisation.area_practices = organisation.area_practices + 1
    organisation.area_insured = organisation.area_insured + practice.patients
    if holder == lead:
        organisation.area_members = organisation.area_members + 1
        organisation.area_members_insured = organisation.area_members_insured + practice.patients
    if holder == lead and practice.mandate:
        organisation.area_mandated = organisation.area_mandated + 1
        organisation.area_mandated_insured = organisation.area_mandated_insured + practice.patients


@rule
def _is_contiguous(tables: Tables, o: int) -> bool:
    """Return whether the municipalities that ``o`` asks for are in one piece."""
    reached = tables.scratch.reached
    start = NONE
    asked = 0
    for m in range(len(tables.municipalities)):
        reached[m] = 0
        if is_asked_by(tables, m, o):
            asked = asked + 1
            start = min(start, m)
    if start == NONE:
        return False
    return bool(walk_piece(tables, o, start, 1, reached, tables.scratch.to_visit) == asked)
