"""Shares with Wilson's interval, and pairs of runs by group, on numbers known beforehand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from results.statistics.shares import same_group, share_of


def test_wilson_by_hand() -> None:
    # 1 of 10: centre (.1 + 3.8415/20) / 1.38415 = .2110, half width .1930: .0179 to .4042.
    found = share_of(np.arange(10) == 3)
    assert (found.hits, found.of, found.value) == (1, 10, 0.1)
    assert (found.low, found.high) == (
        pytest.approx(0.0179, abs=5e-5),
        pytest.approx(0.4042, abs=5e-5),
    )


def test_none_and_all_have_an_interval_too() -> None:
    none, every = share_of(np.zeros(30, bool)), share_of(np.ones(30, bool))
    # z^2 / (n + z^2) = 3.8415 / 33.8415.
    assert (none.low, none.high) == (0.0, pytest.approx(0.11351, abs=1e-5))
    assert (every.low, every.high) == (pytest.approx(0.88649, abs=1e-5), 1.0)
    assert math.isnan(share_of(np.zeros(0, bool)).value)


def test_pairs_are_told_apart_by_the_groups_of_their_arms() -> None:
    found = same_group(np.array([True, True, False, False]), np.array([True, False, True, False]))
    assert [one.tolist() for one in found] == [[3], [0], [1, 2]]
