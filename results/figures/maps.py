"""The region as a picture: which practice works with which organisation, and where."""

from __future__ import annotations

import networkx as nx
import pandas as pd
from matplotlib.figure import Figure

from results.figures.panels import say_empty
from results.figures.region import Shown, draw_region
from results.figures.style import WIDTH, Heading, finish, sheet, styled
from results.statistics.reduce import alive, at_tick, first_run
from results.words.figures import say


@styled
def who_with_whom(
    practices: pd.DataFrame,
    hubs: pd.DataFrame,
    organisations: pd.DataFrame,
    municipalities: pd.DataFrame,
    edges: pd.DataFrame,
    name: str = "",
    *,
    language: str = "en",
) -> Figure:
    """Map the first run at its last recorded tick.

    Practices are points in the colour and shape of their organisation, with a line to it; hubs
    are diamonds that grow with their stage; municipalities are discs by population, linked to
    their neighbours.

    Args:
        practices: x, y (km) and ``organisation``, a row of ``organisations`` or null.
        hubs: x, y and stage (0-4).
        organisations: x, y and patients.
        municipalities: x, y, population, and name or code.
        edges: borders, columns a and b, rows of ``municipalities``.
        name: run and regime, in the footnote.
        language: ``en`` or ``nl``.
    """
    title = say("map", language)
    if practices.empty:
        figure = sheet(2.0)
        say_empty(figure.subplots(), say("no practices", language))
        return finish(figure, Heading(title, "", name, language))
    tick = int(first_run(practices)["tick"].max())
    shown = _at(tick, practices, hubs, organisations, municipalities, edges)
    figure = sheet(0.4 + (WIDTH - 0.6) / shown.shape)
    axes = figure.subplots()
    key = draw_region(axes, shown, language=language)
    axes.set_adjustable("datalim")  # the panel keeps its room, for the layout to count with
    return finish(figure, Heading(title, shown.in_words(tick, language), name, language, key))


def network(
    practices: pd.DataFrame,
    hubs: pd.DataFrame,
    organisations: pd.DataFrame,
    municipalities: pd.DataFrame,
    edges: pd.DataFrame,
    tick: int | None = None,
) -> nx.Graph:
    """Return what ``who_with_whom`` draws as a graph of NetworkX, to analyse it.

    Args:
        practices: as of ``who_with_whom``, like the other tables; their first run is taken.
        hubs: x, y and stage (0-4).
        organisations: x, y and patients.
        municipalities: x, y, population, and name.
        edges: borders, columns a and b; ``results.reports.illustrations.borders`` returns them.
        tick: quarter since 2006 Q1; without, the last that was recorded.

    Returns:
        Nodes and edges as ``results.figures.network.graph_of`` says; without practices, none.

    Raises:
        ValueError: that quarter was not recorded.
    """
    if practices.empty:
        return nx.Graph()
    recorded = sorted({int(one) for one in first_run(practices)["tick"]})
    asked = recorded[-1] if tick is None else tick
    if asked not in recorded:
        raise ValueError(f"tick {asked} was not recorded, only {recorded}")
    return _at(asked, practices, hubs, organisations, municipalities, edges).graph


def _at(
    tick: int,
    practices: pd.DataFrame,
    hubs: pd.DataFrame,
    organisations: pd.DataFrame,
    municipalities: pd.DataFrame,
    edges: pd.DataFrame,
) -> Shown:
    """Return the living rows of a quarter."""
    people, areas, groups = (
        alive(at_tick(frame, tick)) for frame in (practices, hubs, organisations)
    )
    places = at_tick(municipalities, tick)
    return Shown(people, areas, groups, places if len(places) else at_tick(municipalities), edges)
