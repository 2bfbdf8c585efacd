"""Boxes: a planted one is found and judged on what was held out, and none is found in noise."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from results.statistics.discovery import FEWEST, Limit, discover, inside

pytest.importorskip("ema_workbench.analysis.prim", exc_type=ImportError)


def points(count: int, seed: int = 1) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "money": random.random(count), "trust": random.random(count),
            "idle": random.random(count), "exit": random.choice(["free", "bound"], count),
            "on": random.random(count) < 0.5,
        }
    )  # fmt: skip


def test_a_planted_box_is_found_with_its_limits_and_no_others() -> None:
    table = points(400)
    planted = ((table["money"] > 0.6) & (table["exit"] == "free")).to_numpy()
    random = np.random.default_rng(2)
    runs = random.random((400, 6)) < np.where(planted, 0.9, 0.1)[:, None]
    found = discover(table, np.arange(400), runs)
    box = found.boxes[0]
    held = {one.factor: one for one in box.limits if one.holds}
    assert set(held) == {"money", "exit"}
    assert held["money"].low == pytest.approx(0.6, abs=0.06) and np.isnan(held["money"].high)
    assert held["exit"].words == ("free",)
    assert box.density_ends[0] < 0.9 < box.density_ends[1] + 0.05
    # A fifth of the points at .9 against four fifths at .1: .18 of .26 are in the box.
    assert box.coverage == pytest.approx(0.18 / 0.26, abs=0.12)
    assert found.base == pytest.approx(0.26, abs=0.05)
    assert (found.searched, found.held, found.seeds) == (200, 200, (3, 3))


def test_no_box_is_found_in_noise() -> None:
    passed = 0
    for seed in range(12):
        random = np.random.default_rng(seed)
        runs = random.random((120, 4)) < 0.3
        passed += bool(discover(points(120, seed), np.arange(120), runs, seed).boxes)
    assert passed <= 1


def test_points_that_share_a_sample_are_on_one_side() -> None:
    table = pd.concat([points(60)] * 2, ignore_index=True)
    group = np.tile(np.arange(60), 2)
    runs = (table[["money"]] > 0.5).to_numpy()
    found = discover(table, group, runs)
    assert (found.searched, found.held, found.seeds) == (60, 60, (1, 1))
    assert found.boxes[0].limits[0].low == pytest.approx(0.5, abs=0.08)


def test_what_cannot_be_searched_is_refused() -> None:
    table = points(FEWEST)
    with pytest.raises(ValueError, match="39 whole points are too few"):
        discover(table[1:], np.arange(39), np.ones((39, 1), dtype=bool))
    with pytest.raises(ValueError, match="all runs meet it"):
        discover(table, np.arange(FEWEST), np.ones((FEWEST, 1), dtype=bool))
    with pytest.raises(ValueError, match="no runs meet it"):
        discover(table, np.arange(FEWEST), np.zeros((FEWEST, 1), dtype=bool))


def test_a_limit_includes_its_ends() -> None:
    nan = float("nan")
    table = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": ["x", "y", "x"]})
    assert inside(table, [Limit("a", 2.0, nan, (), nan)]).tolist() == [False, True, True]
    assert inside(table, [Limit("a", nan, 2.0, (), nan)]).tolist() == [True, True, False]
    assert inside(table, [Limit("b", nan, nan, ("x",), nan)]).tolist() == [True, False, True]
