"""Districts where no table names them: equal parts of a municipality."""

from __future__ import annotations

import math

from sim.place.geometry import disc_radius, sunflower
from sim.place.region import District

SMALLEST, LARGEST = 10_000, 15_000
"""Inhabitants of a district (F072)."""

SOURCE = (
    "assumed: equal parts of 10,000-15,000 inhabitants (S4, F072) on a sunflower spiral in a "
    "disc of the municipality's area"
)


def parts(population: int) -> int:
    """Return into how many districts a municipality of ``population`` inhabitants falls.

    One below 20,000; above that the number nearest to parts of 12,500 that keeps each part
    within 10,000-15,000.
    """
    if population < 2 * SMALLEST:
        return 1
    most, least = population // SMALLEST, math.ceil(population / LARGEST)
    nearest = math.floor(population / ((SMALLEST + LARGEST) / 2) + 0.5)
    return min(max(nearest, least), most)


def equal_districts(
    name: str, population: int, area_km2: float, centre: tuple[float, float]
) -> tuple[District, ...]:
    """Return equal districts of a municipality; their inhabitants add up to ``population``.

    Args:
        name: The municipality's name; districts are called "NAME 1", "NAME 2", ...
        population: Inhabitants.
        area_km2: Area of the municipality, km2.
        centre: x and y of its centroid, km.
    """
    count = parts(population)
    each, rest = divmod(population, count)
    disc = disc_radius(area_km2)
    return tuple(
        District(
            name=name if count == 1 else f"{name} {k + 1}",
            population=each + (1 if k < rest else 0),
            x=centre[0] + dx,
            y=centre[1] + dy,
            radius=disc / math.sqrt(count),
        )
        for k, (dx, dy) in enumerate(sunflower(count, disc))
    )
