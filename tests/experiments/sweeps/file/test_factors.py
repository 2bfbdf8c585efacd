"""Factors: their distributions and levels, and the names that none can have."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from scipy.stats import truncnorm

from experiments.sweeps.file.factors import Factor
from experiments.sweeps.file.names import COLUMNS
from experiments.sweeps.store.about import points_table
from experiments.sweeps.store.finish import runs_table
from experiments.sweeps.store.layout import POINTS
from results.store.folder import write_parquet
from tests.made_plans import WHOLE, plan_of, ranged


def quantile(factor: Factor, share: float) -> float:
    return float(factor.at(np.array([share]))[0])


@pytest.mark.parametrize(
    ("share", "value"),
    # Density rises from 0 at 0 to 1/2 at 1 and falls to 0 at 4: F(x) = x^2/4, then 1-(4-x)^2/12.
    [(0.0, 0.0), (1 / 16, 0.5), (0.25, 1.0), (0.25 + 5 / 12, 2.0), (11 / 12, 3.0), (1.0, 4.0)],
)
def test_triangular(share: float, value: float) -> None:
    assert quantile(ranged(0.0, 4.0, "triangular", 1.0), share) == pytest.approx(value)


@pytest.mark.parametrize("mode", [0.0, 4.0])
def test_triangular_with_its_mode_at_an_end(mode: float) -> None:
    factor = ranged(0.0, 4.0, "triangular", mode)
    assert quantile(factor, 0.75) == pytest.approx(2.0 if mode == 0.0 else math.sqrt(12.0))


@pytest.mark.parametrize(
    ("share", "value"),
    # Of a standard normal 68.2689% lies within 1, 38.2925% within 0.5.
    [(0.0, -1.0), (0.5 - 0.191462461 / 0.682689492, -0.5), (0.5, 0.0), (1.0, 1.0)],
)
def test_normal_cut_off_at_the_ends(share: float, value: float) -> None:
    assert quantile(ranged(-1.0, 1.0, "normal", 0.0, 1.0), share) == pytest.approx(value, abs=1e-8)


@pytest.mark.parametrize(("low", "high"), [(-1.0, 2.0), (8.0, 9.0), (-9.0, -8.0), (20.0, 30.0)])
def test_normal_in_a_tail_keeps_its_digits(low: float, high: float) -> None:
    shares = np.linspace(0.0, 1.0, 101)
    found = np.array(ranged(low, high, "normal", 0.0, 1.0).at(shares), dtype=float)
    assert (np.diff(found) > 0).all()
    assert (found[0], found[-1]) == pytest.approx((low, high))
    middle = truncnorm.ppf(0.5, low, high) if low < 8 else -truncnorm.ppf(0.5, -high, -low)
    assert found[50] == pytest.approx(middle, rel=1e-6)


def test_log_uniform_is_even_in_the_logarithm() -> None:
    factor = ranged(0.01, 1.0, "log-uniform")
    assert quantile(factor, 0.5) == pytest.approx(0.1)
    assert factor.spread(3) == (0.01, pytest.approx(0.1), 1.0)
    assert quantile(factor, 1.0) <= 1.0 and quantile(factor, 0.0) >= 0.01


def test_whole_numbers_are_equally_likely() -> None:
    factor = replace(ranged(-1.0, 3.0), whole=True)
    found = factor.at((np.arange(5000) + 0.5) / 5000)
    assert {value: found.count(value) for value in found} == dict.fromkeys(range(-1, 4), 1000)
    assert factor.at(np.array([0.0, 1.0])) == [-1, 3] == list(factor.extremes())
    assert all(type(value) is int for value in found)
    assert factor.spread(5) == (-1, 0, 1, 2, 3)


def test_levels_are_even_and_end_at_the_ends() -> None:
    assert ranged(0.1, 0.7).spread(4) == (0.1, pytest.approx(0.3), pytest.approx(0.5), 0.7)
    for most in (3, 7, 20):
        for count in range(2, most + 2):
            assert len(set(replace(ranged(0.0, most), whole=True).spread(count))) == count


def test_no_factor_can_take_the_place_of_a_column(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, WHOLE)
    write_parquet(points_table(plan), tmp_path / POINTS)
    names = set(points_table(plan).column_names)
    zero = pa.array([0])
    heads = pa.table(
        {"run_id": pa.array(["0"]), "point": pa.array([1]), "replicate": zero, "seed": zero,
         "population_seed": zero, "status": pa.array(["done"]), "reason": pa.array([""])}
    )  # fmt: skip
    about = {"from": "2009Q1", "to": "2010Q4", "switch": "2018Q1", "engine": "compiled"}
    names |= set(runs_table(tmp_path, about, heads).column_names)
    assert names - {factor.name for factor in plan.experiment.factors} <= set(COLUMNS)
