"""Shuffled geography: everybody keeps size and municipality, and places say nothing."""

from __future__ import annotations

import numpy as np
from support import Quarters, start_of

from experiments.runs.shuffle import shuffled


def links(towns: np.ndarray) -> set[tuple[int, int]]:
    return {
        (m, int(other))
        for m in range(len(towns))
        for other in towns["neighbours"][m, : towns["neighbour_count"][m]]
    }


def same(one: np.ndarray, two: np.ndarray) -> bool:
    """Whether two tables hold the same; what lies between their columns may differ."""
    return all(np.array_equal(one[name], two[name]) for name in one.dtype.names)


def test_hub_areas_change_places_and_borders_change_names() -> None:
    start = start_of(10)
    before = [start.hubs.copy(), start.municipalities.copy()]
    other = shuffled(start, 1)
    for column in start.hubs.dtype.names:
        if column not in ("x", "y"):
            assert np.array_equal(other.hubs[column], start.hubs[column]), column
    places = set(zip(start.hubs["x"], start.hubs["y"], strict=True))
    assert set(zip(other.hubs["x"], other.hubs["y"], strict=True)) == places
    assert (other.hubs["x"] != start.hubs["x"]).mean() > 0.8
    old, new = links(start.municipalities), links(other.municipalities)
    assert len(old) == len(new) and old != new
    assert all((b, a) in new and a != b for a, b in new)
    counts = (np.sort(one.municipalities["neighbour_count"]) for one in (start, other))
    assert np.array_equal(*counts)
    for table, kept in zip((start.hubs, start.municipalities), before, strict=True):
        assert same(table, kept)


def test_a_shuffle_is_its_seed() -> None:
    start = start_of(10)
    one, again, two = (shuffled(start, seed) for seed in (1, 1, 2))
    assert same(one.hubs, again.hubs) and not same(one.hubs, two.hubs)


def test_practices_keep_list_and_municipality_but_not_their_place() -> None:
    start = start_of(10)
    one, two = Quarters(start).tables.practices, Quarters(shuffled(start, 1)).tables.practices
    for column in ("patients", "municipality", "hub", "form", "autonomy"):
        assert np.array_equal(one[column], two[column]), column
    alive = one["alive"]
    assert (one["x"][alive] != two["x"][alive]).mean() > 0.8


def test_in_one_municipality_areas_change_places_and_no_border_does() -> None:
    start = start_of(1)
    places = sorted(zip(start.hubs["x"], start.hubs["y"], strict=True))
    other = shuffled(start, 3)
    assert sorted(zip(other.hubs["x"], other.hubs["y"], strict=True)) == places
    assert same(other.municipalities, start.municipalities)
