"""Figures of one run or of its replicates. Each takes frames and returns a matplotlib Figure.

Maps are in ``results.figures.maps``, figures of two runs in ``results.figures.contrasts``.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullLocator

from results.figures.contrasts import comparison, paired_differences
from results.figures.maps import who_with_whom
from results.figures.style import (
    INK,
    PALE,
    PALETTE,
    blank,
    draw_band,
    plain_numbers,
    save,
    say_empty,
    styled,
    year_axis,
)
from results.statistics.reduce import KEY_YEARS, alive, bands, first_run, replicates, yearly
from results.store.schema import year_of
from results.words.outcomes import Words
from results.words.shown import COST_KINDS

__all__ = [
    "comparison",
    "organisations_over_time",
    "outcomes_over_time",
    "paired_differences",
    "save",
    "size_distribution",
    "transaction_cost_by_kind",
    "who_with_whom",
]

OBSERVED_SIZES = (6_000, 430_000)
"""Smallest and largest organisation in 2014 (F006, S1 4.1.2), registered patients."""


def _runs(series: pd.DataFrame) -> str:
    count = replicates(series)
    if count == 1:
        return "one run"
    return f"line: median, band: 10-90% of {count} replicates"


@styled
def outcomes_over_time(
    series: pd.DataFrame,
    words: Words,
    outcomes: Sequence[str],
    title: str,
    name: str = "",
) -> Figure:
    """Draw outcomes by year, a panel each: median and 10-90% band over replicates.

    Args:
        series: long outcome table, quarterly or yearly.
        words: what the store says of outcomes.
        outcomes: what to draw, in this order.
        title: what is seen.
        name: run and regime, in the footnote.
    """
    across = min(len(outcomes), 2)
    down = -(-len(outcomes) // across)
    figure = blank(9.5, 0.9 + 3.1 * down, title, name, _runs(series))
    by_year = bands(yearly(series, words, outcomes))
    panels = figure.subplots(down, across, squeeze=False, sharex=True).flat
    for axes, outcome in zip(panels, outcomes, strict=False):
        called = words[outcome]
        axes.set_title(called.english)
        band = by_year[by_year["outcome"] == outcome]
        if band.empty:
            say_empty(axes, "not recorded")
            continue
        draw_band(axes, band, PALETTE[0])
        axes.set_ylim(bottom=min(0.0, float(band["low"].min())))
        axes.set_ylabel(called.year_unit)
        plain_numbers(axes)
        year_axis(axes)
    for axes in list(panels):
        axes.set_visible(False)
    return figure


def organisations_over_time(series: pd.DataFrame, words: Words, name: str = "") -> Figure:
    """Draw the number of organisations and their effective number by year."""
    return outcomes_over_time(
        series,
        words,
        ("organisations", "effective_organisations"),
        "Organisations over time",
        name,
    )


@styled
def transaction_cost_by_kind(series: pd.DataFrame, words: Words, name: str = "") -> Figure:
    """Draw transaction cost per insured by year, stacked by kind of cost: mean over replicates."""
    count = replicates(series)
    mean = f"mean of {count} replicates" if count > 1 else "one run"
    figure = blank(9.5, 4.6, "Transaction cost by kind", name, mean)
    axes = figure.subplots()
    outcomes = [f"transaction_cost_{kind}" for kind in COST_KINDS]
    means = bands(yearly(series, words, outcomes)).pivot(
        index="year", columns="outcome", values="mean"
    )
    if means.empty:
        say_empty(axes, "not recorded")
        return figure
    floor = np.zeros(len(means))
    for place, (kind, outcome) in enumerate(zip(COST_KINDS, outcomes, strict=True)):
        if outcome not in means:
            continue
        height = means[outcome].fillna(0.0).to_numpy()
        axes.bar(
            means.index,
            height,
            bottom=floor,
            width=0.82,
            color=PALETTE[place],
            edgecolor="white",
            linewidth=0.4,
            hatch="///" if kind == "coordination" else None,
            label=kind,
        )
        floor = floor + height
    axes.set_ylabel(words[outcomes[0]].year_unit)
    axes.grid(axis="x", visible=False)
    plain_numbers(axes)
    year_axis(axes, 12)
    handles, names = axes.get_legend_handles_labels()
    axes.legend(handles[::-1], names[::-1], loc="center left", bbox_to_anchor=(1.0, 0.5))
    return figure


@styled
def size_distribution(
    organisations: pd.DataFrame, dates: Sequence[int] = KEY_YEARS, name: str = ""
) -> Figure:
    """Draw registered patients per organisation at the end of a few years.

    Args:
        organisations: rows per organisation and tick; the first run is drawn.
        dates: years; those that were not recorded are left out.
        name: run and regime, in the footnote.
    """
    run = first_run(organisations)
    frame = alive(run.assign(year=year_of(run["tick"])))
    present = [year for year in dates if (run["tick"] // 4 + 2006 == year).any()]
    low, high = OBSERVED_SIZES
    figure = blank(
        9.5,
        1.9 + 0.75 * max(len(present), 1),
        "How large organisations are",
        name,
        f"point: an organisation, bar: median, shaded: {low:,}-{high:,} observed in 2014 "
        "(F006, S1 4.1.2)",
    )
    axes = figure.subplots()
    if not present:
        say_empty(axes, f"none of the years {', '.join(map(str, dates))} was recorded")
        return figure
    axes.axvspan(low, high, color=PALE, zorder=0, linewidth=0)
    for place, year in enumerate(present):
        rows = frame[frame["year"] == year]
        rows = rows[(rows["tick"] == rows["tick"].max()) & (rows["patients"] > 0)]
        sizes = rows["patients"].to_numpy(dtype=float)
        text = "no organisations"
        if len(sizes):
            _draw_sizes(axes, sizes, place)
            text = f"{len(sizes)} organisation{'s' * (len(sizes) > 1)}\nmean {sizes.mean():,.0f}"
        axes.annotate(
            text,
            (1.01, place),
            xycoords=("axes fraction", "data"),
            va="center",
            fontsize=8.5,
            annotation_clip=False,
        )
    axes.set_xscale("log")
    axes.xaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0)))
    axes.xaxis.set_minor_locator(NullLocator())
    plain_numbers(axes, x=True)
    axes.set_xlim(*_limits(frame["patients"], low, high))
    axes.set_yticks(range(len(present)), [str(year) for year in present])
    axes.set_ylim(len(present) - 0.5, -0.5)
    axes.set_xlabel("registered patients per organisation (logarithmic scale)")
    axes.set_ylabel("end of year")
    axes.grid(axis="y", visible=False)
    return figure


def _draw_sizes(axes: Axes, sizes: np.ndarray, place: int) -> None:
    """Draw one row of points, spread so that none hides another, and their median."""
    ranks = np.argsort(np.argsort(sizes, kind="stable"), kind="stable")
    spread = ((ranks * 0.618034) % 1.0 - 0.5) * (0.5 if len(sizes) > 1 else 0.0)
    sns.scatterplot(
        x=sizes,
        y=place + spread,
        ax=axes,
        s=26,
        color=PALETTE[0],
        alpha=0.7,
        edgecolor="white",
        linewidth=0.4,
        legend=False,
    )
    middle = float(np.median(sizes))
    axes.plot([middle, middle], [place - 0.36, place + 0.36], color=INK, linewidth=2.2)


def _limits(patients: pd.Series, low: float, high: float) -> tuple[float, float]:
    sizes = patients[patients > 0]
    least = min(low, float(sizes.min())) if len(sizes) else low
    most = max(high, float(sizes.max())) if len(sizes) else high
    return least / 1.5, most * 1.5
