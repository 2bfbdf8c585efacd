"""Whose patients an external party treats, what dealing with it takes, and what a table gives."""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import inlined, rule
from agents.partner import kind_acts
from agents.words import Discipline, Domain, Group
from sim.common.alliances import alliance_of
from sim.common.cofunding import welfare_paid
from sim.tables import Tables


@rule
def young_in_care(tables: Tables, i: int) -> float:
    """Return the young people in youth care on the list of practice ``i``."""
    params = tables.params[0]
    practice = tables.practices[i]
    below_65 = 1.0 - tables.municipalities[practice.municipality].share_65
    young = float(practice.patients) * below_65 * params.population_young
    return young * params.partner_youth_care


@rule
def load_of(tables: Tables, i: int, domain: int) -> float:
    """Return what dealing with a party of this kind takes of practice ``i``: 1 where all are alike.

    It goes with the patients that they have in common. Over the young a practice deals with the
    municipality too, once that pays for youth care (F021).
    """
    params = tables.params[0]
    practice = tables.practices[i]
    if not kind_acts(domain, params):
        return 1.0
    if domain == Domain.GGZ:
        return practice.groups[Group.GGZ] / params.partner_usual_ggz
    if domain == Domain.VVT or domain == Domain.HOME_CARE:
        return practice.groups[Group.FRAIL] / params.partner_usual_frail
    if domain == Domain.YOUTH:
        load = young_in_care(tables, i) / params.partner_usual_youth
        if tables.municipalities[practice.municipality].youth_duty:
            load = load * (1.0 + params.partner_youth_shared)
        return load
    return 1.0


@rule
def part_of_burden(tables: Tables, i: int, domain: int) -> float:
    """Return the part of the burden of practice ``i`` that a party of this kind acts on (share).

    VVT and home care have half of the frail each.
    """
    practice = tables.practices[i]
    if domain == Domain.GGZ:
        return practice.weights[Group.GGZ]
    if domain == Domain.VVT or domain == Domain.HOME_CARE:
        return 0.5 * practice.weights[Group.FRAIL]
    if domain == Domain.YOUTH and practice.burden > 0.0:
        young = young_in_care(tables, i) * tables.groups[Group.OTHER].burden
        return min(1.0, young / practice.burden)
    return 0.0


@inlined
def cared_for(tables: Tables, i: int) -> float:
    """Return the share of what practice ``i`` lacks that shared tables make good (C09).

    In care management and agreements, for the patients of each party at a table.
    """
    practice = tables.practices[i]
    if practice.organisation == NONE:
        return 0.0
    lead = alliance_of(tables, practice.organisation)
    place = tables.municipalities[practice.municipality]
    params = tables.params[0]
    reached = 0.0
    for d in range(Domain.VVT, len(place.partners)):
        q = place.partners[d]
        if q != NONE and tables.partners[q].agreement == lead and kind_acts(d, params):
            reached = reached + tables.partners[q].scope * part_of_burden(tables, i, d)
    return min(1.0, params.partner_care * reached)


@rule
def _sent(tables: Tables, m: int, domain: int) -> float:
    """Return how far a party of this kind takes part in hubs of municipality ``m`` (share)."""
    place = tables.municipalities[m]
    q = place.partners[domain]
    if q == NONE or place.lead == NONE or not kind_acts(domain, tables.params[0]):
        return 0.0
    if tables.partners[q].agreement != place.lead:
        return 0.0
    return float(tables.partners[q].scope)


@rule
def people_sent(tables: Tables, m: int, discipline: int) -> float:
    """Return how far external parties send people of a discipline to hubs of ``m`` (share, C45).

    Welfare work comes as far as the municipality pays for it.
    """
    if discipline == Discipline.GGZ:
        return float(_sent(tables, m, Domain.GGZ))
    if discipline == Discipline.DISTRICT_NURSING:
        both = _sent(tables, m, Domain.VVT) + _sent(tables, m, Domain.HOME_CARE)
        return 0.5 * both
    if discipline == Discipline.WELFARE:
        return float(welfare_paid(tables, m))
    return 0.0
