"""Areas of external parties: contiguous groups of municipalities near a target size.

Which areas hospitals, GGZ institutions and others really serve is not in the sources: only their
sizes are (F007-F009). The groups are drawn from the map in a fixed way, and marked assumed.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence

from agents.compiled import exact
from sim.place.geometry import apart
from sim.place.region import Region


def areas(region: Region, target: float, angle: float) -> list[int]:
    """Return for each municipality the number of its area, 0, 1, ... in order of appearance.

    Areas grow from the edge of the region that lies furthest in the direction ``angle``
    (radians), by the nearest neighbour, until they hold ``target`` inhabitants. What is left
    over and smaller than half the target joins an area it borders on.
    """
    return cut(region, [float(m.population) for m in region.municipalities], target, angle)


def cut(region: Region, weights: Sequence[float], target: float, angle: float) -> list[int]:
    """Return the same where municipalities weigh ``weights`` in place of their inhabitants."""
    towns = tuple((m.x, m.y) for m in region.municipalities)
    return list(_cut(towns, tuple(region.neighbours), tuple(weights), target, angle))


@functools.lru_cache(maxsize=256)
def _cut(
    towns: Sequence[tuple[float, float]], neighbours: Sequence[tuple[int, int]],
    weights: Sequence[float], target: float, angle: float,
) -> list[int]:  # fmt: skip
    """Return the areas of municipalities; the points of a sweep mostly ask for the same."""
    near: list[list[int]] = [[] for _ in towns]
    for a, b in neighbours:
        near[a].append(b)
        near[b].append(a)
    ahead = [exact.cos(angle) * x + exact.sin(angle) * y for x, y in towns]
    area = [-1] * len(towns)
    sizes: list[float] = []
    for _ in towns:
        free = [m for m in range(len(towns)) if area[m] < 0]
        if not free:
            break
        seed = max(free, key=lambda m: (ahead[m], -m))
        area[seed] = len(sizes)
        sizes.append(weights[seed])
        while sizes[-1] < target:
            edge = [
                m for m in range(len(towns))
                if area[m] < 0 and any(area[n] == len(sizes) - 1 for n in near[m])
            ]  # fmt: skip
            if not edge:
                break
            nearest = min(edge, key=lambda m: (apart(towns[seed], towns[m]), m))
            area[nearest] = len(sizes) - 1
            sizes[-1] += weights[nearest]
    _join_small(area, sizes, near, 0.5 * target)
    order = {old: new for new, old in enumerate(dict.fromkeys(area))}
    return [order[a] for a in area]


def _join_small(
    area: list[int], sizes: list[float], near: Sequence[Sequence[int]], least: float
) -> None:
    """Let areas below ``least`` inhabitants join the smallest area they border on."""
    for small in sorted(range(len(sizes)), key=lambda a: (sizes[a], a)):
        if sizes[small] >= least:
            continue
        beside = {
            area[n] for m in range(len(area)) if area[m] == small for n in near[m]
        } - {small}  # fmt: skip
        if beside:
            host = min(beside, key=lambda a: (sizes[a], a))
            sizes[host] += sizes[small]
            sizes[small] = math.inf
            area[:] = [host if a == small else a for a in area]
