"""A class in Node: policy that changes while a run goes on, to the bit as natively."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from lessons import FOLDER, KERNEL, MODEL, SCRIPT, Lesson, lacking

from experiments.classroom.game.levers import game
from experiments.classroom.game.play import play
from experiments.classroom.game.standing import Change
from experiments.classroom.game.table import positions
from experiments.classroom.lesson import lesson_of

pytestmark = pytest.mark.skipif(bool(lacking()), reason=lacking())
REGION = "unicum"
REGIMES = ("historic-nl", "menzis", "design:component/organisation/patient/conditions")
SEEDS = [1, 2]
ROUNDS = [one.since for one in game().rounds]


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    return lesson_of([REGION], "nl", REGIMES)


def asked(lesson: Lesson, policies: Sequence[Any], folder: Path, **more: Any) -> list[Any]:
    """Return what each policy gives in Node: years of all outcomes, a history, or a message."""
    described, blocks = lesson
    (folder / "lesson.json").write_text(json.dumps(described), encoding="utf-8")
    (folder / "block").write_bytes(blocks[described["regions"][0]["block"]])
    jobs = [{"policy": policy, "seeds": SEEDS} for policy in policies]
    call = {"jobs": jobs, "region": 0, **more}
    (folder / "call.json").write_text(json.dumps(call), encoding="utf-8")
    command = ["node", str(SCRIPT), str(FOLDER / MODEL), str(FOLDER / KERNEL), str(folder)]
    subprocess.run(command, check=True)
    answers = json.loads((folder / "answers.json").read_text(encoding="utf-8"))
    if more.get("history"):
        return list(answers)
    values = np.fromfile(folder / "values", "<f8")
    shape = (-1, len(SEEDS), described["last"] - described["first"] + 1, len(described["outcomes"]))
    found = iter(values.reshape(shape))
    return [answer or next(found) for answer in answers]


def some_changes(draw: random.Random) -> list[Change]:
    names = sorted(game().levers)
    return [
        Change(
            since,
            {
                name: draw.choice(positions(game().levers[name]))
                for name in draw.sample(names, draw.randint(1, 6))
            },
        )
        for since in sorted(draw.sample(ROUNDS, draw.randint(1, len(ROUNDS))))
    ]


def policy(regime: str, changes: Sequence[Change]) -> dict[str, Any]:
    return {"regime": regime, "levers": {}, "dated": [one._asdict() for one in changes]}


def test_a_class_gives_native_values_to_the_bit(lesson: Lesson, tmp_path: Path) -> None:
    draw = random.Random(1)
    made = [(regime, some_changes(draw)) for regime in REGIMES for _ in range(3)]
    # Between them runs without changes: nothing of a class may be left behind.
    made = [one for pair in made for one in (pair, (pair[0], []))]
    found = asked(lesson, [policy(*one) for one in made], tmp_path)
    for (regime, changes), values in zip(made, found, strict=True):
        native = play(REGION, regime, changes, SEEDS)
        assert np.array_equal(values.view(np.int64), native.view(np.int64)), (regime, changes)


def test_a_history_is_the_same_until_a_change_and_not_after_it(
    lesson: Lesson, tmp_path: Path
) -> None:
    changes = [Change(64, {"autonomy": 0.75, "threshold": 0.0})]
    still, moved = asked(
        lesson, [policy(REGIMES[0], []), policy(REGIMES[0], changes)], tmp_path, history=True
    )
    assert still["states"][:16] == moved["states"][:16]
    assert still["states"] != moved["states"]
    before = [[one for one in told["events"] if one["tick"] < 64] for told in (still, moved)]
    assert before[0] == before[1]
    assert still["events"] != moved["events"]


def test_levers_of_the_game_are_in_every_lesson(lesson: Lesson) -> None:
    described = lesson[0]
    assert described["game"] == game().exported()
    shown = {lever["name"]: lever for lever in described["levers"]}
    assert set(game().levers) <= set(shown)
    for name, lever in game().levers.items():
        kept = [shown[name][key] for key in ("kind", "low", "high", "step")]
        assert kept == [lever.kind, lever.low, lever.high, lever.step]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            [Change(48, {"norm": 10.0}), Change(32, {"norm": 11.0})],
            "at 32 is out of order",
        ),
        ([Change(400, {"norm": 10.0})], "a change at 400 is out of order, or outside the run"),
        ([Change(32, {"tradition": 0.1})], "one of tradition acts on the start of a run"),
        ([Change(32, {"nrom": 1.0})], "lever nrom: the lesson does not hold it"),
        ([Change(32, {"mergers": 0.5})], "lever mergers: 0.5 is no position of it"),
    ],
)
def test_what_cannot_be_played_is_said(
    lesson: Lesson, tmp_path: Path, changes: list[Change], said: str
) -> None:
    (found,) = asked(lesson, [policy(REGIMES[0], changes)], tmp_path)
    assert isinstance(found, str)
    assert said in found
