"""Places on one flat plane: projection, who borders on whom, even placement in a disc."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from agents.compiled import exact

EARTH_RADIUS = 6371.0088
"""Mean radius of the Earth in km (IUGG)."""

GOLDEN_ANGLE = math.pi * (3.0 - math.sqrt(5.0))
"""Turn between successive points of a sunflower spiral, radians."""


def mean_origin(places: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return the mean latitude and longitude of places, degrees; the order does not matter."""
    count = len(places)
    return (
        math.fsum(lat for lat, _ in places) / count,
        math.fsum(lon for _, lon in places) / count,
    )


def project(lat: float, lon: float, origin: tuple[float, float]) -> tuple[float, float]:
    """Return x (east) and y (north) in km from ``origin`` on an equirectangular plane.

    North-south distances are exact on a sphere. East-west ones are off by the factor
    cos(lat)/cos(origin lat): 0.3% at the edges of a region of 25 km, 3% at the edges of the
    Netherlands.

    Args:
        lat: Latitude, degrees.
        lon: Longitude, degrees.
        origin: Latitude and longitude of (0, 0), degrees.
    """
    x = EARTH_RADIUS * exact.cos(math.radians(origin[0])) * math.radians(lon - origin[1])
    return x, EARTH_RADIUS * math.radians(lat - origin[0])


def unproject(x: float, y: float, origin: tuple[float, float]) -> tuple[float, float]:
    """Return latitude and longitude in degrees of a point of the plane (km); undoes `project`."""
    lat = origin[0] + math.degrees(y / EARTH_RADIUS)
    scale = EARTH_RADIUS * exact.cos(math.radians(origin[0]))
    return lat, origin[1] + math.degrees(x / scale)


def apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the distance of two points of the plane, km."""
    dx, dy = one[0] - other[0], one[1] - other[1]
    return math.sqrt(dx * dx + dy * dy)


def disc_radius(km2: float) -> float:
    """Return the radius in km of a disc of ``km2`` square kilometres."""
    return math.sqrt(km2 / math.pi)


def sunflower(count: int, radius: float) -> list[tuple[float, float]]:
    """Return ``count`` points spread evenly in a disc around (0, 0), with their mean at (0, 0).

    Args:
        count: Number of points.
        radius: Radius of the disc, km.
    """
    points = []
    for k in range(count):
        r = radius * math.sqrt((k + 0.5) / count)
        points.append((r * exact.cos(k * GOLDEN_ANGLE), r * exact.sin(k * GOLDEN_ANGLE)))
    mx = math.fsum(x for x, _ in points) / count
    my = math.fsum(y for _, y in points) / count
    return [(x - mx, y - my) for x, y in points]


def gabriel(points: Sequence[tuple[float, float]]) -> list[tuple[int, int]]:
    """Return the Gabriel graph: pairs whose smallest disc holds no third point, edge included.

    A point in the disc of i and j blocks the pair only when it is nearer to both than they are
    to each other, so points on one place do not block each other. The shortest spanning tree
    is part of the graph: it is connected.

    Args:
        points: Places on a plane, any one unit.

    Returns:
        Pairs of positions (i, j), i < j, in order.
    """
    place = np.asarray(points, dtype=np.float64).reshape(-1, 2)
    pairs = []
    for i in range(len(place)):
        far = _squared(place, place[i])
        alive = np.arange(i + 1, len(place))
        for k in np.argpartition(far, min(15, len(far) - 1))[:16]:  # these block nearly all
            alive = alive[~_blocks(far[k], _squared(place[alive], place[k]), far[alive])]
        for j in alive:
            near = far < far[j]
            blocked = _blocks(far[near], _squared(place[near], place[j]), far[j])
            if not blocked.any():
                pairs.append((i, int(j)))
    return pairs


def _squared(places: np.ndarray, one: np.ndarray) -> np.ndarray:
    dx, dy = places[:, 0] - one[0], places[:, 1] - one[1]
    return np.asarray(dx * dx + dy * dy)


def _blocks(to_i: np.ndarray | float, to_j: np.ndarray, apart: np.ndarray | float) -> np.ndarray:
    """Say which points k (squared distances to i and j) stand between i and j."""
    return np.asarray((to_i < apart) & (to_j < apart) & (to_i + to_j <= apart))


def connected(count: int, pairs: Sequence[tuple[int, int]]) -> bool:
    """Say whether pairs of positions below ``count`` join all of them into one whole."""
    root = list(range(count))

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    for i, j in pairs:
        root[find(i)] = find(j)
    return len({find(i) for i in range(count)}) <= 1
