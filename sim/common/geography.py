"""Which alliance organises how much of the place of a practice: its municipality and HAP area."""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.words import Domain
from sim.common.alliances import alliance_of
from sim.tables import Tables


@rule
def survey_place(tables: Tables, i: int) -> float:
    """Return the largest share of the place of practice ``i`` that one alliance organises.

    Scratch (``placed``) then holds the share of each alliance that it may ask about: of the other
    open practices, the mean over its municipality and the area of its out-of-hours organisation
    (HAP), or of the municipality alone where there is none. Scratch must hold where areas lie
    (``find_areas``).
    """
    practice = tables.practices[i]
    town = practice.municipality
    hap = tables.municipalities[town].partners[Domain.HAP]
    placed = tables.scratch.placed
    for k in range(len(practice.counterpart)):
        o = practice.counterpart[k]
        if o != NONE:
            placed[alliance_of(tables, o)] = 0.0
    _clear(tables, town)
    here = float(max(1, tables.municipalities[town].practices - 1))
    if hap == NONE:
        return _add(tables, town, i, 1.0 / here)
    first = tables.scratch.area_first[hap]
    after = tables.scratch.area_after[hap]
    around = -1
    for m in range(first, after):
        if tables.municipalities[m].partners[Domain.HAP] == hap:
            _clear(tables, m)
            around = around + tables.municipalities[m].practices
    most = _add(tables, town, i, 0.5 / here)
    for m in range(first, after):
        if tables.municipalities[m].partners[Domain.HAP] == hap:
            most = max(most, _add(tables, m, i, 0.5 / float(max(1, around))))
    return most


@rule
def fall_behind(tables: Tables, o: int, most: float) -> float:
    """Return what the alliance of ``o`` organises less of the surveyed place than ``most``."""
    return max(0.0, most - tables.scratch.placed[alliance_of(tables, o)])


@rule
def _clear(tables: Tables, m: int) -> None:
    """Begin the shares of all alliances with members in municipality ``m`` at zero."""
    place = tables.municipalities[m]
    for h in range(place.first_hub, place.first_hub + place.hubs):
        j = tables.hubs[h].first
        while j != NONE:
            other = tables.practices[j]
            if other.alive and other.organisation != NONE:
                tables.scratch.placed[alliance_of(tables, other.organisation)] = 0.0
            j = other.next_in_hub


@rule
def _add(tables: Tables, m: int, i: int, weight: float) -> float:
    """Add ``weight`` for every practice in ``m`` but ``i`` to its alliance; return the largest."""
    placed = tables.scratch.placed
    most = 0.0
    place = tables.municipalities[m]
    for h in range(place.first_hub, place.first_hub + place.hubs):
        j = tables.hubs[h].first
        while j != NONE:
            other = tables.practices[j]
            if other.alive and j != i and other.organisation != NONE:
                a = alliance_of(tables, other.organisation)
                placed[a] = placed[a] + weight
                most = max(most, placed[a])
            j = other.next_in_hub
    return most
