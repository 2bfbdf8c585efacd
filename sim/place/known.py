"""Centres of the municipalities that shipped regions hold: the tables of CBS have none."""

from __future__ import annotations

import csv
from functools import lru_cache

from sim.place.description import FILE
from sim.place.national import SHIPPED


@lru_cache(maxsize=1)
def known_centres() -> dict[str, tuple[float, float]]:
    """Return latitude and longitude by code of all municipalities in shipped regions."""
    found: dict[str, tuple[float, float]] = {}
    for region in sorted(path.parent for path in SHIPPED.glob(f"*/{FILE}")):
        with (region / "municipalities.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                found.setdefault(row["code"], (float(row["lat"]), float(row["lon"])))
    return found
