"""How many patients are in chains, in GGZ and frail, and what part of the burden chains are."""

from __future__ import annotations

from agents.compiled.record import FloatArray, IntArray
from agents.compiled.rule import rule
from agents.sizes import CHAINS
from agents.words import Group
from sim.measure.column import Column, stock
from sim.tables import Tables


class Demand(Column):
    """Patients by what they need."""

    CHAIN_PATIENTS_PER_1000 = stock(
        "patients per 1,000 insured",
        "patients in a chain programme, of new chains too",
        "Chain patients",
        "Ketenpatiënten",
    )
    GGZ_PATIENTS_PER_1000 = stock(
        "patients per 1,000 insured",
        "patients treated for mental health in general practice",
        "GGZ patients",
        "GGZ-patiënten",
    )
    FRAIL_PER_1000 = stock(
        "patients per 1,000 insured",
        "frail elderly",
        "Frail elderly",
        "Kwetsbare ouderen",
    )
    CHAIN_BURDEN_SHARE = stock(
        "share",
        "part of all burden that patients with diabetes, vascular risk or COPD add to what they "
        "would be as other patients",
        "Burden of chains",
        "Zorgzwaarte van ketens",
    )


@rule
def measure_demand(
    tables: Tables, rows: IntArray, count: int, insured: float, out: FloatArray
) -> None:
    """Fill patients per 1,000 insured, and the share of chains in the burden (``Demand``)."""
    burden = 0.0
    for r in range(count):
        practice = tables.practices[rows[r]]
        for g in range(len(tables.groups)):
            burden = burden + practice.groups[g] * tables.groups[g].burden
        for g in range(CHAINS):
            included = practice.groups[g] * tables.groups[g].inclusion
            out[Demand.CHAIN_PATIENTS_PER_1000] += 1000.0 * included / insured
            added = tables.groups[g].burden - tables.groups[Group.OTHER].burden
            out[Demand.CHAIN_BURDEN_SHARE] += practice.groups[g] * added
        out[Demand.GGZ_PATIENTS_PER_1000] += 1000.0 * practice.groups[Group.GGZ] / insured
        out[Demand.FRAIL_PER_1000] += 1000.0 * practice.groups[Group.FRAIL] / insured
    if burden > 0.0:
        out[Demand.CHAIN_BURDEN_SHARE] = out[Demand.CHAIN_BURDEN_SHARE] / burden
