"""Which alliance organises how much of the place of a practice: its municipality and HAP area.

What a municipality and its area hold is counted once for all practices there. What an alliance
organises is then added up practice by practice, the asking one left out, as if it were counted.
"""

from __future__ import annotations

from agents.compiled.record import NONE, IntArray
from agents.compiled.rule import rule
from agents.words import Domain
from sim.common.alliances import alliance_of, find_areas
from sim.tables import Tables


@rule
def begin_surveys(tables: Tables) -> None:
    """Find where areas lie, and forget what was surveyed: to be called before a round of asking."""
    find_areas(tables)
    tables.scratch.survey[0] = NONE
    tables.scratch.survey[3] = NONE


@rule
def survey_place(tables: Tables, i: int) -> float:
    """Return the largest share of the place of practice ``i`` that one alliance organises.

    Scratch (``placed``) then holds the share of each alliance that it may ask about: of the other
    open practices, the mean over its municipality and the area of its out-of-hours organisation
    (HAP), or of the municipality alone where there is none. Nobody may have moved since
    ``begin_surveys``.
    """
    practice = tables.practices[i]
    scratch = tables.scratch
    placed = scratch.placed
    if scratch.survey[0] != practice.municipality:
        _survey(tables, int(practice.municipality))
    for k in range(len(practice.counterpart)):
        o = practice.counterpart[k]
        if o != NONE:
            placed[alliance_of(tables, o)] = 0.0
    own: int = NONE
    if practice.organisation != NONE:
        own = alliance_of(tables, practice.organisation)
    most = 0.0
    for n in range(scratch.survey[1]):
        a = scratch.surveyed[n]
        placed[a] = scratch.share_held[a]
        if a == own:
            here = scratch.held_here[a] - 1
            placed[a] = _share(tables, int(practice.municipality), here, scratch.held_around[a] - 1)
        most = max(most, placed[a])
    return most


@rule
def fall_behind(tables: Tables, o: int, most: float) -> float:
    """Return what the alliance of ``o`` organises less of the surveyed place than ``most``."""
    return max(0.0, most - tables.scratch.placed[alliance_of(tables, o)])


@rule
def _survey(tables: Tables, town: int) -> None:
    """Count by alliance the practices of municipality ``town`` and of the area of its HAP."""
    scratch = tables.scratch
    scratch.survey[0] = town
    hap = int(tables.municipalities[town].partners[Domain.HAP])
    if hap == NONE or hap != scratch.survey[3]:
        _survey_area(tables, hap)
    for n in range(scratch.survey[1]):
        scratch.held_here[scratch.surveyed[n]] = 0
    _count(tables, town, scratch.held_here)
    for n in range(scratch.survey[1]):
        a = scratch.surveyed[n]
        here = scratch.held_here[a]
        scratch.share_held[a] = _share(tables, town, here, scratch.held_around[a])


@rule
def _survey_area(tables: Tables, hap: int) -> None:
    """Count by alliance the practices of the area of a HAP, once for all towns there."""
    scratch = tables.scratch
    scratch.survey[1] = 0
    scratch.survey[2] = -1
    scratch.survey[3] = hap
    if hap == NONE:
        return
    for m in range(scratch.area_first[hap], scratch.area_after[hap]):
        if tables.municipalities[m].partners[Domain.HAP] == hap:
            scratch.survey[2] = scratch.survey[2] + tables.municipalities[m].practices
            _count(tables, m, scratch.held_around)


@rule
def _count(tables: Tables, m: int, held: IntArray) -> None:
    """Add the practices of municipality ``m`` to what each alliance holds, new ones to the list."""
    scratch = tables.scratch
    place = tables.municipalities[m]
    for h in range(place.first_hub, place.first_hub + place.hubs):
        j = tables.hubs[h].first
        while j != NONE:
            other = tables.practices[j]
            if other.alive and other.organisation != NONE:
                a = alliance_of(tables, other.organisation)
                if not _listed(tables, a):
                    scratch.surveyed[scratch.survey[1]] = a
                    scratch.survey[1] = scratch.survey[1] + 1
                    scratch.held_here[a] = 0
                    scratch.held_around[a] = 0
                held[a] = held[a] + 1
            j = other.next_in_hub


@rule
def _listed(tables: Tables, a: int) -> bool:
    """Return whether alliance ``a`` was met in this survey: there are few."""
    for n in range(tables.scratch.survey[1]):
        if tables.scratch.surveyed[n] == a:
            return True
    return False


@rule
def _share(tables: Tables, town: int, here: int, around: int) -> float:
    """Return the share of a place that an alliance organises with so many other practices.

    Added up one by one: a product would differ in its last bit.
    """
    one = 1.0 / float(max(1, tables.municipalities[town].practices - 1))
    if tables.municipalities[town].partners[Domain.HAP] != NONE:
        one = 0.5 / float(max(1, tables.municipalities[town].practices - 1))
    share = 0.0
    for _ in range(here):
        share = share + one
    one = 0.5 / float(max(1, tables.scratch.survey[2]))
    for _ in range(around):
        share = share + one
    return share
