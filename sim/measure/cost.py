"""What dealing with each other costs, and what is paid for organisation and infrastructure."""

from __future__ import annotations

from agents.compiled.record import NONE, FloatArray, IntArray
from agents.compiled.rule import rule
from agents.title import NATIONAL
from agents.words import CostKind
from sim.common.alliances import alliance_of
from sim.common.receipts import oi_for
from sim.measure.column import Column, average, flow, made, stock
from sim.measure.practices import EVERYWHERE
from sim.tables import Tables


class Cost(Column):
    """Transaction cost, contracts and O&I money."""

    TRANSACTION_COST = flow(
        "EUR",
        "hours of both sides at the wage, and claims; coordination apart",
        "Transaction cost",
        "Transactiekosten",
    )
    TRANSACTION_COST_PER_INSURED = flow(
        "EUR per insured",
        "the same per insured",
        "Transaction cost per insured",
        "Transactiekosten per verzekerde",
    )
    TRANSACTION_HOURS = flow(
        "h",
        "hours of both sides",
        "Transaction hours",
        "Transactie-uren",
    )
    CONTRACTS = stock(
        "contracts",
        "with insurers, memberships and supply (an identity: imposed)",
        "Contracts",
        "Contracten",
        empty=0.0,
    )
    CONTRACTS_PER_PRACTICE = stock(
        "contracts",
        "contracts over open practices",
        "Contracts per practice",
        "Contracten per praktijk",
        empty=0.0,
    )
    ELIGIBLE_SHARE = stock(
        "share",
        "patients whose organisation, its lead, or unit holds a contract with an insurer",
        "Patients whose payee has a contract",
        "Patiënten met een gecontracteerde partij",
        empty=0.0,
    )
    OI_SPENDING = flow(
        "EUR",
        "paid under O&I titles",
        "O&I spending",
        "Uitgaven aan O&I",
        empty=0.0,
    )
    OI_PER_INSURED = flow(
        "EUR per insured",
        "the same per insured",
        "O&I per insured",
        "O&I per verzekerde",
        empty=0.0,
    )
    OI_SHARE_OF_GP_CARE = average(
        "share",
        "O&I over GP care",
        "O&I as share of GP care",
        "O&I als aandeel van huisartsenzorg",
        empty=0.0,
    )


_DUTCH = (
    "Transactiekosten: zoeken",
    "Transactiekosten: mandateren",
    "Transactiekosten: onderhandelen",
    "Transactiekosten: contracteren",
    "Transactiekosten: monitoren",
    "Transactiekosten: declareren",
    "Transactiekosten: herverdelen",
    "Transactiekosten: coördineren",
)

CostByKind: type[Column] = made(
    "CostByKind",
    {
        f"TRANSACTION_COST_{kind.name}": flow(
            "EUR per insured",
            f"{kind.word}, both sides",
            f"Transaction cost: {kind.word}",
            dutch,
            # A practice always deals with others.
            empty=None if kind == CostKind.MONITOR else 0.0,
        )
        for kind, dutch in zip(CostKind, _DUTCH, strict=True)
    },
)
"""Transaction cost by kind: the place of a kind is its code."""


@rule
def sum_kinds(tables: Tables, by_kind: FloatArray, out: FloatArray) -> None:
    """Fill transaction cost, coordination apart, and the hours in it, from EUR by kind."""
    cost = 0.0
    for kind in range(CostKind.COORDINATION):
        cost = cost + by_kind[kind]
    out[Cost.TRANSACTION_COST] = cost
    out[Cost.TRANSACTION_HOURS] = (cost - by_kind[CostKind.CLAIMS]) / tables.params[0].supply_wage


@rule
def measure_costs(
    tables: Tables, rows: IntArray, count: int, insured: float, by_kind: FloatArray, out: FloatArray
) -> None:
    """Sum cost in EUR by kind (``CostByKind``), contracts, who holds one, and O&I money (``Cost``).

    What an organisation, unit or hub costs is attributed to its practices by patients. O&I money
    of the ROS is added apart.
    """
    contracts = 0.0
    eligible = 0.0
    for r in range(count):
        practice = tables.practices[rows[r]]
        patients = float(practice.patients)
        unit = tables.units[practice.unit]
        hub = tables.hubs[practice.hub]
        of_unit = patients / float(max(1, unit.patients))
        of_hub = patients / float(max(1, hub.patients))
        contracts = contracts + float(practice.supplies)
        contracts = contracts + float(unit.contracts + unit.supplies) * of_unit
        contracts = contracts + float(hub.contracts + hub.supplies) * of_hub
        for kind in range(len(by_kind)):
            cost = practice.transaction[kind] + unit.transaction[kind] * of_unit
            cost = cost + hub.transaction[kind] * of_hub
            by_kind[kind] += cost
        if practice.organisation != NONE:
            organisation = tables.organisations[practice.organisation]
            share = patients / float(max(1, organisation.patients))
            held = organisation.contracts + organisation.supplies
            contracts = contracts + float(held) * share + 1.0
            for kind in range(len(by_kind)):
                by_kind[kind] += organisation.transaction[kind] * share
        elif unit.contracts > 0:
            contracts = contracts + 1.0
        out[Cost.OI_SPENDING] += oi_for(tables, rows[r])
        if holds_contract(tables, rows[r]):
            eligible = eligible + patients
    out[Cost.CONTRACTS] = contracts
    out[Cost.ELIGIBLE_SHARE] = eligible / max(1.0, insured)


@rule
def holds_contract(tables: Tables, i: int) -> bool:
    """Return whether the unit of practice ``i``, its organisation or its lead has a contract."""
    practice = tables.practices[i]
    if tables.units[practice.unit].contracts > 0:
        return True
    if practice.organisation == NONE:
        return False
    lead = alliance_of(tables, practice.organisation)
    own = tables.organisations[practice.organisation].contracts
    return bool(own > 0 or tables.organisations[lead].contracts > 0)


@rule
def add_ros(tables: Tables, m: int, out: FloatArray) -> None:
    """Add to O&I money what the ROS receive for the people of municipality ``m`` (or all)."""
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
        out[Cost.OI_SPENDING] += tables.ros[r].revenue * people / max(1.0, total[r])


@rule
def measure_ratios(tables: Tables, tick: int, count: int, insured: float, out: FloatArray) -> None:
    """Fill what is measured per insured, per practice and against GP care."""
    out[Cost.TRANSACTION_COST_PER_INSURED] = out[Cost.TRANSACTION_COST] / insured
    out[Cost.OI_PER_INSURED] = out[Cost.OI_SPENDING] / insured
    care = tables.policy[tick][NATIONAL].gp_care * insured
    if care > 0.0:
        out[Cost.OI_SHARE_OF_GP_CARE] = 4.0 * out[Cost.OI_SPENDING] / care
    out[Cost.CONTRACTS_PER_PRACTICE] = out[Cost.CONTRACTS] / float(count)
