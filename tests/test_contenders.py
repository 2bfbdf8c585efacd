"""Who takes part in benchmarks does the work it says, and what lacks is named and left out."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from benchmarks import core, guard, webassembly
from benchmarks.budgets import BUDGETS, Budget, budget_table
from benchmarks.contenders import Contender, Work, lesson_is_built, present, registry
from benchmarks.frameworks.frameworks import CONTENDERS as FRAMEWORKS
from benchmarks.many import lever_starts
from benchmarks.page import as_markdown
from benchmarks.plain.batch import CollectingModel
from benchmarks.sections import Table, scaled
from benchmarks.timing import Ratio
from experiments.classroom import built, lesson
from experiments.classroom.build import MODEL
from experiments.classroom.built import KERNEL
from sim.engines.branches import stretches
from sim.measure.outcomes import NAMES

SMALL = {"back-ends": Work(20, 6), "sweep": Work(20, 6, 4)}


def _nothing(_: Work) -> None:
    raise AssertionError("prepared without what it needs")


@pytest.mark.parametrize("kind", SMALL)
def test_contenders_that_say_so_give_the_outcomes_of_the_first_to_the_bit(kind: str) -> None:
    first, *others = [one for one in registry()[kind] if one.same]
    outcomes = first.prepare(SMALL[kind])()
    assert outcomes is not None
    assert outcomes.shape == (SMALL[kind].runs, SMALL[kind].quarters, len(NAMES))
    assert outcomes.any() and others
    for one in others:
        assert np.array_equal(one.prepare(SMALL[kind])(), outcomes), one.name


@pytest.mark.skipif(not (shutil.which("node") and lesson_is_built()), reason="no lesson's kernel")
def test_webassembly_gives_the_outcomes_of_the_native_kernel_to_the_bit() -> None:
    native, node = registry()["web"]
    expected = native.prepare(Work(119, 100))()
    try:
        assert np.array_equal(node.prepare(Work(119, 100))(), expected)
    finally:
        node.close()


MADE_MODEL = """
export class Model {
  static async make(lesson, region, kernel, block) { return new Model(); }
  run(policy, seeds) { return Float64Array.from({ length: 60 }, (_, k) => seeds[0] + k / 7); }
}
"""


@pytest.mark.skipif(shutil.which("node") is None, reason="no Node")
def test_what_node_hands_over_as_text_is_the_same_to_the_bit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / MODEL).write_text(MADE_MODEL, encoding="utf-8")
    (tmp_path / KERNEL).write_bytes(b"")
    monkeypatch.setattr(built, "FOLDER", tmp_path)
    monkeypatch.setattr(webassembly, "WARM", 2)
    made = {"first": 2011, "last": 2030}, {"unicum.block": b""}
    monkeypatch.setattr(lesson, "lesson_of", lambda *_: made)
    (node,) = [one for one in registry()["web"] if one.name == webassembly.NODE]
    try:
        outcomes = node.prepare(Work(119, 100))()
    finally:
        node.close()
    assert outcomes is not None and outcomes.shape == (1, 20, 3)
    # The seed after those that warmed it up.
    assert outcomes.ravel().tolist() == [3 + k / 7 for k in range(60)]


@pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler")
def test_the_core_in_c_chooses_what_the_rules_choose_to_the_bit(tmp_path: Path) -> None:
    one = core.core_of(119)
    in_c = core.compiled_c(one, tmp_path)
    ours, other = core.room(one, 5), core.room(one, 5)
    core.choose_all(one.tables, one.contacts, core.SEED, *ours)
    core.choose_in_c(in_c, one, other)
    for mine, its in zip(ours, other, strict=True):
        assert np.array_equal(mine, its)
    alive = one.tables.practices["alive"]
    assert len(np.unique(ours.best[:, alive])) > 1 and len(np.unique(ours.cause[:, alive])) > 3
    # What is perceived counts: other contacts, other choices.
    one.contacts["trust"] += 1.0
    core.choose_in_c(in_c, one, other)
    assert not np.array_equal(ours.highest, other.highest)


def test_structs_of_c_lie_where_the_rows_do() -> None:
    kind = np.dtype([("id", "i8"), ("short", "f8"), ("alive", "?"), ("seen", "f8", 3)])
    written = core.struct_of("row", kind, {"alive", "seen"})
    assert "char pad0[16];\n  uint8_t alive;\n  double seen[3];" in written
    assert "short" not in written and "sizeof(struct row) == 41" in written


def test_a_collecting_model_keeps_each_outcome_of_each_quarter() -> None:
    model = CollectingModel(20, 6, 1)
    for _ in range(3):
        model.step()
    assert {len(column) for column in model.datacollector.model_vars.values()} == {3}
    measured = dict(zip(NAMES, model.measure(), strict=True))
    kept = model.datacollector.model_vars
    assert all(kept[name][-1] == value for name, value in measured.items())
    assert kept["practices"][-1] > 0 and kept["insured"][-1] != kept["practices"][-1]


def test_levers_have_one_past_until_2018_and_then_differ() -> None:
    # The quarter before decides by what comes.
    (whole,) = stretches(lever_starts(60, 4))
    assert whole.until == 47 and len(whole.then) == 4


def test_what_lacks_something_is_named_and_left_out() -> None:
    there = Contender("there", "", _nothing, same=True, needs=("json", "json/dumps"))
    gone = [
        Contender("a", "", _nothing, same=True, needs=("no_such_module.inside", "program:no-such")),
        Contender("b", "", _nothing, same=True, needs=("json/no_such_function",)),
    ]
    field = present([gone[0], there, gone[1]])
    assert field.here == (there,)
    assert field.left_out == (
        "a is left out: it needs the package no_such_module.inside and the program no-such",
        "b is left out: it needs the package json.no_such_function",
    )
    assert field.left_out[0] in as_markdown(Table("t", ("a",), [("x",)], field.left_out))


@pytest.mark.parametrize("one", present(FRAMEWORKS).here, ids=lambda one: one.name)
def test_an_epidemic_goes_up_and_down_in_every_framework(one: Contender) -> None:
    infected = one.prepare(Work(200, 60))()
    assert infected is not None and infected.shape == (1, 60, 1)
    assert 0 <= infected.min() and 40 < infected.max() <= 200
    assert infected[0, -1, 0] < infected.max()


def test_runs_share_the_cost_of_starting_processes() -> None:
    # 4 seconds to start and half a second a run: 1,000 runs take 504 seconds.
    assert scaled(more=10.0, count=12, few=5.0, least=2, total=1000) == pytest.approx(0.504)
    assert scaled(more=4.0, count=12, few=5.0, least=2, total=1000) == 0.005


def test_budgets_are_set_beside_what_was_found() -> None:
    fast = Budget("fast", "a", 100.0, True, "slow rules")
    assert fast.met(Ratio(100.0, 50.0, 150.0)) and not fast.met(Ratio(99.0, 50.0, 150.0))
    assert Budget("", "", 1.5, False, "").met(Ratio(1.5, 1.0, 9.0))
    region = next(one for one in BUDGETS if one.key == "plain-mesa at 119")
    rows = dict(zip((one.key for one in BUDGETS),
                    budget_table({region.key: Ratio(57.0, 51.0, 62.0), "threads": Ratio(1.9, 1, 2),
                                  "unknown": Ratio(1, 1, 1)}).rows, strict=True))  # fmt: skip
    assert rows[region.key][1:3] == ("at least 100 x", "57 (51-62) x")
    assert rows[region.key][3] == f"not reached: {region.reason}"
    assert rows["threads"][3] == "reached"
    assert rows["short"][2:] == ("", "not measured in this run")


COUNTS = {"pay": 4000.0, "meet": 3000.0, "fall": 2900.0, "rare": 100.0}


def test_the_guard_lets_little_growth_pass_and_says_what_is_new() -> None:
    now = {**COUNTS, "pay": 4300.0, "rare": 190.0, "new": 50.0}
    assert guard.judge(COUNTS, now) == ([], ["new: new"])
    assert guard.judge(COUNTS, {**COUNTS, "meet": 2000.0, "rare": 50.0}).wrong == []


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"meet": 3310.0}, ["meet"]),
        ({"rare": 300.0}, ["rare"]),  # it has got weight
        ({"pay": 4390.0, "meet": 3200.0}, ["all together"]),
        ({"more": 600.0}, ["all together"]),
        ({"pay": 8000.0}, ["all together", "pay"]),
    ],
)
def test_the_guard_stops_at_a_tenth_of_a_kernel_and_a_twentieth_of_all(
    changed: dict[str, float], wrong: list[str]
) -> None:
    found = guard.judge(COUNTS, {**COUNTS, **changed}).wrong
    assert [line.split(":")[0] for line in found] == wrong


def test_the_guard_keeps_counts_and_fails_by_its_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "counts.csv"
    guard.write(COUNTS, "numba 0", path)
    about, before = guard.read(path)
    assert (about, before) == ("numba 0", COUNTS) and next(iter(before)) == "pay"
    assert guard.report(before, COUNTS, guard.versions()) == 0
    assert "may be theirs" not in capsys.readouterr().out
    assert guard.report(before, {**COUNTS, "pay": 8000.0}, about) == 1
    assert "may be theirs" in capsys.readouterr().out
