"""What a phase leaves in scratch room means nothing to the next: rubbish in it moves nothing."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from support import same_bits

from agents.compiled.rule import RULES
from experiments import Scenario
from experiments.runs.start import start_tables
from sim.engines.model import CareModel
from sim.plan import due
from sim.scratch import Scratch
from sim.tables import Tables

CASES: dict[str, tuple[str, tuple[str, ...]]] = {
    "sites": ("innovation-sites", ()),
    # Host consent and mergers for everybody: what else happens once in many runs.
    "doors": (
        "historic-nl",
        ("organisation.admission=1", "merge.review=1", "merge.base=4"),
    ),
    "buyers": ("design:component/practice/act", ("entry.rate=0.5",)),
}
WHOLE = -(10**15)


def pour(scratch: Scratch) -> None:
    """Fill all scratch room with what no rule can mean to read."""
    for room in scratch:
        room[:] = np.nan if room.dtype == np.float64 else WHOLE


def untouched(room: Any) -> bool:
    return bool(np.isnan(room).all() if room.dtype == np.float64 else (room == WHOLE).all())


def modules() -> dict[str, str]:
    return {name: module for module, name in RULES}


def scenario_of(case: str) -> Scenario:
    regime, settings = CASES[case]
    return Scenario(region="synthetic:4:3", regime=regime, settings=settings, end="2022Q4")


def calm(case: str) -> Tables:
    """Run a case as it is, by the compiled phases; return its end."""
    scenario = scenario_of(case)
    model = CareModel(start_tables(scenario), seed=3)
    for _ in range(scenario.last + 1):
        model.step()
    return model.tables


@cache
def poisoned(case: str) -> tuple[Tables, frozenset[str]]:
    """Run a case in plain Python, with rubbish between phases; return its end and rooms written."""
    scenario = scenario_of(case)
    model = CareModel(start_tables(scenario), seed=3, engine="python")
    assert model.twin is not None
    tables = model.twin.tables
    homes, used = modules(), set()
    for tick in range(scenario.last + 1):
        for name, more in due(tick):
            pour(tables.scratch)
            model.twin.functions[homes[name], name](tables, *more)
            rooms = tables.scratch._asdict().items()
            used |= {key for key, room in rooms if not untouched(room)}
    end = start_tables(scenario)
    model.twin.write_back(end)
    assert not end.counter["failure"][0]
    return end, frozenset(used)


@pytest.mark.parametrize("case", sorted(CASES))
def test_rubbish_between_phases_changes_nothing(case: str) -> None:
    assert same_bits(poisoned(case)[0], calm(case)) == []


def test_these_runs_write_into_every_room_of_the_phases() -> None:
    written = frozenset().union(*(poisoned(case)[1] for case in CASES))
    of_measuring = {
        *("held", "held_all", "ros_people", "trusts", "delivered", "movable", "hands", "rows"),
        *("least", "scale_patients", "known", "fits_local", "fits_region", "held_within", "lasts"),
        *("engages", "has_say", "takes_part", "cost_known", "cost_of_known"),
        *(name for name in Scratch._fields if name.startswith("seen_")),
    } - {"seen_towns"}
    assert set(Scratch._fields) - written == of_measuring
