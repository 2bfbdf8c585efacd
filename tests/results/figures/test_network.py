"""Who works with whom as a graph: nodes and edges of their kinds, as the tables have them."""

from __future__ import annotations

from collections import Counter

import networkx as nx
import pandas as pd
import pytest
from made_runs import region

from results.figures.maps import network
from results.reports.illustrations import borders


def made(tick: int | None = None, hubs: bool = False) -> nx.Graph:
    tables = region()
    if hubs:
        tables["practices"]["hub"] = pd.array([0, None, 2, 2, 9, None] * 2, dtype="Int64")
    places = tables["municipalities"]
    return network(
        tables["practices"], tables["hubs"], tables["organisations"], places, borders(places), tick
    )


def test_nodes_and_edges_are_those_of_the_tables() -> None:
    graph = made()
    kinds = Counter(kind for _, kind in graph.nodes(data="kind"))
    assert kinds == {"practice": 6, "hub": 3, "organisation": 2, "municipality": 3}
    assert {node[0] for node in graph} == set(kinds)
    assert graph.nodes["organisation", 5] == {
        "kind": "organisation", "x": 10.0, "y": 1.0, "patients": 10200.0,
    }  # fmt: skip
    assert graph.nodes["municipality", 1]["name"] == "<C>"
    assert sorted(graph["organisation", 5]) == [("practice", row) for row in (2, 3, 4)]
    assert Counter(kind for *_, kind in graph.edges(data="kind")) == {"member": 5, "border": 2}
    assert ("organisation", 4) not in graph  # no longer alive
    assert graph.degree["practice", 5] == 0


def test_a_practice_is_joined_to_a_hub_that_is_there() -> None:
    graph = made(hubs=True)
    found = sorted((a, b) for a, b, kind in graph.edges(data="kind") if kind == "hub")
    assert found == [
        (("practice", 0), ("hub", 0)), (("practice", 2), ("hub", 2)), (("practice", 3), ("hub", 2)),
    ]  # fmt: skip


def test_a_quarter_that_was_not_recorded_is_named() -> None:
    assert len(made(23)) == len(made(99))
    with pytest.raises(ValueError, match=r"tick 24 was not recorded, only \[23, 99\]"):
        made(24)


def test_without_practices_there_is_no_graph() -> None:
    empty = pd.DataFrame()
    assert len(network(empty, empty, empty, empty, empty)) == 0
