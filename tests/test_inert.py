"""A sample of the screen for what moves nothing; the whole is `python -m tests.inert`."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.place import description as said
from tests.inert.data import CHAINS, FIGURES, STATES, Datum
from tests.inert.knobs import Knob
from tests.inert.named import NAMED
from tests.inert.run import BESIDE, judge, judge_further, knobs, moves
from tests.inert.turning import dead, see, stated_regions

EVERY = 29
SAMPLE = [knob for knob in knobs()[::EVERY] if knob.name not in BESIDE]


@pytest.mark.parametrize("knob", SAMPLE, ids=lambda knob: f"{knob.kind} {knob.name}")
def test_a_sample_of_knobs_moves_something_in_a_shipped_region(knob: Knob) -> None:
    regions = ("unicum", "oostelijk-zuid-limburg", "eemland", "synthetic:20:1", "synthetic:40:2")
    first = any(judge(knob, region).regime for region in regions)
    assert first or judge_further(knob, regions)


def test_a_knob_that_is_not_turned_moves_nothing() -> None:
    still = Knob("parameter", "choice.money", (("choice.money=0.15",),))
    assert not moves(still, "unicum", "historic-nl")


DATA = (*FIGURES, *CHAINS, *STATES)
MADE_OF = {
    "": said.State,
    "organisations": said.Organisation,
    "organisations.contracts": said.Contract,
    "hubs": said.HubThen,
}
LABELS = {"name", "source", "quarter"}


@pytest.mark.parametrize("datum", DATA[::7], ids=lambda datum: datum.name)
def test_a_sample_of_what_a_region_says_moves_something(datum: Datum) -> None:
    places = stated_regions() if datum.kind == "state" else ("unicum", "synthetic:20:1")
    assert any(see(datum, place).regime for place in places)


def test_what_is_said_anyway_moves_nothing() -> None:
    still = Datum("key", "trust", lambda region: iter([replace(region, title="another")]))
    found = see(still, "unicum")
    assert found.turned and not found.regime
    assert dead([found]) == ["trust"]
    nowhere = Datum("state", "states", lambda region: iter(()))
    assert see(nowhere, "synthetic:20:1").turned is False


def test_every_key_of_a_state_and_a_chain_is_turned() -> None:
    names = [datum.name for datum in DATA]
    assert len(set(names)) == len(names)
    for path, model in MADE_OF.items():
        for key in set(model.model_fields) - LABELS:
            assert f"states.{path}.{key}".replace("..", ".") in names
    keys = {field.alias or name for name, field in said.Chain.model_fields.items()}
    assert {f"chains.{key}" for key in keys - LABELS} <= set(names)


def test_everything_is_turned_once_and_what_is_excepted_is_there() -> None:
    names = [(knob.kind, knob.name) for knob in knobs()]
    assert len(set(names)) == len(names) > 400
    assert all(knob.settings for knob in knobs())
    assert set(BESIDE) <= {name for _, name in names}
    assert {knob for row in NAMED for knob in row.knobs} <= {name for _, name in names}
