"""What nobody asks for is not measured, and nothing else is other for it."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

import numpy as np
import pytest
from support import start_of

from experiments.runs.scenario import Scenario
from experiments.runs.start import start_tables
from sim.engines.branches import run_branches
from sim.engines.compiled import Recording, run
from sim.measure.column import Column
from sim.measure.cost import Cost, CostByKind
from sim.measure.outcomes import EVERY_THEME, NAMES, THEMES, asked_for, bit_of, first_of
from sim.measure.practices import Lists
from sim.tables import Tables

ALWAYS = (Lists, Cost, CostByKind)
SEEDS = (3, 4)
WHOLE = Recording(40, 55, True)


def columns_of(theme: type[Column]) -> list[int]:
    return list(range(first_of(theme), first_of(theme) + len(theme)))


@pytest.fixture(scope="module")
def start() -> Tables:
    return start_of(10)


@pytest.mark.parametrize("yearly", [False, True], ids=["quarters", "years"])
@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.__name__)
def test_one_theme_alone_is_what_it_is_among_all(
    theme: type[Column], yearly: bool, start: Tables
) -> None:
    whole = run(start, SEEDS, WHOLE._replace(yearly=yearly))
    found = run(start, SEEDS, WHOLE._replace(yearly=yearly, asked=bit_of(theme)))
    own = {*columns_of(theme), *(c for always in ALWAYS for c in columns_of(always))}
    for column, name in enumerate(NAMES):
        if column in own:
            assert found[..., column].tobytes() == whole[..., column].tobytes(), name
    assert whole[..., columns_of(theme)].any()


def test_of_what_is_not_asked_for_there_is_nothing(start: Tables) -> None:
    found = run(start, SEEDS, WHOLE._replace(asked=0))
    always = {c for theme in ALWAYS for c in columns_of(theme)}
    rest = [c for c in range(len(NAMES)) if c not in always]
    assert not found[..., rest].any()
    assert found[..., sorted(always)].any()


def test_criteria_by_other_formulas_need_no_other_theme() -> None:
    start = start_of(10, values={"criterion.alternative": True})
    asked = asked_for(["criterion_1"])
    columns = [k for k, name in enumerate(NAMES) if name.startswith("criterion_")]
    whole, found = run(start, SEEDS, WHOLE), run(start, SEEDS, WHOLE._replace(asked=asked))
    assert found[..., columns].tobytes() == whole[..., columns].tobytes()
    assert whole[..., columns].any()


def test_runs_that_share_a_past_measure_what_is_asked() -> None:
    starts = [
        start_tables(Scenario("unicum", "historic-nl", settings=settings, end="2019Q4"))
        for settings in ((), ("policy.stance@2017Q1=0.9",))
    ]
    recording = WHOLE._replace(asked=asked_for(["trust", "coverage"]))
    shared = run_branches(starts, [SEEDS], recording)
    for start, (found,) in zip(starts, shared, strict=True):
        assert np.asarray(found).tobytes() == run(start, SEEDS, recording).tobytes()


def test_names_are_found_in_their_themes() -> None:
    assert asked_for(NAMES) == EVERY_THEME
    assert asked_for([]) == 0
    for theme in THEMES:
        for column in theme:
            assert asked_for([column.outcome.name]) == bit_of(theme)
