from __future__ import annotations

from pathlib import Path

import pytest
from made_game import LEVERS, MadeLever, made_game

from experiments.classroom.game.said import Refused
from experiments.classroom.game.standing import CLOSED, OPEN, REVEALED, Change, Standing, changes
from experiments.classroom.game.table import SHIPPED, positions, read_game
from sim.errors import BadInput

GAME = made_game()


def test_rounds_begin_when_the_issue_says_and_end_in_2030():
    assert [one.first for one in GAME.rounds] == ["2014Q1", "2018Q1", "2022Q1", "2026Q1"]
    assert [GAME.until(k) for k in range(4)] == [47, 63, 79, 99]
    assert [role.name for role in GAME.roles] == [
        "insurer", "organisation", "hub", "practices", "municipality",
    ]  # fmt: skip


def test_positions_are_decimals_as_written():
    assert positions(MadeLever("a", 0.0, 0.3, 0.1)) == [0.0, 0.1, 0.2, 0.3]
    assert positions(MadeLever("a", 0.063, 0.09, 0.009)) == [0.063, 0.072, 0.081, 0.09]
    assert positions(MadeLever("a", -2.0, -1.0, 0.25)) == [-2.0, -1.75, -1.5, -1.25, -1.0]
    assert positions(MadeLever("a", 0.0, 0.01, 0.0005))[:3] == [0.0, 0.0005, 0.001]
    assert positions(MadeLever("a", 0.0, 2e-05, 1e-05)) == [0.0, 1e-05, 2e-05]
    assert len(positions(GAME.levers["norm"])) == 101
    assert positions(GAME.levers["mergers"]) == [0.0, 1.0]
    assert positions(GAME.levers["conformity"]) == [1.0, 2.0, 3.0]


def test_the_mark_changes_with_what_codes_hang_on():
    moved = [MadeLever("norm", 4.0, 24.0, 0.4) if one.name == "norm" else one for one in LEVERS]
    assert read_game(moved).mark != GAME.mark
    assert read_game(list(reversed(LEVERS))).mark == GAME.mark


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"norm"', '"nrom"', "lever 'nrom' is unknown. Did you mean 'norm'?"),
        ('"norm"', '"trust"', "'trust' is already turned by insurer"),
        ('first = "2018Q1"', 'first = "2013Q1"', "not in order of time"),
        ('last = "2030Q4"', 'last = "2025Q4"', "not in order of time"),
        ('first = "2014Q1"', 'first = "2014Q7"', "is not a date"),
        ('first = "2014Q1"', 'first = "2006Q1"', "after 2006Q1"),
        ("format = 1", "format = 99", "format"),
        ("format = 1", "format = ", "is no TOML"),
        ('name = "hub"', 'name = "insurer"', "two roles of one name"),
        ('name = "hub"', 'nmae = "hub"', "roles.2.name"),
        ('"cofunding", "adviser"', '"cofunding"', "roles.4.levers"),
    ],
)
def test_a_wrong_table_is_refused_in_a_sentence(tmp_path: Path, old: str, new: str, said: str):
    text = SHIPPED.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path = tmp_path / "game.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        read_game(LEVERS, path)
    assert said in str(refused.value)
    assert str(refused.value).startswith("game.toml")


def test_more_positions_than_a_code_holds_are_refused():
    fine = [
        MadeLever(one.name, 0.0, 1.0, 0.0005)
        if one.name in ("norm", "threshold", "mandate")
        else one
        for one in LEVERS
    ]
    with pytest.raises(BadInput, match="more positions than a short code can hold"):
        read_game(fine)


def test_a_decision_holds_until_a_later_one_of_the_same_lever():
    made = {
        0: {"insurer": {"norm": 10.0}, "hub": {"manager": 0.3}},
        2: {"insurer": {"norm": 12.0, "threshold": 50000.0}},
    }
    assert changes(GAME, made) == [
        Change(32, {"norm": 10.0, "manager": 0.3}),
        Change(64, {"threshold": 50000.0, "norm": 12.0}),
    ]
    assert changes(GAME, made, without=["insurer"]) == [Change(32, {"manager": 0.3})]
    assert changes(GAME, made, until=1) == [Change(32, {"norm": 10.0, "manager": 0.3})]


def test_a_lever_that_stays_where_it_stands_is_no_change():
    again = {0: {"insurer": {"norm": 10.0}}, 1: {"insurer": {"norm": 10.0}}}
    assert changes(GAME, again) == [Change(32, {"norm": 10.0})]


def test_a_class_goes_through_its_rounds():
    class_ = Standing(GAME)
    class_.decide("hub", 0, 0, {"manager": 0.1})
    class_.decide("hub", 0, 0, {"manager": 0.3})
    class_.step("close")
    with pytest.raises(Refused, match="closed"):
        class_.decide("hub", 0, 0, {})
    class_.step("open")  # of a closed round: again
    class_.step("reveal")
    assert (class_.round, class_.phase) == (0, REVEALED)
    class_.step("open")
    assert (class_.round, class_.phase) == (1, OPEN)
    with pytest.raises(Refused, match="Round 1 is not open: the class is in round 2"):
        class_.decide("hub", 0, 0, {})
    for _ in range(2):
        class_.step("reveal")
        class_.step("open")
    class_.step("reveal")
    with pytest.raises(Refused, match="last round"):
        class_.step("open")
    assert class_.now.decisions == {0: {"hub": {"manager": 0.3}}}


def test_rewinding_drops_what_follows_and_branching_keeps_it():
    class_ = Standing(GAME)
    class_.decide("hub", 0, 0, {"manager": 0.1})
    class_.step("reveal")
    class_.step("open")
    class_.decide("hub", 0, 1, {"manager": 0.2})
    class_.step("branch", 1)
    assert (class_.line, class_.round, class_.phase) == (1, 1, OPEN)
    with pytest.raises(Refused, match="another line"):
        class_.decide("hub", 0, 1, {})
    class_.decide("hub", 1, 1, {"manager": 0.3})
    class_.step("close")
    assert [line.decisions[1]["hub"]["manager"] for line in class_.lines] == [0.2, 0.3]
    assert class_.lines[1].parent == 0
    class_.step("line", 0)
    assert (class_.line, class_.round, class_.phase) == (0, 1, REVEALED)
    class_.step("rewind", 0)
    assert class_.lines[0].decisions == {}
    assert class_.lines[1].decisions[0] == {"hub": {"manager": 0.1}}
    assert (class_.round, class_.phase) == (0, OPEN)


@pytest.mark.parametrize(
    ("do", "number", "said"),
    [
        ("rewind", 1, "round 2 has not been played"),
        ("branch", 3, "round 4 has not been played"),
        ("line", 1, "there are 1 lines"),
        ("open", 0, "open already"),
        ("explode", 0, "is none of close, reveal"),
    ],
)
def test_what_cannot_be_done_now_changes_nothing(do: str, number: int, said: str):
    class_ = Standing(GAME)
    with pytest.raises(Refused, match=said):
        class_.step(do, number)
    assert class_ == Standing(GAME)
    assert class_.phase != CLOSED
