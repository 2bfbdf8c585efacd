"""Health centres: who is a member of one, whose lists earn its titles, who is employed there."""

from __future__ import annotations

from agents.compiled.draws import draw, stream
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.practice import distance
from agents.title import Title
from agents.words import Origin, Stage
from sim.tables import Tables

EMPLOY = stream("centre.employ")


@rule
def is_centre(tables: Tables, h: int) -> bool:
    """Return whether the hub of area ``h`` is a health centre with members of its own."""
    return bool(tables.params[0].centre_members and tables.hubs[h].origin == Origin.HEALTH_CENTRE)


@rule
def pays_lists(tables: Tables, title: Title) -> bool:
    """Return whether a title pays a hub for lists of members of its centre, not for its area."""
    return bool(tables.params[0].centre_members and title.origin == Origin.HEALTH_CENTRE)


@rule
def serves_lists(tables: Tables, h: int) -> bool:
    """Return whether a health centre is there that works for members."""
    return is_centre(tables, h) and bool(tables.hubs[h].stage > Stage.NONE)


@rule
def form_centre(tables: Tables, h: int) -> None:
    """Make practices members of the centre of area ``h`` at the start, the nearest first."""
    params = tables.params[0]
    hub = tables.hubs[h]
    listed = 0
    lot = draw(tables.counter[0].population_seed, EMPLOY, hub.id, 0, 0)
    while float(listed) < params.centre_list:
        best: int = NONE
        least = 0.0
        i = hub.first
        while i != NONE:
            practice = tables.practices[i]
            if practice.centre == NONE:
                km = distance(hub.x, hub.y, practice.x, practice.y)
                if best == NONE or km < least:
                    best = i
                    least = km
            i = practice.next_in_hub
        if best == NONE:
            return
        listed = listed + tables.practices[best].patients
        tables.practices[best].centre = h
        tables.practices[best].salaried = lot < params.centre_salaried


@rule
def patients_listed(tables: Tables, h: int) -> int:
    """Return the patients on the lists of members of the centre of area ``h`` now."""
    patients = 0
    i = tables.hubs[h].first
    while i != NONE:
        practice = tables.practices[i]
        if practice.alive and practice.centre == h:
            patients = patients + practice.patients
        i = practice.next_in_hub
    return patients


@rule
def share_employed(tables: Tables, i: int) -> float:
    """Return the share of patients around practice ``i`` whose GPs a centre employs.

    As others see it: 0 for members of that centre.
    """
    h = tables.practices[i].hub
    if not serves_lists(tables, h) or tables.practices[i].centre == h:
        return 0.0
    employed = 0
    j = tables.hubs[h].first
    while j != NONE:
        practice = tables.practices[j]
        if practice.alive and practice.centre == h and practice.salaried:
            employed = employed + practice.patients
        j = practice.next_in_hub
    return float(employed) / float(max(1, tables.hubs[h].patients))
