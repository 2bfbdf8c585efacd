"""Figures of a sweep: bands over time, what each factor does, and replicates in two groups."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import LogLocator, MaxNLocator, NullLocator
from numpy.typing import NDArray

from results.figures.style import (
    INK,
    PALETTE,
    blank,
    draw_band,
    plain_numbers,
    say_empty,
    styled,
    year_axis,
)
from results.statistics.effects import Arms, Axis, by_group
from results.statistics.ensemble import Ensemble
from results.words.outcomes import Words

ACROSS = 3
BANDS = 3
"""With more arms than this, bands cover one another: lines only."""
TITLE = 38
"""Letters of a panel's title that fit on a line."""
ROOM = 32
"""Letters of an axis' labels that fit below a panel."""
LINES = len(PALETTE)
"""Arms that are drawn; the others are in the tables."""
_DASHES: tuple[Any, ...] = ("-", "--", "-.", ":", (0, (5, 1)), (0, (3, 1, 1, 1)), (0, (1, 1)),
                            (0, (7, 2)))  # fmt: skip
_POINTS = ("o", "s", "^", "D", "v", "P", "X", "<", ">", "*")


def grid(
    count: int, title: str, name: str, note: str, arms: Sequence[Line2D], height: float = 2.35
) -> tuple[Figure, list[Axes]]:
    """Return a figure with ``count`` panels below a legend of the arms, if there are several."""
    across = min(ACROSS, max(count, 1))
    down = max(-(-count // across), 1)
    width = max(3.9 * across, 8.0)
    lines = -(-len(arms) // 4) if len(arms) > 1 else 0
    tall = 1.0 + 0.26 * lines + height * down
    figure = blank(width, tall, title, name, note)
    if lines:
        _legend(figure, arms, lines, tall)
    axes = list(figure.subplots(down, across, squeeze=False).flat)
    for spare in axes[count:]:
        spare.set_visible(False)
    return figure, axes[:count] if count else axes[:1]


def wrapped(text: str) -> str:
    """Return the title of a panel in lines that fit its width."""
    return "\n".join(textwrap.wrap(text, TITLE))


def _marked(arms: Sequence[str], words: bool = False) -> list[Line2D]:
    """Return a mark of each arm for the legend: a line, or the point of a factor of words."""
    return [
        Line2D(
            [], [], color=PALETTE[k], linewidth=1.8, label=arm,
            linestyle="none" if words else _DASHES[k], marker=_POINTS[k] if words else None,
        )
        for k, arm in enumerate(arms[:LINES])
    ]  # fmt: skip


def _legend(figure: Figure, shown: Sequence[Line2D], lines: int, tall: float) -> None:
    """Name the arms in rows of four above the panels."""
    room = 0.26 * lines / tall
    engine = figure.get_layout_engine()
    foot, head = 0.30 / tall, 0.68 / tall
    # `blank` gives every figure a constrained layout, which has a rectangle; its base has none.
    engine.set(rect=(0, foot, 1, 1 - foot - head - room))  # type: ignore[union-attr, call-arg]
    figure.legend(
        handles=list(shown),
        loc="upper left",
        ncols=-(-len(shown) // lines),
        fontsize=8.5,
        bbox_to_anchor=(0.004, 1 - 0.60 / tall),
        borderaxespad=0.2,
    )


def _panel(axes: Axes, outcome: str, words: Words, lowest: float) -> None:
    """Give a panel its title, unit and an axis from 0 where values lie near it."""
    called = words[outcome]
    axes.set_title(wrapped(called.english), fontsize=9)
    axes.set_ylabel(called.year_unit, fontsize=8)
    plain_numbers(axes)
    low, high = axes.get_ylim()
    if lowest >= 0 and low < 0.5 * high:
        axes.set_ylim(bottom=0)


@styled
def bands_over_time(
    bands: pd.DataFrame,
    outcomes: Sequence[str],
    arms: Sequence[str],
    words: Words,
    name: str = "",
) -> Figure:
    """Draw outcomes by year, a panel each and a line per arm: median and 10-90% of all runs.

    Args:
        bands: what ``results.statistics.ensemble.bands_by_arm`` returns.
        outcomes: what to draw, in this order.
        arms: names of the arms.
        words: what the store says of outcomes.
        name: the sweep, in the footnote.
    """
    band = len(arms) <= BANDS
    note = "line: median" + (", band: 10-90%" if band else "") + " of all points and seeds"
    figure, panels = grid(len(outcomes), "Outcomes over time", name, note, _marked(arms))
    for axes, outcome in zip(panels, outcomes, strict=False):
        rows = bands[bands["outcome"] == outcome]
        if rows.empty:
            say_empty(axes, "no value")
        for place, mine in rows[rows["arm"] < LINES].groupby("arm"):
            colour = PALETTE[int(str(place))]
            shown = mine if band else mine.assign(low=mine["median"], high=mine["median"])
            draw_band(axes, shown, colour)
            axes.get_lines()[-1].set_linestyle(_DASHES[int(str(place))])
        year_axis(axes, 6)
        axes.set_xlabel("")
        _panel(axes, outcome, words, float(rows["low"].min()) if len(rows) else 0.0)
    return figure


@styled
def factor_effect(
    many: Ensemble, axis: Axis, arms: Arms, outcomes: Sequence[str], name: str = ""
) -> Figure:
    """Draw outcomes of the last year by the levels of a factor, or by tenths, per arm.

    Args:
        many: a sweep.
        axis: the factor and its groups.
        arms: the arms of the sweep.
        outcomes: what to draw, in this order.
        name: the sweep, in the footnote.
    """
    shown = min(len(arms.names), LINES)
    band = len(arms.names) <= BANDS
    groups = "tenths of the points" if axis.tenths else "levels"
    note = f"{many.year}, by {groups}; line: median" + (", band: 10-90%" if band else "")
    if axis.words:
        note = f"{many.year}, by {groups}; point: median, bar: 10-90%"
    marks = _marked(arms.names, axis.words)
    figure, panels = grid(len(outcomes), f"What {axis.name} does", name, note, marks)
    for axes, outcome in zip(panels, outcomes, strict=False):
        column = many.values[:, many.outcomes.index(outcome)]
        least = np.inf
        for arm in range(shown):
            rows = arms.of_run == arm
            cuts = by_group(column[rows], axis.of_run[rows], len(axis.names))
            _line(axes, axis, cuts, arm, shown, band)
            least = min(least, float(np.nanmin(cuts, initial=np.inf)))
        _factor_axis(axes, axis)
        _panel(axes, outcome, many.words, least)
    return figure


def _line(
    axes: Axes, axis: Axis, cuts: NDArray[np.float64], arm: int, arms: int, band: bool
) -> None:
    """Draw one arm: a line and band over numbers, points with bars over words."""
    low, middle, high = cuts.T
    colour = PALETTE[arm]
    if axis.words:
        x = axis.places + (arm - (arms - 1) / 2) * min(0.16, 0.6 / arms)
        bars = np.vstack([middle - low, high - middle])
        axes.errorbar(x, middle, yerr=bars, fmt=_POINTS[arm], color=colour, capsize=3, markersize=5,
                      linewidth=1.4)  # fmt: skip
        return
    if band:
        axes.fill_between(axis.places, low, high, color=colour, alpha=0.2, linewidth=0)
    axes.plot(axis.places, middle, color=colour, linewidth=1.8, marker="o", markersize=4,
              linestyle=_DASHES[arm])  # fmt: skip


def _factor_axis(axes: Axes, axis: Axis) -> None:
    """Label the axis of a factor: words by name, numbers with their unit."""
    if axis.words:
        names = [text if len(text) <= 16 else text[:15] + "…" for text in axis.names]
        crowded = sum(len(text) for text in names) > 36
        axes.set_xticks(axis.places, names, rotation=30 if crowded else 0,
                        ha="right" if crowded else "center")  # fmt: skip
        axes.margins(x=0.2)
        axes.grid(axis="x", visible=False)
        return
    if axis.logarithmic and axis.places.min() > 0:
        axes.set_xscale("log")
        axes.xaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0), numticks=8))
        axes.xaxis.set_minor_locator(NullLocator())
    elif len(axis.places) <= 6:
        axes.set_xticks(axis.places)
        gaps = np.diff(np.sort(axis.places)) / max(float(np.ptp(axis.places)), 1e-300)
        if gaps.min(initial=1.0) * ROOM < max(len(f"{place:,.10g}") for place in axis.places):
            axes.tick_params(axis="x", rotation=30)
    else:
        axes.xaxis.set_major_locator(MaxNLocator(6))
    plain_numbers(axes, x=True)
    if axis.unit:
        axes.set_xlabel(axis.unit, fontsize=8)


@styled
def groups_seen(
    samples: Sequence[tuple[str, str, NDArray[np.float64], float]],
    words: Words,
    name: str = "",
) -> Figure:
    """Draw the replicates of some points that fall into two groups, a panel each.

    Args:
        samples: outcome, the point in words, its values per replicate, and the valley between.
        words: what the store says of outcomes.
        name: the sweep, in the footnote.
    """
    note = "replicates of one point; dashed: the valley between the groups"
    figure, panels = grid(len(samples), "Replicates in two groups", name, note, ())
    for axes, (outcome, point, values, split) in zip(panels, samples, strict=False):
        axes.hist(values, bins=min(30, max(12, len(values) // 4)), color=PALETTE[0], alpha=0.8)
        axes.axvline(split, color=INK, linestyle="--", linewidth=1.2)
        called = words[outcome]
        axes.set_title(f"{called.english}\n{point}", fontsize=8)
        axes.set_xlabel(called.year_unit, fontsize=8)
        axes.set_ylabel("replicates", fontsize=8)
        axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
        axes.xaxis.set_major_locator(MaxNLocator(5))
        plain_numbers(axes, x=True)
    return figure
