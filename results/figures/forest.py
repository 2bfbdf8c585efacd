"""Paired differences with their intervals, those first that say something (a forest plot)."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from results.figures.letters import fit, wrap
from results.figures.panels import plain_numbers, say_empty, sentences
from results.figures.style import (
    GREY,
    INK,
    PALETTE,
    SMALL,
    SOFT,
    TEXT,
    WIDTH,
    Heading,
    finish,
    sheet,
    styled,
)
from results.words.figures import percent, say
from results.words.numbers import number
from results.words.outcomes import Words
from results.words.shown import KEY_OUTCOMES

MOST = 24
"""Outcomes that are drawn."""
ROW = 0.48
"""Inches of a row: a name, and below it the difference in its own unit."""
NAMES = 2.35
"""Inches that names have."""


class Chosen(NamedTuple):
    """The outcomes of a table that are drawn, and how many are not."""

    rows: pd.DataFrame
    equal: int
    """Of which all pairs are equal."""
    untold: int
    """That an interval does not tell from zero, and that are no key outcome."""
    smaller: int
    """For which there is no room."""


def is_told(table: pd.DataFrame) -> NDArray[np.bool_]:
    """Return for each row whether its 95% interval leaves out zero."""
    return np.asarray((table["low"] > 0) | (table["high"] < 0), dtype=bool)


def choose(table: pd.DataFrame) -> Chosen:
    """Return what is drawn: what differs, and key outcomes; in the order of the table, by theme.

    Where no outcome of a table has an interval, or there are few, all are drawn.
    """
    if len(table) <= len(KEY_OUTCOMES):
        return Chosen(table, 0, 0, 0)
    equal = np.asarray((table["sd"] == 0) & (table["difference"] == 0), dtype=bool)
    key = np.asarray(table["outcome"].isin(KEY_OUTCOMES), dtype=bool)
    told = is_told(table) | np.asarray(table["low"].isna(), dtype=bool)
    kept = ~equal & (told | key)
    untold = int((~equal & ~kept).sum())
    sizes = table["effect"].abs().to_numpy(dtype=float, na_value=np.inf)
    # Key outcomes first, then the largest differences, as far as there is room.
    order = np.lexsort((np.arange(len(table)), -sizes, ~key))
    order = order[kept[order]]
    places = np.sort(order[:MOST])
    return Chosen(table.iloc[places].reset_index(drop=True), int(equal.sum()), untold,
                  max(len(order) - MOST, 0))  # fmt: skip


@styled
def paired_differences(
    table: pd.DataFrame,
    words: Words,
    label_a: str = "a",
    label_b: str = "b",
    *,
    language: str = "en",
) -> Figure:
    """Draw paired differences in standard deviations with their 95% intervals.

    Of a long table those that differ and the key outcomes; a note says how many are left out and
    why. Grey and open: not told from zero. Pairs in two groups are two points.

    Args:
        table: what ``results.statistics.compare.paired`` returns.
        words: what the store says of outcomes.
        label_a: name of the run that is subtracted.
        label_b: name of the other.
        language: ``en`` or ``nl``.
    """
    chosen = choose(table)
    rows = chosen.rows
    figure = sheet(0.55 + ROW * max(len(rows), 2))
    axes = figure.subplots()
    told = is_told(rows)
    key: list[Line2D] = []
    if rows.empty:
        say_empty(axes, say("none differs" if len(table) else "none of both", language))
    else:
        key = _draw(axes, rows, told, language)
        for place, row in enumerate(rows.to_dict("records")):
            _name(axes, place, row, words, language)
        _scale(axes, rows, language)
    title = say("differences", language, a=label_a, b=label_b)
    note = _note(table, chosen, language)
    return finish(figure, Heading(title, note, f"{label_a} / {label_b}", language, key))


def _draw(axes: Axes, rows: pd.DataFrame, told: NDArray[np.bool_], language: str) -> list[Line2D]:
    """Draw the points with their intervals, and return what a legend lists."""
    axes.axvline(0.0, color=INK, linewidth=1.0, zorder=1)
    middle, low, high = (
        rows[name].to_numpy(dtype=float) for name in ("effect", "effect_low", "effect_high")
    )
    known = np.isfinite(middle)
    halves = [_halves(row) for row in rows.to_dict("records")]
    two = np.array([bool(found) for found in halves])
    key = []
    for chosen, colour, face, text in (
        (known & told & ~two, PALETTE[0], PALETTE[0], "told"),
        (known & ~told & ~two, GREY, "white", "untold"),
    ):
        if chosen.any():
            arms = np.vstack([middle - low, high - middle])[:, chosen]
            axes.errorbar(middle[chosen], np.flatnonzero(chosen), xerr=arms, fmt="o",
                          color=colour, markerfacecolor=face, markersize=6, capsize=3,
                          elinewidth=1.6)  # fmt: skip
            key.append(Line2D([], [], color=colour, marker="o", markerfacecolor=face, markersize=6,
                              linewidth=1.6, label=say(text, language)))  # fmt: skip
    for place, found in enumerate(halves):
        # Their mean lies between them and describes neither: it has no point and no interval.
        axes.plot([at for at, _ in found], [place] * len(found), color=PALETTE[3], linewidth=0.8,
                  linestyle=":")  # fmt: skip
        for at, share in found:
            axes.plot(at, place, marker="D", color=PALETTE[3], markersize=5)
            axes.annotate(percent(share), (at, place), xytext=(0, 4), ha="center", va="bottom",
                          textcoords="offset points", fontsize=SMALL, color=PALETTE[3])  # fmt: skip
    if two.any():
        key.append(Line2D([], [], color=PALETTE[3], marker="D", linestyle="none", markersize=5,
                          label=say("groups told", language)))  # fmt: skip
    return key


def _halves(row: dict[Any, Any]) -> list[tuple[float, float]]:
    """Return where two groups of pairs lie, in standard deviations, with their shares."""
    if not row.get("sd") or pd.isna(row.get("group_low")):
        return []
    share = float(row["group_share"])
    return [(row["group_low"] / row["sd"], 1 - share), (row["group_high"] / row["sd"], share)]


def _name(axes: Axes, place: int, row: dict[Any, Any], words: Words, language: str) -> None:
    """Write an outcome's name left of its row, and below it the difference in its unit."""
    word = words[str(row["outcome"])]
    name = wrap(word.label(language), NAMES, TEXT)
    said = fit(_in_words(row, word.unit_in(language), language), NAMES, SMALL)
    for text, size, lift, colour in (
        ("\n".join(name), TEXT, 5.5, INK),
        (said, SMALL, -6.5 if len(name) == 1 else -12.0, SOFT),
    ):
        axes.annotate(
            text, (0.0, place), xycoords=("axes fraction", "data"), linespacing=1.05,
            xytext=(-NAMES * 72 - 6, lift), textcoords="offset points", va="center", ha="left",
            fontsize=size, color=colour, annotation_clip=False,
        )  # fmt: skip


