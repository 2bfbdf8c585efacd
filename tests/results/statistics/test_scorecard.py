"""The arithmetic of a scorecard, by hand: four designs, two seeds."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from results.statistics.scorecard import (
    AGREE,
    ALIKE,
    BEST,
    DISAGREE,
    NO_BETTER,
    NO_VERDICT,
    NOTHING,
    OPEN,
    Contrast,
    Floats,
    Stated,
    by_rank,
    contrast,
    drawn_weights,
    judge,
    not_told_from_best,
    ranking,
    ranks,
    stated_scores,
    tau,
    weighted,
    with_mean,
    won,
)
from results.statistics.scored import FORMULAS, MONEY, OUTCOMES, scored

DESIGNS = [
    f"design:{bundling}/{route}/act"
    for bundling in ("bundled", "component")
    for route in ("organisation", "practice")
]


def stated(criterion: int, choice: str, asks: str, better: str, worse: str) -> Stated:
    return Stated(criterion, choice, asks, (better,), (worse,), False, "A1e", "a test")


def scores() -> Floats:
    """Criterion 1 as written here, the seven others zero; two seeds."""
    found = np.zeros((4, 8, 2))
    found[:, 0] = [[0.4, 0.6], [0.2, 0.4], [0.3, 0.3], [0.1, 0.3]]
    return with_mean(found)


def test_the_mean_of_the_criteria_stands_in_front() -> None:
    assert scores()[0, 0] == pytest.approx([0.4 / 8, 0.6 / 8])


def test_a_contrast_is_the_mean_of_one_side_less_the_other_seed_by_seed() -> None:
    # Bundled .3 and .5, component .2 and .3: gaps .1 and .2, mean .15, sd .0707, t(1) 12.706.
    found = contrast(DESIGNS, scores(), stated(1, "bundling", BEST, "bundled", "component"))
    assert found.difference == pytest.approx(0.15)
    half = 12.7062 * np.std([0.1, 0.2], ddof=1) / np.sqrt(2)
    assert (found.low, found.high) == pytest.approx((0.15 - half, 0.15 + half), rel=1e-4)
    assert found.verdict == OPEN
    # Via units: .15 and .35, via the organisation .35 and .45: gaps .2 and .1.
    turned = contrast(DESIGNS, scores(), stated(1, "route", BEST, "practice", "organisation"))
    assert turned.difference == pytest.approx(-0.15)


@pytest.mark.parametrize(
    ("asks", "low", "high", "verdict"),
    [
        (BEST, 0.001, 0.2, AGREE), (BEST, -0.2, -0.001, DISAGREE), (BEST, -0.1, 0.2, OPEN),
        (ALIKE, -0.04, 0.04, AGREE), (ALIKE, 0.06, 0.2, DISAGREE), (ALIKE, -0.2, -0.06, DISAGREE),
        (ALIKE, 0.01, 0.06, OPEN), (ALIKE, -0.06, 0.06, OPEN),
        (NO_BETTER, -0.9, 0.04, AGREE), (NO_BETTER, 0.06, 0.2, DISAGREE),
        (NO_BETTER, 0.04, 0.06, OPEN), (NOTHING, 0.5, 0.6, NO_VERDICT),
    ],
)  # fmt: skip
def test_a_verdict_follows_from_the_interval(
    asks: str, low: float, high: float, verdict: str
) -> None:
    assert judge(asks, low, high) == verdict


def test_equal_values_share_their_ranks() -> None:
    assert ranks(np.array([3.0, 1.0, 3.0, 2.0])).tolist() == [1.5, 4.0, 1.5, 3.0]
    places = by_rank(np.array([[0.2, 0.5], [0.9, 0.5], [0.4, 0.5]]))
    assert places.tolist() == [[0.0, 0.5], [1.0, 0.5], [0.5, 0.5]]


def test_tau_counts_pairs_that_both_orders_tell_apart() -> None:
    down = np.array([4.0, 3.0, 2.0, 1.0])
    assert tau(down, np.array([1.0, 1.0, 0.0, 0.0])) == 1.0  # four pairs, none turned round
    assert tau(down[::-1], down) == -1.0
    # Of six pairs two are in the same order, four in the other.
    assert tau(np.array([2.0, 1.0, 4.0, 3.0]), down) == pytest.approx(-1 / 3)
    assert np.isnan(tau(down, np.ones(4)))


def test_an_order_is_judged_over_seeds() -> None:
    firm = np.array([[0.9, 0.8], [0.5, 0.4], [0.3, 0.1]])
    order = np.array([2.0, 1.0, 0.0])
    assert ranking(firm, order) == (1.0, 1.0, 1.0) and ranking(firm, order).verdict == AGREE
    assert ranking(firm, -order).verdict == DISAGREE
    assert ranking(np.array([[0.9, 0.1], [0.1, 0.8]]), np.array([1.0, 0.0])).verdict == OPEN
    assert ranking(firm, np.zeros(3)).verdict == NO_VERDICT
    assert ranking(firm, firm).tau == 1.0


def test_designs_count_as_best_that_no_pair_of_seeds_tells_from_it() -> None:
    values = np.array([[0.9, 0.91, 0.9], [0.5, 0.51, 0.5], [0.2, 0.99, 0.8]])
    assert not_told_from_best(values).tolist() == [True, False, True]


def test_weights_say_how_often_each_is_best() -> None:
    # .9 against .05, then .2 against .4; equal weights put the first above: tau 1, then -1.
    found = weighted(
        np.array([[1.0, 0.0], [0.0, 0.5]]), np.array([[0.9, 0.1], [0.2, 0.8]])
    )  # fmt: skip
    assert found.best.tolist() == [0.5, 0.5] and found.rank.tolist() == [1.5, 1.5]
    assert found.tau == pytest.approx((0.0, -0.9, 0.9))
    drawn = drawn_weights(1000)
    assert drawn.shape == (1000, 8) and drawn.sum(axis=1) == pytest.approx(np.ones(1000))
    assert drawn.mean(axis=0) == pytest.approx(np.full(8, 1 / 8), abs=0.02)
    assert np.array_equal(drawn, drawn_weights(1000))


def test_criteria_won_are_counted_whichever_side_is_named_first() -> None:
    rows = [
        Contrast(stated(1, "route", BEST, "organisation", "practice"), 0.2, 0.1, 0.3, AGREE),
        Contrast(stated(2, "route", BEST, "practice", "organisation"), 0.2, 0.1, 0.3, AGREE),
        Contrast(stated(3, "route", BEST, "practice", "organisation"), -0.2, -0.3, -0.1, DISAGREE),
        Contrast(stated(4, "route", ALIKE, "organisation", "practice"), 0.0, -0.1, 0.1, OPEN),
        Contrast(stated(0, "route", ALIKE, "organisation", "practice"), 0.2, 0.1, 0.3, DISAGREE),
        Contrast(stated(1, "bundling", BEST, "bundled", "component"), 0.2, 0.1, 0.3, AGREE),
    ]
    assert won(rows, "route") == (2, 1, 1)


def test_a_stated_score_counts_the_choices_that_are_called_best() -> None:
    rows = [
        stated(3, "route", BEST, "organisation", "practice"),
        stated(3, "bundling", BEST, "bundled", "component"),
        stated(3, "unit", NO_BETTER, "act", "insured"),
        stated(4, "route", BEST, "practice", "organisation"),
    ]
    assert stated_scores(DESIGNS, rows, 3).tolist() == [2.0, 1.0, 1.0, 0.0]


def test_seeds_that_lack_a_run_are_left_out_for_all() -> None:
    rows = [
        {"design": design, "formula": formula, "outcome": outcome, "seed": seed,
         "value": k + seed / 10}
        for k, design in enumerate(DESIGNS) for formula in FORMULAS
        for outcome in (*OUTCOMES, MONEY) for seed in (1, 2, 3)
        if (k, formula, outcome, seed) != (2, "alternative", "criterion_5", 2)
        and not (outcome == MONEY and formula == "alternative")
    ]  # fmt: skip
    one = stated(1, "route", BEST, "practice", "organisation")
    found = scored(pd.DataFrame(rows), [one], DESIGNS, 5)
    assert found.seeds == (1, 3) and found.money[3].tolist() == [3.1, 3.3]
    assert found.apart == pytest.approx(3.2 / 1.7 - 1)
    # 1 more via units, in every seed: the interval is that amount.
    (row,) = found.frames()["scorecard"].to_dict("records")
    assert (row["difference"], row["low"], row["verdict"]) == pytest.approx((1.0, 1.0, AGREE))
    assert row["money"] == pytest.approx(1.0)
    left = pd.DataFrame([row for row in rows if row["seed"] == 1])
    with pytest.raises(ValueError, match="fewer than two seeds"):
        scored(left, [one], DESIGNS, 5)
