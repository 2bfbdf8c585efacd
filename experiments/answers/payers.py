"""Which titles of a regime pay whom for which function in a year."""

from __future__ import annotations

from experiments.answers.costing import COORDINATION, MANAGER, UPKEEP
from sim.policy.regime import Regime, column
from sim.policy.schema import TitleFile
from sim.reading.dates import start_of

STANDS_FOR = {COORDINATION: "operations", UPKEEP: "care-management", MANAGER: "care-management"}
"""The function from whose money is paid what is none (A1d: board and director in operations)."""


def titles_for(regime: Regime, tick: int, by: str, item: str) -> list[str]:
    """Return the O&I titles that pay a kind of party for a function, or for what is beside."""
    name = STANDS_FOR.get(item, item)
    return [
        title.name for title in regime.titles
        if title.static("oi") and _pays(title, tick, by) and title.functions.share(name) > 0.0
    ]  # fmt: skip


def _pays(title: TitleFile, tick: int, by: str) -> bool:
    """Return whether a title is in force and its money comes to this kind of party."""
    day = start_of(tick)
    ended = title.until is not None and title.until <= day
    if day < title.start or ended or not _value(title, "in_force", 1.0, tick) > 0.0:
        return False
    receiver = title.static("receiver")
    return receiver == by or (by == "hub" and _value(title, "for_hubs", 0.0, tick) > 0.0)


def _value(title: TitleFile, key: str, default: float, tick: int) -> float:
    return float(column(title.series(key), default, tick + 1)[tick])
