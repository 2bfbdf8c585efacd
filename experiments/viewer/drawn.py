"""The figures of the viewer: the region now, and its outcomes so far."""

from __future__ import annotations

from textwrap import fill
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from numpy.typing import NDArray

from agents.compiled.record import NONE
from experiments.runs.frames import declared_outcomes
from experiments.viewer.visit import SHOWN, Viewed
from results.figures.panels import plain_numbers
from results.figures.region import Shown, draw_region
from results.figures.style import GREY, PALETTE, styled
from results.words.outcomes import Words

FIRST = 2006
SIZE = (6.4, 8.0)
"""Inches of each figure. Axes stand at fixed places, so that nothing jumps from step to step."""
BESIDE = 4.0
"""km of the map around the areas of hubs."""


@styled
def region_now(model: Viewed) -> Figure:
    """Draw who works with whom in the quarter that was run last."""
    with model.lock:
        shown, places, tick = _shown(model), dict(model.places), max(0, model.tick - 1)
        left, right, low, high = _frame(model)
    figure = _blank(shown.in_words(tick))
    height = min(0.705, 0.915 * (high - low) / (right - left) * SIZE[0] / SIZE[1])
    axes = figure.add_axes((0.075, 0.955 - height, 0.915, height))
    handles = draw_region(axes, shown, places)
    axes.set_xlim(left, right)
    axes.set_ylim(low, high)
    axes.set_anchor("N")
    figure.legend(
        handles=handles, loc="upper left", bbox_to_anchor=(0.0, 0.895 - height),
        ncols=2, fontsize=8.5, labelspacing=0.75,
    )  # fmt: skip
    return figure


@styled
def outcomes_so_far(model: Viewed) -> Figure:
    """Draw each outcome by quarter, and dashed what it was before the last change."""
    words = Words(declared_outcomes())
    with model.lock:
        now, before = model.outcomes, model.visit.before
    title = "Outcomes by quarter"
    figure = _blank(title if before is None else f"{title} (dashed: before the last change)")
    places = {"left": 0.105, "right": 0.99, "bottom": 0.04, "top": 0.91}
    panels = figure.subplots(
        3, 2, sharex=True, gridspec_kw={**places, "wspace": 0.36, "hspace": 0.24}
    )
    for axes, name in zip(panels.flat, SHOWN, strict=True):
        word = words[name]
        axes.set_title(fill(word.english, 32), fontsize=9)
        axes.set_ylabel(word.unit, fontsize=8.5)
        if before is not None:
            axes.plot(_years(before), before[name], color=GREY, linewidth=1.1, linestyle="--")
        axes.plot(_years(now), now[name], color=PALETTE[0], linewidth=1.8)
        axes.set_xlim(FIRST, FIRST + len(model.rows("policy")) / 4)
        axes.set_ylim(0.0, _top(word.unit, now[name], before[name] if before is not None else None))
        plain_numbers(axes)
    return figure


def _blank(title: str) -> Figure:
    figure = Figure(figsize=SIZE)
    FigureCanvasAgg(figure)
    figure.text(0.01, 0.985, title, ha="left", va="top", fontsize=11, fontweight="bold")
    return figure


def _top(unit: str, now: pd.Series, before: pd.Series | None) -> float:
    """Return the top of a panel: 1 for shares, else a little above the highest value."""
    if unit == "share":
        return 1.0
    drawn = [float(one.max()) for one in (now, before) if one is not None and one.notna().any()]
    return 1.08 * max(drawn, default=0.0) or 1.0


def _frame(model: Viewed) -> tuple[float, float, float, float]:
    """Return left, right, bottom and top of the map, km: the areas of hubs, and all practices."""
    hubs, people = model.rows("hubs"), _living(model, "practices", "x", "y")
    reach = hubs["radius"] + BESIDE
    sides = []
    for axis in ("x", "y"):
        sides += [
            float(min((hubs[axis] - reach).min(), people[axis].min())),
            float(max((hubs[axis] + reach).max(), people[axis].max())),
        ]
    return sides[0], sides[1], sides[2], sides[3]


def _years(frame: pd.DataFrame) -> NDArray[Any]:
    return FIRST + (np.arange(len(frame)) + 1) / 4


def _living(model: Viewed, table: str, *columns: str) -> pd.DataFrame:
    """Return columns of the living rows of a table, indexed by row."""
    rows = model.rows(table)
    at = np.flatnonzero(rows["alive"])
    return pd.DataFrame({name: rows[name][at] for name in columns}, index=at)


def _shown(model: Viewed) -> Shown:
    practices = _living(model, "practices", "x", "y", "organisation")
    practices["organisation"] = (
        practices["organisation"].astype("Int64").where(practices["organisation"] != NONE)
    )
    places = _living(model, "municipalities", "x", "y")
    found = model.region.municipalities
    places["name"] = [found[row].name for row in places.index]
    places["population"] = [found[row].population for row in places.index]
    return Shown(
        practices,
        _living(model, "hubs", "x", "y", "stage"),
        _living(model, "organisations", "x", "y", "patients"),
        places,
        pd.DataFrame(list(model.region.neighbours), columns=["a", "b"]),
    )
