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

from results.figures.style import GREY, INK, PALETTE
from results.store.schema import dates
from results.words.numbers import number

MARKERS = ("o", "s", "^", "v")
STAGES = ("none", "initiator", "driver", "booster", "board")
LARGE = 600
"""From so many practices on, points are small and only the largest names are written."""
NAMED = 8
"""Organisations in the legend: the largest."""
INCHES = 6.2
"""About the side of the map, to judge the room that a name takes."""
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

    def in_words(self, tick: int) -> str:
        """Return the quarter, and how many practices and organisations there are."""
        quarter = f"{dates([tick]).astype('datetime64[Y]')[0]} Q{tick % 4 + 1}"
        joined = int(self.members.isin(self.ranked).sum())
        heads = f"{len(self.ranked)} organisation{'s' * (len(self.ranked) != 1)}"
        return f"{quarter}: {len(self.practices):,} practices, {joined:,} of them in {heads}"


def draw_region(axes: Axes, shown: Shown, places: Mapping[int, int] | None = None) -> list[Line2D]:
    """Draw the map into ``axes`` and return what a legend lists.

    ``places`` gives organisations, by row, the place that decides on number, colour and shape;
    without it that is their rank by size.
    """
    people, members, ranked = shown.practices, shown.members, shown.ranked
    looks = places or {row: place for place, row in enumerate(ranked)}
    crowd = len(people)
    _draw_places(axes, shown.municipalities, shown.edges, crowd)
    _draw_links(axes, people, members, shown.organisations)
    _draw_practices(axes, people, members, {row: looks[row] for row in ranked})
    _draw_hubs(axes, shown.hubs, crowd)
    km = max(*shown.size, 1.0) / INCHES / 72
    heads = _draw_heads(axes, shown.organisations, ranked, looks, km)
    largest = shown.municipalities.sort_values("population", ascending=False, kind="stable")
    _name_places(axes, largest.head(25 if crowd >= LARGE else 60), heads, km)
    axes.set_aspect("equal", adjustable="box", anchor="NW")
    axes.margins(0.04)
    axes.tick_params(left=True, bottom=True, labelleft=True, labelbottom=True)
    axes.set_xlabel("km")
    axes.set_ylabel("km")
    axes.grid(visible=False)
    return _key(shown, ranked, looks)


