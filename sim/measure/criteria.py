"""The eight criteria of S1 3.5, from what happens only, in forms fixed before results.

docs/expectations/criteria.md says what each asks and why it has this form. Each has a state that
scores near 0 and one that scores near 1, and an alternative formula (``criterion.alternative``).
None is tuned to the scores that the source states.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from agents.compiled.record import NONE, FloatArray, IntArray
from agents.compiled.rule import rule
from agents.practice import find_counterpart
from agents.words import Function, Level
from sim.common.substitution import share_tables
from sim.measure.added_value import least_cost, sum_dealing, value_of
from sim.measure.cells import (
    endure,
    fill_cells,
    fit_levels,
    hold_beside,
    hold_inside,
    know_entrant,
    support_group,
    take_part,
    weigh_cell,
)
from sim.measure.column import Column, stock
from sim.sorting import nth_smallest
from sim.tables import Tables


class Criteria(Column):
    """The eight criteria of S1 3.5."""

    CRITERION_1 = stock(
        "share",
        "criterion 1, demand: support from others that would be worth as much if all need had "
        "it alike (S1 3.5)",
        "Criterion 1: demand",
        "Criterium 1: zorgvraag",
    )
    CRITERION_2 = stock(
        "share",
        "criterion 2, scales: root of what is delivered locally of what is best local, times "
        "what regions deliver of the rest (S1 3.5)",
        "Criterion 2: scales",
        "Criterium 2: schaalniveaus",
    )
    CRITERION_3 = stock(
        "share",
        "criterion 3, coherence: support of a practice in one hand or in linked hands, "
        "and that of neighbours in the same (S1 3.5)",
        "Criterion 3: coherence",
        "Criterium 3: samenhang",
    )
    CRITERION_4 = stock(
        "share",
        "criterion 4, continuity: root of dealings over shared tables, times years with the "
        "main supplier and what suppliers invested (S1 3.5)",
        "Criterion 4: continuity",
        "Criterium 4: continuïteit",
    )
    CRITERION_5 = stock(
        "share",
        "criterion 5, added value: support delivered, at least cost, over O&I and dealing that "
        "no O&I pays (S1 3.5)",
        "Criterion 5: added value",
        "Criterium 5: meerwaarde",
    )
    CRITERION_6 = stock(
        "share",
        "criterion 6, commitment: engagement, say and taking part in whatever delivers "
        "support (S1 3.5)",
        "Criterion 6: commitment",
        "Criterium 6: betrokkenheid",
    )
    CRITERION_7 = stock(
        "share",
        "criterion 7, innovation: coverage of innovation times renewal, and entrants that "
        "practices know (S1 3.5)",
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


class Scope(NamedTuple):
    """What criteria share of a place: practices, insured, burden, and EUR of O&I this quarter.

    ``spent`` (EUR) is transaction and coordination cost, all sides.
    """

    practices: int
    insured: float
    need: float
    oi: float
    spent: float


@rule
def measure_criteria(tables: Tables, rows: IntArray, scope: Scope, out: FloatArray) -> None:
    """Fill the eight criteria of these practices (``Criteria``)."""
    fill_cells(tables, rows, scope.practices)
    out[Criteria.CRITERION_1] = meet_need(tables, rows, scope)
    out[Criteria.CRITERION_2] = allow_scales(tables, rows, scope)
    out[Criteria.CRITERION_4] = act_and_last(tables, rows, scope)
    out[Criteria.CRITERION_5] = add_value(tables, rows, scope)
    out[Criteria.CRITERION_8] = trust_first(tables, rows, scope.practices)
    within: float = tables.params[0].criterion_within
    for r in range(scope.practices):
        i = rows[r]
        part = float(tables.practices[i].patients) / scope.insured
        hold = within * hold_inside(tables, i) + (1.0 - within) * hold_beside(tables, i)
        out[Criteria.CRITERION_3] += part * hold
        out[Criteria.CRITERION_6] += part * commit(tables, i)
        out[Criteria.CRITERION_7] += part * make_room(tables, i)


@rule
def meet_need(tables: Tables, rows: IntArray, scope: Scope) -> float:
    """Return the support that, given alike to all need, would be worth as much (share)."""
    total = 0.0
    for r in range(scope.practices):
        practice = tables.practices[rows[r]]
        worth = 0.0
        for g in range(len(tables.groups)):
            worth = worth + practice.weights[g] * math.sqrt(support_group(tables, rows[r], g))
        if scope.need > 0.0:
            total = total + practice.burden / scope.need * worth
    return total * total


@rule
def allow_scales(tables: Tables, rows: IntArray, scope: Scope) -> float:
    """Return the root of local functions done locally, times regional ones done by a region."""
    local = 0.0
    regional = 0.0
    for r in range(scope.practices):
        part = float(tables.practices[rows[r]].patients) / scope.insured
        here, there = fit_levels(tables, rows[r])
        local = local + part * here
        regional = regional + part * there
    small = 0.0
    large = 0.0
    for f in range(len(tables.functions)):
        if tables.functions[f].level == Level.LOCAL:
            small = small + tables.scratch.movable[f]
        else:
            large = large + tables.scratch.movable[f]
    near = local / small if small > 0.0 else 1.0
    far = regional / large if large > 0.0 else 1.0
    return math.sqrt(near * far)


@rule
def act_and_last(tables: Tables, rows: IntArray, scope: Scope) -> float:
    """Return the root of dealings over shared tables, times how lasting support is."""
    shared = 0.0
    lasting = 0.0
    for r in range(scope.practices):
        part = float(tables.practices[rows[r]].patients) / scope.insured
        over, _ = share_tables(tables, rows[r])
        shared = shared + part * over
        lasting = lasting + part * endure(tables, rows[r])
    return math.sqrt(shared * lasting)


@rule
def add_value(tables: Tables, rows: IntArray, scope: Scope) -> float:
    """Return the value of what is delivered over O&I and dealing that no O&I pays (share)."""
    value = 0.0
    takes = scope.oi
    for f in range(len(tables.functions)):
        tables.scratch.least[f] = least_cost(tables, f)
    for r in range(scope.practices):
        value = value + value_of(tables, rows[r])
        takes = takes + sum_dealing(tables, rows[r])
    return min(1.0, value / takes) if takes > 0.0 else 0.0


@rule
def commit(tables: Tables, i: int) -> float:
    """Return engagement times say times taking part, over who delivers to practice ``i``."""
    practice = tables.practices[i]
    total = 0.0
    for c in range(len(practice.supplier)):
        weight = weigh_cell(tables, i, c)
        if weight > 0.0:
            engagement, say, part = take_part(tables, i, practice.supplier[c])
            total = total + weight * engagement * say * part
    return total


@rule
def make_room(tables: Tables, i: int) -> float:
    """Return how far innovation reaches practice ``i``, and whether it knows who entered."""
    practice = tables.practices[i]
    entrants: float = tables.params[0].criterion_entrants
    reached = practice.by_function[Function.INNOVATION] * practice.renewal
    return float((1.0 - entrants) * reached + entrants * know_entrant(tables, i))


@rule
def trust_first(tables: Tables, rows: IntArray, count: int) -> float:
    """Return the trust of the lowest tenth in their organisation, and the mean in the payer."""
    lowest: float = tables.params[0].criterion_lowest
    payers = 0.0
    trusts = tables.scratch.trusts
    for r in range(count):
        payers = payers + tables.practices[rows[r]].payer_trust / float(count)
        trusts[r] = trust_of(tables, rows[r])
    tenth = nth_smallest(trusts, count, int(0.1 * float(count - 1)))
    return lowest * tenth + (1.0 - lowest) * payers


@rule
def trust_of(tables: Tables, i: int) -> float:
    """Return the trust of practice ``i`` in its organisation, or before any contact."""
    practice = tables.practices[i]
    if practice.organisation != NONE:
        k = find_counterpart(practice, practice.organisation)
        if k != NONE:
            return float(practice.trust[k])
    return float(tables.municipalities[practice.municipality].trust_start)
