"""Practices and patients of hub areas, units and municipalities, counted anew."""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import rule
from sim.tables import Tables


@rule
def count_areas(tables: Tables) -> None:
    """Recount practices and patients of hub areas, units and municipalities."""
    counter = tables.counter[0]
    for m in range(len(tables.municipalities)):
        tables.municipalities[m].practices = 0
    for u in range(counter.units):
        unit = tables.units[u]
        unit.members = 0
        unit.patients = 0
        unit.burden = 0.0
    for h in range(len(tables.hubs)):
        hub = tables.hubs[h]
        count = 0
        patients = 0
        active = 0
        free = 0
        i = hub.first
        while i != NONE:
            practice = tables.practices[i]
            if practice.alive:
                count = count + 1
                patients = patients + practice.patients
                if practice.active:
                    active = active + practice.patients
                if practice.organisation == NONE:
                    free = free + 1
                unit = tables.units[practice.unit]
                if unit.members == 0:
                    unit.chair = i
                    unit.hub = h
                    unit.x = practice.x
                    unit.y = practice.y
                unit.members = unit.members + 1
                unit.patients = unit.patients + practice.patients
                unit.burden = unit.burden + practice.burden
            i = practice.next_in_hub
        hub.practices = count
        hub.patients = patients
        hub.free = free
        hub.active = float(active) / float(max(1, patients))
        place = tables.municipalities[hub.municipality]
        place.practices = place.practices + count
    for u in range(counter.units):
        tables.units[u].alive = tables.units[u].members > 0


@rule
def count_registered(tables: Tables) -> float:
    """Return the registered patients of all practices."""
    total = 0.0
    for i in range(tables.counter[0].practices):
        practice = tables.practices[i]
        if practice.alive:
            total = total + float(practice.patients)
    return total
