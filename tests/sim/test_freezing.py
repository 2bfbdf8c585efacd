"""Six kinds of agent decide, as events show; a decision that is frozen is silent."""

from __future__ import annotations

from functools import lru_cache

import pytest
from support import events_of, series_of, start_of

# What each kind of agent does, as it shows in the events.
DOES = {
    "practice": ("joined", "left", "mandate-given", "hub-joined", "hub-left"),
    "hub": ("hub-advanced", "hub-fell-back", "plan-approved"),
    "organisation": ("founded", "rights-granted", "plan-written", "lead-mandated"),
    "municipality": (
        "adviser-posted",
        "adviser-recalled",
        "cofunding-chosen",
        "boards-met",
        "counterpart-shared",
        "seat-taken",
        "seat-left",
    ),
    "insurer": ("pressure-raised", "pressure-lowered"),
    "ros": ("hub-guided", "table-convened"),
}
SEEDS = (1, 2, 3)


@lru_cache(maxsize=1)
def counts() -> dict[str, int]:
    """Events over a few runs of all of UNICUM."""
    total: dict[str, int] = {}
    for seed in SEEDS:
        for name, number in events_of(start_of(10), seed).items():
            total[name] = total.get(name, 0) + number
    return total


@pytest.mark.parametrize("kind", sorted(DOES))
def test_each_kind_decides_in_the_events(kind: str) -> None:
    assert {name: counts()[name] for name in DOES[kind] if counts()[name] == 0} == {}


@pytest.mark.parametrize("kind", sorted(DOES))
def test_freezing_a_decision_silences_it_and_moves_outcomes(kind: str) -> None:
    free, frozen = start_of(10), start_of(10, values={f"decide.{kind}": False})
    for seed in SEEDS:
        assert series_of(free, seed).tobytes() != series_of(frozen, seed).tobytes()
    events = events_of(frozen, 1)
    # Founders join what they found, and members of a dissolved organisation leave it: that is
    # the organisation's decision, not the practice's.
    silent = set(DOES[kind]) - ({"joined", "left"} if kind == "practice" else set())
    assert {name: events[name] for name in silent if events[name]} == {}


def test_freezing_everybody_leaves_nothing_to_see() -> None:
    values = {f"decide.{kind}": False for kind in DOES}
    events = events_of(start_of(4, values=values))
    assert {name for names in DOES.values() for name in names if events[name]} == set()
    assert events["practice-opened"] > 0
