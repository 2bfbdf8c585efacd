"""Outcomes measured at the end of a quarter, for the whole region and per municipality.

Measuring reads the tables and writes only into ``out``: recording more changes nothing.
"""

from __future__ import annotations

import math

from agents.draws import clip
from agents.record import NONE, FloatArray, IntArray
from agents.rule import rule
from agents.words import CostKind, Kind, Plan, Stage
from sim.criteria import measure_criteria
from sim.indices_support import measure_support, measure_trust
from sim.ledger import party
from sim.outcomes import position
from sim.tables import Tables

P_HHI = position("hhi")
P_STAGE = position("hub_stage")
P_HUBS = position("hubs_running")
P_CONTRACTS = position("contracts")
P_MISFIT = position("misfit")
P_COST = position("transaction_cost")
P_OI = position("oi_spending")
P_UNSPENT = position("unspent")
P_PRACTICES = position("practices")
P_PRESSURE = position("pressure")
P_ADVISERS = position("advisers")
P_ELIGIBLE = position("eligible_share")
P_CONDITIONS = position("conditions")
P_PHASES = position("transaction_cost_search")
P_CRITERIA = position("criterion_1")
P_PARTIES = position("counterparts_per_municipality")
EVERYWHERE = -1


@rule
def gather(tables: Tables, m: int, rows: IntArray) -> int:
    """Write the open practices of municipality ``m`` (or all) into ``rows``; return how many."""
    count = 0
    first = 0
    last = len(tables.hubs)
    if m != EVERYWHERE:
        first = tables.municipalities[m].first_hub
        last = first + tables.municipalities[m].hubs
    for h in range(first, last):
        i = tables.hubs[h].first
        while i != NONE:
            if tables.practices[i].alive:
                rows[count] = i
                count = count + 1
            i = tables.practices[i].next_in_hub
    return count


@rule
def measure(tables: Tables, m: int, tick: int, rows: IntArray, out: FloatArray) -> None:
    """Fill ``out`` (shape ``(outcomes,)``) for municipality ``m`` or ``EVERYWHERE``."""
    measure_part(tables, m, tick, rows, out, True)


@rule
def measure_part(
    tables: Tables, m: int, tick: int, rows: IntArray, out: FloatArray, stocks: bool
) -> None:
    """Fill ``out`` as ``measure`` does; without ``stocks`` only what a year sums is sure to be."""
    for p in range(len(out)):
        out[p] = 0.0
    count = gather(tables, m, rows)
    insured = 0.0
    for r in range(count):
        insured = insured + float(tables.practices[rows[r]].patients)
    out[P_PRACTICES] = float(count)
    out[P_PRACTICES + 1] = insured
    if count == 0 or insured <= 0.0:
        return
    measure_cost(tables, m, rows, count, out)
    measure_support(tables, rows, count, insured, out)
    oi = out[P_OI]
    if stocks:
        measure_scale(tables, rows, count, insured, out)
        measure_fit(tables, m, insured, out)
        measure_trust(tables, rows, count, out)
        measure_hubs(tables, m, out)
        spent = 0.0
        for phase in range(CostKind.COORDINATION + 1):
            spent = spent + out[P_PHASES + phase]
        sums = (insured, oi, spent)
        measure_criteria(tables, rows, count, sums, out[P_CRITERIA : P_CRITERIA + 8])
    for phase in range(CostKind.COORDINATION + 1):
        out[P_PHASES + phase] = out[P_PHASES + phase] / insured
    out[P_COST + 1] = out[P_COST] / insured
    out[P_OI + 1] = oi / insured
    care = tables.policy[tick].gp_care * insured
    if care > 0.0:
        out[P_OI + 2] = 4.0 * oi / care
    out[P_CONTRACTS + 1] = out[P_CONTRACTS] / float(count)


