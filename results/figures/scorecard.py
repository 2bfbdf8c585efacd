"""The figure of a scorecard: designs on the criteria, what was simulated beside what is stated."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap, Normalize
from matplotlib.figure import Figure
from numpy.typing import NDArray
from seaborn.utils import relative_luminance

from results.figures.heat import DARK
from results.figures.panels import sentences
from results.figures.style import INK, SMALL, TEXT, Heading, finish, sheet, styled
from results.statistics.scorecard import CRITERIA, levels_of, ranks
from results.statistics.scored import FORMULA, Scored
from results.words.figures import say
from results.words.numbers import number

WIDE = 10.4
"""Inches of the figure, for two panels of nine columns."""
EMPTY = ListedColormap(["#f2f4f5"])
"""Of a cell about which nothing is stated."""


@styled
def simulated_beside_stated(
    found: Scored, level: Callable[[str], str], name: str = "", *, language: str = "en"
) -> Figure:
    """Draw scores of every design on every criterion, shaded by rank, and what is stated of it.

    Args:
        found: the scorecard.
        level: what a level of a choice is called.
        name: the region and years, in the footnote.
        language: ``en`` or ``nl``.
    """
    means, places = found.means[FORMULA], range(1 + CRITERIA)
    order = [*places[1:], 0]
    shades = np.stack([_shade(means[:, place]) for place in order], axis=1)
    texts = np.array([[number(round(v, 2), language) for v in row] for row in means[:, order]])
    stated = np.stack([found.stated_of(place) for place in order], axis=1)
    told = np.array([len(set(column)) > 1 for column in stated.T])
    figure = sheet(0.9 + 0.235 * len(found.designs), WIDE)
    left, right = figure.subplots(1, 2, sharey=True)
    _cells(left, shades, texts)
    words = np.where(stated > 0, np.where(stated > 1, "++", "+"), "·")
    most = np.maximum(stated.max(axis=0), 1.0)
    _cells(right, np.where(told, stated / most, np.nan), words)
    for axes, title in (
        (left, say("card simulated", language)),
        (right, say("card stated", language)),
    ):
        axes.set_title(title, fontsize=TEXT)
        heads = [str(place) if place else say("card all", language) for place in order]
        axes.set_xticks(np.arange(len(order)) + 0.5, heads, fontsize=SMALL)
        axes.tick_params(labeltop=True, labelbottom=False, length=0)
    names = [", ".join(level(one) for one in levels_of(design)) for design in found.designs]
    left.set_yticks(np.arange(len(names)) + 0.5, names, fontsize=SMALL)
    _groups(found.designs, (left, right))
    note = sentences(say("card note", language), say("card stated note", language))
    return finish(figure, Heading(say("card", language), note, name, language))


def _shade(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return places from the worst, 0, to the best, 1."""
    return (len(values) - ranks(values)) / (len(values) - 1)


def _cells(axes: Axes, shades: NDArray[np.float64], texts: NDArray[np.str_]) -> None:
    """Draw shaded cells with a text in each; a cell without a shade is empty."""
    look: dict[str, Any] = {
        "cbar": False,
        "xticklabels": False,
        "yticklabels": False,
        "linewidths": 0.4,
    }
    none = ~np.isfinite(shades)
    if none.any():
        sns.heatmap(np.zeros(shades.shape), cmap=EMPTY, mask=~none, ax=axes, **look)
    before = len(axes.texts)
    filled = np.nan_to_num(shades)
    sns.heatmap(filled, annot=texts, fmt="", annot_kws={"size": SMALL}, cmap="viridis", mask=none,
                norm=Normalize(0.0, 1.0), ax=axes, **look)  # fmt: skip
    mesh: Any = axes.collections[-1]
    cells = mesh.get_facecolor()[~np.ma.getmaskarray(mesh.get_array()).ravel()]
    for text, cell in zip(axes.texts[before:], cells, strict=False):
        text.set_color(INK if relative_luminance(cell) > DARK else "white")


def _groups(designs: tuple[str, ...], panels: tuple[Axes, Axes]) -> None:
    """Draw a line where bundling or route changes from one design to the next."""
    heads = [levels_of(design)[:2] for design in designs]
    for place in range(1, len(heads)):
        if heads[place] != heads[place - 1]:
            for axes in panels:
                axes.axhline(place, color="white", linewidth=3.0)
