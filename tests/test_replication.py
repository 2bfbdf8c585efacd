"""How many replicates would do, against samples whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from results.statistics.replication import (
    ABOUT_ZERO,
    CONSTANT,
    NOT_REACHED,
    REACHED,
    TOO_FEW,
    replicates_needed,
)


def by_hand(values: list[float], epsilon: float) -> int:
    """The definition, word by word: least n of at most half of N."""
    sample = np.array(values)

    def cv(n: int) -> float:
        return float(sample[:n].std(ddof=1) / abs(sample[:n].mean()))

    size = len(sample)
    for n in range(2, size // 2 + 1):
        if all(abs(cv(n) - cv(m)) < epsilon for m in range(n + 1, size + 1)):
            return n
    return 0


def test_it_is_the_definition() -> None:
    random = np.random.default_rng(5)
    for spread in (0.1, 0.5, 1.0):
        table = random.lognormal(sigma=spread, size=(40, 60))
        found = replicates_needed(table, 0.05)
        asked = [by_hand(list(row), 0.05) for row in table]
        settled = found.verdict == REACHED
        assert [n for n, known in zip(asked, settled, strict=True) if known] == list(
            found.replicates[settled]
        )
        assert all(n == 0 for n, known in zip(asked, settled, strict=True) if not known)


def test_a_sample_computed_by_hand() -> None:
    # 1, 3, 1, 3, ...: the first n have cv 0.707 (n = 2), 0.693 (3), 0.577 (4), 0.609 (5),
    # 0.548 (6), 0.573 (7), 0.535 (8), ... and 0.513 at 20. From 0.577 on all are within 0.07.
    values = np.tile([1.0, 3.0], 10)
    found = replicates_needed(values, 0.07)
    assert found.replicates[0] == 4 and found.verdict[0] == REACHED
    assert found.cv[0] == pytest.approx(np.sqrt(20 / 19) / 2)
    assert replicates_needed(values, 0.2).replicates[0] == 2
    assert replicates_needed(values, 0.02).verdict[0] == NOT_REACHED
    assert replicates_needed(values, 0.02).replicates[0] == 0


def test_constants_zeros_and_small_samples() -> None:
    table = [[5.0] * 8, [0.0] * 8, [-1.0, 1.0] * 4, [2.0] * 3 + [np.nan] * 5, [np.nan] * 8]
    found = replicates_needed(table)
    assert list(found.verdict) == [CONSTANT, CONSTANT, ABOUT_ZERO, TOO_FEW, TOO_FEW]
    assert list(found.replicates) == [1, 1, 0, 0, 0] and list(found.seen) == [8, 8, 8, 3, 0]
    assert found.cv[0] == 0.0 and np.isnan(found.cv[2:]).all()
    rare = replicates_needed([0.0] * 29 + [1.0])  # one run in thirty: too few to know its mean
    assert rare.verdict[0] == ABOUT_ZERO


def test_scale_and_large_means_change_nothing_and_small_spread_settles_at_once() -> None:
    random = np.random.default_rng(2)
    values = 10 + random.normal(size=(20, 40))
    found = replicates_needed(values)
    assert (replicates_needed(values * 1e9).replicates == found.replicates).all()
    assert (replicates_needed(-values).replicates == found.replicates).all()
    assert set(replicates_needed(values + 1e6).replicates) == {2}


def test_failed_replicates_are_left_out() -> None:
    values = np.random.default_rng(3).lognormal(size=60)
    holes = np.insert(values, [0, 7, 30, 60], [np.nan, np.nan, np.inf, np.nan])
    one, other = replicates_needed(values), replicates_needed(holes)
    assert (one.replicates, one.verdict, one.seen) == (
        other.replicates,
        other.verdict,
        other.seen,
    )
    assert one.cv == pytest.approx(other.cv)


def test_more_spread_needs_more_and_what_is_wrong_is_said() -> None:
    random = np.random.default_rng(4)
    needed = []
    for spread in (0.1, 0.3, 0.6):
        found = replicates_needed(1 + spread * random.uniform(-1, 1, size=(200, 400)))
        assert (found.verdict == REACHED).all()
        needed.append(np.median(found.replicates))
    assert needed == sorted(needed) and needed[0] < needed[2]
    with pytest.raises(ValueError, match="above 0"):
        replicates_needed([1.0, 2.0], 0.0)
    with pytest.raises(ValueError, match="one row per sample"):
        replicates_needed(np.zeros((2, 2, 2)))
    assert replicates_needed(np.zeros((3, 0))).verdict.tolist() == [TOO_FEW] * 3
