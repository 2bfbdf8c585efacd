"""What measuring remembers from one practice to the next is what it would find anew."""

from __future__ import annotations

import numpy as np
import pytest
from support import NONE, Quarters, start_of

from agents.words import Function, Group
from sim.measure.cells import fill_cells, weigh_functions
from sim.measure.need import forget_costs, need_of
from sim.measure.seen import hold_beside, match_hands, see_need, weigh_cells
from sim.tables import Tables

MOMENTS = (8, 40, 63, 90)


@pytest.fixture(scope="module", params=MOMENTS)
def tables(request: pytest.FixtureRequest) -> Tables:
    return Quarters(start_of(3), seed=4).step(request.param)


def open_ones(tables: Tables) -> list[int]:
    return [int(i) for i in np.flatnonzero(tables.practices["alive"])]


def filled(tables: Tables) -> Tables:
    weigh_functions(tables)
    for i in open_ones(tables):
        fill_cells(tables, i)
    return tables


def cells_in_one_hand(tables: Tables, i: int, j: int) -> np.ndarray:
    """What cells of ``i`` weigh in the hand that ``j`` has there, shape (groups, functions)."""
    scratch, functions = tables.scratch, len(tables.functions)
    mine, theirs = ([int(row) for row in scratch.rows[k]] for k in (i, j))
    found = np.zeros((len(mine), functions))
    for g in range(len(mine)):
        own = slice(mine[g] * functions, (mine[g] + 1) * functions)
        other = slice(theirs[g] * functions, (theirs[g] + 1) * functions)
        same = scratch.hands[i][own] == scratch.hands[j][other]
        weights = tables.practices["weights"][i, g] * scratch.movable[:functions]
        found[g] = np.where(same & (scratch.delivered[i][own] > 0.0), weights, 0.0)
    return found


def test_cells_in_the_hand_of_a_neighbour_are_those_one_by_one(tables: Tables) -> None:
    filled(tables)
    rows = open_ones(tables)
    for i in rows[:12]:
        for j in rows[:12]:
            cells = cells_in_one_hand(tables, i, j)
            bits = match_hands(tables, i, j)
            assert bits == sum(1 << n for n, weight in enumerate(cells.ravel()) if weight > 0.0)
            assert weigh_cells(tables, i, bits) == pytest.approx(cells.sum(), rel=1e-12, abs=1e-15)


def test_all_cells_of_a_practice_fit_in_one_whole_number() -> None:
    assert len(Group) * len(Function) < 63


def test_what_is_held_beside_is_the_mean_over_neighbours(tables: Tables) -> None:
    filled(tables)
    hubs, rows = tables.practices["hub"], open_ones(tables)
    values = set()
    for i in rows:
        near = [j for j in rows if j != i and hubs[j] == hubs[i]] or [i]
        mean = sum(cells_in_one_hand(tables, i, j).sum() for j in near) / len(near)
        values.add(hold_beside(tables, i))
        assert hold_beside(tables, i) == pytest.approx(mean, rel=1e-12, abs=1e-15)
    assert len(values) > 1


def test_the_cost_of_a_supplier_is_not_that_of_the_one_before(tables: Tables) -> None:
    rows = np.array(open_ones(tables))
    see_need(tables, rows, len(rows))
    seen = tables.scratch.seen_need[rows].copy()
    for n, i in enumerate(rows):
        forget_costs(tables)
        assert need_of(tables, i) == seen[n]
    # Nobody is supplied by anybody: what each unit would pay by itself, whoever was looked at last.
    suppliers = tables.practices["supplier"].copy()
    tables.practices["supplier"] = NONE
    see_need(tables, rows, len(rows))
    alone = tables.scratch.seen_need[rows].copy()
    tables.practices["supplier"] = suppliers
    assert (alone > 0.0).all()
    see_need(tables, rows, len(rows))
    assert tables.scratch.seen_need[rows].tobytes() == seen.tobytes()
    assert len(set(alone)) > 1


def test_a_cost_that_changed_is_not_that_of_the_quarter_before(tables: Tables) -> None:
    rows = np.array(open_ones(tables))
    factors = [tables.organisations["level"], tables.hubs["cost_factor"]]
    factors += [tables.units["cost_factor"]]
    see_need(tables, rows, len(rows))
    seen = tables.scratch.seen_need[rows].copy()
    for factor in factors:
        factor *= 2.0
    see_need(tables, rows, len(rows))
    assert tables.scratch.seen_need[rows] == pytest.approx(2.0 * seen, rel=1e-12)
    for factor in factors:
        factor /= 2.0
