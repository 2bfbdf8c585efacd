"""Larger bodies: who may do a single function for an organisation at the scale of both (S1 4.3)."""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.practice import distance
from agents.words import Kind, LegalForm
from sim.common.cost import promise
from sim.tables import Tables


@rule
def count_hosted(tables: Tables) -> None:
    """Count, per organisation, the functions of others that it does."""
    first = int(tables.offsets[Kind.ORGANISATION])
    for o in range(tables.counter[0].organisations):
        tables.organisations[o].hosts = 0
    for o in range(tables.counter[0].organisations):
        organisation = tables.organisations[o]
        for f in range(len(tables.functions)):
            if organisation.alive and organisation.bought[f] != NONE:
                host = tables.organisations[organisation.bought[f] - first]
                host.hosts = host.hosts + 1


@rule
def buys_from_others(tables: Tables, o: int) -> bool:
    """Return whether another organisation with members does a function for ``o``."""
    first = int(tables.offsets[Kind.ORGANISATION])
    for f in range(len(tables.functions)):
        supplier = tables.organisations[o].bought[f]
        if supplier != NONE and not tables.organisations[supplier - first].entrant:
            return True
    return False


@rule
def does_for_others(tables: Tables, o: int, other: int, f: int) -> bool:
    """Return whether ``other`` may do function ``f`` for ``o``: a larger body within reach.

    An umbrella or entrant; or an organisation with a legal person and more clients there, which
    has nothing done by another one itself: work is handed on once.
    """
    organisation = tables.organisations[o]
    body = tables.organisations[other]
    if other == o or not body.alive:
        return False
    km = distance(organisation.x, organisation.y, body.x, body.y)
    if km > tables.params[0].choice_vision:
        return False
    if body.entrant:
        return True
    if organisation.hosts > 0 or body.legal == LegalForm.NETWORK or body.bought[f] != NONE:
        return False
    return bool(body.clients[f] > float(organisation.patients)) and not buys_from_others(
        tables, other
    )


@rule
def joint_promise(tables: Tables, o: int, other: int, f: int, per_patient: float) -> float:
    """Return the coverage of function ``f`` for EUR ``per_patient`` a year at the scale of both.

    A facility organisation keeps a part of what it is paid.
    """
    body = tables.organisations[other]
    size = body.clients[f] + float(tables.organisations[o].patients) + body.outside
    money = per_patient
    if not body.entrant:
        money = per_patient * (1.0 - tables.params[0].supply_host_margin)
    return promise(tables, f, size, body.level, money)
