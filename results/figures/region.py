"""A region at one moment, drawn into axes: practices, organisations, hubs, municipalities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import matplotlib.patheffects as effects
import networkx as nx
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from results.figures.letters import fit, width
from results.figures.network import draw_edges, draw_nodes, graph_of
from results.figures.panels import PlainNumbers
from results.figures.style import GREY, INK, PALETTE, SMALL
from results.store.schema import year_of
from results.words.figures import say
from results.words.numbers import number

MARKERS = ("o", "s", "^", "v")
STAGES = (1, 2, 3, 4)
"""Of hubs that the legend names: further on than an area."""
LARGE = 600
"""From so many practices on, points are small and only the largest names are written."""
NAMED = 8
"""Organisations with a number on the map and a line in the legend: the largest."""
INCHES = 4.6
"""About the side of the map, to judge the room that a name takes."""
Point = tuple[float, float]
Box = tuple[float, float, float, float]
DISC = "#dfe6ea"
BORDER = "#c3cdd3"


class Shown(NamedTuple):
    """What a map shows of one quarter: living rows of each table, indexed by their row.

    Columns as ``results.figures.maps.who_with_whom`` says.
    """

    practices: pd.DataFrame
    hubs: pd.DataFrame
    organisations: pd.DataFrame
    municipalities: pd.DataFrame
    edges: pd.DataFrame

    @property
    def graph(self) -> nx.Graph:
        """The network of these rows, as ``results.figures.network.graph_of`` says."""
        return graph_of(*self)

    @property
    def members(self) -> pd.Series:
        """The organisation of each practice: its row, or null."""
        return self.practices["organisation"].astype("Float64")

    @property
    def ranked(self) -> list[int]:
        """The rows of organisations with members, the largest first."""
        rows = [int(row) for row in self.members.dropna().unique()]
        patients = self.organisations["patients"].astype(float)
        known = [row for row in rows if row in self.organisations.index]
        return sorted(known, key=lambda row: (-patients[row], row))

    @property
    def size(self) -> tuple[float, float]:
        """How wide and high the practices lie, km."""
        return float(np.ptp(self.practices["x"])), float(np.ptp(self.practices["y"]))

    @property
    def shape(self) -> float:
        """Width of the map for a height of one, within 0.7 .. 1.7."""
        wide, high = self.size
        return min(max(wide / max(high, 0.01), 0.7), 1.7)

    def in_words(self, tick: int, language: str = "en") -> str:
        """Return the quarter, and how many practices and organisations there are."""
        joined = int(self.members.isin(self.ranked).sum())
        several = "one organisation" if len(self.ranked) == 1 else "organisations"
        return say(
            "map moment",
            language,
            year=year_of(tick),
            quarter=tick % 4 + 1,
            practices=_practices(len(self.practices), language),
            joined=number(joined, language),
            heads=say(several, language, count=len(self.ranked)),
        )


def _practices(count: int, language: str) -> str:
    said = "one practice" if count == 1 else "practices"
    return say(said, language, count=number(count, language))


def draw_region(
    axes: Axes, shown: Shown, places: Mapping[int, int] | None = None, language: str = "en"
) -> list[Line2D]:
    """Draw the map into ``axes`` and return what a legend lists.

    ``places`` gives organisations, by row, the place that decides on number, colour and shape;
    without it that is their rank by size.
    """
    members, ranked = shown.members, shown.ranked
    looks = places or {row: place for place, row in enumerate(ranked)}
    crowd = len(shown.practices)
    graph = shown.graph
    _draw_places(axes, graph, shown.municipalities, crowd)
    _draw_links(axes, graph, crowd)
    _draw_practices(axes, graph, members, {row: looks[row] for row in ranked})
    _draw_hubs(axes, graph, crowd)
    km = max(*shown.size, 1.0) / INCHES / 72
    heads = _draw_heads(axes, shown.organisations, ranked, looks, km)
    largest = shown.municipalities.sort_values("population", ascending=False, kind="stable")
    _name_places(axes, largest.head(25 if crowd >= LARGE else 60), heads, km)
    axes.set_aspect("equal", adjustable="box", anchor="NW")
    axes.margins(0.04)
    axes.tick_params(left=True, bottom=True, labelleft=True, labelbottom=True)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(6))
        axis.set_major_formatter(PlainNumbers(language))
    axes.set_xlabel(say("km", language))
    axes.set_ylabel(say("km", language))
    axes.grid(visible=False)
    return _key(shown, ranked, looks, language)


def _look(place: int) -> tuple[str, str]:
    """Return colour and marker of the organisation at ``place``: 32 differ."""
    return PALETTE[place % len(PALETTE)], MARKERS[place // len(PALETTE) % len(MARKERS)]


def _points(frame: pd.DataFrame) -> dict[str, Point]:
    where = zip(frame["x"].astype(float), frame["y"].astype(float), strict=True)
    return {str(row): xy for row, xy in zip(frame.index, where, strict=True)}


def _draw_places(axes: Axes, graph: nx.Graph, places: pd.DataFrame, crowd: int) -> None:
    if places.empty:
        return
    draw_edges(axes, graph, "border", edge_color=BORDER, style=":", width=1.0)
    people = places["population"].to_numpy(dtype=float)
    largest = max(float(people.max()), 1.0)
    reach = 2600.0 if crowd < LARGE else 700.0
    draw_nodes(
        axes, graph, [("municipality", int(row)) for row in places.index], 2,
        node_size=np.maximum(people / largest * reach, 15.0), node_color=DISC, linewidths=0,
    )  # fmt: skip


def _name_places(axes: Axes, places: pd.DataFrame, heads: list[Box], km: float) -> None:
    """Write the names of municipalities, in this order, where they hide nothing written.

    ``km`` is how many km one point of print is.
    A name without room above, on or below its municipality is left out.
    """
    taken = list(heads)
    for row, place in places.iterrows():
        text = fit(place.get("name", place.get("code", place.get("id", row))), 1.6, SMALL)
        for lift in (0, -12, 12, -24, 24):
            centre = (float(place["x"]), float(place["y"]) + lift * km)
            box = _box(centre, (72 * width(text, SMALL) + 2) * km, 11 * km)
            if any(_overlap(box, other) for other in taken):
                continue
            taken.append(box)
            axes.annotate(
                text,
                centre,
                ha="center",
                va="center",
                fontsize=SMALL,
                color="#4d5b64",
                path_effects=[effects.withStroke(linewidth=2.5, foreground="white")],
                zorder=7,
            )
            break


def _box(centre: tuple[float, float], width: float, height: float) -> Box:
    x, y = centre
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _draw_links(axes: Axes, graph: nx.Graph, crowd: int) -> None:
    many = crowd >= LARGE
    draw_edges(axes, graph, "member", edge_color="#5d6b74", width=0.35 if many else 0.7,
               alpha=0.35 if many else 0.55)  # fmt: skip


def _draw_practices(
    axes: Axes, graph: nx.Graph, members: pd.Series, looks: Mapping[int, int]
) -> None:
    dot = 9.0 if len(members) >= LARGE else 46.0
    loose = members.index[~members.isin(list(looks))]
    draw_nodes(
        axes, graph, [("practice", int(row)) for row in loose], 3, node_size=dot * 0.8,
        node_color="white", edgecolors=GREY, linewidths=1.0 if dot > 10 else 0.5,
    )  # fmt: skip
    for group, place in looks.items():
        rows = members.index[members.eq(group).fillna(False).astype(bool)]
        colour, marker = _look(place)
        draw_nodes(
            axes, graph, [("practice", int(row)) for row in rows], 4, node_size=dot,
            node_color=colour, node_shape=marker, edgecolors="white",
            linewidths=0.5 if dot > 10 else 0.2,
        )  # fmt: skip


def _hub_size(stage: float, crowd: int) -> float:
    return float((3.0 + 2.6 * stage) ** 2 * (0.15 if crowd >= LARGE else 1.0))


def _draw_hubs(axes: Axes, graph: nx.Graph, crowd: int) -> None:
    stages = {node: float(stage) for node, stage in graph.nodes(data="stage") if stage}
    draw_nodes(
        axes, graph, stages, 5, node_size=[_hub_size(one, crowd) for one in stages.values()],
        node_shape="D", node_color="none", edgecolors=INK,
        linewidths=1.1 if crowd < LARGE else 0.4, alpha=0.8,
    )  # fmt: skip


def _draw_heads(
    axes: Axes, groups: pd.DataFrame, ranked: Sequence[int], looks: Mapping[int, int], km: float
) -> list[Box]:
    """Write the number of each of the largest organisations where it is; return the room taken.

    The others have a square in their colour.
    """
    heads = []
    at = _points(groups)
    for row in ranked[NAMED : len(PALETTE) * len(MARKERS)]:
        axes.plot(*at[str(row)], marker="s", markersize=5, color=_look(looks[row])[0],
                  markeredgecolor="white", zorder=7.5)  # fmt: skip
    for row in ranked[:NAMED]:
        colour, _ = _look(looks[row])
        axes.annotate(
            str(looks[row] + 1),
            at[str(row)],
            ha="center",
            va="center",
            fontsize=SMALL,
            fontweight="bold",
            color="white",
            bbox={"boxstyle": "round,pad=0.28", "facecolor": colour, "edgecolor": "white"},
            zorder=8,
        )
        heads.append(_box(at[str(row)], 16 * km, 16 * km))
    return heads


def _key(
    shown: Shown, ranked: Sequence[int], looks: Mapping[int, int], language: str
) -> list[Line2D]:
    def mark(marker: str, text: str, **look: Any) -> Line2D:
        return Line2D([], [], linestyle="none", marker=marker, label=text, **look)

    handles = []
    for row in ranked[:NAMED]:
        colour, marker = _look(looks[row])
        count = int(shown.members.eq(row).fillna(False).sum())
        text = say(
            "map organisation",
            language,
            number=looks[row] + 1,
            patients=number(shown.organisations.at[row, "patients"], language),
            practices=_practices(count, language),
        )
        handles.append(mark(marker, text, color=colour, markersize=7))
    if len(ranked) > NAMED:
        handles.append(mark("", say("smaller", language, count=len(ranked) - NAMED)))
    loose = say("map loose", language)
    handles.append(mark("o", loose, markerfacecolor="white", markeredgecolor=GREY))
    line = Line2D([], [], color="#5d6b74", linewidth=0.9, label=say("map member", language))
    handles.append(line)
    crowd = len(shown.practices)
    look = {"markerfacecolor": "none", "markeredgecolor": INK}
    for stage in STAGES:
        size = min(_hub_size(stage, crowd) ** 0.5, 2.6 + 1.4 * stage)
        handles.append(mark("D", say(f"hub {stage}", language), markersize=size, **look))
    handles.append(mark("o", say("municipality", language), color=DISC, markersize=10))
    border = say("border", language)
    handles.append(Line2D([], [], linestyle=":", color=BORDER, linewidth=1.4, label=border))
    return handles
