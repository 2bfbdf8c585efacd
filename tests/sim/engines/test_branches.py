"""Runs that share a past end in the bits of runs alone; rules read no more than was declared."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

import numpy as np
import pytest

import sim.phases
from agents.compiled.record import FloatArray
from experiments.runs.scenario import Scenario
from experiments.runs.start import start_tables
from experiments.runs.values import Setting
from sim.engines.branches import Stretch, Together, run_branches, stretches
from sim.engines.compiled import Recording, RunFailed
from sim.engines.shared import READ, said
from sim.engines.shared import agree as quarters_alike
from sim.engines.threads import run_many
from sim.policy.load import regime_names
from sim.reading.dates import tick_of
from sim.tables import Tables

ROOT = Path(sim.phases.__path__[0]).parents[1]
EVERY = Recording(0, 99, True)
DESIGNS = (
    "design:bundled/organisation/insured", "design:component/practice/act",
    "design:component/organisation/two-part/conditions", "design:bundled/practice/effort",
)  # fmt: skip


def start(regime: str, *settings: str, region: str = "unicum") -> Tables:
    own = tuple(Setting.read(text) for text in settings)
    return start_tables(Scenario(region=region, regime=regime, settings=own))


def alone(starts: list[Tables], pairs: list[tuple[int, int]], recording: Recording) -> list[bytes]:
    return [
        one.tobytes() if isinstance(one, np.ndarray) else str(one).encode()
        for begun in starts
        for one in run_many(begun, pairs, recording, threads=1)
    ]


def shared(starts: list[Tables], pairs: list[tuple[int, int]], recording: Recording) -> list[bytes]:
    return [
        one.tobytes() if isinstance(one, np.ndarray) else str(one).encode()
        for many in run_branches(starts, pairs, recording)
        for one in many
    ]


def agree(a: Tables, b: Tables) -> int:
    return quarters_alike(*said([a, b]))


def computed(stretch: Stretch) -> int:
    return stretch.until - stretch.first + sum(computed(then) for then in stretch.then)


@pytest.mark.parametrize("region", ["unicum", "synthetic:6:2"])
def test_all_regimes_at_once_give_what_each_gives_alone(region: str) -> None:
    names = [name for name in regime_names() if not name.startswith("design:")]
    starts = [start(name, region=region) for name in (*names, *DESIGNS)]
    quarters = sum(computed(stretch) for stretch in stretches(starts))
    assert quarters < 0.75 * 100 * len(starts)
    pairs = [(3, 3), (4, 9)]
    assert shared(starts, pairs, EVERY) == alone(starts, pairs, EVERY)


def test_dated_settings_part_when_they_say() -> None:
    texts = [
        (), ("title.gez.in_force@2021Q1=0.5",), ("title.ros.rate@2012Q1=2.5",),
        ("title.ros.rate@2012Q1=2.5", "policy.stance@2024Q1=0.5"),
        ("title.regiomanagement.mandate@2018Q1=0.5",), ("policy.benchmark@2020Q1=0.5",),
    ]  # fmt: skip
    starts = [start("historic-nl", *own) for own in texts]
    # A quarter looks one ahead; the run-down of GEZ, from 2019 on, may skip years of its title.
    assert agree(starts[0], starts[2]) == 23 == agree(starts[0], starts[3])
    assert agree(starts[2], starts[3]) == 71
    assert agree(starts[0], starts[1]) == 51
    # Whether costs are compared is asked nine quarters ahead.
    assert agree(starts[0], starts[5]) == 47
    recording = Recording(30, 80, False, yearly=True)
    pairs = [(1, 1), (2, 2), (5, 5)]
    assert shared(starts, pairs, recording) == alone(starts, pairs, recording)


def test_what_is_set_from_the_beginning_is_not_shared() -> None:
    starts = [start("historic-nl"), start("historic-nl", "choice.trust=1.37")]
    assert agree(*starts) == 0
    assert [s.runs for s in stretches(starts)] == [(0,), (1,)]
    assert shared(starts, [(1, 1)], EVERY) == alone(starts, [(1, 1)], EVERY)


def test_equal_starts_are_run_once() -> None:
    starts = [
        start("historic-nl"),
        start("historic-nl", "title.ros.rate@2030Q4=3"),
        start("menzis"),
    ]
    again = [*starts, start("historic-nl")]
    found = stretches(again)
    assert sum(computed(stretch) for stretch in found) < 260
    assert shared(again, [(2, 2)], EVERY) == alone(again, [(2, 2)], EVERY)


def test_a_failure_in_the_shared_past_is_one_of_all_and_a_later_one_of_its_own() -> None:
    plain, other = start("historic-nl"), start("zilveren-kruis")
    # Practices that cannot be: the ledger's room is too small from the first quarter on.
    small = [begun._replace(events=begun.events[:3]) for begun in (plain, other)]
    (one,), (two,) = run_branches(small, [(1, 1)], EVERY)
    assert isinstance(one, RunFailed) and str(one) == str(two)
    assert str(one) == str(run_many(small[0], [(1, 1)], EVERY, threads=1)[0])


def test_a_row_one_quarter_earlier_ends_what_is_shared_one_earlier() -> None:
    a = start("historic-nl")
    b = start("historic-nl")
    k = int(np.flatnonzero(b.titles["active"][60])[0])
    for tick in (60, 59, 41):
        b.titles["lump"][tick, k] += 1.0
        assert agree(a, b) == tick - 1
    b.policy["stance"][20, 0] += 0.5
    assert agree(a, b) == 19


def rows_read(name: str) -> set[str]:
    """Return every index of rows of a table of dated values in kernels, as it is written."""
    found = set()
    for path in sorted([*(ROOT / "sim").rglob("*.py"), *(ROOT / "agents").rglob("*.py")]):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Subscript) or not isinstance(node.value, ast.Attribute):
                continue
            owner = node.value.value
            if node.value.attr == name and isinstance(owner, ast.Name) and owner.id == "tables":
                found.add(ast.unparse(node.slice))
    return found


@pytest.mark.parametrize("name", ["titles", "policy"])
def test_rules_read_only_the_quarters_that_sharing_knows_of(name: str) -> None:
    assert rows_read(name) == READ[name]


@pytest.mark.parametrize("name", ["titles", "policy"])
def test_rules_have_no_other_way_to_these_rows(name: str) -> None:
    """A rule that held the whole table under another name could read any row of it unseen."""
    found = []
    for path in sorted([*(ROOT / "sim").rglob("*.py"), *(ROOT / "agents").rglob("*.py")]):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        seen = {
            id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Subscript)
        } | {
            id(node.args[0]) for node in ast.walk(tree)
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "len" and node.args
        }  # fmt: skip
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr == name and id(node) not in seen:
                if ast.unparse(node.value) == "tables":
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert [one for one in found if not one.startswith("sim/other_policy.py")] == []


def test_runs_that_start_later_share_what_they_begin_with() -> None:
    own = [(), ("title.ros.rate@2026Q1=2.5",), ("policy.stance@2025Q1=0.5",)]
    scenarios = [
        Scenario("unicum", "historic-nl", settings=one, begin="2019Q1", start="2019Q1")
        for one in own
    ]
    starts = [start_tables(scenario) for scenario in scenarios]
    found = stretches(starts)
    assert [one.first for one in found] == [52] and sum(map(computed, found)) < 3 * 48
    recording = Recording(52, 99, True)
    pairs = [(1, 1), (2, 5)]
    assert shared(starts, pairs, recording) == alone(starts, pairs, recording)


def test_the_first_quarter_of_a_date_is_the_one_rules_look_to() -> None:
    starts = [start("historic-nl"), start("zilveren-kruis")]
    assert agree(*starts) == tick_of(date(2018, 1, 1)) - 1


def test_runs_go_on_from_a_state_in_tables_that_others_have_used() -> None:
    """Rows behind those in use are those of the start, whoever ran there before."""
    texts = [
        (*early, *late)
        for early in ((), ("choice.trust=1.37",))
        for late in ((), ("title.ros.rate@2018Q1=3",), ("policy.stance@2020Q1=0.5",))
    ]
    starts = [start("historic-nl", *own) for own in texts]
    recording = Recording(60, 80, False)
    together = Together(starts, recording)
    assert [one.runs for one in together.plan] == [(0, 1, 2), (3, 4, 5)]
    assert len({together._room(run) for run in range(6)}) == 1
    for pairs in ([(1, 1)], [(2, 2), (3, 7)], [(1, 1)]):
        own = [one.tobytes() for many in together.run(pairs) for one in many]
        assert own == alone(starts, pairs, recording)


def test_tariffs_are_solved_on_the_population_of_the_run_that_goes_on() -> None:
    """Not on that of whoever ran first in the tables that several starts use."""
    first = ("design.resolve=0",)  # at the start of a run: later nothing shows
    kin = (first, (*first, "population.cv_solo=0.1", "population.need_spread=0.5"))
    starts = [start(name, *own) for own in kin for name in ("historic-nl", *DESIGNS)]
    together = Together(starts, Recording(60, 80, False))
    assert len(together.rooms) == 0 and len(together.plan) == len(kin)
    found = [one.tobytes() for many in together.run([(1, 1), (2, 7)]) for one in many]
    assert len(together.rooms) < len(starts) / 2, "starts of both kinds in the same tables"
    assert found == alone(starts, [(1, 1), (2, 7)], Recording(60, 80, False))


def test_a_failure_leaves_nothing_behind() -> None:
    starts = [start("historic-nl"), start("zilveren-kruis")]
    recording = Recording(60, 80, False)
    together = Together(starts, recording)
    room = together._room(0)
    whole = [one.tobytes() for many in together.run([(1, 1)]) for one in many]
    kept = room.tables
    room.tables = kept._replace(events=kept.events[:3])
    assert all(isinstance(one, RunFailed) for many in together.run([(1, 1)]) for one in many)
    assert room.kin is None
    room.tables = kept
    for name in ("practices", "units", "organisations"):  # a row begun and not counted
        for column in getattr(kept, name).columns.values():
            column[-1:].view(np.uint8)[:] = 7
    assert [one.tobytes() for many in together.run([(1, 1)]) for one in many] == whole


def test_what_lies_between_the_fields_of_a_table_says_nothing() -> None:
    a, b = start("historic-nl"), start("historic-nl", "title.ros.rate@2018Q1=3")
    between = np.ones(a.titles.dtype.itemsize, bool)
    for name in a.titles.dtype.names:
        kind, at = a.titles.dtype.fields[name][:2]
        between[at : at + kind.itemsize] = False
    assert between.any()
    rubbish = b.titles.view(np.uint8).reshape(*b.titles.shape, -1)
    rubbish[..., between] = 9
    assert agree(a, b) == tick_of(date(2018, 1, 1)) - 1


def spread(found: list[list[FloatArray | RunFailed]]) -> set[bytes]:
    return {one.tobytes() for many in found for one in many if isinstance(one, np.ndarray)}


def test_seeds_still_matter() -> None:
    starts = [start("historic-nl"), start("zilveren-kruis")]
    found = run_branches(starts, [(1, 1), (2, 2), (1, 2)], Recording(80, 99, False))
    assert len(spread(found)) == 6
