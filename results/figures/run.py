"""Figures of one run or of its replicates. Each takes frames and returns a matplotlib Figure.

Maps are in ``results.figures.maps``, figures of two runs in ``results.figures.contrasts``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import LogLocator, NullLocator
from numpy.typing import NDArray

from results.figures.contrasts import comparison, paired_differences
from results.figures.maps import who_with_whom
from results.figures.panels import (
    DASHES,
    Look,
    Mark,
    dates_note,
    draw_band,
    from_zero,
    grid,
    mark_dates,
    name_panel,
    name_share,
    plain_numbers,
    say_empty,
    scales_note,
    sentences,
    show_years,
    within,
)
from results.figures.style import (
    INK,
    PALE,
    PALETTE,
    SMALL,
    TEXT,
    Heading,
    finish,
    save,
    sheet,
    styled,
)
from results.statistics.reduce import KEY_YEARS, alive, bands, first_run, replicates, yearly
from results.statistics.split import Group, groups
from results.store.schema import year_of
from results.words.figures import percent, say
from results.words.numbers import number
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
HATCHES = (None, "////", "....", "\\\\\\\\", "xxxx", None, "||||", "oo")
"""Of kinds of cost, so that they differ without colour."""


@styled
def outcomes_over_time(
    series: pd.DataFrame,
    words: Words,
    outcomes: Sequence[str],
    title: str,
    name: str = "",
    dates: Sequence[Mark] = (),
    *,
    language: str = "en",
) -> Figure:
    """Draw outcomes by year, a panel each: median and 10-90% band over replicates.

    Replicates in two groups are drawn as two. Panels of one unit share their scale.

    Args:
        series: long outcome table, quarterly or yearly.
        words: what the store says of outcomes.
        outcomes: what to draw, in this order.
        title: what is seen.
        name: run and regime, in the footnote.
        dates: of policy, marked where they lie among the years.
        language: ``en`` or ``nl``.
    """
    figure, panels = grid(len(outcomes))
    years = yearly(series, words, outcomes)
    marks = within(dates, years["year"])
    parts = {outcome: groups(years, outcome) for outcome in outcomes}
    for axes, outcome in zip(panels, outcomes, strict=False):
        name_panel(axes, words[outcome], language)
        _draw_groups(axes, parts[outcome], language)
    units = {words[outcome].year_unit for outcome in outcomes if parts[outcome]}
    one = len(units) == 1 and sum(map(bool, parts.values())) > 1
    if one:
        top = max(axes.get_ylim()[1] for axes in panels)
        for axes in panels:
            axes.set_ylim(0.0, top)
    zeros = []
    for axes, outcome in zip(panels, outcomes, strict=False):
        if parts[outcome]:
            least = min(float(group.band["low"].min()) for group in parts[outcome])
            zeros.append(from_zero(axes, least, words[outcome], language))
            mark_dates(axes, marks)
    show_years(panels, 2, language)
    count = replicates(series)
    split = any(len(found) > 1 for found in parts.values())
    note = sentences(
        say("band" if count > 1 else "one run", language, runs=count),
        say("two groups", language) if split else "",
        scales_note(zeros, language, one),
        dates_note(marks, language),
    )
    return finish(figure, Heading(title, note, name, language))


def _draw_groups(axes: Axes, found: Sequence[Group], language: str) -> None:
    """Draw the replicates of one outcome: one line, or two with their shares."""
    if not found:
        say_empty(axes, say("not recorded", language))
    for place, group in enumerate(found):
        look = Look(PALETTE[(0, 3)[place]], DASHES[place])
        draw_band(axes, group.band, look)
        if len(found) > 1:
            name_share(axes, group.band, group.share, look.colour)


def organisations_over_time(
    series: pd.DataFrame,
    words: Words,
    name: str = "",
    dates: Sequence[Mark] = (),
    *,
    language: str = "en",
) -> Figure:
    """Draw the number of organisations and their effective number by year."""
    return outcomes_over_time(
        series,
        words,
        ("organisations", "effective_organisations"),
        say("organisations over time", language),
        name,
        dates,
        language=language,
    )


@styled
def transaction_cost_by_kind(
    series: pd.DataFrame,
    words: Words,
    name: str = "",
    dates: Sequence[Mark] = (),
    *,
    language: str = "en",
) -> Figure:
    """Draw transaction cost per insured by year, stacked by kind of cost: mean over replicates.

    Where the replicates' cost falls into two groups, each has a panel, on one scale.
    """
    outcomes = [f"transaction_cost_{kind}" for kind in COST_KINDS]
    years = yearly(series, words, outcomes)
    whole = years.groupby(["run_id", "year"], as_index=False)["value"].sum()
    found = groups(whole.assign(outcome="cost"), "cost")
    figure, panels = grid(max(len(found), 1), 2.9)
    marks, count = within(dates, years["year"]), replicates(series)
    key: list[Patch] = []
    if not found:
        say_empty(panels[0], say("not recorded", language))
    for axes, group in zip(panels, found, strict=False):
        key = _stack(axes, years[years["run_id"].isin(group.runs)], outcomes, language)
        axes.set_ylabel(words[outcomes[0]].unit_in(language))
        plain_numbers(axes, language=language)
        if len(found) > 1:
            axes.set_title(say("group", language, share=percent(group.share)))
    top = max(axes.get_ylim()[1] for axes in panels)
    for axes in panels if found else ():
        axes.set_ylim(0.0, top * 1.04)
        mark_dates(axes, marks)
    if found:
        show_years(panels, 2, language)
    note = sentences(
        say("mean" if count > 1 else "one run", language, runs=count),
        scales_note([True] * len(found), language, one=True),
        dates_note(marks, language),
    )
    return finish(figure, Heading(say("cost by kind", language), note, name, language, key[::-1]))


def _stack(axes: Axes, years: pd.DataFrame, outcomes: Sequence[str], language: str) -> list[Patch]:
    """Stack the mean of each kind of cost, and return what a legend lists."""
    means = bands(years).pivot(index="year", columns="outcome", values="mean")
    floor, key = np.zeros(len(means)), []
    for place, (kind, outcome) in enumerate(zip(COST_KINDS, outcomes, strict=True)):
        if outcome not in means:
            continue
        height = means[outcome].fillna(0.0).to_numpy()
        look: dict[str, Any] = {
            "facecolor": PALETTE[place],
            "hatch": HATCHES[place],
            "edgecolor": "white",
        }
        axes.bar(means.index, height, bottom=floor, width=0.86, linewidth=0.3, **look)
        key.append(Patch(label=say(f"cost {kind}", language), linewidth=0.3, **look))
        floor = floor + height
    axes.grid(axis="x", visible=False)
    return key


@styled
def size_distribution(
    organisations: pd.DataFrame,
    dates: Sequence[int] = KEY_YEARS,
    name: str = "",
    *,
    language: str = "en",
) -> Figure:
    """Draw registered patients per organisation at the end of a few years.

    Args:
        organisations: rows per organisation and tick; the first run is drawn.
        dates: years; those that were not recorded are left out.
        name: run and regime, in the footnote.
        language: ``en`` or ``nl``.
    """
    run = first_run(organisations)
    frame = alive(run.assign(year=year_of(run["tick"])))
    present = [year for year in dates if (year_of(run["tick"]) == year).any()]
    low, high = OBSERVED_SIZES
    figure = sheet(0.7 + 0.62 * max(len(present), 1))
    axes = figure.subplots()
    observed = [number(size, language) for size in OBSERVED_SIZES]
    note = say("sizes note", language, low=observed[0], high=observed[1])
    heading = Heading(say("sizes", language), note, name, language)
    if not present:
        years = ", ".join(map(str, dates))
        say_empty(axes, say("none of the years", language, years=years))
        return finish(figure, heading)
    axes.axvspan(low, high, color=PALE, zorder=0, linewidth=0)
    axes.set_xscale("log")
    last = frame.groupby("year")["tick"].transform("max")
    ends = frame[(frame["tick"] == last) & (frame["patients"] > 0)]
    _draw_sizes(axes, ends, present)
    for place, year in enumerate(present):
        sizes = ends.loc[ends["year"] == year, "patients"].to_numpy(dtype=float)
        axes.annotate(
            _count(sizes, language),
            (1.01, place),
            xycoords=("axes fraction", "data"),
            va="center",
            fontsize=SMALL,
            annotation_clip=False,
        )
    axes.xaxis.set_major_locator(LogLocator(subs=(1.0, 3.0), numticks=7))
    axes.xaxis.set_minor_locator(NullLocator())
    plain_numbers(axes, x=True, language=language)
    axes.set_xlim(*_limits(frame["patients"], low, high))
    axes.set_yticks(range(len(present)), [str(year) for year in present])
    axes.set_ylim(len(present) - 0.5, -0.5)
    axes.set_xlabel(say("sizes axis", language))
    axes.set_ylabel(say("end of year", language))
    axes.tick_params(axis="y", labelsize=TEXT)
    axes.grid(axis="y", visible=False)
    return finish(figure, heading)


def _count(sizes: NDArray[np.float64], language: str) -> str:
    """Return how many organisations there are, and their mean size."""
    if not len(sizes):
        return say("no organisations", language)
    several = "one organisation" if len(sizes) == 1 else "organisations"
    heads = say(several, language, count=number(len(sizes), language))
    return f"{heads}\n{say('mean size', language, mean=number(sizes.mean(), language))}"


def _draw_sizes(axes: Axes, ends: pd.DataFrame, present: Sequence[int]) -> None:
    """Draw a row of points per year, side by side, and their median; many points are small."""
    shown = ends[ends["year"].isin(list(present))]
    if shown.empty:
        return
    years = shown["year"].astype(str)
    sns.swarmplot(
        x=shown["patients"].astype(float), y=years, order=[str(year) for year in present],
        orient="h", size=min(5.0, 5.0 * (60 / years.value_counts().max()) ** 0.5),
        color=PALETTE[0], alpha=0.8, edgecolor="white", linewidth=0.3, warn_thresh=1.0, ax=axes,
    )  # fmt: skip
    for year, middle in shown.groupby("year")["patients"].median().items():
        place = present.index(int(str(year)))
        axes.plot([middle, middle], [place - 0.36, place + 0.36], color=INK, linewidth=2.2,
                  zorder=4)  # fmt: skip


def _limits(patients: pd.Series, low: float, high: float) -> tuple[float, float]:
    sizes = patients[patients > 0]
    least = min(low, float(sizes.min())) if len(sizes) else low
    most = max(high, float(sizes.max())) if len(sizes) else high
    return least / 1.5, most * 1.5
