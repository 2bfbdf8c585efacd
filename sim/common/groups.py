"""The patients of a practice by group: prevalences, and what its place makes of them."""

from __future__ import annotations

from agents.compiled.draws import clip, draw, lognormal, normal, stream
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.hub import Hub
from agents.parameters import Parameters
from agents.words import Group
from sim.tables import Tables

LOCAL = stream("population.local")
STATUS = stream("population.status")

POOR = 0.4
"""Share of persons with one of the 40% lowest incomes of the country, in the whole country."""
LEAST_POOR = 0.01


@rule
def compose_groups(tables: Tables, i: int, factor: float) -> None:
    """Split the list of practice ``i`` into patient groups; ``factor`` is its need."""
    practice = tables.practices[i]
    params = tables.params[0]
    place = tables.municipalities[practice.municipality]
    area = tables.hubs[practice.hub]
    elderly = place.share_65 * params.population_75 * area.old
    rest = float(practice.patients)
    for g in range(len(tables.groups) - 1):
        share = tables.groups[g].prevalence * factor
        if g == Group.FRAIL:
            share = (tables.groups[g].prevalence + elderly * params.population_frail) * factor
        elif g == Group.GGZ:
            share = share * place.ggz
        share = share * area.status
        count = min(rest, share * tables.groups[g].start * float(practice.patients))
        practice.groups[g] = count
        rest = rest - count
    practice.groups[len(tables.groups) - 1] = rest
    weigh_groups(tables, i)


@rule
def weigh_groups(tables: Tables, i: int) -> None:
    """Recompute the burden of practice ``i`` and the share of each group in it."""
    practice = tables.practices[i]
    total = 0.0
    for g in range(len(tables.groups)):
        total = total + practice.groups[g] * tables.groups[g].burden
    practice.burden = total
    for g in range(len(tables.groups)):
        if total > 0.0:
            practice.weights[g] = practice.groups[g] * tables.groups[g].burden / total
        else:
            practice.weights[g] = 1.0 / float(len(tables.groups))


@rule
def elderly_of(hub: Hub, lot: float, params: Parameters) -> float:
    """Return the share of elderly of a hub area over that of its municipality (F010, factor).

    As its region lists it, else drawn; without ``demand.local`` all are alike.
    """
    if params.demand_local <= 0.0:
        return 1.0
    if hub.old > 0.0:
        return float(hub.old)
    return lognormal(lot, 1.0, params.demand_local)


@rule
def poor_of(hub: Hub, lot: float, params: Parameters) -> float:
    """Return the share of a hub area with one of the 40% lowest incomes: as listed, or drawn."""
    if hub.poor > 0.0:
        return float(hub.poor)
    return clip(POOR + params.demand_ses_spread * normal(lot), LEAST_POOR, 1.0)


@rule
def more_ill(poor: float, params: Parameters) -> float:
    """Return the factor on patients with a condition where a share ``poor`` has low incomes (C37).

    Of them ``1 + demand.ses`` times as many have it as of others; 1 where incomes are as in the
    whole country.
    """
    return (1.0 + params.demand_ses * poor) / (1.0 + params.demand_ses * POOR)


@rule
def patients_here(tables: Tables, h: int) -> float:
    """Return the patients of the practices in hub area ``h``."""
    patients = 0.0
    i = tables.hubs[h].first
    while i != NONE:
        patients = patients + float(tables.practices[i].patients)
        i = tables.practices[i].next_in_hub
    return patients


@rule
def set_local_need(tables: Tables, m: int) -> None:
    """Set how hub areas of municipality ``m`` differ in elderly and in patients, by status (C37).

    The patients of the whole municipality stay, but where its region lists incomes: then it may
    have more or fewer than others.
    """
    params = tables.params[0]
    seed = tables.counter[0].population_seed
    place = tables.municipalities[m]
    listed = tables.hubs[place.first_hub].poor > 0.0
    patients = 0.0
    old = 0.0
    ill = 0.0
    for h in range(place.first_hub, place.first_hub + place.hubs):
        hub = tables.hubs[h]
        here = patients_here(tables, h)
        hub.old = elderly_of(hub, draw(seed, LOCAL, hub.id, 0, 0), params)
        hub.poor = poor_of(hub, draw(seed, STATUS, hub.id, 0, 0), params)
        hub.status = more_ill(hub.poor, params)
        patients = patients + here
        old = old + here * hub.old
        ill = ill + here * hub.status
    if patients <= 0.0:
        return
    for h in range(place.first_hub, place.first_hub + place.hubs):
        hub = tables.hubs[h]
        hub.old = hub.old / (old / patients)
        if not listed:
            hub.status = hub.status / (ill / patients)
