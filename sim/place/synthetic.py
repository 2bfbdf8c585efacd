"""A made country: as many municipalities as asked, alike the real one in published figures."""

from __future__ import annotations

import math

import numpy as np

from agents.compiled import exact
from sim.errors import BadInput
from sim.place.districts import SOURCE as DISTRICTS_SOURCE
from sim.place.districts import equal_districts
from sim.place.geometry import gabriel, project, unproject
from sim.place.national import figure_sources, municipal_figure, national_insured, tilted_shares
from sim.place.region import District, Municipality, Region, StartingHub

LARGEST_COUNTRY = 10_000
ORIGIN = (52.155, 5.387)
AREA_SPREAD = 0.6
"""Standard deviation of the logarithm of area, assumed: below the published 0.92, since here areas
do not go along with inhabitants. Densities come out spread as published (1.02) or a little more."""
JITTER = 0.25
"""How far a place may lie from its point of the hexagonal grid, share of the spacing, assumed."""
PER_AREA = 11
"""Municipalities in a subregion, assumed."""
TILT = 1.5
CENTRES = 0.10
"""Share of districts that start with a health centre, assumed; such that a country spends F023."""
EARLY_TRUST, TRUST = 0.6, 0.5
"""Trust in the north and east, where cooperation is older (C07), and elsewhere; assumed."""


def synthetic(municipalities: int, seed: int) -> Region:
    """Return a made country, the same one for the same arguments.

    Args:
        municipalities: How many, 1 to 10,000.
        seed: 0 .. 2**63 - 1.
    """
    if not 1 <= municipalities <= LARGEST_COUNTRY:
        raise BadInput(
            "synthetic country",
            f"{municipalities} municipalities",
            allowed=f"1..{LARGEST_COUNTRY}",
        )
    rng = np.random.default_rng(np.random.SeedSequence(seed))
    populations = _populations(municipalities, rng)
    places = _places(municipalities, rng)
    areas = _areas(municipalities, rng)
    urbanity = _urbanity(populations / areas)
    means = [percent / 100 for percent in municipal_figure("pct_65plus_mean")]
    ageing = rng.normal(0.0, municipal_figure("pct_65plus_sd") / 100, municipalities)
    subregions = _subregions(places)
    found = []
    for i, (px, py) in enumerate(places):
        lat, lon = (round(v, 5) for v in unproject(px, py, ORIGIN))
        x, y = project(lat, lon, ORIGIN)
        name, population, area = f"Place {i + 1}", int(populations[i]), float(areas[i])
        districts = equal_districts(name, population, area, (x, y))
        subregion, preferred, trust = subregions[i]
        old = means[urbanity[i] - 1] + float(ageing[i])
        found.append(
            Municipality(
                code=f"SM{i + 1:05d}",
                name=name,
                subregion=subregion,
                population=population,
                share_65=round(min(max(old, 0.10), 0.40), 2),
                area_km2=area,
                urbanity=urbanity[i],
                lat=lat,
                lon=lon,
                x=x,
                y=y,
                districts=districts,
                hubs=_centres(districts, rng),
                trust=trust,
                preferred=preferred,
                shares=tilted_shares(national_insured(), preferred, TILT),
            )
        )
    return Region(
        name=f"synthetic-{municipalities}-{seed}",
        title=f"Made country of {municipalities} municipalities (seed {seed})",
        municipalities=tuple(found),
        neighbours=tuple(gabriel([(m.x, m.y) for m in found])),
        insurers=tuple(national_insured()),
        source="generated: no real municipality; figures match published ones of the Netherlands",
        sources=_sources(),
        origin=ORIGIN,
    )


def _populations(count: int, rng: np.random.Generator) -> np.ndarray:
    """Draw populations from the lognormal with the published mean and median, within bounds.

    One draw in each of ``count`` equal slices of the distribution, so that each country comes
    close to the published figures.
    """
    mean, median = municipal_figure("population_mean"), municipal_figure("population_median")
    middle, spread = exact.log(median), math.sqrt(2.0 * exact.log(mean / median))
    slices = (rng.permutation(count) + rng.uniform(0.0, 1.0, count)) / count
    quantiles = [exact.normal(min(max(float(u), 1e-9), 1 - 1e-9)) for u in slices]
    drawn = [exact.exp(middle + spread * quantile) for quantile in quantiles]
    low, high = municipal_figure("population_min"), municipal_figure("population_max")
    return np.asarray(np.clip(np.rint(drawn), low, high))


