"""Two runs side by side over time: the same seeds under two regimes."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from results.figures.forest import is_told, paired_differences
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
    say_empty,
    scales_note,
    sentences,
    show_years,
    within,
)
from results.figures.style import GREY, PALETTE, Heading, finish, styled
from results.statistics.reduce import replicates, yearly
from results.statistics.split import groups
from results.words.figures import say
from results.words.outcomes import Words
from results.words.shown import KEY_OUTCOMES

__all__ = ["comparison", "paired_differences"]


@styled
def comparison(
    series_a: pd.DataFrame,
    series_b: pd.DataFrame,
    words: Words,
    label_a: str,
    label_b: str,
    outcomes: Sequence[str] = KEY_OUTCOMES,
    dates: Sequence[Mark] = (),
    *,
    table: pd.DataFrame | None = None,
    language: str = "en",
) -> Figure:
    """Draw both regimes' median and 10-90% band over time, a panel per outcome.

    Outcomes that neither recorded are left out.

    Args:
        series_a: long outcome table of one run.
        series_b: that of the other.
        words: what the store says of outcomes.
        label_a: name of the one.
        label_b: name of the other.
        outcomes: what to draw, in this order.
        dates: of policy, marked where they lie among the years.
        table: what ``results.statistics.compare.paired`` returns: what its intervals do not tell
            from zero is grey. Without, nothing is.
        language: ``en`` or ``nl``.
    """
    both = [yearly(series, words, outcomes) for series in (series_a, series_b)]
    recorded = set(both[0]["outcome"]) | set(both[1]["outcome"])
    shown = [outcome for outcome in outcomes if outcome in recorded]
    marks = within(dates, pd.concat([side["year"] for side in both]))
    told = _told(table, shown)
    figure, panels = grid(len(shown))
    if not shown:
        say_empty(panels[0], say("none of the outcomes", language))
    zeros, split = [], False
    for axes, outcome in zip(panels, shown, strict=False):
        name_panel(axes, words[outcome], language)
        lows = []
        for place, side in enumerate(both):
            found = groups(side, outcome)
            split |= len(found) > 1
            colour = PALETTE[(0, 3)[place]] if told.get(outcome, True) else GREY
            for group in found:
                draw_band(axes, group.band, Look(colour, DASHES[place], "os"[place]))
                lows.append(float(group.band["low"].min()))
                if len(found) > 1:
                    name_share(axes, group.band, group.share, colour)
        zeros.append(from_zero(axes, min(lows, default=0.0), words[outcome], language))
        mark_dates(axes, marks)
    if shown:
        show_years(panels, 2, language)
    runs = replicates(series_a), replicates(series_b)
    year = int(table["year"].max()) if table is not None and len(table) else ""
    note = sentences(
        say("bands of both" if max(runs) > 1 else "one run each", language, a=runs[0], b=runs[1]),
        say("two groups", language) if split else "",
        say("grey panels", language, year=year, grey=len(told) - sum(told.values()),
            tested=len(told)) if told else "",
        scales_note(zeros, language),
        dates_note(marks, language),
    )  # fmt: skip
    key = [
        Line2D([], [], color=PALETTE[(0, 3)[place]], linestyle=DASHES[place], marker="os"[place],
               linewidth=1.8, label=label)
        for place, label in enumerate((label_a, label_b))
    ]  # fmt: skip
    if not all(told.values()):
        key.append(Line2D([], [], color=GREY, linewidth=1.8, label=say("untold", language)))
    title = say("comparison", language, a=label_a, b=label_b)
    return finish(figure, Heading(title, note, f"{label_a} / {label_b}", language, key))


def _told(table: pd.DataFrame | None, shown: Sequence[str]) -> dict[str, bool]:
    """Return for each outcome with an interval whether it tells the difference from zero."""
    if table is None:
        return {}
    rows = table[table["outcome"].isin(list(shown)) & table["low"].notna()]
    return dict(zip(rows["outcome"], is_told(rows).tolist(), strict=True))
