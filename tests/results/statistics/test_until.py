"""Seeds until a mean is known: what is asked for, against samples worked out by hand, and rates."""

from __future__ import annotations

import math

import numpy as np
import pytest

from results.statistics.until import (
    ABOUT_ZERO,
    FEW,
    MORE,
    NOT_REACHED,
    REACHED,
    TOO_FEW,
    Judged,
    Width,
    judge,
    known_means,
    settled,
)
from results.statistics.until_rates import MADE, pool_of, rates

PILOT = np.tile([1.0, 3.0], 10)
"""Twenty values: mean 2, standard deviation sqrt(20 / 19) = 1.0260; t(19) is 2.0930."""


def of_one(values: list[float] | np.ndarray, width: Width, most: int = 1000) -> Judged:
    table = np.array([values], dtype=float)
    return judge(table, np.array([table.shape[1]]), 20, width, most)


def test_a_pilot_says_how_many_seeds_by_steins_rule() -> None:
    found = of_one(PILOT, Width(0.25))
    # (2.0930 * 1.0260 / 0.25) ** 2 = 73.8
    assert found.seeds[0] == 74 and found.verdict[0] == MORE
    assert found.mean[0] == 2.0
    assert found.half[0] == pytest.approx(2.0930 * 1.0260 / math.sqrt(20), rel=1e-4)
    assert of_one(PILOT, Width(0.125, relative=True)).seeds[0] == 74  # of 2


def test_few_runs_settle_what_they_give_at_half_the_width() -> None:
    assert of_one(PILOT, Width(0.97)).verdict[0] == REACHED  # its own half-width is 0.480
    found = of_one(PILOT, Width(0.95))
    assert (found.verdict[0], found.seeds[0]) == (MORE, FEW)
    assert of_one(np.r_[PILOT, PILOT, PILOT[1:]], Width(0.3)).verdict[0] == REACHED


def test_the_interval_keeps_the_spread_of_the_pilot_and_that_of_all_runs() -> None:
    calm = np.r_[PILOT, np.full(80, 2.0)]
    kept = 2.0930 * 1.0260 / math.sqrt(100)
    assert of_one(calm, Width(0.3)).half[0] == pytest.approx(kept, rel=1e-4)
    wild = np.r_[PILOT, np.tile([-8.0, 12.0], 40)]
    spread = math.sqrt((20 * 1.0 + 80 * 100.0) / 99)
    found = of_one(wild, Width(0.3))
    assert found.half[0] == pytest.approx(1.9842 * spread / math.sqrt(100), rel=1e-4)
    assert (found.verdict[0], found.seeds[0]) == (MORE, 1000)  # of 3,570 that it would take


def test_runs_that_agree_settle_nothing_before_there_are_enough_of_them() -> None:
    same = of_one(np.full(20, 0.1), Width(1.0))
    assert (same.verdict[0], same.seeds[0]) == (MORE, FEW)
    assert of_one(np.full(FEW, 0.1), Width(1e-9)).verdict[0] == REACHED
    assert of_one(np.full(20, 0.1), Width(1.0), most=30).seeds[0] == 30
    assert of_one(np.full(30, 0.1), Width(1.0), most=30).verdict[0] == NOT_REACHED


def test_failed_runs_are_made_up_for_and_few_runs_say_nothing() -> None:
    with_failed = np.r_[PILOT, [np.nan] * 5]
    assert of_one(with_failed, Width(0.25)).seeds[0] == 79
    assert of_one([np.nan] * 20, Width(0.3)).verdict[0] == TOO_FEW
    assert of_one([1.0] + [np.nan] * 19, Width(0.3)).seeds[0] == 20


def test_a_share_of_a_mean_about_zero_is_no_width() -> None:
    around = np.tile([-1.0, 1.0], 10)
    assert of_one(around, Width(0.05, relative=True)).verdict[0] == ABOUT_ZERO
    assert of_one(around, Width(0.05)).verdict[0] == MORE
    # At most 0.459 from zero, of which 0.5 would take (0.480 / 0.229) ** 2 * 20 = 88 runs.
    hopeful = of_one(around, Width(0.5, relative=True))
    assert (hopeful.verdict[0], hopeful.seeds[0]) == (MORE, FEW)
    assert of_one(around, Width(0.5, relative=True), most=80).verdict[0] == ABOUT_ZERO
    assert rates(MADE["0 or 1, 1 in 10%"], 0.2, relative=True).reached > 0.9


def test_no_more_seeds_than_are_allowed() -> None:
    values = np.random.default_rng(2).normal(size=(50, 300))
    found = settled(values, 20, Width(0.05), 300)
    assert set(found.verdict) == {NOT_REACHED} and set(found.seeds) == {300}
    found = settled(values, 20, Width(0.3), 300)
    assert set(found.verdict) == {REACHED} and (found.half <= 0.3).all()
    for row, seeds, mean in zip(values, found.seeds, found.mean, strict=True):
        assert mean == pytest.approx(row[:seeds].mean())


@pytest.mark.parametrize("width", [0.4, 0.2, 0.1])
@pytest.mark.parametrize("name", ["normal", "half and half, 6 sd apart", "exponential"])
def test_means_lie_as_near_as_is_said(name: str, width: float) -> None:
    """Of 1,000 repetitions; 0.955 and 0.93 less three standard errors."""
    found = rates(MADE[name], width, most=1500)
    least = 0.91 if name == "exponential" else 0.935
    assert found.covered >= least and found.in_interval >= least - 0.02
    assert found.reached > 0.98


def test_rates_find_a_rule_that_stops_too_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the pilot's degrees of freedom, and looking after each seed, too few are covered."""
    from results.statistics import until

    monkeypatch.setattr(until, "STEP", 1.0)
    monkeypatch.setattr(until, "_quantile", lambda n: np.where(n > 1, 1.4, np.nan))
    assert rates(MADE["normal"], 0.1).covered < 0.9


def test_values_that_were_seen_can_be_drawn_from() -> None:
    pool = pool_of(np.random.default_rng(4).gamma(4.0, size=400))
    assert rates(pool, 0.2).covered > 0.92


def test_no_targets_no_rows() -> None:
    assert known_means({}).empty
    assert known_means({"until": {"seeds": [20], "targets": [{"outcome": "trust"}]}}).empty
