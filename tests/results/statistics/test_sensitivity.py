"""Indices of sensitivity: against SALib, by hand, and how often their intervals hold the truth."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest

from results.statistics.sensitivity.alone import difference, moves_of
from results.statistics.sensitivity.coverage import Case, covered, g_function, ishigami
from results.statistics.sensitivity.distance import pawn
from results.statistics.sensitivity.levels import Grid
from results.statistics.sensitivity.resampled import across, even, interval
from results.statistics.sensitivity.steps import Trajectories, effects_of, mean_size
from results.statistics.sensitivity.variance import Scheme

PROBLEM = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[0.0, 1.0]] * 3}
with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # SALib warns of what its own callees deprecate
    from SALib.analyze import morris as salib_morris
    from SALib.analyze import pawn as salib_pawn
    from SALib.analyze import sobol as salib_sobol
    from SALib.sample import morris, sobol


@pytest.fixture(autouse=True)
def quiet() -> None:
    warnings.simplefilter("ignore", DeprecationWarning)
    warnings.simplefilter("ignore", FutureWarning)


def test_one_seed_gives_the_shares_of_salib() -> None:
    points = sobol.sample(PROBLEM, 64, calc_second_order=True, seed=3)
    values = ishigami().of(points)
    theirs = salib_sobol.analyze(PROBLEM, values, num_resamples=2, seed=1)
    # SALib centres all outcomes together and divides by the variance of A and B alone.
    scheme = Scheme(values.reshape(64, 8, 1), 3)
    found = scheme.estimate(even(64), even(1))
    names = scheme.names()
    assert found[:3] == pytest.approx(theirs["S1"], abs=0.02)
    assert found[3:6] == pytest.approx(theirs["ST"], abs=1e-9)
    pairs = [theirs["S2"][j, k] for index, j, k in names if index == "S2"]
    assert found[6:9] == pytest.approx(pairs, abs=0.03)
    assert np.isnan(found[-1])


def test_one_seed_gives_the_effects_of_salib() -> None:
    points = morris.sample(PROBLEM, 12, num_levels=4, seed=5)
    values = ishigami().of(points)
    theirs = salib_morris.analyze(PROBLEM, points, values, num_levels=4, num_resamples=2, seed=1)
    blocks = points.reshape(12, 4, 3)
    outcomes = values.reshape(12, 4, 1)
    way = Trajectories(effects_of(outcomes, np.diff(blocks, axis=1)), outcomes)
    found = way.estimate(even(12), even(1))
    expected = [*theirs["mu_star"], *theirs["mu"], *theirs["sigma"]]
    assert found[:9] == pytest.approx(expected)


def test_distances_are_those_of_salib_and_idle_factors_stay_below_the_limit() -> None:
    random = np.random.default_rng(1)
    points = random.random((500, 3))
    values = ishigami().of(points)
    found = pawn(points, values)
    theirs = salib_pawn.analyze(PROBLEM, points, values, S=10)["median"]
    assert found.indices == pytest.approx(np.asarray(theirs, dtype=float), abs=0.01)
    assert found.indices[0] > found.idle and found.indices[1] > found.idle
    passed = [pawn(points, random.random(500)).indices > found.idle for _ in range(60)]
    assert 0.01 < np.mean(passed) < 0.11  # 1 in 20 of factors without effect
    with pytest.raises(ValueError, match="39 points are too few"):
        pawn(points[:39], values[:39])


def test_products_over_pairs_of_seeds_hold_no_noise() -> None:
    random = np.random.default_rng(2)
    noise = random.standard_normal((20_000, 4))
    seeds = even(4)
    both, own = (noise @ seeds) ** 2, noise**2 @ seeds**2
    assert both.mean() == pytest.approx(0.25, abs=0.01)
    assert across(both, own, seeds).mean() == pytest.approx(0.0, abs=0.01)
    assert across(both, own, even(1)) is both


def test_seed_noise_is_taken_out_of_shares_and_told_as_one_of_its_own() -> None:
    random = np.random.default_rng(4)
    known = ishigami()
    a, b = random.random((2, 4096, 3))
    blocks = np.stack([a, *(np.where(np.arange(3) == k, b, a) for k in range(3)), b], axis=1)
    values = known.of(blocks)[..., None]
    noisy = values + np.sqrt(known.variance) * random.standard_normal((4096, 5, 2))
    found = Scheme(noisy, 3).estimate(even(4096), even(2))
    assert found[:6] == pytest.approx([*known.first, *known.total], abs=0.06)
    assert found[-1] == pytest.approx(0.5, abs=0.02)
    plain = Scheme(noisy.mean(axis=2, keepdims=True), 3).estimate(even(4096), even(1))
    assert plain[5] > 0.40  # uncorrected: a third of the variance of means is noise, in each ST


def test_noise_alone_gives_no_effect_and_shares_of_nothing_are_not_given() -> None:
    random = np.random.default_rng(5)
    points = morris.sample(PROBLEM, 400, num_levels=4, seed=5).reshape(400, 4, 3)
    noise = random.standard_normal((400, 4, 5))
    effects = effects_of(noise, np.diff(points, axis=1))
    found = Trajectories(effects, noise).estimate(even(400), even(5))
    raw = np.abs(effects.mean(axis=2)).mean(axis=0)
    assert (found[:3] < 0.3 * raw).all() and found[:3].mean() < 0.15 * raw.mean()
    assert found[-1] == pytest.approx(1.0, abs=0.01)
    nothing = Scheme(np.broadcast_to(random.random((1, 1, 3)), (20, 5, 3)), 3)
    shares = nothing.estimate(even(20), even(3))
    assert np.isnan(shares[:-1]).all() and shares[-1] == 1.0


def test_mean_sizes_are_those_of_normal_numbers() -> None:
    draws = np.random.default_rng(6).normal(-0.7, 1.3, 400_000)
    assert mean_size(np.array([-0.7]), np.array([1.3]))[0] == pytest.approx(
        np.abs(draws).mean(), abs=0.005
    )
    assert mean_size(np.array([-0.7]), np.array([0.0]))[0] == 0.7


def test_shares_of_levels_by_hand() -> None:
    # Outcomes 0, 2 / 4, 10: means by the first factor 1 and 7, by the second 2 and 6, in all 4.
    # Variance (16 + 4 + 0 + 36) / 4 = 14; of the first alone 9, of the second 4, together 1.
    values = np.array([[[0.0, 0.0], [2.0, 2.0]], [[4.0, 4.0], [10.0, 10.0]]])[None]
    grid = Grid(values)
    names, found = grid.names(), grid.estimate(even(1), even(2))
    assert [(index, k) for index, k, _ in names] == [
        ("S1", 0), ("S1", 1), ("ST", 0), ("ST", 1), ("seed", -1),
    ]  # fmt: skip
    assert found[:4] == pytest.approx([9 / 14, 4 / 14, 10 / 14, 5 / 14])
    assert found[4] == 0.0
    sample = np.stack([values[0], values[0] + 6.0])  # a sample of two points, 6 apart: adds 9
    found = Grid(sample).estimate(even(2), even(2))
    assert found[:3] == pytest.approx([9 / 23, 4 / 23, 9 / 23])
    assert found[3:6] == pytest.approx([10 / 23, 5 / 23, 9 / 23])


def test_moves_from_one_base_are_found_wherever_it_stands() -> None:
    table = pd.DataFrame({"x": [2.0, 1.0, 1.0, 3.0], "y": ["a", "a", "b", "a"]})
    found = moves_of(table)
    assert [(move.row, move.base, move.factor, move.text) for move in found] == [
        (0, 1, "x", "1 -> 2"), (2, 1, "y", "a -> b"), (3, 1, "x", "1 -> 3"),
    ]  # fmt: skip
    both = pd.DataFrame({"x": [1.0, 2.0, 2.0, 3.0], "y": ["a", "a", "b", "c"]})
    assert moves_of(both) == []
    mean, low, high = difference(np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 3.0]))
    # Gaps 1, 2, 0: mean 1, standard error 1/sqrt(3); t of two degrees of freedom 4.303.
    assert (mean, low, high) == pytest.approx((1.0, 1.0 - 4.303 / 3**0.5, 1.0 + 4.303 / 3**0.5),
                                              abs=1e-3)  # fmt: skip


def test_an_interval_over_seeds_holds_what_all_points_have_in_common() -> None:
    """A mean of points and seeds of which only seeds differ: the interval is that over seeds."""
    random = np.random.default_rng(7)
    common = random.standard_normal(10)
    table = np.broadcast_to(common, (50, 10)) + 0.3 * random.standard_normal((50, 10))

    def mean(points: np.ndarray, seeds: np.ndarray) -> np.ndarray:
        return np.array([points @ table @ seeds])

    found = interval(mean, 50, 10, draws=2000)
    error = (found.high[0] - found.low[0]) / 2 / 2.01
    assert error == pytest.approx(table.mean(axis=0).std(ddof=1) / 10**0.5, rel=0.1)
    none = interval(lambda points, seeds: np.array([1.0]), 1, 2)
    assert np.isnan(none.low[0])


@pytest.mark.slow
@pytest.mark.parametrize(
    "case",
    [Case(ishigami(), 64, 5, 0.3), Case(g_function(), 64, 5, 0.3)],
    ids=lambda c: c.known.name,
)
def test_intervals_hold_the_truth_as_often_as_they_say(case: Case) -> None:
    names, found = covered(case, 120, 100)
    assert 0.93 <= found.mean() <= 0.97, dict(zip(names, found, strict=True))
    assert found.min() > 0.88, dict(zip(names, found, strict=True))
