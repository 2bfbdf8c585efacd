"""The external party: a static counterpart with an area of its own (hospital, GGZ, HAP, ...)."""

from __future__ import annotations

from typing import Annotated

from agents.face import Face


class Partner(Face):
    """A party outside primary care's organisation. It takes no decision of its own."""

    kind = "partner"

    id: Annotated[int, "", "", "stable id"]
    alive: Annotated[bool, "", "", "exists"]
    domain: Annotated[int, "partner code", "0..5", "HAP, hospital, VVT, GGZ, home care or youth"]
    x: Annotated[float, "km", "", "middle of its area"]
    y: Annotated[float, "km", "", "middle of its area"]
    residents: Annotated[int, "inhabitants", "0..", "inhabitants of its area in 2022"]
    organisation: Annotated[int, "row", "", "organisation it has merged with, or none"]