def _places(count: int, rng: np.random.Generator) -> list[tuple[float, float]]:
    """Return x and y in km: a jittered hexagonal grid, filled from the middle outwards."""
    spacing = math.sqrt(municipal_figure("area_mean") * 2.0 / math.sqrt(3.0))
    reach = math.ceil(math.sqrt(count)) + 2
    # In halves of the spacing to the east, and in rows to the north: whole numbers.
    points = [
        (2 * column + row % 2, row)
        for row in range(-reach, reach + 1)
        for column in range(-reach, reach + 1)
    ]
    points.sort(key=lambda p: (p[0] * p[0] + 3 * p[1] * p[1], *_turned(*p)))
    grid = [(spacing * (0.5 * x), spacing * y * math.sqrt(3.0) / 2.0) for x, y in points]
    moved = rng.uniform(-JITTER, JITTER, (count, 2)) * spacing
    return [(x + float(dx), y + float(dy)) for (x, y), (dx, dy) in zip(grid, moved, strict=False)]


def _turned(x: int, y: int) -> tuple[bool, int]:
    """Return what puts points of one circle in the order of their angle, -180 to 180 degrees."""
    return y >= 0, -x if y >= 0 else x


def _areas(count: int, rng: np.random.Generator) -> np.ndarray:
    """Draw areas in km2 with the right total, to one decimal and at least 5."""
    drawn = np.array([exact.exp(float(v)) for v in rng.normal(0.0, AREA_SPREAD, count)])
    total, mean = math.fsum(drawn), float(municipal_figure("area_mean"))
    return np.asarray(np.maximum(np.round(drawn * mean * count / total, 1), 5.0))


def _urbanity(density: np.ndarray) -> list[int]:
    """Return classes 1-5 by rank of density, in the proportions of the country."""
    classes = municipal_figure("urbanity_classes")
    bounds = np.cumsum(classes) / sum(classes)
    rank = np.empty(len(density))
    rank[np.argsort(-density, kind="stable")] = (np.arange(len(density)) + 0.5) / len(density)
    return [int(np.searchsorted(bounds, r)) + 1 for r in rank]


def _subregions(places: list[tuple[float, float]]) -> list[tuple[str, str, float]]:
    """Return per place the name of its subregion, its preferred insurer and its trust.

    Bands from south to north, each cut from west to east into groups of about equal number.
    The preferred insurer follows the real map in outline (facts B): CZ and VGZ in the south,
    Menzis in the north-east, Achmea elsewhere.
    """
    count = len(places)
    areas = max(1, round(count / PER_AREA))
    bands = max(1, round(math.sqrt(areas)))
    per_band = max(1, round(areas / bands))
    south_north = sorted(range(count), key=lambda i: places[i][1])
    found: list[tuple[str, str, float]] = [("", "", 0.0)] * count
    for b in range(bands):
        band = south_north[b * count // bands : (b + 1) * count // bands]
        band.sort(key=lambda i: places[i][0])
        for c in range(per_band):
            north, east = (b + 0.5) / bands, (c + 0.5) / per_band
            early = north > 2 / 3 or east > 2 / 3
            kind = (
                f"Area {b * per_band + c + 1}",
                _preferred(north, east),
                EARLY_TRUST if early and areas > 1 else TRUST,
            )
            for i in band[c * len(band) // per_band : (c + 1) * len(band) // per_band]:
                found[i] = kind
    return found


def _preferred(north: float, east: float) -> str:
    """Return the preferred insurer of an area at these shares of the way north and east."""
    if north < 0.3:
        return "CZ" if east < 0.6 else "VGZ"
    return "Menzis" if north > 0.55 and east > 0.6 else "Achmea"


def _centres(districts: tuple[District, ...], rng: np.random.Generator) -> tuple[StartingHub, ...]:
    drawn = rng.uniform(0.0, 1.0, len(districts))
    return tuple(
        StartingHub(k, "health-centre", "generated: one district in ten, assumed; F023")
        for k in range(len(districts))
        if drawn[k] < CENTRES
    )


def _sources() -> dict[str, str]:
    national = figure_sources()
    return {
        "neighbours": "generated: Gabriel graph of the centroids",
        "districts": DISTRICTS_SOURCE,
        "insurers": f"national shares ({national['insurers']}), the preferred insurer's times "
        f"{TILT} (assumed); who is preferred where follows the real map in outline",
        "trust": f"assumed: {EARLY_TRUST} in north and east (C07), {TRUST} elsewhere",
        "municipalities.population": "generated: lognormal with the mean and median of "
        f"{national['municipalities']}",
        "municipalities.pct_65plus": "generated: normal within each class of urbanity, "
        f"mean and spread as in {national['municipalities']}",
        "municipalities.area_km2": "generated: lognormal with the mean of "
        f"{national['municipalities']}; its spread assumed",
        "municipalities.urbanity": "generated: by rank of density, classes as frequent as in "
        f"{national['municipalities']}",
        "municipalities.lat": "generated: jittered hexagonal grid",
        "municipalities.lon": "generated: jittered hexagonal grid",
    }
