"""Designs on whole numbers: every number as often, steps of one size, or refused with what fits."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from experiments.sweeps.file.design import Design, make_design, rows_of
from experiments.sweeps.file.factors import Factor
from sim.errors import BadInput


def whole(low: int, high: int, levels: int = 0) -> Factor:
    return Factor(
        "n", "lever", ("n",), low=low, high=high, distribution="uniform", whole=True,
        levels=levels, where="x.toml: levers.n",
    )  # fmt: skip


def made(raw: dict[str, Any], *factors: Factor) -> Design:
    return make_design(raw, factors, Path("x.toml"))[0]


@pytest.mark.parametrize(
    ("low", "high", "grid", "fits"),
    [(1, 3, 4, "2"), (0, 4, 4, "2"), (1, 10, 6, "2, 4, 10"), (0, 50, 4, "2, 6, 26"),
     (0, 9, 64, "2, 4, 10")],
)  # fmt: skip
def test_a_grid_that_is_uneven_is_refused(low: int, high: int, grid: int, fits: str) -> None:
    raw = {"kind": "morris", "points": 4, "grid": grid}
    with pytest.raises(BadInput) as caught:
        made(raw, whole(low, high))
    for part in (f"x.toml: design.grid: {grid} levels", f"whole numbers {low} .. {high}", fits):
        assert part in str(caught.value)


@pytest.mark.parametrize(("low", "high", "grid"), [(1, 3, 2), (1, 4, 4), (0, 1, 2), (1, 10, 4)])
def test_morris_draws_even_levels_and_steps_of_one_size(low: int, high: int, grid: int) -> None:
    factors = (whole(low, high), Factor("x", "lever", ("x",), high=1.0, distribution="uniform"))
    design = made({"kind": "morris", "points": 400, "grid": grid}, *factors)
    rows = rows_of(design, factors)
    step = (high - low) * grid // (2 * (grid - 1))
    sizes = set()
    for one, two in zip(rows[:-1], rows[1:], strict=True):
        if one[1] == two[1]:  # the whole number moved, or a new trajectory began
            sizes.add(abs(int(two[0]) - int(one[0])))
    counts = Counter(row[0] for row in rows)
    assert step in sizes and len(counts) == grid
    assert all(abs(n / len(rows) - 1 / grid) < 0.06 for n in counts.values()), counts
    moves = [abs(int(b[0]) - int(a[0])) for k in range(0, len(rows), 3)
             for a, b in zip(rows[k : k + 2], rows[k + 1 : k + 3], strict=True)]  # fmt: skip
    assert set(moves) == {0, step}


@pytest.mark.parametrize("kind", ["latin-hypercube", "sobol", "saltelli"])
@pytest.mark.parametrize("high", [3, 5, 8])
def test_other_samples_draw_every_number_as_often(kind: str, high: int) -> None:
    factors = (whole(1, high),)
    counts = Counter(
        row[0] for row in rows_of(made({"kind": kind, "points": 256}, *factors), factors)
    )
    rows = sum(counts.values())
    assert set(counts) == set(range(1, high + 1))
    assert all(abs(n / rows - 1 / high) < 0.01 for n in counts.values()), counts


@pytest.mark.parametrize(("low", "high", "levels"), [(1, 4, 3), (0, 10, 4), (0, 7, 5)])
def test_levels_that_are_uneven_are_refused(low: int, high: int, levels: int) -> None:
    with pytest.raises(BadInput, match=rf"levers.n.levels: {levels} are no even steps"):
        made({"kind": "factorial"}, whole(low, high, levels))


@pytest.mark.parametrize(("low", "high", "levels"), [(1, 4, 4), (0, 10, 3), (0, 7, 2), (1, 3, 3)])
def test_levels_of_a_factorial_are_even_steps(low: int, high: int, levels: int) -> None:
    factors = (whole(low, high, levels),)
    found = [int(row[0]) for row in rows_of(made({"kind": "factorial"}, *factors), factors)]
    assert found[0] == low and found[-1] == high and len(found) == levels
    assert len({b - a for a, b in zip(found[:-1], found[1:], strict=True)}) == 1
