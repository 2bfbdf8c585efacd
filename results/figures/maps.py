"""The region as a picture: which practice works with which organisation, and where."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from results.figures.region import Shown, draw_region
from results.figures.style import blank, say_empty, styled
from results.statistics.reduce import alive, at_tick, first_run

TITLE = "Who works with whom"


@styled
def who_with_whom(
    practices: pd.DataFrame,
    hubs: pd.DataFrame,
    organisations: pd.DataFrame,
    municipalities: pd.DataFrame,
    edges: pd.DataFrame,
    name: str = "",
) -> Figure:
    """Map the first run at its last recorded tick.

    Practices are points in the colour and shape of their organisation, with a line to it; hubs
    are squares that grow with their stage; municipalities are discs by population, linked to
    their neighbours.

    Args:
        practices: x, y (km) and ``organisation``, a row of ``organisations`` or null.
        hubs: x, y and stage (0-4).
        organisations: x, y and patients.
        municipalities: x, y, population, and name or code.
        edges: borders, columns a and b, rows of ``municipalities``.
        name: run and regime, in the footnote.
    """
    if practices.empty:
        figure = blank(11.5, 8.4, TITLE, name)
        say_empty(figure.subplots(), "no practices were recorded")
        return figure
    tick = int(first_run(practices)["tick"].max())
    shown = Shown(
        alive(at_tick(practices, tick)),
        alive(at_tick(hubs, tick)),
        alive(at_tick(organisations, tick)),
        at_tick(municipalities),
        edges,
    )
    figure = blank(4.3 + 6.8 * shown.shape, 8.4, TITLE, name, shown.in_words(tick))
    axes = figure.subplots()
    axes.legend(
        handles=draw_region(axes, shown),
        loc="upper left",
        bbox_to_anchor=(1.0, 1.0),
        labelspacing=0.75,
        fontsize=9,
    )
    return figure
