"""Replicates in two groups are kept apart, and drawn as two."""

from __future__ import annotations

import numpy as np
import pandas as pd
from made_figures import made_figure, two_groups
from made_runs import WORDS, panels, runs_of, synthetic

from results.figures import run as figures
from results.figures.forest import choose
from results.figures.style import GREY, texts
from results.statistics.compare import Side, paired
from results.statistics.split import groups

RUNS = 30


def split_series() -> pd.DataFrame:
    """Return a run whose replicates' trust falls into two groups, a third of them higher."""
    series = synthetic(runs=RUNS)
    names = series["run_id"].unique()
    values = dict(zip(names, two_groups(np.random.default_rng(1), RUNS), strict=True))
    trust = series["outcome"] == "trust"
    series.loc[trust, "value"] = series.loc[trust, "run_id"].map(values).astype(float)
    return series


def test_groups_are_told_by_the_last_year() -> None:
    years = pd.DataFrame({"run_id": [f"r{k}" for k in range(RUNS)] * 2, "outcome": "trust",
                          "year": np.repeat([2029, 2030], RUNS), "value": 1.0})  # fmt: skip
    assert [group.share for group in groups(years, "trust")] == [1.0]
    last = years["year"] == 2030
    years.loc[last, "value"] = two_groups(np.random.default_rng(1), RUNS)
    low, high = groups(years, "trust")
    assert (round(low.share, 3), round(high.share, 3)) == (0.667, 0.333)
    assert high.runs == tuple(f"r{k}" for k in range(0, RUNS, 3))
    assert low.band.set_index("year").loc[2030, "high"] < 1.2
    assert groups(years, "coverage") == []


def test_two_groups_are_two_lines_with_their_shares() -> None:
    figure = figures.outcomes_over_time(split_series(), WORDS, ["trust"], "Trust")
    axes = panels(figure)[0]
    ends = sorted(float(line.get_ydata()[-1]) for line in axes.get_lines())
    assert len(ends) == 2 and ends[0] < 1.2 < 1.8 < ends[1]
    assert {"67%", "33%"} <= {text.get_text() for text in axes.texts}
    assert any("two groups" in text for text in texts(figure))


def test_pairs_in_two_groups_have_no_point_between_them() -> None:
    one, two = synthetic(runs=RUNS), split_series()
    trust = one["outcome"] == "trust"
    one.loc[trust, "value"] = 0.0
    two["run_id"] = one["run_id"]
    table = paired(Side(one, runs_of(one)), Side(two, runs_of(two)), WORDS)
    row = table.set_index("outcome").loc["trust"]
    assert row["group_low"] < 1.2 < 1.8 < row["group_high"] and round(row["group_share"], 2) == 0.33
    assert table.loc[table["outcome"] != "trust", "group_low"].isna().all()
    axes = panels(figures.paired_differences(table, WORDS))[0]
    points = [x for line in axes.get_lines() if line.get_marker() in ("o", "D")
              for x in line.get_xdata()]  # fmt: skip
    assert not np.isclose(points, row["effect"]).any()
    for half in ("group_low", "group_high"):
        assert np.isclose(points, row[half] / row["sd"]).any()


def test_what_differs_is_chosen_and_the_rest_counted() -> None:
    names = ["trust", "engagement", *(f"o{k}" for k in range(60))]
    table = pd.DataFrame({"outcome": names, "difference": 1.0, "sd": 1.0, "low": 0.5, "high": 1.5,
                          "effect": np.linspace(0.1, 5.0, len(names))})  # fmt: skip
    table.loc[0, ["low", "high"]] = [-1.0, 1.0]  # a key outcome that is not told from zero
    table.loc[2:11, ["difference", "sd", "low", "high"]] = 0.0
    table.loc[12:16, "low"] = -0.5
    found = choose(table)
    assert (found.equal, found.untold, len(found.rows)) == (10, 5, 24)
    assert found.smaller == len(table) - 10 - 5 - 24
    assert list(found.rows["outcome"][:2]) == ["trust", "engagement"]
    assert list(found.rows["outcome"]) == [n for n in names if n in set(found.rows["outcome"])]
    assert found.rows["effect"][2:].min() > 3.0  # the largest, in the table's order


def test_what_no_interval_tells_from_zero_is_grey() -> None:
    figure = made_figure("comparison", "Q", "en")
    colours = [{line.get_color() for line in axes.get_lines() if line.get_linestyle() != ":"}
               for axes in panels(figure)]  # fmt: skip
    assert GREY not in colours[0] and colours[1] == {GREY}
    assert any("(1 of 2 intervals of 95%)" in text for text in texts(figure))
    grey = panels(made_figure("words", "Q", "en"))[1]
    assert {bars.lines[0].get_color() for bars in grey.containers} == {GREY}
