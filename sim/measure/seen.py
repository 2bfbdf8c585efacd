"""What measuring sees of each practice by itself, worked out once for all places that it is in.

Sums over cells go over groups and, within them, over functions. Mostly one supplier serves all
groups: what counts of it is worked out once for each function.
"""

from __future__ import annotations

import math

from agents.compiled.record import NONE, IntArray
from agents.compiled.rule import rule
from agents.words import Kind, Level
from sim.common.coherence import hand_of
from sim.common.substitution import share_tables
from sim.measure.added_value import least_cost, sum_dealing, value_of
from sim.measure.cells import (
    fill_cells,
    fit_region,
    level_of,
    link,
    support_group,
    take_part,
    weigh_functions,
)
from sim.measure.need import forget_costs, need_of
from sim.tables import Tables


@rule
def see_tables(tables: Tables, rows: IntArray, count: int) -> None:
    """Write into scratch what of these practices' dealings goes over shared tables."""
    for r in range(count):
        i = rows[r]
        shared, hospital = share_tables(tables, i)
        tables.scratch.seen_shared[i] = shared
        tables.scratch.seen_hospital[i] = hospital


@rule
def see_need(tables: Tables, rows: IntArray, count: int) -> None:
    """Write into scratch what full supply of these practices costs."""
    forget_costs(tables)
    for r in range(count):
        tables.scratch.seen_need[rows[r]] = need_of(tables, rows[r])


@rule
def see_practices(tables: Tables, rows: IntArray, count: int, criteria: bool) -> None:
    """Write into scratch what practices get; with ``criteria`` all that criteria read of them.

    They are those of whole hub areas, all that are open.
    """
    weigh_functions(tables)
    for f in range(len(tables.functions)):
        tables.scratch.least[f] = least_cost(tables, f)
    for r in range(count):
        i = rows[r]
        fill_cells(tables, i)
        if criteria:
            tables.scratch.seen_worth[i] = be_worth(tables, i)
            tables.scratch.seen_value[i] = value_of(tables, i)
            tables.scratch.seen_dealing[i] = sum_dealing(tables, i)
            sum_cells(tables, i)
    if criteria:
        hold_rows(tables, rows, count)


@rule
def hold_rows(tables: Tables, rows: IntArray, count: int) -> None:
    """Write into scratch how much of the support of these practices is in one hand."""
    within: float = tables.params[0].criterion_within
    for r in range(count):
        i = rows[r]
        inside = within * tables.scratch.seen_inside[i]
        tables.scratch.seen_hold[i] = inside + (1.0 - within) * hold_beside(tables, i)


@rule
def be_worth(tables: Tables, i: int) -> float:
    """Return the mean over groups, by weight, of the root of the support that others give."""
    practice = tables.practices[i]
    worth = 0.0
    root = 0.0
    for g in range(len(tables.groups)):
        if tables.scratch.rows[i][g] == g:
            root = math.sqrt(support_group(tables, i, g))
        worth = worth + practice.weights[g] * root
    return worth


@rule
def sum_cells(tables: Tables, i: int) -> None:
    """Write into scratch what the cells of practice ``i`` add up to, each by its weight."""
    practice = tables.practices[i]
    scratch = tables.scratch
    functions = len(tables.functions)
    delivered = scratch.delivered[i]
    for f in range(functions):
        scratch.known[f] = NONE
    local = 0.0
    regional = 0.0
    inside = 0.0
    lasting = 0.0
    committed = 0.0
    for g in range(len(tables.groups)):
        first = scratch.rows[i][g] * functions
        if scratch.rows[i][g] == g:
            know_suppliers(tables, i, first)
        share = practice.weights[g]
        for f in range(functions):
            if delivered[first + f] > 0.0:
                weight = share * scratch.movable[f]
                local = local + weight * scratch.fits_local[f]
                regional = regional + weight * scratch.fits_region[f]
                inside = inside + weight * scratch.held_within[f]
                lasting = lasting + weight * scratch.lasts[f]
                parts = weight * scratch.engages[f] * scratch.has_say[f] * scratch.takes_part[f]
                committed = committed + parts
    scratch.seen_local[i] = local
    scratch.seen_regional[i] = regional
    scratch.seen_inside[i] = inside
    scratch.seen_lasting[i] = lasting
    scratch.seen_commitment[i] = committed


