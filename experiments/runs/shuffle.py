"""A null model: the same people and bodies, in places that say nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents.sizes import NEIGHBOURS
from sim.tables import Tables


def shuffled(start: Tables, seed: int) -> Tables:
    """Return tables of a start whose geography is shuffled.

    Hub areas change places, each keeping its people, its radius and its municipality, so that who
    lies near is no longer who has the same municipality; and the map of which municipality borders
    on which is relabelled. Sizes stay. ``start`` is left as it is.

    Args:
        start: before its population is drawn; practices come to lie in their hub area.
        seed: of the shuffle; the same seed gives the same places.
    """
    random = np.random.default_rng(seed)
    hubs, towns = start.hubs.copy(), start.municipalities.copy()
    places = random.permutation(len(hubs))
    for axis in ("x", "y"):
        hubs[axis] = start.hubs[axis][places]
    _relabel(towns, random.permutation(len(towns)))
    return start._replace(hubs=hubs, municipalities=towns)


def _relabel(towns: NDArray[Any], labels: NDArray[np.int64]) -> None:
    """Give town ``labels[m]`` the neighbours of ``m``, by their new labels, in ascending order."""
    links = towns["neighbours"].copy()
    counts = towns["neighbour_count"].copy()
    assert links.shape == (len(towns), NEIGHBOURS)
    for m, label in enumerate(labels):
        count = int(counts[m])
        towns["neighbours"][label] = links[m]
        towns["neighbours"][label, :count] = np.sort(labels[links[m, :count]])
        towns["neighbour_count"][label] = count
