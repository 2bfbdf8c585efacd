"""What is said beside differences: whether money is equal, and whether there are enough seeds."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

import pandas as pd
import pytest

from results.reports.fair import fair, is_equal, money_of


def table(a: float, b: float, n: int = 40, outcome: str = "oi_per_insured") -> pd.DataFrame:
    return pd.DataFrame([{"outcome": outcome, "mean_a": a, "mean_b": b, "n": n},
                         {"outcome": "trust", "mean_a": 0.5, "mean_b": 0.6, "n": n}])  # fmt: skip


@pytest.mark.parametrize(
    ("a", "b", "equal"),
    [(10.0, 10.19, True), (10.0, 10.3, False), (0.0, 0.0, True), (0.0, 1.0, False)],
)
def test_money_is_equal_within_two_percent(a: float, b: float, equal: bool) -> None:
    assert is_equal((a, b)) == is_equal((b, a)) == equal
    said = fair(table(a, b))
    assert ("Money is equal" in said) == equal and ("Money differs" in said) != equal


def test_unequal_money_is_said_in_both_languages_with_both_sums() -> None:
    assert "15.1 against 11.3 EUR" in fair(table(15.1, 11.3))
    assert "15,1 tegen 11,3 euro" in fair(table(15.1, 11.3), "nl")


def test_few_seeds_are_warned_of() -> None:
    assert "fewer than 30 seeds" in fair(table(1.0, 1.0, n=29))
    assert "minder dan 30 seeds" in fair(table(1.0, 1.0, n=29), "nl")
    assert "30 seeds" not in fair(table(1.0, 1.0, n=30))


def test_where_money_was_not_recorded_nothing_is_said_of_it() -> None:
    assert money_of(table(1.0, 2.0, outcome="coverage")) is None
    assert fair(table(1.0, 2.0, outcome="coverage")) == ""