@rule
def know_suppliers(tables: Tables, i: int, first: int) -> None:
    """Know who delivers something in the row of cells of practice ``i`` from ``first`` on."""
    for f in range(len(tables.functions)):
        supplier = tables.practices[i].supplier[first + f]
        if tables.scratch.delivered[i][first + f] > 0.0 and tables.scratch.known[f] != supplier:
            know_supplier(tables, i, supplier, f)


@rule
def know_supplier(tables: Tables, i: int, supplier: int, f: int) -> None:
    """Write into scratch what counts of a supplier that does function ``f`` for practice ``i``.

    Whether it works at the level that is best for it, regionally as far as it is of a region's
    size; how far it is in the hand of the main supplier; how long and how invested it is there;
    and engagement, say and taking part in what it does.
    """
    practice = tables.practices[i]
    params = tables.params[0]
    scratch = tables.scratch
    scratch.known[f] = supplier
    scratch.fits_local[f] = 0.0
    scratch.fits_region[f] = 0.0
    level = level_of(tables, supplier)
    if tables.functions[f].level == level:
        if level == Level.LOCAL:
            scratch.fits_local[f] = 1.0
        else:
            scratch.fits_region[f] = fit_region(tables, supplier, f)
    held = 0.0
    if practice.main != NONE:
        held = 1.0
        if hand_of(tables, supplier) != hand_of(tables, practice.main):
            held = link(tables, practice, supplier)
    scratch.held_within[f] = held
    worth = 0.0
    if supplier == practice.main:
        kept = min(1.0, float(practice.kept) / (4.0 * params.criterion_years))
        worth = (1.0 - params.criterion_invested) * kept
    organisations = int(tables.offsets[Kind.ORGANISATION])
    if supplier >= organisations:
        worth = (
            worth
            + params.criterion_invested * tables.organisations[supplier - organisations].invested
        )
    scratch.lasts[f] = worth
    engagement, say, part = take_part(tables, i, supplier)
    scratch.engages[f] = engagement
    scratch.has_say[f] = say
    scratch.takes_part[f] = part


@rule
def match_hands(tables: Tables, i: int, j: int) -> int:
    """Return in which cells the hand that serves practice ``i`` serves ``j`` too, a bit for each.

    Cells go by group and, within it, by function; only those count in which ``i`` gets something.
    """
    scratch = tables.scratch
    functions = len(tables.functions)
    mine = scratch.rows[i]
    theirs = scratch.rows[j]
    row = 0
    bits = 0
    for g in range(len(tables.groups)):
        if mine[g] == g or theirs[g] == g:
            row = 0
            for f in range(functions):
                here = mine[g] * functions + f
                same = scratch.hands[i][here] == scratch.hands[j][theirs[g] * functions + f]
                if same and scratch.delivered[i][here] > 0.0:
                    row = row | (1 << f)
        bits = bits | (row << (g * functions))
    return bits


@rule
def weigh_cells(tables: Tables, i: int, bits: int) -> float:
    """Return what these cells of practice ``i`` weigh (``bits`` as of ``match_hands``)."""
    functions = len(tables.functions)
    total = 0.0
    for g in range(len(tables.groups)):
        share = tables.practices[i].weights[g]
        for f in range(functions):
            if (bits >> (g * functions + f)) & 1 == 1:
                total = total + share * tables.scratch.movable[f]
    return total


@rule
def hold_beside(tables: Tables, i: int) -> float:
    """Return the weight of cells of practice ``i`` that are in the hand of the same cell beside.

    Averaged over its neighbours in its hub area; without any, all that it gets.
    """
    near = 0
    total = 0.0
    bits = 0
    shared = 0.0
    j = tables.hubs[tables.practices[i].hub].first
    while j != NONE:
        other = tables.practices[j]
        if other.alive and j != i:
            near = near + 1
            # Neighbours mostly are alike: what is shared with the last is worked out once.
            now = match_hands(tables, i, j)
            if now != bits:
                bits = now
                shared = weigh_cells(tables, i, bits)
            total = total + shared
        j = other.next_in_hub
    if near == 0:
        return weigh_cells(tables, i, match_hands(tables, i, i))
    return total / float(near)
