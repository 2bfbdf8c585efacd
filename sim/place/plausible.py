"""What a figure of a Dutch municipality can be: wide bands around all 345 of 2022.

A figure outside its band is refused, with what it looks like: thousands for persons, a share for
percent, hectares for square kilometres, latitude and longitude swapped. The bands leave room for
other years, for what merges or grows, and for a made country of 10,000 municipalities.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from sim.errors import BadInput
from sim.place.geometry import apart, disc_radius
from sim.place.national import municipal_figure
from sim.place.region import District, Municipality
from sim.place.table import Row
from sim.reading.numbers import number_in, whole

LATITUDES, LONGITUDES = (46.0, 59.0), (-5.0, 16.0)
"""Degrees. The Netherlands lie within 50.7 .. 53.6 and 3.3 .. 7.3; a made country of 10,000
municipalities on the same centre within 47 .. 58 and -3 .. 14."""

RD = 1e4
"""Coordinates of the Rijksdriehoek in metres are above this, and in km above any latitude."""

DENSITY_ROOM = 10.0
"""By how many times a municipality may be emptier than the emptiest of its class of urbanity."""

FAR, FURTHER = 10.0, 4.0
"""How far a district may lie from the middle of its municipality and how large its radius may be:
km, or radii of a disc of the municipality's area, the larger of both. The furthest of 3,340 in
2022 lay 3.6 radii away."""

MOST_APART = 100.0
"""km between the middles of two municipalities that border on each other."""


class Band(NamedTuple):
    """What a figure can be, and what it looks like where it lies outside.

    Attributes:
        low: smallest value taken.
        high: largest value taken.
        allowed: the same in words.
        looks: what a value outside looks like, in brackets, or nothing.
    """

    low: float
    high: float
    allowed: str
    looks: Callable[[float], str]


def _population() -> Band:
    least, most = municipal_figure("population_min"), municipal_figure("population_max")

    def looks(value: float) -> str:
        return " (it looks like thousands of inhabitants)" if 0 < value < least else ""

    low, high = _round(least / 2), _round(most * 2)
    return Band(low, high, _said("whole number", low, high, "inhabitants", least, most), looks)


def _area() -> Band:
    least, most = municipal_figure("area_min"), municipal_figure("area_max")
    low, high = _round(least / 4), _round(most * 4)

    def looks(value: float) -> str:
        for factor, words in ((100.0, "hectares"), (1e6, "square metres")):
            if value > high and low <= value / factor <= high:
                return f" (it looks like {words}: {value / factor:g} km2)"
        return ""

    return Band(low, high, _said("number", low, high, "km2", least, most), looks)


def _older() -> Band:
    least, most = municipal_figure("pct_65plus_min"), municipal_figure("pct_65plus_max")
    low, high = _round(least / 4), _round(most * 2)

    def looks(value: float) -> str:
        return f" (it looks like a share: {100 * value:g} percent)" if 0 < value <= 1 else ""

    return Band(low, high, _said("number", low, high, "percent", least, most), looks)


def _round(value: float) -> float:
    return float(f"{value:.2g}")


def _said(kind: str, low: float, high: float, unit: str, least: float, most: float) -> str:
    return (
        f"a {kind} in {low:.10g}..{high:.10g} {unit} (Dutch municipalities of 2022: "
        f"{least:g} to {most:,.10g})"
    )


BANDS: dict[str, Callable[[], Band]] = {
    "population": _population, "area_km2": _area, "pct_65plus": _older,
}  # fmt: skip


def figure(row: Row, column: str) -> float:
    """Return a figure of a municipality, inside its band.

    Raises:
        BadInput: it is no number, or none that a municipality can have.
    """
    band = BANDS[column]()
    found = number_in(row.text(column), band.low, band.high, row.at(column), band.allowed)
    return _inside(row, column, found, band)


def whole_figure(row: Row, column: str) -> int:
    """Return a figure that is a whole number, inside its band; else raise ``BadInput``."""
    band = BANDS[column]()
    return int(_inside(row, column, whole(row.text(column), row.at(column), band.allowed), band))


def _inside(row: Row, column: str, found: float, band: Band) -> float:
    if not band.low <= found <= band.high:
        problem = f"{row.text(column)} is out of range{band.looks(found)}"
        raise BadInput(row.at(column), problem, allowed=band.allowed)
    return found


def place_of(row: Row) -> tuple[float, float]:
    """Return latitude and longitude of a row in degrees.

    Raises:
        BadInput: they are swapped, of another system, or far from the country.
    """
    found = []
    for column, (low, high) in (("lat", LATITUDES), ("lon", LONGITUDES)):
        allowed = f"degrees (WGS84) in {low:g}..{high:g}"
        found.append(number_in(row.text(column), low, high, row.at(column), allowed))
    lat, lon = found
    problem = misplaced(lat, lon)
    if problem is not None:
        column = "lon" if LATITUDES[0] <= lat <= LATITUDES[1] else "lat"
        low, high = LONGITUDES if column == "lon" else LATITUDES
        raise BadInput(
            row.at(column), f"{row.text(column)} is out of range{problem}",
            allowed=f"degrees (WGS84) in {low:g}..{high:g}",
        )  # fmt: skip
    return lat, lon


def check_apart(rows: Sequence[Row], places: Sequence[tuple[float, float]]) -> None:
    """Refuse municipalities that have one place: a line that was copied, most likely.

    Args:
        rows: a row for each municipality.
        places: latitude and longitude of each, in degrees.

    Raises:
        BadInput: two of them have the same.
    """
    seen: dict[tuple[float, float], str] = {}
    for row, place in zip(rows, places, strict=True):
        if place in seen:
            raise BadInput(
                f"{row.path} line {row.line}",
                f"{row.text('code')} has the place of {seen[place]}: {place[0]:g}, {place[1]:g}",
                allowed="a centre of its own",
            )
        seen[place] = row.text("code")


def misplaced(lat: float, lon: float) -> str | None:
    """Return what a place outside the bands looks like, in brackets or empty; None inside."""
    if _within(lat, LATITUDES) and _within(lon, LONGITUDES):
        return None
    if _within(lon, LATITUDES) and _within(lat, LONGITUDES):
        return " (latitude and longitude look swapped)"
    if max(abs(lat), abs(lon)) > RD:
        return " (it looks like RD coordinates in metres, not degrees)"
    if max(lat, lon) > 90.0 and lat > 0.0 and lon > 0.0:
        return " (it looks like RD coordinates in km, not degrees)"
    return ""


def _within(value: float, band: tuple[float, float]) -> bool:
    return band[0] <= value <= band[1]


def check_density(row: Row, found: Municipality) -> None:
    """Refuse a municipality that is far emptier than any of its class of urbanity.

    Raises:
        BadInput: its inhabitants and area do not go together.
    """
    least = municipal_figure("density_min")[found.urbanity - 1] / DENSITY_ROOM
    density = found.population / found.area_km2
    if density < least:
        raise BadInput(
            row.at("area_km2"),
            f"{found.population} inhabitants on {found.area_km2:g} km2 are {density:.3g} per km2, "
            f"too few for urbanity {found.urbanity} (are they thousands, or hectares?)",
            allowed=f"{least:.3g} per km2 or more",
        )


def check_district(row: Row, town: Municipality, found: District) -> None:
    """Refuse a district that cannot be one of its municipality: too far from it, or too wide.

    Raises:
        BadInput: its place or radius is in another unit, or of another municipality.
    """
    most = max(FAR, FURTHER * disc_radius(town.area_km2))
    away = apart((found.x, found.y), (town.x, town.y))
    metres = " (are they metres?)" if away > 20 * most else ""
    if away > most:
        raise BadInput(
            f"{row.path} line {row.line}",
            f"{found.name!r} lies {away:,.0f} km from the middle of {town.name}{metres}",
            allowed=f"at most {most:.0f} km",
        )
    if found.radius > most:
        raise BadInput(
            row.at("radius_km"), f"{found.radius:g} is out of range for {town.name}",
            allowed=f"km, at most {most:.0f}",
        )  # fmt: skip


def check_border(where: str, one: Municipality, other: Municipality) -> None:
    """Refuse a border between municipalities that lie too far from each other to share one."""
    away = apart((one.x, one.y), (other.x, other.y))
    if away > MOST_APART:
        raise BadInput(
            where, f"{one.code} and {other.code} lie {away:,.0f} km apart",
            allowed=f"neighbours at most {MOST_APART:.0f} km from each other (check lat and lon)",
        )  # fmt: skip
