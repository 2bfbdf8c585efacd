"""The network of a region as a graph of NetworkX: who works with whom, and which borders meet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import networkx as nx
import pandas as pd

Node = tuple[str, int]
"""Kind and row, such as ``("practice", 3)``."""
ATTRIBUTES = {
    "practice": ("patients",),
    "hub": ("stage",),
    "organisation": ("patients",),
    "municipality": ("name", "population"),
}
"""Columns that nodes of a kind keep, beside x and y, as far as a table has them."""


def graph_of(
    practices: pd.DataFrame,
    hubs: pd.DataFrame,
    organisations: pd.DataFrame,
    municipalities: pd.DataFrame,
    edges: pd.DataFrame,
) -> nx.Graph:
    """Return the network of the rows of one quarter, whose index is their row.

    Nodes have ``kind`` (practice, hub, organisation, municipality), x and y (km), and what
    ``ATTRIBUTES`` lists; edges have ``kind``: ``member`` joins a practice to its organisation,
    ``hub`` to its hub, ``border`` two municipalities. What leads to a row that is not there is
    left out.

    Args:
        practices: x, y, ``organisation`` and perhaps ``hub``: rows of these tables, or null.
        hubs: x, y and stage (0-4).
        organisations: x, y and patients.
        municipalities: x, y and population.
        edges: borders, columns a and b, rows of ``municipalities``.
    """
    graph = nx.Graph()
    tables = (practices, hubs, organisations, municipalities)
    for (kind, kept), frame in zip(ATTRIBUTES.items(), tables, strict=True):
        _add_nodes(graph, kind, frame, kept)
    for kind, table, column in (
        ("member", "organisation", "organisation"), ("hub", "hub", "hub"),
    ):  # fmt: skip
        if column in practices:
            pairs = practices[column].dropna().items()
            ends = ((("practice", int(str(row))), (table, int(to))) for row, to in pairs)
            _add_edges(graph, kind, ends)
    if len(edges):
        met = zip(edges["a"].astype(int), edges["b"].astype(int), strict=True)
        _add_edges(graph, "border", ((("municipality", a), ("municipality", b)) for a, b in met))
    return graph


def _add_nodes(graph: nx.Graph, kind: str, frame: pd.DataFrame, kept: Iterable[str]) -> None:
    if frame.empty:
        return
    columns = [one for one in ("x", "y", *kept) if one in frame]
    rows = frame[columns].astype({"x": float, "y": float}).to_dict("records")
    graph.add_nodes_from(
        ((kind, int(row)), {"kind": kind, **{str(key): value for key, value in mine.items()}})
        for row, mine in zip(frame.index, rows, strict=True)
    )


def _add_edges(graph: nx.Graph, kind: str, ends: Iterable[tuple[Node, Node]]) -> None:
    known = [(a, b) for a, b in ends if a in graph and b in graph]
    graph.add_edges_from(known, kind=kind)


def positions(graph: nx.Graph, nodes: Iterable[Node]) -> dict[Node, tuple[float, float]]:
    """Return where each of some nodes is, km, in their order."""
    return {node: (graph.nodes[node]["x"], graph.nodes[node]["y"]) for node in nodes}


def joined(graph: nx.Graph, kind: str) -> list[tuple[Node, Node]]:
    """Return the edges of one kind."""
    return [(a, b) for a, b, found in graph.edges(data="kind") if found == kind]


def draw_edges(axes: Any, graph: nx.Graph, kind: str, **look: Any) -> None:
    """Draw the edges of one kind as straight lines, below every node."""
    nx.draw_networkx_edges(graph, positions(graph, graph), joined(graph, kind), ax=axes, **look)


def draw_nodes(
    axes: Any, graph: nx.Graph, nodes: Iterable[Node], order: float, **look: Any
) -> None:
    """Draw some nodes as points; a higher ``order`` lies above."""
    at = positions(graph, nodes)
    found = nx.draw_networkx_nodes(graph, at, list(at), ax=axes, **look)
    found.set_zorder(order)
