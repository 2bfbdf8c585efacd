"""Figures of the whole country and insurers' market shares made from them."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from typing import Any

from sim.errors import nearest

SHIPPED = Path(__file__).parent / "regions"
"""Folder of the regions that come with the program."""


BRANDS = {"zilveren kruis": "Achmea"}
"""Names under which insurers are known in the sources (S0, S3)."""


@lru_cache(maxsize=1)
def _national() -> dict[str, Any]:
    return tomllib.loads((SHIPPED / "national.toml").read_text(encoding="utf-8"))


def national_insured() -> dict[str, float]:
    """Return million insured by insurer in 2022 (facts B), largest first."""
    return dict(_national()["insurers"]["insured_million"])


def nearest_insurer(name: str, known: Collection[str]) -> str | None:
    """Return the insurer that a name most likely means: whose brand it is, or the most alike."""
    brand = BRANDS.get(name.strip().lower())
    return brand if brand in known else nearest(name, known)


def municipal_figure(name: str) -> Any:
    """Return one figure of the country's municipalities in 2022, such as ``population_mean``."""
    return _national()["municipalities"][name]["value"]


def figure_sources() -> dict[str, str]:
    """Return the sources of the national figures, by subject."""
    national = _national()
    return {kind: str(national[kind]["source"]) for kind in ("municipalities", "insurers")}


def tilted_shares(insured: dict[str, float], preferred: str, tilt: float) -> tuple[float, ...]:
    """Return market shares in the order of ``insured``; they add up to 1.

    Args:
        insured: Insured by insurer, any unit.
        preferred: The insurer that leads in this area.
        tilt: How many times its national share the preferred insurer weighs here.
    """
    weights = [v * tilt if name == preferred else v for name, v in insured.items()]
    return normalised(weights)


def normalised(weights: list[float]) -> tuple[float, ...]:
    """Return weights divided by their sum."""
    total = math.fsum(weights)
    return tuple(w / total for w in weights)
