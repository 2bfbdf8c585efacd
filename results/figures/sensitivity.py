"""Which factors matter for an outcome: indices with their intervals, the weightiest first."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from results.figures.letters import fit
from results.figures.panels import plain_numbers, sentences
from results.figures.style import (
    GREY,
    INK,
    PALETTE,
    SMALL,
    TEXT,
    WIDTH,
    Heading,
    finish,
    sheet,
    styled,
)
from results.words.figures import say
from results.words.outcomes import Word

MOST = 20
"""Factors that are drawn."""
NAMES = 2.1
"""Inches that names have."""
ROW = 0.27
"""Inches of a row."""
LEADING = ("mu*", "ST", "effect", "PAWN")
"""Indices by which factors are ordered."""
BESIDE = {"mu*": "sigma", "ST": "S1"}
"""What is drawn below an index, as an open mark."""
AXES = {"mu*": "axis mu*", "ST": "axis ST", "effect": "axis effect", "PAWN": "axis PAWN"}
NOTES = {"mu*": "note mu*", "ST": "note ST", "effect": "note effect", "PAWN": "note PAWN"}


@styled
def what_matters(
    rows: pd.DataFrame, word: Word, name: str, *, told: Sequence[bool], language: str = "en"
) -> Figure:
    """Draw the indices of one outcome, a row for each factor.

    Args:
        rows: factor, other, index, value, low, high and idle, the weightiest first.
        word: what the outcome is called.
        name: of the sweep.
        told: of each row, whether it is told from a factor that does nothing.
        language: ``en`` or ``nl``.
    """
    lead = next(one for one in LEADING if one in set(rows.loc[rows["value"].notna(), "index"]))
    main = rows[rows["index"] == lead]
    left = max(len(main) - MOST, 0)
    main = main.iloc[:MOST]
    clear = dict(zip(rows.index, told, strict=True))
    figure = sheet(0.6 + ROW * max(len(main), 2))
    axes = figure.subplots()
    axes.axvline(0.0, color=INK, linewidth=1.0, zorder=1)
    key = [_mark(lead, True, language)]
    beside = BESIDE.get(lead, "")
    for place, (number, row) in enumerate(main.iterrows()):
        _draw(axes, place - (0.14 if beside else 0.0), row, clear[number])
        _name(axes, place, row)
        other = rows[(rows["index"] == beside) & (rows["factor"] == row["factor"])]
        if len(other):
            _open(axes, place + 0.2, other.iloc[0])
    if beside:
        key.append(_mark(beside, False, language))
    idle = main["idle"].max()
    if lead == "PAWN" and np.isfinite(idle):
        axes.axvline(float(idle), color=PALETTE[3], linestyle="--", linewidth=1.2)
        key.append(Line2D([], [], color=PALETTE[3], linestyle="--", label=say("idle", language)))
    axes.set_yticks([])
    axes.set_ylim(len(main) - 0.4, -0.6)
    axes.grid(axis="y", visible=False)
    plain_numbers(axes, x=True, language=language)
    unit = f" ({word.unit_in(language)})" if lead in ("mu*", "effect") else ""
    axes.set_xlabel(fit(say(AXES[lead], language) + unit, WIDTH - NAMES - 0.3, SMALL))
    seeds = rows[rows["index"] == "S_seed"]["value"]
    note = sentences(
        say(NOTES[lead], language),
        say("by seeds", language, share=f"{100 * float(seeds.iloc[0]):.0f}%")
        if len(seeds) and np.isfinite(seeds.iloc[0])
        else "",
        say("factors left", language, count=left) if left else "",
    )
    title = say("sensitivity", language, outcome=word.label(language))
    return finish(figure, Heading(title, note, name, language, key))


def _mark(index: str, filled: bool, language: str) -> Line2D:
    label = say(f"index {index}", language)
    if filled:
        return Line2D([], [], color=PALETTE[0], marker="o", markersize=6, label=label)
    return Line2D([], [], color=PALETTE[1], marker="D", markersize=5, markerfacecolor="white",
                  linestyle="none", label=label)  # fmt: skip


def _draw(axes: Axes, at: float, row: pd.Series, clear: bool) -> None:
    value, low, high = (float(row[name]) for name in ("value", "low", "high"))
    colour = PALETTE[0] if clear else GREY
    if np.isfinite(low) and np.isfinite(high):
        axes.plot([low, high], [at, at], color=colour, linewidth=1.6)
    axes.plot(value, at, marker="o", color=colour, markersize=6,
              markerfacecolor=colour if clear else "white")  # fmt: skip


def _open(axes: Axes, at: float, row: pd.Series) -> None:
    axes.plot(float(row["value"]), at, marker="D", color=PALETTE[1], markersize=5,
              markerfacecolor="white")  # fmt: skip


def _name(axes: Axes, place: int, row: pd.Series) -> None:
    move = f" ({row['other']})" if row["index"] == "effect" else ""
    text = fit(f"{row['factor']}{move}", NAMES, SMALL if move else TEXT)
    axes.annotate(
        text, (0.0, place), xycoords=("axes fraction", "data"), xytext=(-NAMES * 72 - 6, 0),
        textcoords="offset points", va="center", ha="left", fontsize=SMALL if move else TEXT,
        color=INK, annotation_clip=False,
    )  # fmt: skip
