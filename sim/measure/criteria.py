"""The eight criteria of S1 3.5, from simulated outcomes only, in forms fixed before results.

w is the cost weight of a function times the patients of a practice. None is tuned to the
scores that the source states.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from agents.compiled.draws import clip
from agents.compiled.record import NONE, FloatArray, IntArray
from agents.compiled.rule import rule
from agents.practice import find_counterpart
from agents.words import Function, Kind, Level
from sim.common.coherence import cohere
from sim.measure.column import Column, stock
from sim.sorting import nth_smallest
from sim.tables import Tables


class Criteria(Column):
    """The eight criteria of S1 3.5."""

    CRITERION_1 = stock(
        "share",
        "criterion 1, demand: share of delivered support that follows burden-weighted "
        "need (S1 3.5)",
        "Criterion 1: demand",
        "Criterium 1: zorgvraag",
    )
    CRITERION_2 = stock(
        "share",
        "criterion 2, scales: functions delivered at their preferred scale (S1 3.5)",
        "Criterion 2: scales",
        "Criterium 2: schaalniveaus",
    )
    CRITERION_3 = stock(
        "share",
        "criterion 3, coherence: functions of a practice in one hand or in linked hands, "
        "and neighbours in the same (S1 3.5)",
        "Criterion 3: coherence",
        "Criterium 3: samenhang",
    )
    CRITERION_4 = stock(
        "share",
        "criterion 4, continuity: root of how long the main supplier was kept, of practices "
        "that mandate, by patients (S1 3.5)",
        "Criterion 4: continuity",
        "Criterium 4: continuïteit",
    )
    CRITERION_5 = stock(
        "share",
        "criterion 5, added value: 1 - (transaction + coordination cost) / O&I (S1 3.5)",
        "Criterion 5: added value",
        "Criterium 5: meerwaarde",
    )
    CRITERION_6 = stock(
        "share",
        "criterion 6, commitment: engagement times taking part times say, by cost (S1 3.5)",
        "Criterion 6: commitment",
        "Criterium 6: betrokkenheid",
    )
    CRITERION_7 = stock(
        "share",
        "criterion 7, innovation: reach of the innovation function, by renewal of the "
        "practice (S1 3.5)",
        "Criterion 7: innovation",
        "Criterium 7: innovatie",
    )
    CRITERION_8 = stock(
        "share",
        "criterion 8, trust: that of the worst tenth in their own organisation, and the mean "
        "in payers, by `criterion.lowest` (S1 3.5)",
        "Criterion 8: trust",
        "Criterium 8: vertrouwen",
    )


class Sums(NamedTuple):
    """What criteria share of a quarter: insured, and EUR of O&I and of all cost."""

    insured: float
    oi: float
    spent: float


@rule
def measure_criteria(
    tables: Tables, rows: IntArray, count: int, sums: Sums, out: FloatArray
) -> None:
    """Fill the eight criteria of these practices (``Criteria``)."""
    insured = sums.insured
    params = tables.params[0]
    delivered = 0.0
    need = 0.0
    for r in range(count):
        practice = tables.practices[rows[r]]
        delivered = delivered + practice.coverage * float(practice.patients)
        need = need + practice.burden
    apart = 0.0
    scales = 0.0
    coherence = 0.0
    continuity = 0.0
    commitment = 0.0
    innovation = 0.0
    payers = 0.0
    trusts = tables.scratch.trusts
    for r in range(count):
        i = rows[r]
        practice = tables.practices[i]
        part = float(practice.patients) / insured
        if delivered > 0.0 and need > 0.0:
            here = practice.coverage * float(practice.patients) / delivered
            apart = apart + abs(here - practice.burden / need)
        scales = scales + part * fit_scale(tables, i)
        coherence = coherence + part * cohere(tables, i)
        kept = min(1.0, float(practice.kept) / (4.0 * params.criterion_years))
        if practice.main != NONE and practice.mandate:
            continuity = continuity + part * kept
        commitment = commitment + part * commit(tables, i)
        innovation = innovation + part * reach_innovation(tables, i)
        payers = payers + practice.payer_trust / float(count)
        trusts[r] = trust_of(tables, i)
    if delivered > 0.0:
        out[Criteria.CRITERION_1] = 1.0 - 0.5 * apart
    out[Criteria.CRITERION_2] = scales
    out[Criteria.CRITERION_3] = coherence
    out[Criteria.CRITERION_4] = math.sqrt(continuity)
    if sums.oi > 0.0:
        out[Criteria.CRITERION_5] = clip(1.0 - sums.spent / sums.oi, 0.0, 1.0)
    out[Criteria.CRITERION_6] = commitment
    out[Criteria.CRITERION_7] = innovation
    lowest = nth_smallest(trusts, count, int(0.1 * float(count - 1)))
    out[Criteria.CRITERION_8] = (
        params.criterion_lowest * lowest + (1.0 - params.criterion_lowest) * payers
    )


@rule
def trust_of(tables: Tables, i: int) -> float:
    """Return the trust of practice ``i`` in its organisation, or before any contact."""
    practice = tables.practices[i]
    if practice.organisation != NONE:
        k = find_counterpart(practice, practice.organisation)
        if k != NONE:
            return float(practice.trust[k])
    return float(tables.municipalities[practice.municipality].trust_start)


@rule
def level_of(tables: Tables, supplier: int) -> int:
    """Return the ``Level`` at which a supplier works."""
    if supplier != NONE and supplier >= int(tables.offsets[Kind.ORGANISATION]):
        return Level.REGIONAL
    return Level.LOCAL


@rule
def fit_scale(tables: Tables, i: int) -> float:
    """Return how far functions come from their preferred level (1), or one off (less)."""
    one_off = tables.params[0].criterion_one_off
    practice = tables.practices[i]
    functions = len(tables.functions)
    total = 0.0
    for f in range(functions):
        function = tables.functions[f]
        fit = 0.0
        for g in range(len(tables.groups)):
            supplier = practice.supplier[g * functions + f]
            if supplier != NONE:
                level = level_of(tables, supplier)
                fit = fit + practice.weights[g] * (1.0 if level == function.level else one_off)
        total = total + function.variable * fit
    return total


@rule
def commit(tables: Tables, i: int) -> float:
    """Return engagement times taking part times say, over who supplies (by cost)."""
    practice = tables.practices[i]
    functions = len(tables.functions)
    organisations = int(tables.offsets[Kind.ORGANISATION])
    active = 1.0 if practice.active else 0.0
    total = 0.0
    member = 1.0 if practice.mandate else tables.params[0].criterion_bystander
    suppliers = practice.supplier
    c = 0
    for g in range(len(tables.groups)):
        share = practice.weights[g]
        for f in range(functions):
            supplier = suppliers[c]
            c = c + 1
            if supplier == NONE:
                continue
            weight = share * tables.functions[f].variable
            if supplier >= organisations:
                organisation = tables.organisations[supplier - organisations]
                total = total + weight * organisation.engagement * organisation.say * member
            else:
                total = total + weight * active
    return total


@rule
def reach_innovation(tables: Tables, i: int) -> float:
    """Return how far innovation reaches practice ``i``: its coverage, by its renewal."""
    practice = tables.practices[i]
    new: float = tables.params[0].criterion_new
    reached = practice.by_function[Function.INNOVATION]
    return float(reached * (new + (1.0 - new) * practice.renewal))
