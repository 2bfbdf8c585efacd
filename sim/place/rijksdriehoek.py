"""Dutch map coordinates (RD, EPSG:28992, metres) as latitude and longitude.

The polynomials of Schreutelkamp and Strang van Hees (2001), good to within a metre on land.
"""

from __future__ import annotations

_ORIGIN = (155_000.0, 463_000.0)
_PLACE = (52.15517440, 5.38720621)
"""Amersfoort, in metres and in degrees."""

_LAT = (
    (0, 1, 3235.65389), (2, 0, -32.58297), (0, 2, -0.24750), (2, 1, -0.84978), (0, 3, -0.06550),
    (2, 2, -0.01709), (1, 0, -0.00738), (4, 0, 0.00530), (2, 3, -0.00039), (4, 1, 0.00033),
    (1, 1, -0.00012),
)  # fmt: skip
_LON = (
    (1, 0, 5260.52916), (1, 1, 105.94684), (1, 2, 2.45656), (3, 0, -0.81885), (1, 3, 0.05594),
    (3, 1, -0.05607), (0, 1, 0.01199), (3, 2, -0.00256), (1, 4, 0.00128), (0, 2, 0.00022),
    (2, 0, -0.00022), (5, 0, 0.00026),
)  # fmt: skip


def to_degrees(x: float, y: float) -> tuple[float, float]:
    """Return latitude and longitude (WGS84, degrees) of a point in RD (m)."""
    dx, dy = (x - _ORIGIN[0]) * 1e-5, (y - _ORIGIN[1]) * 1e-5
    north = sum(k * _power(dx, p) * _power(dy, q) for p, q, k in _LAT)
    east = sum(k * _power(dx, p) * _power(dy, q) for p, q, k in _LON)
    return _PLACE[0] + north / 3600.0, _PLACE[1] + east / 3600.0


def _power(value: float, times: int) -> float:
    """Return a power by multiplication, which every machine rounds alike."""
    found = 1.0
    for _ in range(times):
        found *= value
    return found
