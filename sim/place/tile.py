"""Larger and smaller regions made from one: for benchmarks and for small tests.

States of a region are of the whole of it: a copied or cut one has none.
"""

from __future__ import annotations

import math
from dataclasses import replace

from sim.errors import BadInput
from sim.place.geometry import apart, disc_radius, project, unproject
from sim.place.region import Municipality, Region


def tile(region: Region, copies: int) -> Region:
    """Return copies of a region side by side, each joined to the one before by one border.

    Copies fill a square, row by row and back again; the first keeps its places and codes, copy
    k adds ``.k`` to its codes and `` k`` to its names. Far copies may leave the real map: only
    distances count.

    Args:
        region: What to copy.
        copies: How many in all, 1 or more; 42 of UNICUM hold about 5,000 practices.
    """
    if copies < 1:
        raise BadInput("tile", f"{copies} copies", allowed="1 or more")
    if copies == 1:
        return region
    count = len(region.municipalities)
    wide, high = _extent(region)
    side = math.ceil(math.sqrt(copies))
    mark = "."
    while any(mark in m.code for m in region.municipalities):
        mark += "."
    found: list[Municipality] = []
    neighbours: list[tuple[int, int]] = []
    for k in range(copies):
        row, column = divmod(k, side)
        if row % 2:
            column = side - 1 - column
        shift = (column * wide, row * high)
        copy = [_moved(m, shift, k, mark, region.origin) for m in region.municipalities]
        start = len(found)
        neighbours += [(i + start, j + start) for i, j in region.neighbours]
        if k:
            i, j = _nearest_pair(found[-count:], copy)
            neighbours.append((start - count + i, start + j))
        found += copy
    return replace(
        region,
        name=f"{region.name}-x{copies}",
        title=f"{region.title}, {copies} copies side by side",
        municipalities=tuple(found),
        neighbours=tuple(sorted(neighbours)),
        source=f"{copies} copies, for benchmarks, of: {region.source}",
        sources=dict(region.sources),
        states=(),
        areas=tuple(
            replace(
                area,
                name=f"{area.name} {k + 1}" if k else area.name,
                municipalities=tuple(m + k * count for m in area.municipalities),
            )
            for k in range(copies)
            for area in region.areas
        ),
    )


def take(region: Region, municipalities: int) -> Region:
    """Return the first municipalities of a region, with the borders among them.

    Args:
        region: What to cut.
        municipalities: How many, from 1 to all. In shipped and made regions the first ones
            hang together; elsewhere they need not.
    """
    count = len(region.municipalities)
    if not 1 <= municipalities <= count:
        raise BadInput("take", f"{municipalities} municipalities", allowed=f"1..{count}")
    if municipalities == count:
        return region
    return replace(
        region,
        name=f"{region.name}-first-{municipalities}",
        title=f"{region.title}, first {municipalities} municipalities",
        municipalities=region.municipalities[:municipalities],
        neighbours=tuple((i, j) for i, j in region.neighbours if max(i, j) < municipalities),
        sources=dict(region.sources),
        states=(),
        areas=tuple(
            replace(area, municipalities=kept)
            for area in region.areas
            if (kept := tuple(m for m in area.municipalities if m < municipalities))
        ),
    )


def _extent(region: Region) -> tuple[float, float]:
    """Return width and height in km of a box that holds every municipality's disc."""
    discs = [(m.x, m.y, disc_radius(m.area_km2)) for m in region.municipalities]
    return (
        max(x + r for x, _, r in discs) - min(x - r for x, _, r in discs),
        max(y + r for _, y, r in discs) - min(y - r for _, y, r in discs),
    )


def _moved(
    m: Municipality, shift: tuple[float, float], k: int, mark: str, origin: tuple[float, float]
) -> Municipality:
    """Return copy ``k`` (from 0) of a municipality, moved by ``shift`` km."""
    if k == 0:
        return m
    lat, lon = unproject(m.x + shift[0], m.y + shift[1], origin)
    x, y = project(lat, lon, origin)
    return replace(
        m,
        code=f"{m.code}{mark}{k + 1}",
        name=f"{m.name} {k + 1}",
        subregion=f"{m.subregion} {k + 1}",
        lat=lat,
        lon=lon,
        x=x,
        y=y,
        districts=tuple(replace(d, x=d.x + shift[0], y=d.y + shift[1]) for d in m.districts),
    )


def _nearest_pair(one: list[Municipality], other: list[Municipality]) -> tuple[int, int]:
    """Return the positions of the two municipalities of two copies that lie nearest."""
    return min(
        ((i, j) for i in range(len(one)) for j in range(len(other))),
        key=lambda p: apart((one[p[0]].x, one[p[0]].y), (other[p[1]].x, other[p[1]].y)),
    )
