"""Figures of a sweep: bands over time, what each factor does, and replicates in two groups."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from results.figures.arms import BANDS, LINES, many_arms, marked
from results.figures.factor import factor_effect
from results.figures.letters import fit, wrap
from results.figures.panels import (
    DASHES,
    POINTS,
    Look,
    Mark,
    dates_note,
    draw_band,
    few_ticks,
    from_zero,
    grid,
    mark_dates,
    name_panel,
    plain_numbers,
    room,
    say_empty,
    scales_note,
    sentences,
    show_years,
    within,
)
from results.figures.style import INK, PALETTE, SMALL, TEXT, Heading, finish, styled
from results.words.figures import percent, say
from results.words.numbers import number
from results.words.outcomes import Words

__all__ = ["BANDS", "LINES", "bands_over_time", "factor_effect", "groups_seen"]


@styled
def bands_over_time(
    bands: pd.DataFrame,
    outcomes: Sequence[str],
    arms: Sequence[str],
    words: Words,
    name: str = "",
    dates: Sequence[Mark] = (),
    *,
    language: str = "en",
) -> Figure:
    """Draw outcomes by year, a panel each and a line per arm: median and 10-90% of all runs.

    Args:
        bands: what ``results.statistics.ensemble.bands_by_arm`` returns.
        outcomes: what to draw, in this order.
        arms: names of the arms.
        words: what the store says of outcomes.
        name: the sweep, in the footnote.
        dates: of policy, marked where they lie among the years.
        language: ``en`` or ``nl``.
    """
    band = len(arms) <= BANDS
    figure, panels = grid(len(outcomes))
    marks, zeros = within(dates, bands["year"]), []
    for axes, outcome in zip(panels, outcomes, strict=False):
        rows = bands[bands["outcome"] == outcome]
        name_panel(axes, words[outcome], language)
        if rows.empty:
            say_empty(axes, say("no value", language))
            continue
        for place, mine in rows[rows["arm"] < LINES].groupby("arm"):
            k = int(str(place))
            shown = mine if band else mine.assign(low=mine["median"], high=mine["median"])
            draw_band(axes, shown, Look(PALETTE[k], DASHES[k], POINTS[k]))
        zeros.append(from_zero(axes, float(rows["low"].min()), words[outcome], language))
        mark_dates(axes, marks)
    show_years(panels, 2, language)
    runs = int(bands.groupby(["outcome", "year"])["runs"].sum().max()) if len(bands) else 0
    note = sentences(
        say("band of sweep" if band else "line of sweep", language, runs=number(runs, language)),
        many_arms(arms, language),
        scales_note(zeros, language),
        dates_note(marks, language),
    )
    title = say("outcomes over time", language)
    return finish(figure, Heading(title, note, name, language, marked(arms, language)))


@styled
def groups_seen(
    samples: Sequence[tuple[str, str, NDArray[np.float64], float]],
    words: Words,
    name: str = "",
    *,
    language: str = "en",
) -> Figure:
    """Draw the replicates of some points that fall into two groups, a panel each.

    Args:
        samples: outcome, the point in words, its values per replicate, and the valley between.
        words: what the store says of outcomes.
        name: the sweep, in the footnote.
        language: ``en`` or ``nl``.
    """
    import seaborn as sns  # here: it brings half of SciPy along

    figure, panels = grid(len(samples), tall=2.2, shared=False)
    for axes, (outcome, point, values, split) in zip(panels, samples, strict=False):
        axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
        few_ticks(axes, values, room(2))
        plain_numbers(axes, x=True, language=language)
        low = values <= split
        cuts = np.histogram_bin_edges(values, bins=min(24, max(12, len(values) // 4))).tolist()
        for side, colour, hatch in ((low, PALETTE[0], None), (~low, PALETTE[1], "////")):
            sns.histplot(x=values[side], bins=cuts, color=colour, hatch=hatch, alpha=1.0,
                         edgecolor="white", linewidth=0.3, ax=axes)  # fmt: skip
        axes.axvline(split, color=INK, linestyle="--", linewidth=1.2)
        called = words[outcome]
        title = wrap(called.label(language), room(2), TEXT, 2, bold=True)
        axes.set_title("\n".join(title))
        axes.set_xlabel("\n".join(wrap(called.unit_in(language), room(2), SMALL)))
        axes.set_ylabel(say("replicates", language))
        shares = say("shares", language, below=percent(float(low.mean())), runs=len(values),
                     above=percent(float((~low).mean())))  # fmt: skip
        at = fit(point, room(2), SMALL)
        axes.text(0.5, 1.0, f"{at}\n{shares}", ha="center", va="top", fontsize=SMALL,
                  transform=axes.transAxes, bbox={"facecolor": "white", "edgecolor": "none",
                                                  "pad": 1.0})  # fmt: skip
        axes.set_ylim(top=1.45 * axes.get_ylim()[1])
    note = sentences(say("replicates note", language), scales_note([True] * len(samples), language))
    return finish(figure, Heading(say("replicates in two", language), note, name, language))
