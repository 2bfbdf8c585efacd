"""Figures show what was computed: bands, bars, maps and differences."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from made_figures import made_figures, made_sweep
from made_runs import (
    NAME,
    OUTCOMES,
    WORDS,
    panels,
    region,
    side_of,
    synthetic,
)

from results.figures import heat
from results.figures import run as figures
from results.figures.style import INK, PALETTE, house_style, texts
from results.reports.illustrations import borders
from results.statistics.compare import paired
from results.statistics.effects import axis_of
from results.statistics.reduce import bands, yearly
from results.store.reading import to_frame
from results.store.series import series_table
from results.words.numbers import number
from results.words.shown import COST_KINDS, DISCLAIMER


def test_colours_and_grid_are_those_of_seaborn() -> None:
    import seaborn as sns

    safe = sns.color_palette("colorblind").as_hex()
    assert PALETTE[:7] == (*safe[:6], safe[9])
    # Ours: print, lines and spines; the default map of colours is no figure's.
    apart = ("font.", "text.", "image.cmap", "axes.spines.", "axes.edgecolor", "axes.labelcolor")
    with house_style():
        for key, value in sns.axes_style("whitegrid").items():
            if not key.startswith((*apart, "grid.color", "xtick.color", "ytick.color")):
                assert mpl.rcParams[key] == value, key


# --- years, bands, numbers ----------------------------------------------------------------------


def test_stocks_are_of_the_last_quarter_and_flows_are_summed() -> None:
    ticks = [0, 1, 2, 3, 4, 5]
    values = np.array([[1, 10], [2, 20], [3, 30], [np.nan, 40], [5, 50], [6, 60]], dtype=float)
    table = series_table(
        ["r"], ticks, ["all"], ["trust", "transaction_cost"], values.reshape(1, 6, 1, 2)
    )
    years = yearly(to_frame(table), WORDS).set_index(["outcome", "year"])["value"]
    assert np.isnan(years["trust", 2006])  # not the third quarter's 3
    assert years["trust", 2007] == 6
    assert years["transaction_cost", 2006] == 100
    assert ("transaction_cost", 2007) not in years.index  # half a year
    assert yearly(to_frame(table), WORDS, scope="GM9").empty


def test_bands_are_quantiles_over_replicates() -> None:
    series = synthetic(runs=7)
    band = bands(yearly(series, WORDS, ["trust"])).set_index("year")
    last = series[(series["outcome"] == "trust") & (series["tick"] == 99)]["value"]
    assert band.loc[2030, "low"] == pytest.approx(np.quantile(last, 0.1))
    assert band.loc[2030, "high"] == pytest.approx(np.quantile(last, 0.9))
    assert band.loc[2030, "median"] == pytest.approx(np.median(last))
    assert band.loc[2030, "runs"] == 7


@pytest.mark.parametrize(
    ("value", "english", "dutch"),
    [(1234567.8, "1,234,568", "1.234.568"), (12.34, "12.3", "12,3"), (0.5, "0.5", "0,5"),
     (-0.0, "0", "0"), (None, "–", "–"), (np.nan, "–", "–"), (100.0, "100", "100"),
     (0.00012, "0.00012", "0,00012")],
)  # fmt: skip
def test_numbers_are_written_as_people_do(value: float, english: str, dutch: str) -> None:
    assert (number(value), number(value, "nl")) == (english, dutch)


# --- figures ------------------------------------------------------------------------------------


def test_bands_in_the_figure_are_the_computed_ones() -> None:
    series = synthetic(runs=7)
    figure = figures.organisations_over_time(series, WORDS, NAME)
    assert [axes.get_title(loc="left").replace("\n", " ") for axes in panels(figure)] == [
        "Organisations", "Effective number of organisations",
    ]  # fmt: skip
    band = bands(yearly(series, WORDS, ["organisations"]))
    axes = panels(figure)[0]
    np.testing.assert_allclose(axes.get_lines()[0].get_xdata(), band["year"])
    np.testing.assert_allclose(axes.get_lines()[0].get_ydata(), band["median"])
    corners = axes.collections[0].get_paths()[0].vertices
    for year, low, high in zip(band["year"], band["low"], band["high"], strict=True):
        at = corners[corners[:, 0] == year][:, 1]
        assert at.min() == pytest.approx(low) and at.max() == pytest.approx(high)
    assert axes.texts[0].get_text() == "organisations" and axes.get_xlabel() == "year"


def test_stacked_bars_add_up_to_the_mean_cost() -> None:
    series = synthetic(runs=3)
    figure = figures.transaction_cost_by_kind(series, WORDS, NAME)
    axes = panels(figure)[0]
    heights = sum(np.array([bar.get_height() for bar in kind]) for kind in axes.containers)
    cost = series[series["outcome"].astype(str).str.startswith("transaction_cost_")]
    total = cost.groupby(2006 + cost["tick"] // 4)["value"].sum() / 3
    np.testing.assert_allclose(heights, total)
    key = [text.get_text() for text in figure.legends[0].get_texts()]
    assert [text.split(" ")[0] for text in key] == list(COST_KINDS)[::-1]
    assert axes.get_ylabel() == "EUR per insured a year"


def test_sizes_are_shown_per_year_with_the_observed_range() -> None:
    organisations = region()["organisations"]
    figure = figures.size_distribution(organisations, (2011, 2018, 2030), NAME)
    axes = panels(figure)[0]
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["2011", "2030"]
    assert [len(points.get_offsets()) for points in axes.collections] == [2, 2]
    assert sorted(axes.collections[0].get_offsets()[:, 0]) == pytest.approx([6800.0, 10200.0])
    shaded = axes.patches[0].get_extents().transformed(axes.transData.inverted())
    assert (shaded.x0, shaded.x1) == pytest.approx((6_000, 430_000))
    assert any("F006, S1 4.1.2" in text for text in texts(figure))
    assert "mean 8,500" in axes.texts[0].get_text()


def test_no_point_of_many_organisations_hides_another() -> None:
    sizes = np.geomspace(30e3, 80e3, 100)
    table = pd.DataFrame({"run_id": "r", "tick": 99, "row": range(100), "patients": sizes})
    figure = figures.size_distribution(table, (2030,), NAME)
    figure.canvas.draw()
    (points,) = panels(figure)[0].collections
    at = points.get_offset_transform().transform(np.asarray(points.get_offsets()))
    gaps = np.hypot(*(at[:, None] - at[None, :]).transpose(2, 0, 1)) + 1e9 * np.eye(len(at))
    assert len(at) == 100
    assert gaps.min() > 0.95 * np.sqrt(points.get_sizes()[0]) * figure.dpi / 72


def test_cells_say_their_number_and_none_where_there_is_no_run() -> None:
    many = made_sweep(NAME)
    across, up = (axis_of(many, many.about["factors"][k]) for k in (0, 2))
    rows = (across.of_run == 0) | (up.of_run == 0)
    figure = heat.heat_map(many, (across, up), rows, ("trust",), "cells", NAME)
    written = {text.get_position(): text for text in panels(figure)[0].texts}
    assert set(written) == {(0.5, 0.5), (1.5, 0.5), (0.5, 1.5), (1.5, 1.5)}
    assert written[1.5, 1.5].get_text() == "–"
    trust = many.values[rows & (across.of_run == 1) & (up.of_run == 0), 0]
    assert written[1.5, 0.5].get_text() == number(np.median(trust))
    assert written[1.5, 0.5].get_color() == INK  # on yellow
    assert {written[0.5, 0.5].get_color(), written[0.5, 1.5].get_color()} == {"white"}


def test_the_map_joins_practices_to_their_organisation_by_row() -> None:
    tables = region()
    edges = borders(tables["municipalities"])
    assert edges.to_numpy().tolist() == [[0, 1], [0, 2]]
    figure = figures.who_with_whom(
        tables["practices"], tables["hubs"], tables["organisations"], tables["municipalities"],
        edges, NAME,
    )  # fmt: skip
    axes = panels(figure)[0]
    assert "2030 Q4: 6 practices, 5 of them in 2 organisations" in texts(figure)
    written = [text.get_text() for text in axes.texts]
    assert {"1", "2", "A & B", "<C>"} <= set(written)
    lines = [c for c in axes.collections if type(c).__name__ == "LineCollection"]
    assert [len(c.get_segments()) for c in lines] == [2, 5]  # borders, members
    heads = {(0.5, 1.0), (10.0, 1.0)}
    ends = [{tuple(map(float, end)) for end in segment} for segment in lines[1].get_segments()]
    assert sorted(len(pair & heads) for pair in ends) == [1, 1, 1, 1, 1]
    assert figure.legends[0].get_texts()[0].get_text() == "1: 10,200 patients, 3 practices"
    assert axes.get_aspect() == 1.0 and axes.get_xlabel() == "km"


def test_the_map_draws_a_region_without_organisations() -> None:
    tables = region()
    tables["practices"]["organisation"] = pd.array([pd.NA] * 12, dtype="Int64")
    none = tables["organisations"].iloc[:0]
    edges = pd.DataFrame({"a": [], "b": []})
    figure = figures.who_with_whom(
        tables["practices"], tables["hubs"].iloc[:0], none, tables["municipalities"], edges
    )
    assert "2030 Q4: 6 practices, 0 of them in 0 organisations" in texts(figure)


def test_comparison_shows_both_and_leaves_out_what_neither_has() -> None:
    a, b = synthetic(seed=1), synthetic(seed=2, quarterly=False)
    figure = figures.comparison(a, b, WORDS, "old", "new", ["trust", "organisations", "hhi"])
    assert [axes.get_title(loc="left") for axes in panels(figure)] == ["Trust", "Organisations"]
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["old", "new"]
    band = bands(yearly(b, WORDS, ["trust"]))
    np.testing.assert_allclose(panels(figure)[0].get_lines()[1].get_ydata(), band["median"])


def test_forest_plot_shows_effects_and_their_intervals() -> None:
    a, b = synthetic(seed=1), synthetic(seed=2)
    table = paired(side_of(a), side_of(b), WORDS)
    figure = figures.paired_differences(table, WORDS, "old", "new")
    axes = panels(figure)[0]
    shown = np.concatenate([bars.lines[0].get_xdata() for bars in axes.containers])
    np.testing.assert_allclose(np.sort(shown), np.sort(table["effect"]))
    arms = [s for bars in axes.containers for s in bars.lines[2][0].get_segments()]
    np.testing.assert_allclose(np.sort([s[0, 0] for s in arms]), np.sort(table["effect_low"]))
    assert any("simulation noise" in text for text in texts(figure))
    names = {text.get_text().replace("\n", " ") for text in axes.texts}
    assert {WORDS[outcome].english for outcome in OUTCOMES} <= names


def empty_figures() -> dict[str, Any]:
    series, tables = synthetic(), region()
    table = paired(side_of(series), side_of(synthetic(seed=3)), WORDS)
    empty = series.iloc[:0]
    return {
        "none": figures.organisations_over_time(empty, WORDS, NAME),
        "no cost": figures.transaction_cost_by_kind(empty, WORDS, NAME),
        "no sizes": figures.size_distribution(tables["organisations"].iloc[:0], name=NAME),
        "no comparison": figures.comparison(empty, empty, WORDS, NAME, "b", ["trust"]),
        "no differences": figures.paired_differences(table.iloc[:0], WORDS, NAME, "b"),
    }  # fmt: skip


def test_every_figure_says_what_it_is_and_leaves_settings_alone() -> None:
    before = dict(mpl.rcParams)
    drawn = {**made_figures(NAME, "en"), **empty_figures()}
    assert dict(mpl.rcParams) == before
    for name, figure in drawn.items():
        assert DISCLAIMER in texts(figure), name
        assert any(NAME in text for text in texts(figure)), name
        assert figure.axes, name


def test_saved_figures_are_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        tables = region()
        drawn = figures.who_with_whom(
            tables["practices"], tables["hubs"], tables["organisations"],
            tables["municipalities"], borders(tables["municipalities"]), NAME,
        )  # fmt: skip
        files = figures.save(drawn, tmp_path / folder, "map")
        assert [file.name for file in files] == ["map.png", "map.svg"]
    for name in ("map.png", "map.svg"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    svg = (tmp_path / "one" / "map.svg").read_text(encoding="utf-8")
    assert "<dc:date>" not in svg
    assert sorted(p.name for p in (tmp_path / "one").iterdir()) == ["map.png", "map.svg"]
