"""How a parameter is declared: default, allowed range and source."""

from __future__ import annotations

from typing import NamedTuple


class Given(NamedTuple):
    """What is known of a parameter: default, allowed range and source."""

    value: float
    low: float
    high: float
    source: str


A = "assumed"


def on(value: bool = True) -> Given:
    """Return the declaration of a switch."""
    return Given(float(value), 0.0, 1.0, "switch")
