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
    """Fill the eight criteria of these practices (``Criteria``), of which scratch holds the parts.

    What ``see_practices`` wrote: support by its worth, what is delivered where it is best, in
    one hand, lasting and with commitment, and its value and what dealing takes.
    """
    seen = tables.scratch
    worth = 0.0
    local = 0.0
    regional = 0.0
    shared = 0.0
    lasting = 0.0
    value = 0.0
    takes = scope.oi
    hold = 0.0
    commitment = 0.0
    room = 0.0
    for r in range(scope.practices):
        i = rows[r]
        practice = tables.practices[i]
        part = float(practice.patients) / scope.insured
        if scope.need > 0.0:
            worth = worth + practice.burden / scope.need * seen.seen_worth[i]
        local = local + part * seen.seen_local[i]
        regional = regional + part * seen.seen_regional[i]
        shared = shared + part * seen.seen_shared[i]
        lasting = lasting + part * seen.seen_lasting[i]
        value = value + seen.seen_value[i]
        takes = takes + seen.seen_dealing[i]
        hold = hold + part * seen.seen_hold[i]
        commitment = commitment + part * seen.seen_commitment[i]
        room = room + part * make_room(tables, i)
    out[Criteria.CRITERION_1] = worth * worth
    out[Criteria.CRITERION_2] = allow_scales(tables, local, regional)
    out[Criteria.CRITERION_3] = hold
    out[Criteria.CRITERION_4] = math.sqrt(shared * lasting)
    out[Criteria.CRITERION_5] = min(1.0, value / takes) if takes > 0.0 else 0.0
    out[Criteria.CRITERION_6] = commitment
    out[Criteria.CRITERION_7] = room
    out[Criteria.CRITERION_8] = trust_first(tables, rows, scope.practices)


@rule
def allow_scales(tables: Tables, local: float, regional: float) -> float:
    """Return the root of local functions done locally, times regional ones done by a region.

    ``local`` and ``regional``: shares of all that can move up, delivered at the level best for it.
    """
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
def make_room(tables: Tables, i: int) -> float:
    """Return how far innovation reaches practice ``i``, and whether it knows who entered."""
    practice = tables.practices[i]
    entrants: float = tables.params[0].criterion_entrants
    reached = practice.by_function[Function.INNOVATION] * practice.renewal
    return float((1.0 - entrants) * reached + entrants * know_entrant(tables, i))


@rule
def know_entrant(tables: Tables, i: int) -> float:
    """Return 1 where practice ``i`` knows an entrant that sells to somebody, else 0."""
    practice = tables.practices[i]
    for k in range(len(practice.counterpart)):
        o = practice.counterpart[k]
        if o != NONE and tables.organisations[o].entrant and tables.organisations[o].sold > 0.0:
            return 1.0
    return 0.0


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