def _look(place: int) -> tuple[str, str]:
    """Return colour and marker of the organisation at ``place``: 32 differ."""
    return PALETTE[place % len(PALETTE)], MARKERS[place // len(PALETTE) % len(MARKERS)]


def _points(frame: pd.DataFrame, prefix: str = "") -> dict[Any, tuple[float, float]]:
    where = zip(frame["x"].astype(float), frame["y"].astype(float), strict=True)
    return {f"{prefix}{row}": xy for row, xy in zip(frame.index, where, strict=True)}


def _draw_places(axes: Axes, places: pd.DataFrame, edges: pd.DataFrame, crowd: int) -> None:
    if places.empty:
        return
    graph = nx.Graph()
    graph.add_nodes_from(_points(places))
    pairs = zip(edges["a"], edges["b"], strict=True) if len(edges) else ()
    graph.add_edges_from((str(int(a)), str(int(b))) for a, b in pairs)
    graph.remove_nodes_from([n for n in list(graph) if n not in _points(places)])
    people = places["population"].to_numpy(dtype=float)
    largest = max(float(people.max()), 1.0)
    reach = 2600.0 if crowd < LARGE else 700.0
    nx.draw_networkx_edges(
        graph, _points(places), ax=axes, edge_color=BORDER, style="dotted", width=1.0
    )
    nx.draw_networkx_nodes(
        graph,
        _points(places),
        nodelist=list(_points(places)),
        ax=axes,
        node_color=DISC,
        node_size=np.maximum(people / largest * reach, 15.0).tolist(),
        linewidths=0,
    )


def _name_places(axes: Axes, places: pd.DataFrame, heads: list[Box], km: float) -> None:
    """Write the names of municipalities, in this order, where they hide nothing written.

    ``km`` is how many km one point of print is.
    A name without room above, on or below its municipality is left out.
    """
    taken = list(heads)
    for row, place in places.iterrows():
        text = str(place.get("name", place.get("code", place.get("id", row))))
        for lift in (0, -12, 12, -24, 24):
            centre = (float(place["x"]), float(place["y"]) + lift * km)
            box = _box(centre, 5.2 * len(text) * km, 10 * km)
            if any(_overlap(box, other) for other in taken):
                continue
            taken.append(box)
            axes.annotate(
                text,
                centre,
                ha="center",
                va="center",
                fontsize=8.5,
                color="#4d5b64",
                style="italic",
                path_effects=[effects.withStroke(linewidth=2.5, foreground="white")],
                zorder=7,
            )
            break


def _box(centre: tuple[float, float], width: float, height: float) -> Box:
    x, y = centre
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _draw_links(axes: Axes, people: pd.DataFrame, members: pd.Series, groups: pd.DataFrame) -> None:
    graph = nx.Graph()
    at = {**_points(people, "p"), **_points(groups, "o")}
    for row, group in members.dropna().items():
        if f"o{int(group)}" in at:
            graph.add_edge(f"p{row}", f"o{int(group)}")
    many = len(people) >= LARGE
    nx.draw_networkx_edges(
        graph,
        {node: at[node] for node in graph},
        ax=axes,
        edge_color="#5d6b74",
        width=0.35 if many else 0.7,
        alpha=0.35 if many else 0.55,
    )


def _draw_practices(
    axes: Axes, people: pd.DataFrame, members: pd.Series, looks: Mapping[int, int]
) -> None:
    dot = 9.0 if len(people) >= LARGE else 46.0
    loose = people[~members.isin(list(looks))]
    axes.scatter(
        loose["x"], loose["y"], s=dot * 0.8, facecolors="white", edgecolors=GREY,
        linewidths=1.0 if dot > 10 else 0.5, zorder=3,
    )  # fmt: skip
    for group, place in looks.items():
        rows = people[members.eq(group).fillna(False).astype(bool)]
        colour, marker = _look(place)
        axes.scatter(
            rows["x"], rows["y"], s=dot, color=colour, marker=marker, edgecolors="white",
            linewidths=0.5 if dot > 10 else 0.2, zorder=4,
        )  # fmt: skip


def _hub_size(stage: float, crowd: int) -> float:
    return float((3.0 + 2.6 * stage) ** 2 * (0.15 if crowd >= LARGE else 1.0))


def _draw_hubs(axes: Axes, hubs: pd.DataFrame, crowd: int) -> None:
    if hubs.empty:
        return
    stage = hubs["stage"].to_numpy(dtype=float)
    rows = hubs[stage > 0]
    axes.scatter(
        rows["x"],
        rows["y"],
        s=[_hub_size(value, crowd) for value in stage[stage > 0]],
        marker="D",
        facecolors="none",
        edgecolors=INK,
        linewidths=1.1 if crowd < LARGE else 0.4,
        alpha=0.8,
        zorder=5,
    )


def _draw_heads(
    axes: Axes, groups: pd.DataFrame, ranked: Sequence[int], looks: Mapping[int, int], km: float
) -> list[Box]:
    """Write the number of each of the largest organisations where it is; return the room taken."""
    heads = []
    at = _points(groups)
    for rank, row in enumerate(ranked[: len(PALETTE) * len(MARKERS)]):
        colour, _ = _look(looks[row])
        axes.annotate(
            str(looks[row] + 1),
            at[str(row)],
            ha="center",
            va="center",
            fontsize=9 if rank < NAMED else 6.5,
            fontweight="bold",
            color="white",
            bbox={
                "boxstyle": "round,pad=0.28" if rank < NAMED else "round,pad=0.18",
                "facecolor": colour,
                "edgecolor": "white",
            },
            zorder=8,
        )
        heads.append(_box(at[str(row)], 16 * km, 16 * km))
    return heads


def _key(shown: Shown, ranked: Sequence[int], looks: Mapping[int, int]) -> list[Line2D]:
    def mark(marker: str, text: str, **look: Any) -> Line2D:
        return Line2D([], [], linestyle="none", marker=marker, label=text, **look)

    handles = []
    for row in ranked[:NAMED]:
        colour, marker = _look(looks[row])
        count = int(shown.members.eq(row).fillna(False).sum())
        patients = number(shown.organisations.at[row, "patients"])
        text = f"{looks[row] + 1}: {patients} patients, {count} practices"
        handles.append(mark(marker, text, color=colour, markersize=7))
    if len(ranked) > NAMED:
        handles.append(mark("", f"and {len(ranked) - NAMED} smaller organisations"))
    handles.append(
        mark("o", "practice in no organisation", markerfacecolor="white", markeredgecolor=GREY)
    )
    crowd = len(shown.practices)
    for stage, text in enumerate(STAGES):
        if stage:
            handles.append(
                mark(
                    "D",
                    f"hub: {text}",
                    markersize=_hub_size(stage, crowd) ** 0.5,
                    markerfacecolor="none",
                    markeredgecolor=INK,
                )
            )
    handles.append(mark("o", "municipality, by population", color=DISC, markersize=14))
    handles.append(
        Line2D([], [], linestyle=":", color=BORDER, linewidth=1.4, label="border in common")
    )
    return handles
