"""The regional support structure (ROS): buys no care, gives no care, guides processes (C53)."""

from __future__ import annotations

from typing import Annotated

from agents.compiled.face import Face
from agents.compiled.record import FloatArray
from agents.compiled.rule import rule
from agents.hub import Hub


class Ros(Face):
    """A regional support structure."""

    kind = "ros"

    id: Annotated[int, "", "", "stable id"]
    alive: Annotated[bool, "", "", "exists"]
    insured: Annotated[int, "insured", "0..", "insured in its area"]
    groups: Annotated[FloatArray, "patients", "0..", "of those, patients per group", 6]
    by_municipality: Annotated[int, "row", "", "municipality of its seat"]
    revenue: Annotated[float, "EUR/quarter", "0..", "received this quarter"]
    yearly: Annotated[float, "EUR/yr", "0..", "received over the last four quarters"]
    guided: Annotated[int, "hubs", "0..", "hubs it guides this year"]
    cut: Annotated[float, "EUR/quarter", "0..", "O&I claims cut to the ministry's room"]

    def assign(self) -> int:
        """Choose which hubs to guide now; return how many."""
        return int(self.act("ros_assigns"))


@rule
def rank_hub(hub: Hub) -> float:
    """Return the priority of a hub for guidance: lowest stage first, then the highest will."""
    return float(4 - hub.stage) + hub.active
