"""Figures of one run or of its replicates. Each takes frames and returns a matplotlib Figure.

Maps are in ``results.figures.maps``, figures of two runs in ``results.figures.contrasts``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from results.figures.contrasts import comparison, paired_differences
from results.figures.drawing import save
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
from results.figures.sizes import size_distribution
from results.figures.style import PALETTE, Heading, finish, styled
from results.statistics.reduce import bands, replicates, yearly
from results.statistics.split import Group, groups
from results.words.figures import percent, say
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
