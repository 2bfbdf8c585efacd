"""The order in which runs are computed: those that may share a past side by side."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np

from experiments.sweeps.plan.plan import Plan
from experiments.sweeps.plan.planning import LEAST_OF_FAMILY, MOST_IN_BATCH
from experiments.sweeps.work.compute import kept_of
from tests.made_plans import HEAD, plan_of

RUNS = """
[runs]
regions = ["synthetic:1:3"]
regimes = [{regimes}]
from = "2016Q1"
to = "2019Q4"
replicates = {replicates}
"""
DATED = """
[levers."title.ros.rate@2018Q1"]
values = [0.5, 1.0, 1.5]
[levers."policy.stance@2017Q1"]
values = [0.0, 0.4]
"""
EARLY = """
[levers."choice.trust"]
values = [0.5, 1.5]
"""


def made(folder: Path, text: str, regimes: str = '"historic-nl"', replicates: int = 5) -> Plan:
    runs = RUNS.format(regimes=regimes, replicates=replicates)
    return plan_of(folder, HEAD + runs + text)


def stretches(plan: Plan) -> list[list[tuple[int, int]]]:
    return [[(run.point, run.seeds[0]) for run in plan.batch(k)] for k in range(plan.batches)]


def test_without_dates_runs_are_computed_as_they_are_numbered(tmp_path: Path) -> None:
    plan = made(tmp_path, EARLY)
    assert plan.order is None and plan.size == MOST_IN_BATCH
    assert [run.number for run in plan.batch(0)] == list(range(10))


def test_every_run_is_in_one_batch_whatever_the_order(tmp_path: Path) -> None:
    plan = made(tmp_path, DATED + EARLY, '"historic-nl", "zilveren-kruis"', replicates=7)
    assert plan.order is not None and plan.order.largest == 12
    numbers = [run.number for k in range(plan.batches) for run in plan.batch(k)]
    assert sorted(numbers) == list(range(plan.runs)) != numbers
    assert all(plan.run(number).number == number for number in numbers)


def test_a_batch_holds_whole_families_of_a_seed(tmp_path: Path) -> None:
    plan = made(tmp_path, DATED + EARLY, '"historic-nl", "zilveren-kruis"', replicates=7)
    assert plan.order is not None and plan.size == 60
    family = plan.order.family
    for batch in stretches(plan):
        sizes = Counter((int(family[point]), seed) for point, seed in batch)
        assert set(sizes.values()) == {12}
    # What acts from the beginning on parts families, what has a date does not.
    early = [float(point.values[2]) for point in plan.points]
    assert len({(int(f), value) for f, value in zip(family, early, strict=True)}) == 2


def test_points_that_part_last_stand_side_by_side(tmp_path: Path) -> None:
    plan = made(tmp_path, DATED, replicates=1)
    stances = [plan.points[run.point].values[1] for run in plan.batch(0)]
    assert stances == [0.0] * 3 + [0.4] * 3


def test_regimes_that_differ_from_the_first_quarter_on_share_nothing(tmp_path: Path) -> None:
    plan = made(tmp_path, EARLY, '"historic-nl", "per-insurer"')
    assert plan.order is None


def test_a_large_region_has_runs_enough_in_a_batch_to_share(tmp_path: Path) -> None:
    text = HEAD + RUNS.format(regimes='"historic-nl"', replicates=3).replace(
        "synthetic:1:3", "synthetic:345:1"
    )
    plan = plan_of(tmp_path, text + DATED)
    assert plan.order is not None and plan.order.largest == plan.size == 6 < LEAST_OF_FAMILY


def test_runs_that_share_a_past_are_stored_as_they_are_alone(tmp_path: Path) -> None:
    plan = made(tmp_path, DATED + EARLY, '"historic-nl", "design:bundled/practice/act"', 2)
    runs = [run for k in range(plan.batches) for run in plan.batch(k)]
    together, _ = kept_of(plan, runs)
    assert len(together) == plan.runs == 48
    for kept, run in zip(together, runs, strict=True):
        (alone,), _ = kept_of(plan, [run])
        assert kept.values is not None and alone.values is not None
        assert np.array_equal(kept.values, alone.values, equal_nan=True)
        assert kept._replace(values=None, ticks=alone.ticks) == alone._replace(values=None)