@rule
def measure_scale(
    tables: Tables, rows: IntArray, count: int, insured: float, out: FloatArray
) -> None:
    """Concentration and size of organisations among these practices."""
    held = tables.scratch.held
    for o in range(tables.counter[0].organisations):
        held[o] = 0.0
    squares = 0.0
    entropy = 0.0
    affiliated = 0.0
    weighted = 0.0
    for r in range(count):
        practice = tables.practices[rows[r]]
        patients = float(practice.patients)
        if practice.organisation == NONE:
            share = patients / insured
            squares = squares + share * share
            if share > 0.0:
                entropy = entropy - share * math.log(share)
        else:
            held[practice.organisation] += patients
            affiliated = affiliated + patients
            size = float(tables.organisations[practice.organisation].patients)
            weighted = weighted + patients * size
    number = 0
    total = 0.0
    for o in range(tables.counter[0].organisations):
        if held[o] > 0.0:
            share = held[o] / insured
            squares = squares + share * share
            entropy = entropy - share * math.log(share)
            number = number + 1
            total = total + float(tables.organisations[o].patients)
    out[P_HHI] = squares
    out[P_HHI + 1] = 1.0 / squares
    out[P_HHI + 2] = math.exp(entropy)
    if number > 0:
        out[P_HHI + 3] = total / float(number)
        out[P_HHI + 4] = weighted / max(1.0, affiliated)
    out[P_HHI + 5] = float(number)
    out[P_HHI + 6] = affiliated / insured


@rule
def measure_fit(tables: Tables, m: int, insured: float, out: FloatArray) -> None:
    """How well organisations fit municipalities: misfit, and distance in information."""
    size = tables.counter[0].organisations
    held = tables.scratch.held
    over_all = tables.scratch.held_all
    for o in range(size):
        held[o] = 0.0
        over_all[o] = 0.0
    fitted = 0.0
    joint = 0.0
    of_places = 0.0
    of_groups = 0.0
    for place in range(len(tables.municipalities)):
        if m != EVERYWHERE and m != place:
            continue
        town = tables.municipalities[place]
        most = 0.0
        here = 0.0
        for step in range(2):
            for h in range(town.first_hub, town.first_hub + town.hubs):
                i = tables.hubs[h].first
                while i != NONE:
                    practice = tables.practices[i]
                    if practice.alive and practice.patients > 0:
                        patients = float(practice.patients)
                        o = practice.organisation
                        if step == 0:
                            here = here + patients
                            if o == NONE:
                                most = max(most, patients)
                                share = patients / insured
                                joint = joint - share * math.log(share)
                                of_groups = of_groups - share * math.log(share)
                            else:
                                held[o] += patients
                                over_all[o] += patients
                        elif o != NONE and held[o] > 0.0:
                            most = max(most, held[o])
                            share = held[o] / insured
                            joint = joint - share * math.log(share)
                            held[o] = 0.0
                    i = practice.next_in_hub
        fitted = fitted + most
        if here > 0.0:
            share = here / insured
            of_places = of_places - share * math.log(share)
    for o in range(size):
        if over_all[o] > 0.0:
            share = over_all[o] / insured
            of_groups = of_groups - share * math.log(share)
    out[P_MISFIT] = 1.0 - fitted / insured
    mean = 0.5 * (of_places + of_groups)
    if mean > 0.0:
        out[P_MISFIT + 1] = 1.0 - (of_places + of_groups - joint) / mean


