"""Faster plain versions of outcomes and criteria."""

from __future__ import annotations

import math
from typing import Any

from agents.compiled.record import NONE
from agents.words import CostKind, Kind
from benchmarks.plain.faster import instead_of
from sim.common.coherence import hand_of
from sim.common.receipts import oi_for
from sim.common.substitution import share_tables, wind_down
from sim.measure.cost import Cost, holds_contract
from sim.measure.practices import EVERYWHERE
from sim.measure.support import Support


@instead_of("sim.sorting")
def nth_smallest(values: list[float], count: int, n: int) -> float:
    """Return what would stand at place ``n`` if the first ``count`` values were sorted."""
    return sorted(values[:count])[n]


@instead_of("sim.common.coherence")
def cohere(tables: Any, i: int) -> float:
    """Return the coherence of support: within the practice, and with its neighbours."""
    practice = tables.practices[i]
    params = tables.params[0]
    main = practice.main
    if main == NONE:
        return 0.0
    hubs = tables.offsets[Kind.HUB]
    organisations = tables.offsets[Kind.ORGANISATION]
    units = tables.offsets[Kind.UNIT]
    main_is_hub = hubs <= main < organisations
    inside = 0.0
    for supplier, weight in zip(practice.supplier, practice.cells, strict=True):
        if supplier == main:
            inside = inside + weight
        elif supplier != NONE and supplier >= units:
            if main_is_hub or hubs <= supplier < organisations:
                inside = inside + weight * params.criterion_linked * practice.hub_trust
    near = same = 0
    mine = hand_of(tables, main)
    practices = tables.practices
    j = tables.hubs[practice.hub].first
    while j != NONE:
        other = practices[j]
        if other.alive and j != i:
            near += 1
            if other.main == main or hand_of(tables, other.main) == mine:
                same += 1
        j = other.next_in_hub
    beside = same / near if near > 0 else 1.0
    return float(params.criterion_within * inside + (1.0 - params.criterion_within) * beside)


@instead_of("sim.measure.support")
def measure_support(
    tables: Any, rows: list[int], count: int, insured: float, by_function: Any, out: Any
) -> None:
    """Coverage, suppliers, engagement and mandate of these practices."""
    bare = hubs = suppliers = mandates = 0
    covered = engaged = affiliated = renewed = 0.0
    functions = [0.0] * len(tables.functions)
    first_hub, last_hub = tables.offsets[Kind.HUB], tables.offsets[Kind.ORGANISATION]
    for i in rows[:count]:
        practice = tables.practices[i]
        patients = practice.patients
        covered += patients * practice.coverage
        renewed += patients * practice.renewal
        if practice.suppliers == 0:
            bare += patients
        suppliers += practice.suppliers
        for supplier in set(practice.supplier):
            if first_hub <= supplier < last_hub:
                hubs += 1
                break
        for f, share in enumerate(practice.by_function):
            functions[f] += patients * share / insured
        if practice.mandate:
            mandates += 1
        if practice.plus:
            out[Support.PLUS_SHARE] += patients / insured
        if practice.organisation != NONE:
            affiliated += patients
            engaged += patients * tables.organisations[practice.organisation].engagement
        shared, _ = share_tables(tables, i)
        out[Support.SHARED_TABLES] += patients * shared / insured
    for f, share in enumerate(functions):
        by_function[f] = share
    out[Support.UNSUPPORTED_SHARE] = bare / insured
    out[Support.SUPPLIERS_PER_PRACTICE] = suppliers / count
    out[Support.SUPPLIERS_WITHOUT_HUBS] = (suppliers - hubs) / count
    out[Support.COVERAGE] = covered / insured
    out[Support.RENEWAL] = renewed / insured
    if affiliated > 0.0:
        out[Support.ENGAGEMENT] = engaged / affiliated
    out[Support.MANDATE_SHARE] = mandates / count


@instead_of("sim.measure.support")
def measure_substitution(tables: Any, rows: list[int], count: int, out: Any) -> None:
    """Hospital care that support of these practices saves."""
    params = tables.params[0]
    saved = 0.0
    for i in rows[:count]:
        practice = tables.practices[i]
        engagement = 1.0
        if practice.organisation != NONE:
            engagement = tables.organisations[practice.organisation].engagement
        _, hospital = share_tables(tables, i)
        more = 1.0 + params.partner_substitution * hospital
        supported = practice.patients * practice.coverage * wind_down(practice.renewal, params)
        saved += supported * math.sqrt(engagement) * more
    out[Support.SUBSTITUTION] = 0.25 * params.value_substitution * saved


@instead_of("sim.measure.cost")
def measure_costs(
    tables: Any, rows: list[int], count: int, insured: float, by_kind: Any, out: Any
) -> None:
    """Transaction cost by kind, contracts and O&I money of these practices."""
    contracts = eligible = money = 0.0
    costs = [0.0] * len(CostKind)
    for i in rows[:count]:
        practice = tables.practices[i]
        patients = practice.patients
        unit = tables.units[practice.unit]
        hub = tables.hubs[practice.hub]
        of_unit = patients / max(1, unit.patients)
        of_hub = patients / max(1, hub.patients)
        contracts = contracts + practice.supplies
        contracts = contracts + (unit.contracts + unit.supplies) * of_unit
        contracts = contracts + (hub.contracts + hub.supplies) * of_hub
        sides = zip(costs, practice.transaction, unit.transaction, hub.transaction, strict=True)
        costs = [c + (p + u * of_unit + h * of_hub) for c, p, u, h in sides]
        if practice.organisation != NONE:
            organisation = tables.organisations[practice.organisation]
            share = patients / max(1, organisation.patients)
            held = organisation.contracts + organisation.supplies
            contracts = contracts + held * share + 1.0
            costs = [c + t * share for c, t in zip(costs, organisation.transaction, strict=True)]
        elif unit.contracts > 0:
            contracts = contracts + 1.0
        money += oi_for(tables, i)
        if holds_contract(tables, i):
            eligible = eligible + patients
    for kind, euros in enumerate(costs):
        by_kind[kind] = euros
    out[Cost.OI_SPENDING] = money
    out[Cost.CONTRACTS] = contracts
    out[Cost.ELIGIBLE_SHARE] = eligible / max(1.0, insured)


@instead_of("sim.measure.cost")
def add_ros(tables: Any, m: int, out: Any) -> None:
    """O&I money of the ROS for the people of a municipality, or all."""
    money = out[Cost.OI_SPENDING]
    for r, ros in enumerate(tables.ros):
        places = [t.population if t.ros == r else 0 for t in tables.municipalities]
        people = sum(places) if m == EVERYWHERE else places[m]
        money += ros.revenue * people / max(1.0, sum(places))
    out[Cost.OI_SPENDING] = money
