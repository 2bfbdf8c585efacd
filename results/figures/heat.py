"""Figures of a sweep in coloured cells: two factors together, and what moves what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import Colormap, ListedColormap, Normalize
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from results.figures.factor import cuts_of, level_labels, untold
from results.figures.letters import fit, width, wrap
from results.figures.panels import PlainNumbers, grid, room, sentences
from results.figures.style import (
    INK,
    SMALL,
    TEXT,
    WIDTH,
    Heading,
    finish,
    sheet,
    styled,
)
from results.statistics.effects import Axis
from results.statistics.ensemble import Ensemble
from results.words.figures import say
from results.words.numbers import number
from results.words.outcomes import Words

WRITTEN = 0.05
"""Inches that a number in a cell leaves free; where one has no room, a scale of colours tells."""
FLAT = ListedColormap(["#e4e4e4"])
"""Of an outcome that is the same in every cell."""
DARK = 0.24
"""Relative luminance of a cell on which dark print and white have the same contrast."""
NOTHING = ListedColormap(["#ffffff"])
"""Of a cell without runs."""
UNTOLD = ListedColormap(["#dcdcdc"])
"""Of a difference that is not told from zero."""


@styled
def heat_map(
    many: Ensemble,
    pair: tuple[Axis, Axis],
    rows: NDArray[np.bool_],
    outcomes: Sequence[str],
    title: str,
    name: str = "",
    *,
    language: str = "en",
) -> Figure:
    """Draw the median of the last year for every combination of two factors' levels.

    Args:
        many: a sweep.
        pair: the factor across and the factor up.
        rows: runs to draw, those of one arm.
        outcomes: what to draw, in this order.
        title: what is seen.
        name: the sweep, in the footnote.
        language: ``en`` or ``nl``.
    """
    across, up = pair
    wide, tall = len(across.names), len(up.names)
    figure, panels = grid(len(outcomes), min(1.35 + 0.28 * tall, 3.2), shared=False)
    cell = up.of_run[rows] * wide + across.of_run[rows]
    split = False
    for place, (axes, outcome) in enumerate(zip(panels, outcomes, strict=False)):
        column = many.values[rows, many.outcomes.index(outcome)]
        cuts, halves = cuts_of(column, cell, wide * tall)
        table = cuts[:, 1].reshape(tall, wide)
        known = np.isfinite(table).any()
        low, high = (np.nanmin(table), np.nanmax(table)) if known else (0.0, 0.0)
        # What does not differ has no colour that would look like an extreme.
        colours = "viridis" if high > low else FLAT
        norm = Normalize(low, high if high > low else low + 1.0)
        split |= bool(halves)
        _cells(axes, table, (colours, norm), set(halves), language)
        called = many.words[outcome].label_with_unit(language)
        axes.set_title("\n".join(wrap(called, room(2), SMALL, 3, bold=True)), fontsize=SMALL)
        _name_levels(axes, pair, place, len(outcomes), language)
    note = sentences(
        say("heat note", language, year=many.year, runs=number(int(rows.sum()), language)),
        say("heat split", language) if split else "",
        *(level_labels(axis, each, language, lines)[1] for axis, each, lines in _rooms(pair)),
    )
    return finish(figure, Heading(title, note, name, language))


def _rooms(pair: tuple[Axis, Axis]) -> tuple[tuple[Axis, float, int], tuple[Axis, float, int]]:
    """Return each factor with the inches and lines that the name of a level has."""
    across, up = pair
    return (across, (room(2) - 0.3) / min(len(across.names), 4), 2), (up, 0.75, 1)


def _name_levels(
    axes: Axes, pair: tuple[Axis, Axis], place: int, count: int, language: str
) -> None:
    """Name the levels of two factors, and the factors at the edges of the figure."""
    names = [level_labels(axis, each, language, lines)[0] for axis, each, lines in _rooms(pair)]
    axes.set_xticks(*_thinned(names[0], 4))
    axes.set_yticks(*_thinned(names[1], 10))
    across, up = pair
    last, first = place + 2 >= count, place % 2 == 0
    axes.set_xlabel(fit(across.name, room(2), SMALL) if last else "")
    axes.set_ylabel(fit(up.name, 1.4, SMALL) if first else "")
    axes.invert_yaxis()


def _thinned(names: Sequence[str], most: int) -> tuple[list[float], list[str]]:
    """Return places and names of levels, every second or third where there are many."""
    every = -(-len(names) // most)
    shown = range(0, len(names), every)
    return [k + 0.5 for k in shown], [names[k] for k in shown]


def _cells(
    axes: Axes,
    table: NDArray[np.float64],
    look: tuple[str | Colormap, Normalize],
    split: set[int],
    language: str,
) -> None:
    """Draw a table as coloured cells with their numbers, or with a scale if there are many.

    ``split`` are the cells, by row, whose runs fall into two groups.
    """
    colours, norm = look
    texts = [number(value, language) + "*" * (k in split) for k, value in enumerate(table.flat)]
    each = (room(2) - 0.2) / table.shape[1]
    if table.shape[0] > 12 or max(width(text, SMALL) for text in texts) + WRITTEN > each:
        # Below the cells: beside them it takes nearly all the room that a panel has.
        scale = {
            "location": "bottom", "use_gridspec": False, "ticks": MaxNLocator(2),
            "format": PlainNumbers(language),
        }  # fmt: skip
        _lay(axes, table, None, colours, norm=norm, cbar=True, cbar_kws=scale)
        return
    written = np.array(texts).reshape(table.shape)
    _lay(axes, table, written, colours, norm=norm)
    _lay(axes, np.zeros(table.shape), written, NOTHING, mask=np.isfinite(table))


def _lay(
    axes: Axes,
    table: NDArray[np.float64],
    texts: NDArray[np.str_] | None,
    colours: str | Colormap,
    **look: Any,
) -> None:
    """Draw cells in colours, with a text in each unless ``texts`` is None; no cells, nothing."""
    if not (np.isfinite(table) & ~look.get("mask", np.zeros(table.shape, dtype=bool))).any():
        return
    import seaborn as sns  # here: it brings half of SciPy along
    from seaborn.utils import relative_luminance

    before = len(axes.texts)
    annot = False if texts is None else texts
    sns.heatmap(table, annot=annot, fmt="", annot_kws={"size": SMALL}, cmap=colours, ax=axes,
                xticklabels=False, yticklabels=False, **{"cbar": False, **look})  # fmt: skip
    if texts is None:
        return
    # seaborn writes white up to mid-green, where it is hard to read.
    mesh: Any = axes.collections[-1]
    cells = mesh.get_facecolor()[~np.ma.getmaskarray(mesh.get_array()).ravel()]
    for text, cell in zip(axes.texts[before:], cells, strict=False):
        text.set_color(INK if relative_luminance(cell) > DARK else "white")


@styled
def overview(
    effects: pd.DataFrame,
    words: Words,
    names: Sequence[str],
    outcomes: Sequence[str],
    name: str = "",
    *,
    language: str = "en",
) -> Figure:
    """Draw which contrast moves which outcome, in standard deviations of all runs.

    What an interval does not tell from zero is grey. With many contrasts it is wider than others.

    Args:
        effects: what ``results.statistics.effects.main_effects`` returns.
        words: what the store says of outcomes.
        names: what each contrast is called.
        outcomes: rows, in this order.
        name: the sweep, in the footnote.
        language: ``en`` or ``nl``.
    """
    long = effects.assign(untold=untold(effects).astype(float))
    cells, grey = (
        long.pivot(index="outcome", columns="contrast", values=one)
        .reindex(index=list(outcomes), columns=range(len(names)))
        .to_numpy(dtype=float)
        for one in ("effect", "untold")
    )  # fmt: skip
    named = max(width(fit(words[one].label(language), 2.3, TEXT), TEXT) for one in outcomes)
    wide = max(WIDTH, named + 0.4 + 0.62 * len(names))
    figure = sheet(1.6 + 0.27 * len(outcomes), wide)
    axes = figure.subplots()
    widest = float(np.nanmax(np.abs(cells), initial=0.5))
    told = (grey != 1.0) & np.isfinite(cells)
    written = np.vectorize(lambda value: number(round(value, 2), language))(cells)
    _lay(axes, np.zeros(cells.shape), written, UNTOLD, mask=told)
    _lay(axes, cells, written, "RdBu", mask=~told, norm=Normalize(-widest, widest))
    labels = [fit(words[one].label(language), 2.3, TEXT) for one in outcomes]
    axes.set_yticks(np.arange(len(outcomes)) + 0.5, labels, fontsize=TEXT)
    columns = [fit(text, 1.75, SMALL) for text in names]
    axes.set_xticks(np.arange(len(names)) + 0.5, columns, rotation=40, ha="left",
                    rotation_mode="anchor")  # fmt: skip
    axes.tick_params(labeltop=True, labelbottom=False)
    counts = {"grey": int(np.nansum(grey)), "drawn": int(np.isfinite(cells).sum())}
    one_seed = not np.isfinite(effects["low"].to_numpy(dtype=float)).any()
    note = sentences(
        say("overview note", language, most=number(widest, language)),
        say("overview grey", language, **counts),
        say("overview none", language) if one_seed else "",
    )
    return finish(figure, Heading(say("what moves what", language), note, name, language))