@rule
def measure_cost(tables: Tables, m: int, rows: IntArray, count: int, out: FloatArray) -> None:
    """Transaction cost, contracts and O&I money of these practices.

    What an organisation, unit or hub costs is attributed to its practices by patients.
    """
    wage = tables.params[0].supply_wage
    contracts = 0.0
    eligible = 0.0
    for r in range(count):
        practice = tables.practices[rows[r]]
        patients = float(practice.patients)
        unit = tables.units[practice.unit]
        hub = tables.hubs[practice.hub]
        of_unit = patients / float(max(1, unit.patients))
        of_hub = patients / float(max(1, hub.patients))
        oi = practice.money + unit.oi * of_unit + hub.oi * of_hub
        contracts = contracts + float(unit.contracts + unit.supplies) * of_unit
        contracts = contracts + float(hub.contracts) * of_hub
        holds = unit.contracts > 0
        for phase in range(CostKind.COORDINATION + 1):
            cost = practice.transaction[phase] + unit.transaction[phase] * of_unit
            cost = cost + hub.transaction[phase] * of_hub
            out[P_PHASES + phase] += cost
        if practice.organisation != NONE:
            organisation = tables.organisations[practice.organisation]
            share = patients / float(max(1, organisation.patients))
            oi = oi + organisation.oi * share
            contracts = contracts + float(organisation.contracts) * share + 1.0
            for phase in range(CostKind.COORDINATION + 1):
                out[P_PHASES + phase] += organisation.transaction[phase] * share
            holds = holds or organisation.contracts > 0
        elif unit.contracts > 0:
            contracts = contracts + 1.0
        out[P_OI] += oi
        if holds:
            eligible = eligible + patients
    cost = 0.0
    for phase in range(CostKind.COORDINATION):
        cost = cost + out[P_PHASES + phase]
    out[P_COST] = cost
    out[P_COST + 2] = (cost - out[P_PHASES + CostKind.CLAIMS]) / wage
    total = tables.scratch.ros_people
    for r in range(len(tables.ros)):
        total[r] = 0.0
    for place in range(len(tables.municipalities)):
        town = tables.municipalities[place]
        total[town.ros] += float(town.population)
    for r in range(len(tables.ros)):
        people = total[r]
        if m != EVERYWHERE:
            town = tables.municipalities[m]
            people = float(town.population) if town.ros == r else 0.0
        out[P_OI] += tables.ros[r].revenue * people / max(1.0, total[r])
    out[P_CONTRACTS] = contracts
    out[P_ELIGIBLE] = eligible / max(1.0, out[P_PRACTICES + 1])


@rule
def measure_hubs(tables: Tables, m: int, out: FloatArray) -> None:
    """Hubs, advisers, pressure, counterparts and unspent money."""
    running = 0
    stages = 0
    areas = 0
    unspent = 0
    pressure = 0.0
    people = 0.0
    advisers = 0
    parties = 0
    places = 0
    met = 0.0
    for place in range(len(tables.municipalities)):
        if m != EVERYWHERE and m != place:
            continue
        town = tables.municipalities[place]
        places = places + 1
        parties = parties + town.counterparts
        if town.adviser:
            advisers = advisers + 1
        people = people + float(town.population)
        insurer = tables.insurers[town.preferred]
        pressure = pressure + insurer.pressure * float(town.population)
        for h in range(town.first_hub, town.first_hub + town.hubs):
            hub = tables.hubs[h]
            areas = areas + 1
            stages = stages + hub.stage
            for c in range(len(hub.conditions)):
                met = met + hub.conditions[c] / float(len(hub.conditions))
            if hub.stage >= Stage.DRIVER and hub.plan == Plan.RUNNING:
                running = running + 1
            unspent = unspent + tables.accounts[party(tables, Kind.HUB, h)].balance
    for o in range(tables.counter[0].organisations):
        if m == EVERYWHERE or tables.organisations[o].municipality == m:
            unspent = unspent + tables.accounts[party(tables, Kind.ORGANISATION, o)].balance
    for u in range(tables.counter[0].units):
        if m == EVERYWHERE or tables.units[u].municipality == m:
            unspent = unspent + tables.accounts[party(tables, Kind.UNIT, u)].balance
    out[P_HUBS] = float(running)
    out[P_STAGE] = float(stages) / float(max(1, areas))
    out[P_CONDITIONS] = met / float(max(1, areas))
    out[P_UNSPENT] = float(unspent) / 100.0
    out[P_PRESSURE] = clip(pressure / max(1.0, people), 0.0, 1.0)
    out[P_ADVISERS] = float(advisers)
    out[P_PARTIES] = float(parties) / float(max(1, places))
