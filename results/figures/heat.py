"""Figures of a sweep in coloured cells: two factors together, and what moves what."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import Colormap, ListedColormap, Normalize
from matplotlib.figure import Figure
from numpy.typing import NDArray

from results.figures.style import INK, PlainNumbers, blank, styled
from results.figures.sweep import grid, wrapped
from results.statistics.effects import Axis, by_group
from results.statistics.ensemble import Ensemble
from results.words.numbers import number
from results.words.outcomes import Words

WRITTEN = 42
"""Cells of a heat map whose number still fits."""
FLAT = ListedColormap(["#e4e4e4"])
"""Of an outcome that is the same in every cell."""


@styled
def heat_map(
    many: Ensemble,
    pair: tuple[Axis, Axis],
    rows: NDArray[np.bool_],
    outcomes: Sequence[str],
    title: str,
    name: str = "",
) -> Figure:
    """Draw the median of the last year for every combination of two factors' levels.

    Args:
        many: a sweep.
        pair: the factor across and the factor up.
        rows: runs to draw, those of one arm.
        outcomes: what to draw, in this order.
        title: what is seen.
        name: the sweep, in the footnote.
    """
    across, up = pair
    note = f"{many.year}: median over the other factors and seeds"
    figure, panels = grid(len(outcomes), title, name, note, (), 2.9)
    wide, tall = len(across.names), len(up.names)
    cell = up.of_run[rows] * wide + across.of_run[rows]
    for axes, outcome in zip(panels, outcomes, strict=False):
        column = many.values[rows, many.outcomes.index(outcome)]
        table = by_group(column, cell, wide * tall)[:, 1].reshape(tall, wide)
        low, high = np.nanmin(table), np.nanmax(table)
        # What does not differ has no colour that would look like an extreme.
        colours = "viridis" if high > low else FLAT
        _cells(axes, table, colours, Normalize(low, high if high > low else low + 1.0))
        called = many.words[outcome]
        axes.set_title(wrapped(called.with_unit), fontsize=8)
        axes.set_xticks(*_thinned(across.names, 6), fontsize=8)
        axes.set_yticks(*_thinned(up.names, 12), fontsize=8)
        axes.set_xlabel(across.name, fontsize=8)
        axes.set_ylabel(up.name, fontsize=8)
        axes.invert_yaxis()
    return figure


def _thinned(names: Sequence[str], most: int) -> tuple[list[int], list[str]]:
    """Return places and names of levels, every second or third where there are many."""
    every = -(-len(names) // most)
    places = list(range(0, len(names), every))
    return places, [names[k] if len(names[k]) <= 12 else names[k][:11] + "…" for k in places]


def _cells(
    axes: Axes, table: NDArray[np.float64], colours: str | Colormap, norm: Normalize
) -> None:
    """Draw a table as coloured cells with their numbers, or with a scale if there are many."""
    image = axes.imshow(table, cmap=colours, norm=norm, aspect="auto")
    axes.grid(visible=False)
    if table.size > WRITTEN:
        axes.figure.colorbar(image, ax=axes, shrink=0.8, format=PlainNumbers())
        return
    for (y, x), value in np.ndenumerate(table):
        red, green, blue, _ = image.cmap(norm(value))
        dark = 0.299 * red + 0.587 * green + 0.114 * blue < 0.5
        axes.text(x, y, number(value), ha="center", va="center", fontsize=8,
                  color="white" if dark else INK)  # fmt: skip


@styled
def overview(
    effects: pd.DataFrame,
    words: Words,
    names: Sequence[str],
    outcomes: Sequence[str],
    name: str = "",
) -> Figure:
    """Draw which contrast moves which outcome, in standard deviations of all runs.

    Args:
        effects: what ``results.statistics.effects.main_effects`` returns.
        words: what the store says of outcomes.
        names: what each contrast is called.
        outcomes: rows, in this order.
        name: the sweep, in the footnote.
    """
    table = effects.pivot(index="outcome", columns="contrast", values="effect")
    table = table.reindex(index=list(outcomes), columns=range(len(names)))
    note = "difference in standard deviations of all runs; blue: more, red: less"
    longest = max(len(text) for text in names)
    tilted = longest > 14
    height = 1.3 + 0.36 * len(outcomes) + (0.055 * min(longest, 40) if tilted else 0.3)
    figure = blank(max(4.2 + 1.0 * len(names), 8.0), height, "What moves what", name, note)
    axes = figure.subplots()
    widest = float(np.nanmax(np.abs(table.to_numpy()), initial=0.5))
    cells = table.to_numpy(dtype=float)
    axes.imshow(cells, cmap="RdBu", norm=Normalize(-widest, widest), aspect="auto")
    for (y, x), value in np.ndenumerate(cells):
        axes.text(x, y, number(round(value, 2)), ha="center", va="center", fontsize=8,
                  color="white" if abs(value) > 0.6 * widest else INK)  # fmt: skip
    axes.grid(visible=False)
    axes.set_yticks(range(len(outcomes)), [words[one].english for one in outcomes])
    short = [text if len(text) <= 40 else text[:39] + "…" for text in names]
    axes.set_xticks(range(len(names)), short, rotation=35 if tilted else 0,
                    ha="right" if tilted else "center")  # fmt: skip
    return figure
