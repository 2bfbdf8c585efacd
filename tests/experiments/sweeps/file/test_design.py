"""Designs: which points they give, in which order, and the same for the same seed."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from experiments.sweeps.file.design import Design, count_of, rows_of, unit_sample
from experiments.sweeps.file.factors import Factor
from tests.made_plans import HEAD, LATIN, LEVERS, RANGES, RUNS, plan_of, ranged


def test_a_factorial_is_every_combination_the_last_factor_fastest() -> None:
    factors = (
        Factor("a", "lever", ("a",), (1, 2)),
        replace(ranged(0.0, 1.0), levels=3),
        Factor("b", "lever", ("b",), ("x", "y")),
    )
    rows = rows_of(Design("factorial"), factors)
    assert rows == list(itertools.product((1, 2), (0.0, 0.5, 1.0), ("x", "y")))
    assert len(rows) == count_of(Design("factorial"), factors) == 12


@pytest.mark.parametrize("seed", [0, 1, 2**32 - 1])
def test_a_latin_hypercube_has_each_stratum_of_each_factor_once(seed: int) -> None:
    sample = unit_sample(Design("latin-hypercube", 50, seed), 4)
    assert sample.shape == (50, 4)
    assert (np.sort(np.floor(sample * 50), axis=0) == np.arange(50)[:, None]).all()


def test_a_sobol_sample_is_balanced() -> None:
    sample = unit_sample(Design("sobol", 64, 5), 3)
    assert (np.sort(np.floor(sample * 64), axis=0) == np.arange(64)[:, None]).all()
    for one, other in itertools.combinations(range(3), 2):  # a quarter of the points in each
        cells = np.floor(sample[:, one] * 2) * 2 + np.floor(sample[:, other] * 2)
        assert np.bincount(cells.astype(int)).tolist() == [16] * 4


@pytest.mark.parametrize(("pairs", "rows"), [(False, 5), (True, 8)])
def test_saltelli_swaps_one_factor_at_a_time(pairs: bool, rows: int) -> None:
    design = Design("saltelli", 8, 1, second_order=pairs)
    sample = unit_sample(design, 3)
    assert sample.shape == (8 * rows, 3)
    assert count_of(design, (ranged(0, 1),) * 3) == 8 * rows
    for block in sample.reshape(8, rows, 3):
        first, last = block[0], block[-1]
        for k in range(3):
            assert block[1 + k].tolist() == [*first[:k], last[k], *first[k + 1 :]]
            if pairs:
                assert block[4 + k].tolist() == [*last[:k], first[k], *last[k + 1 :]]


@pytest.mark.parametrize("grid", [2, 4, 8])
def test_each_step_of_morris_moves_one_factor_half_the_grid(grid: int) -> None:
    design = Design("morris", 10, 0, grid=grid)
    sample = unit_sample(design, 3)
    assert sample.shape == (10 * 4, 3)
    assert count_of(design, (ranged(0, 1),) * 3) == 40
    assert np.allclose(sample * (grid - 1), np.round(sample * (grid - 1)))
    steps = np.diff(sample.reshape(10, 4, 3), axis=1)
    moved = ~np.isclose(steps, 0.0)
    assert (moved.sum(axis=2) == 1).all() and (moved.sum(axis=1) == 1).all()
    assert np.allclose(np.abs(steps[moved]), grid / (2 * (grid - 1)))


@pytest.mark.parametrize("kind", ["latin-hypercube", "sobol", "saltelli", "morris"])
@pytest.mark.parametrize("seed", [0, 11])
def test_the_same_seed_gives_the_same_sample_and_no_other_draw(kind: str, seed: int) -> None:
    np.random.seed(4)
    before = np.random.get_state()[1].tolist()
    sample = unit_sample(Design(kind, 8, seed), 2)
    assert np.random.get_state()[1].tolist() == before
    assert (sample == unit_sample(Design(kind, 8, seed), 2)).all()
    assert (sample != unit_sample(Design(kind, 8, seed + 1), 2)).any()
    assert ((sample >= 0) & (sample <= 1)).all()


def test_every_listed_value_meets_the_same_sample(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, HEAD + RUNS + LEVERS + RANGES + LATIN)
    rows = [point.values for point in plan.points]
    assert len(rows) == 2 * 2 * 5
    crossed = [row[:2] for row in rows]
    assert crossed == [
        pair for pair in itertools.product((0.5, 1.5), ("none", "strict")) for _ in "12345"
    ]
    drawn = [row[2:] for row in rows]
    assert drawn == drawn[:5] * 4 and len(set(drawn)) == 5


@pytest.mark.parametrize("kind", ["sobol", "saltelli", "morris"])
def test_a_larger_sample_holds_the_smaller_so_that_its_runs_can_be_taken(kind: str) -> None:
    if kind != "sobol":
        pytest.importorskip("SALib")
    few, many = (
        {tuple(row) for row in unit_sample(Design(kind, points, 7), 3).tolist()}
        for points in (32, 64)
    )
    assert few < many
