"""Phase 6, first part: which alliance holds which municipalities, and whether they are one area."""

from __future__ import annotations

from agents.compiled.record import NONE, IntArray
from agents.compiled.rule import rule
from sim.common.alliances import alliance_of
from sim.tables import Tables


@rule
def measure_areas(tables: Tables) -> None:
    """Find the alliance that holds at least half of each municipality, and measure its area."""
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
        organisation.contiguous = False
    counts = tables.scratch.holding
    for o in range(counter.organisations):
        counts[o] = 0
    for m in range(len(tables.municipalities)):
        _measure_municipality(tables, m, counts)
    reached = tables.scratch.reached
    stack = tables.scratch.to_visit
    for o in range(counter.organisations):
        if tables.organisations[o].held > 0:
            tables.organisations[o].contiguous = _is_contiguous(tables, o, reached, stack)


@rule
def _measure_municipality(tables: Tables, m: int, counts: IntArray) -> None:
    place = tables.municipalities[m]
    place.lead = NONE
    for step in range(3):
        for h in range(place.first_hub, place.first_hub + place.hubs):
            i = tables.hubs[h].first
            while i != NONE:
                practice = tables.practices[i]
                if practice.alive:
                    holder = NONE
                    if practice.organisation != NONE:
                        holder = alliance_of(tables, practice.organisation)
                    if step == 0 and holder != NONE:
                        counts[holder] += 1
                        # Half exactly may be held by two: the one with more patients has it.
                        if 2 * counts[holder] >= place.practices:
                            place.lead = _larger(tables, place.lead, holder)
                    elif step == 1 and holder != NONE:
                        counts[holder] = 0
                    elif step == 2 and place.lead != NONE:
                        _add_to_area(tables, place.lead, holder, i)
                i = practice.next_in_hub
    if place.lead != NONE:
        tables.organisations[place.lead].held = tables.organisations[place.lead].held + 1


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
def _is_contiguous(tables: Tables, o: int, reached: IntArray, stack: IntArray) -> bool:
    """Return whether the municipalities held by ``o`` are in one piece (depth-first)."""
    start = NONE
    for m in range(len(tables.municipalities)):
        reached[m] = 0
        if tables.municipalities[m].lead == o and start == NONE:
            start = m
    if start == NONE:
        return False
    stack[0] = start
    reached[start] = 1
    depth = 1
    count = 0
    while depth > 0:
        depth = depth - 1
        m = stack[depth]
        count = count + 1
        place = tables.municipalities[m]
        for b in range(place.neighbour_count):
            other = place.neighbours[b]
            if reached[other] == 0 and tables.municipalities[other].lead == o:
                reached[other] = 1
                stack[depth] = other
                depth = depth + 1
    return bool(count == tables.organisations[o].held)
