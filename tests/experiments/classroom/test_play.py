from __future__ import annotations

import numpy as np
import pytest

from experiments.classroom.game.levers import game
from experiments.classroom.game.play import play
from experiments.classroom.game.standing import Change, changes
from experiments.classroom.game.table import positions
from experiments.classroom.levers import lever_file, span_of
from experiments.classroom.offered import ground
from sim.engines.compiled import Recording
from sim.engines.threads import run_many
from sim.errors import BadInput
from sim.measure.years import yearly

REGION, REGIME = "unicum", "historic-nl"
FIRST = 2011
SEEDS = [1, 2]


@pytest.fixture(scope="module")
def agents_alone() -> np.ndarray:
    return play(REGION, REGIME, [], SEEDS)


def parts(one: np.ndarray, other: np.ndarray) -> int | None:
    """Return the first year in which two classes differ, or None."""
    differs = np.flatnonzero((one != other).any(axis=(0, 2)))
    return FIRST + int(differs[0]) if len(differs) else None


def test_a_class_that_decides_nothing_is_an_ordinary_run(agents_alone: np.ndarray):
    on = ground(REGION, REGIME)
    recording = Recording(on.scenario.first, on.scenario.last, places=False, yearly=True)
    found = run_many(on.start, [(seed, seed) for seed in SEEDS], recording, threads=1)
    for seed, series in enumerate(found):
        assert isinstance(series, np.ndarray)
        expected, _ = yearly(series, recording.first)
        assert np.array_equal(agents_alone[seed], expected[:, 0])


def test_the_game_stands_on_the_levers_of_lessons():
    known = {lever.name: span_of(lever) for lever in lever_file().lever}
    for name, lever in game().levers.items():
        if lever.kind == "range":
            assert positions(lever) == known[name].positions()


@pytest.mark.parametrize("lever", [name for role in game().roles for name in role.levers])
def test_every_lever_of_the_game_moves_something_from_its_round_on(
    agents_alone: np.ndarray, lever: str
):
    stands = positions(game().levers[lever])
    years = []
    for value in (stands[0], stands[-1]):
        moved = play(REGION, REGIME, [Change(32, {lever: value})], SEEDS)
        years.append(parts(agents_alone, moved))
    begun = [year for year in years if year is not None]
    assert begun
    assert min(begun) >= 2014


def test_a_lever_set_where_it_stands_moves_nothing(agents_alone: np.ndarray):
    same = [Change(32, {"autonomy": 1.5, "threshold": 100000.0}), Change(48, {"norm": 12.0})]
    assert parts(agents_alone, play(REGION, REGIME, same, SEEDS)) is None


def test_a_later_decision_never_changes_what_was_lived_before_it():
    first = Change(32, {"threshold": 50000.0})
    one = play(REGION, REGIME, [first], SEEDS)
    for since, lever in ((48, {"threshold": 300000.0}), (64, {"mandate": 1.0, "secured": 1.0})):
        two = play(REGION, REGIME, [first, Change(since, lever)], SEEDS)
        found = parts(one, two)
        assert found is not None
        assert found >= 2006 + since // 4


def test_a_lever_can_be_put_back(agents_alone: np.ndarray):
    there = [Change(40, {"mergers": 0.0}), Change(41, {"mergers": 1.0})]
    away = play(REGION, REGIME, there[:1], SEEDS)
    back = play(REGION, REGIME, there, SEEDS)
    assert parts(away, back) is not None
    assert np.array_equal(back[:, :5], agents_alone[:, :5])


def test_what_a_group_did_is_the_class_without_it(agents_alone: np.ndarray):
    decisions = {0: {"insurer": {"mandate": 0.5}}, 1: {"practices": {"trust": 3.0}}}
    whole = play(REGION, REGIME, changes(game(), decisions), SEEDS)
    without = play(REGION, REGIME, changes(game(), decisions, without=["practices"]), SEEDS)
    assert np.array_equal(without, play(REGION, REGIME, [Change(32, {"mandate": 0.5})], SEEDS))
    assert parts(whole, without) == 2018
    nobody = changes(game(), decisions, without=[role.name for role in game().roles])
    assert np.array_equal(play(REGION, REGIME, nobody, SEEDS), agents_alone)


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ([Change(32, {"nrom": 1.0})], "unknown lever 'nrom'"),
        ([Change(48, {"norm": 10.0}), Change(32, {"norm": 11.0})], "not in order of time"),
        ([Change(0, {"norm": 10.0})], "begin with the run"),
        ([Change(400, {"norm": 10.0})], "after the last quarter"),
        ([Change(32, {"tradition": 0.1})], "acts on the start of a run"),
    ],
)
def test_what_cannot_be_played_is_refused(made: list[Change], said: str):
    with pytest.raises(BadInput, match=said):
        play(REGION, REGIME, made, SEEDS)
