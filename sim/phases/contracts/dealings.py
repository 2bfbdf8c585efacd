"""Hours that practices and municipalities spend with external parties and each other."""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import inlined
from agents.words import CostKind, Domain, Kind, Phase, Stage
from sim.common.alliances import alliance_of
from sim.common.booking import put_cost, share_hours
from sim.common.patients import load_of
from sim.ledger import moment, party
from sim.tables import Tables


@inlined
def book_dealings(tables: Tables, i: int, tick: int) -> None:
    """Book a quarter of what practice ``i`` deals with external parties by itself, both sides."""
    practice = tables.practices[i]
    hours = 0.25 * deal_alone(tables, i)
    me = party(tables, Kind.PRACTICE, i)
    outside = party(tables, Kind.OUTSIDE, 0)
    practice.hours = practice.hours + hours
    share_hours(tables, me, outside, CostKind.MONITOR, hours, moment(tick, Phase.PUBLIC))
    cost = 2.0 * hours * tables.params[0].supply_wage
    put_cost(practice.transaction, CostKind.MONITOR, cost)


@inlined
def deal_alone(tables: Tables, i: int) -> float:
    """Return hours a year that practice ``i`` spends with external parties by itself (C32).

    With each as its patients ask. An agreement of its organisation, or a running hub with an
    adviser, takes over as much as the shared table covers.
    """
    params = tables.params[0]
    practice = tables.practices[i]
    place = tables.municipalities[practice.municipality]
    lead = NONE
    if practice.organisation != NONE:
        lead = alliance_of(tables, practice.organisation)
    parts = 0.0
    for d in range(Domain.HAP + 1, len(place.partners)):
        q = place.partners[d]
        alone = 1.0
        if q != NONE and lead != NONE and tables.partners[q].agreement == lead:
            alone = 1.0 - tables.partners[q].scope
        parts = parts + alone * load_of(tables, i, d)
    alone = 1.0
    if place.adviser and practice.active and tables.hubs[practice.hub].stage >= Stage.DRIVER:
        alone = 1.0 - place.trust
    return params.transaction_dealings * (parts + alone)