def _in_words(row: dict[Any, Any], unit: str, language: str) -> str:
    """Return a difference in its own unit, and what its interval or mean does not say."""
    gap = row["difference"]
    text = f"{'+' if gap > 0 else ''}{number(gap, language)} {unit}"
    if row["n"] < 2:
        return f"{text}: {say('too few pairs', language)}"
    if row["sd"] == 0 and gap:
        return f"{text}, {say('same in all', language)}"
    tested = row.get("bimodal_tested", 0)
    if tested > 1 and row["bimodal"]:
        return f"{text}; {say('points apart', language, count=row['bimodal'], tested=tested)}"
    return text


def _scale(axes: Axes, rows: pd.DataFrame, language: str) -> None:
    """Scale the axis: logarithmic beyond two, where what a design imposes lies far out."""
    ends = rows[["effect_low", "effect_high"]].to_numpy(dtype=float)
    widest = 1.3 * float(np.nanmax(np.abs(ends), initial=1.0))
    label = say("d_z", language)
    if widest > 4.0:
        axes.set_xscale("symlog", linthresh=2.0, linscale=1.4)
        label = f"{label}\n{say('linear to', language)}"
        far = [10.0**k for k in range(1, 7) if 10.0**k < widest][-2:]
        axes.set_xticks([-one for one in far[::-1]] + [-2.0, 0.0, 2.0] + far)
        axes.minorticks_off()
    axes.set_xlim(-widest, widest)
    axes.set_yticks([])
    axes.set_ylim(len(rows) - 0.5, -0.6)
    plain_numbers(axes, x=True, language=language)
    room = WIDTH - NAMES - 0.4
    lines = [line for part in label.split("\n") for line in wrap(part, room, SMALL, 3)]
    axes.set_xlabel("\n".join(lines))
    axes.grid(axis="y", visible=False)


def _note(table: pd.DataFrame, chosen: Chosen, language: str) -> str:
    """Return how many intervals there are, how many outcomes are left out, and why."""
    rows = chosen.rows
    drawn = np.array(
        [pd.notna(row["effect_low"]) and not _halves(row) for row in rows.to_dict("records")],
        dtype=bool,
    )
    told = int((drawn & is_told(rows)).sum())
    reasons = [
        say(key, language, count=count)
        for key, count in (("equal", chosen.equal), ("untold few", chosen.untold),
                           ("smaller few", chosen.smaller))
        if count
    ]  # fmt: skip
    left = chosen.equal + chosen.untold + chosen.smaller
    years = ", ".join(str(year) for year in sorted(set(table["year"])))
    pairs = int(table["n"].max()) if len(table) else 0
    return sentences(
        say("by", language, years=years, pairs=pairs) if years else "",
        say("intervals", language, drawn=int(drawn.sum()), told=told) if drawn.any() else "",
        say("left out", language, count=left, all=len(table), reasons=", ".join(reasons))
        if left
        else "",
        say("seeds note", language),
    )
