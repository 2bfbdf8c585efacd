"""Figures that set two runs side by side: the same seeds under two regimes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from results.figures.style import (
    GREY,
    INK,
    PALETTE,
    blank,
    draw_band,
    plain_numbers,
    say_empty,
    styled,
    year_axis,
)
from results.statistics.compare import NOTE
from results.statistics.reduce import bands, replicates, yearly
from results.words.numbers import number
from results.words.outcomes import Words
from results.words.shown import KEY_OUTCOMES

ACROSS = 3


@styled
def comparison(
    series_a: pd.DataFrame,
    series_b: pd.DataFrame,
    words: Words,
    label_a: str,
    label_b: str,
    outcomes: Sequence[str] = KEY_OUTCOMES,
) -> Figure:
    """Draw both regimes' median and 10-90% band over time, a panel per outcome.

    Outcomes that neither recorded are left out.
    """
    both = [bands(yearly(series, words, outcomes)) for series in (series_a, series_b)]
    recorded = set(both[0]["outcome"]) | set(both[1]["outcome"])
    shown = [outcome for outcome in outcomes if outcome in recorded]
    across = min(ACROSS, max(len(shown), 1))
    down = max(-(-len(shown) // across), 1)
    count = max(replicates(series_a), replicates(series_b))
    title = f"{label_a} and {label_b} over time"
    note = f"line: median, band: 10-90% of {count} replicates" if count > 1 else "one run each"
    width, height = max(3.9 * across, 7.5), 1.0 + 2.35 * down
    figure = blank(width, height, title, f"{label_a} / {label_b}", note)
    panels = list(figure.subplots(down, across, squeeze=False, sharex=True).flat)
    if not shown:
        say_empty(panels[0], "none of the outcomes was recorded")
        return figure
    handles: list[Line2D] = []
    for axes, outcome in zip(panels, shown, strict=False):
        called = words[outcome]
        axes.set_title(called.english, fontsize=9)
        for place, (band, name) in enumerate(zip(both, (label_a, label_b), strict=True)):
            rows = band[band["outcome"] == outcome]
            if len(rows):
                draw_band(axes, rows, PALETTE[place], name)
                axes.get_lines()[-1].set_linestyle(("-", "--")[place])
        lines = list(axes.get_lines())
        handles = lines if len(lines) > len(handles) else handles
        low = min(float(band.loc[band["outcome"] == outcome, "low"].min()) for band in both)
        axes.set_ylim(bottom=min(0.0, low))
        axes.set_ylabel(called.year_unit, fontsize=8)
        plain_numbers(axes)
        year_axis(axes, 6)
    for axes in panels[len(shown) :]:
        axes.set_visible(False)
    for axes in panels[: max(len(shown) - across, 0)]:
        axes.set_xlabel("")
    for axes in panels[len(shown) - across : len(shown)] if len(shown) > across else []:
        axes.tick_params(labelbottom=True)
    figure.legend(
        handles,
        [str(line.get_label()) for line in handles],
        loc="upper right",
        bbox_to_anchor=(1 - 0.1 / width, 1 - 0.05 / height),
    )
    return figure


@styled
def paired_differences(
    table: pd.DataFrame, words: Words, label_a: str = "a", label_b: str = "b"
) -> Figure:
    """Draw paired differences in standard deviations with their 95% intervals (a forest plot).

    Args:
        table: what ``results.statistics.compare.paired`` returns.
        words: what the store says of outcomes.
        label_a: name of the run that is subtracted.
        label_b: name of the other.
    """
    rows = table.reset_index(drop=True)
    title = f"Paired differences: {label_b} minus {label_a}"
    years = ", ".join(str(year) for year in sorted(set(rows["year"])))
    height = 1.75 + 0.34 * max(len(rows), 2)
    figure = blank(9.5, height, title, f"{label_a} / {label_b}", f"{years}. {NOTE}")
    axes = figure.subplots()
    if rows.empty:
        say_empty(axes, "no outcome was recorded by both")
        return figure
    axes.axvline(0.0, color=INK, linewidth=1.0, zorder=1)
    effect = rows["effect"].to_numpy(dtype=float)
    arms = np.vstack(
        [
            effect - rows["effect_low"].to_numpy(dtype=float),
            rows["effect_high"].to_numpy(dtype=float) - effect,
        ]
    )
    known = np.isfinite(effect)
    clear = known & ((rows["effect_low"] > 0) | (rows["effect_high"] < 0)).to_numpy(dtype=bool)
    for chosen, colour in ((known & ~clear, GREY), (clear, PALETTE[0])):
        axes.errorbar(
            effect[chosen],
            np.flatnonzero(chosen),
            xerr=arms[:, chosen],
            fmt="o",
            color=colour,
            markersize=6,
            capsize=3,
            linewidth=1.6,
        )
    for place, row in rows.iterrows():
        axes.annotate(
            _in_words(row, words[str(row["outcome"])].year_unit),
            (1.01, float(str(place))),
            xycoords=("axes fraction", "data"),
            va="center",
            fontsize=8.5,
            annotation_clip=False,
        )
    axes.set_yticks(range(len(rows)), [words[name].english for name in rows["outcome"]])
    axes.set_ylim(len(rows) - 0.5, -0.5)
    widest = float(np.nanmax(np.abs(rows[["effect_low", "effect_high"]].to_numpy()), initial=1.0))
    # What a design imposes lies far out: beyond two standard deviations the axis is logarithmic.
    axes.set_xscale("symlog", linthresh=2.0, linscale=2.0)
    axes.set_xlim(-1.3 * widest, 1.3 * widest)
    plain_numbers(axes, x=True)
    axes.set_xlabel("difference in standard deviations of the paired differences (d_z)")
    axes.grid(axis="y", visible=False)
    return figure


def _in_words(row: pd.Series, unit: str) -> str:
    """Return a difference in its own unit, with the number of pairs."""
    if row["n"] < 2:
        return f"{number(row['difference'])} {unit}: too few pairs"
    text = f"{'+' if row['difference'] > 0 else ''}{number(row['difference'])} {unit}"
    return f"{text}, the same in all pairs" if row["sd"] == 0 and row["difference"] else text
