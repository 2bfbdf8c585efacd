"""A sample of the screen for what moves nothing; the whole is `python -m tests.inert`."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

import pytest

from tests.inert.knobs import Knob
from tests.inert.named import NAMED
from tests.inert.run import BESIDE, judge, judge_further, knobs, moves

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


def test_everything_is_turned_once_and_what_is_excepted_is_there() -> None:
    names = [(knob.kind, knob.name) for knob in knobs()]
    assert len(set(names)) == len(names) > 400
    assert all(knob.settings for knob in knobs())
    assert set(BESIDE) <= {name for _, name in names}
    assert {knob for row in NAMED for knob in row.knobs} <= {name for _, name in names}
