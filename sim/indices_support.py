"""Outcomes of support and trust, measured practice by practice."""

from __future__ import annotations

import math

from agents.practice import find_counterpart
from agents.record import NONE, FloatArray, IntArray
from agents.rule import rule
from agents.words import Domain, Kind
from sim.outcomes import position
from sim.phases.areas import alliance_of
from sim.sorting import nth_smallest
from sim.tables import Tables

P_UNSUPPORTED = position("unsupported_share")
P_COVERAGE = position("coverage")
P_ENGAGEMENT = position("engagement")
P_TRUST = position("trust")
P_MANDATE = position("mandate_share")
P_SUBSTITUTION = position("substitution")
P_FUNCTIONS = position("coverage_ict")
P_SUPPLIERS = position("suppliers_per_practice")
P_RENEWAL = position("renewal")
P_PLUS = position("plus_share")
P_TABLES = position("shared_tables")


@rule
def measure_support(
    tables: Tables, rows: IntArray, count: int, insured: float, out: FloatArray
) -> None:
    """Coverage, suppliers, engagement, mandate and substitution of these practices."""
    params = tables.params[0]
    functions = len(tables.functions)
    bare = 0.0
    covered = 0.0
    engaged = 0.0
    affiliated = 0.0
    mandates = 0.0
    suppliers = 0.0
    hubs = 0.0
    saved = 0.0
    renewed = 0.0
    first_hub = int(tables.offsets[Kind.HUB])
    last_hub = int(tables.offsets[Kind.ORGANISATION])
    for r in range(count):
        practice = tables.practices[rows[r]]
        patients = float(practice.patients)
        covered = covered + patients * practice.coverage
        renewed = renewed + patients * practice.renewal
        if practice.suppliers == 0:
            bare = bare + patients
        suppliers = suppliers + float(practice.suppliers)
        by_hub = False
        for c in range(len(practice.supplier)):
            supplier = practice.supplier[c]
            if first_hub <= supplier and supplier < last_hub:
                by_hub = True
        if by_hub:
            hubs = hubs + 1.0
        for f in range(functions):
            out[P_FUNCTIONS + f] += patients * practice.by_function[f] / insured
        if practice.mandate:
            mandates = mandates + 1.0
        if practice.plus:
            out[P_PLUS] += patients / insured
        engagement = 1.0
        if practice.organisation != NONE:
            engagement = tables.organisations[practice.organisation].engagement
            affiliated = affiliated + patients
            engaged = engaged + patients * engagement
        shared, hospital = share_tables(tables, rows[r])
        out[P_TABLES] += patients * shared / insured
        more = 1.0 + params.partner_substitution * hospital
        saved = saved + patients * practice.coverage * math.sqrt(engagement) * more
    out[P_UNSUPPORTED] = bare / insured
    out[P_SUPPLIERS] = suppliers / float(count)
    out[P_SUPPLIERS + 1] = (suppliers - hubs) / float(count)
    out[P_COVERAGE] = covered / insured
    out[P_RENEWAL] = renewed / insured
    if affiliated > 0.0:
        out[P_ENGAGEMENT] = engaged / affiliated
    out[P_MANDATE] = mandates / float(count)
    out[P_SUBSTITUTION] = 0.25 * params.value_substitution * saved


@rule
def share_tables(tables: Tables, i: int) -> tuple[float, float]:
    """Return what goes over shared tables: mean over external parties, and with the hospital."""
    practice = tables.practices[i]
    if practice.organisation == NONE:
        return 0.0, 0.0
    lead = alliance_of(tables, practice.organisation)
    partners = tables.municipalities[practice.municipality].partners
    total = 0.0
    hospital = 0.0
    for d in range(Domain.HAP + 1, len(partners)):
        q = partners[d]
        if q != NONE and tables.partners[q].agreement == lead:
            total = total + tables.partners[q].scope
            if d == Domain.HOSPITAL:
                hospital = tables.partners[q].scope
    return total / float(len(partners) - 1), hospital


@rule
def measure_trust(tables: Tables, rows: IntArray, count: int, out: FloatArray) -> None:
    """Mean and tenth percentile of trust in the organisation a practice deals with most."""
    values = tables.scratch.trusts
    total = 0.0
    for r in range(count):
        values[r] = trust_in_supplier(tables, rows[r])
        total = total + values[r]
    out[P_TRUST] = total / float(count)
    out[P_TRUST + 1] = nth_smallest(values, count, int(0.1 * float(count - 1)))


@rule
def trust_in_supplier(tables: Tables, i: int) -> float:
    """Return the trust of practice ``i`` in its organisation, else in its main supplier."""
    practice = tables.practices[i]
    o = practice.organisation
    if o == NONE and practice.main != NONE:
        first = int(tables.offsets[Kind.ORGANISATION])
        if practice.main >= first:
            o = practice.main - first
        elif practice.main >= int(tables.offsets[Kind.HUB]):
            return float(practice.hub_trust)
    if o != NONE:
        k = find_counterpart(practice, o)
        if k != NONE:
            return float(practice.trust[k])
    return float(tables.municipalities[practice.municipality].trust_start)
