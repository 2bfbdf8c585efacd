"""Another formula for each criterion: whether a rank of designs hangs on the formula."""

from __future__ import annotations

import math

from agents.compiled.draws import clip
from agents.compiled.record import NONE, FloatArray, IntArray
from agents.compiled.rule import rule
from agents.words import Function
from sim.common.coherence import match_neighbours
from sim.measure.cells import (
    level_of,
    support_group,
    take_part,
    weigh_cell,
)
from sim.measure.criteria import Criteria, Scope, trust_of
from sim.tables import Tables


@rule
def score_otherwise(tables: Tables, rows: IntArray, scope: Scope, out: FloatArray) -> None:
    """Fill the eight criteria of these practices by their alternative formulas.

    Scratch holds what ``see_practices`` wrote.
    """
    params = tables.params[0]
    within: float = params.criterion_within
    new: float = params.criterion_new
    continuity = 0.0
    trust = 0.0
    for r in range(scope.practices):
        i = rows[r]
        practice = tables.practices[i]
        part = float(practice.patients) / scope.insured
        if scope.need > 0.0:
            out[Criteria.CRITERION_1] += practice.burden / scope.need * support(tables, i)
        out[Criteria.CRITERION_2] += part * prefer_level(tables, i)
        beside = (1.0 - within) * match_neighbours(tables, i)
        out[Criteria.CRITERION_3] += part * (within * tables.scratch.seen_inside[i] + beside)
        if practice.main != NONE and practice.mandate:
            kept = min(1.0, float(practice.kept) / (4.0 * params.criterion_years))
            continuity = continuity + part * kept
        out[Criteria.CRITERION_6] += part * average_parts(tables, i)
        reached = practice.by_function[Function.INNOVATION]
        out[Criteria.CRITERION_7] += part * reached * (new + (1.0 - new) * practice.renewal)
        trust = trust + 0.5 * (trust_of(tables, i) + practice.payer_trust)
    out[Criteria.CRITERION_4] = math.sqrt(continuity)
    if scope.oi > 0.0:
        out[Criteria.CRITERION_5] = clip(1.0 - scope.spent / scope.oi, 0.0, 1.0)
    out[Criteria.CRITERION_8] = trust / float(scope.practices)


@rule
def support(tables: Tables, i: int) -> float:
    """Return the share of full support that others give practice ``i``, over its groups."""
    practice = tables.practices[i]
    total = 0.0
    for g in range(len(tables.groups)):
        total = total + practice.weights[g] * support_group(tables, i, g)
    return total


@rule
def prefer_level(tables: Tables, i: int) -> float:
    """Return the weight of cells at their preferred level, one level off by what that counts."""
    practice = tables.practices[i]
    functions = len(tables.functions)
    total = 0.0
    for g in range(len(tables.groups)):
        for f in range(functions):
            c = g * functions + f
            fits = level_of(tables, practice.supplier[c]) == tables.functions[f].level
            score = 1.0 if fits else tables.params[0].criterion_one_off
            total = total + weigh_cell(tables, i, g, f) * score
    return total


@rule
def average_parts(tables: Tables, i: int) -> float:
    """Return the mean of engagement, say and taking part, over who delivers to ``i``."""
    practice = tables.practices[i]
    functions = len(tables.functions)
    total = 0.0
    for g in range(len(tables.groups)):
        for f in range(functions):
            weight = weigh_cell(tables, i, g, f)
            if weight > 0.0:
                supplier = practice.supplier[g * functions + f]
                engagement, say, part = take_part(tables, i, supplier)
                total = total + weight * (engagement + say + part) / 3.0
    return total
