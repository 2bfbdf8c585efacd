"""Plans: points, settings and batches of runs, from a design or from a points file."""

from __future__ import annotations

import itertools
import pickle
from pathlib import Path

from experiments import Scenario
from experiments.runs.values import Setting, written
from experiments.sweeps.store.about import points_table
from tests.made_plans import HEAD, LATIN, LEVERS, RANGES, RUNS, plan_of


def test_rows_alike_share_a_point(tmp_path: Path) -> None:
    text = '[uncertainties."organisation.minimum"]\nlow = 1\nhigh = 3\n'
    plan = plan_of(tmp_path, f"{HEAD}{RUNS}{text}[design]\nkind = 'sobol'\npoints = 16\n")
    assert len(plan.points) == 3 and len(plan.rows) == 16 and plan.runs == 9
    table = points_table(plan)
    assert table["row"].to_pylist() == list(range(1, 17))
    values = [float(plan.points[number - 1].values[0]) for number in table["point"].to_pylist()]
    assert values == table["organisation.minimum"].to_pylist()


def test_settings_say_the_value_to_the_last_bit(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, HEAD + RUNS + LEVERS + RANGES + LATIN)
    for number, point in enumerate(plan.points):
        texts = dict(one.text.split("=") for one in plan.settings(number))
        assert float(texts["choice.trust"]) == point.values[2]
        by_hand = Scenario(
            "synthetic:1:3", "historic-nl", settings=plan.settings(number), start="2009Q1",
            end="2010Q4", replicates=3, seed=7, record="yearly",
        )  # fmt: skip
        for seed in (7, 8, 9):
            assert plan.scenario(number).run_id(seed) == by_hand.run_id(seed)


def test_a_points_file_gives_back_the_design_it_holds(tmp_path: Path) -> None:
    first = plan_of(tmp_path, HEAD + RUNS + LEVERS + RANGES + LATIN)
    names = [factor.name for factor in first.experiment.factors]
    lines = [",".join(written(value) for value in point.values) for point in first.points]
    (tmp_path / "points.csv").write_text("\n".join([",".join(names), *lines]), encoding="utf-8")
    listed = '[design]\nkind = "points"\nfile = "points.csv"\n'
    again = plan_of(tmp_path, HEAD + RUNS + LEVERS + RANGES + listed)
    assert again.points == first.points
    assert [again.settings(k) for k in range(20)] == [first.settings(k) for k in range(20)]
    assert again.experiment.factors[0] == first.experiment.factors[0]


def test_a_column_that_is_no_factor_is_an_uncertainty_with_its_unit(tmp_path: Path) -> None:
    (tmp_path / "points.csv").write_text("choice.distance,title.ros.rate@2010Q1\n0.1,1\n0.2,1\n")
    plan = plan_of(tmp_path, f'{HEAD}{RUNS}[design]\nkind = "points"\nfile = "points.csv"\n')
    distance, rate = plan.experiment.factors
    assert (distance.role, distance.unit, distance.values) == ("uncertainty", "1/km", (0.1, 0.2))
    assert rate.keys == ("title.ros.rate@2010Q1",)
    assert plan.settings(1) == (
        Setting("choice.distance", 0.2), Setting("title.ros.rate@2010Q1", 1),
    )  # fmt: skip


def test_cells_of_a_points_file_are_values_of_their_factor(tmp_path: Path) -> None:
    factors = (
        '[levers.years]\nalternatives = { 1 = ["choice.money=0.5"], 2 = [] }\n'
        '[levers.on]\nalternatives = { true = ["merge.on=false"], false = [] }\n'
        '[levers."choice.refuse"]\nvalues = [false, true]\n'
    )
    (tmp_path / "points.csv").write_text("years,on,choice.refuse\n1.0,true,0\n2,false,TRUE\n")
    plan = plan_of(
        tmp_path, f'{HEAD}{RUNS}{factors}[design]\nkind = "points"\nfile = "points.csv"\n'
    )
    assert [point.values for point in plan.points] == [(1, "true", False), (2, "false", True)]
    assert plan.settings(0) == (
        Setting("choice.money", 0.5), Setting("merge.on", False), Setting("choice.refuse", False),
    )  # fmt: skip


def test_batches_are_the_runs_in_order_whoever_computes_them(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, HEAD + RUNS + LEVERS + RANGES + LATIN.replace("5", "40"))
    elsewhere = pickle.loads(pickle.dumps(plan))
    runs = [run for number in range(plan.batches) for run in plan.batch(number)]
    assert plan.batches > 1
    assert [run.number for run in runs] == list(range(plan.runs))
    assert [run.point for run in runs] == [point for point in range(160) for _ in range(3)]
    assert {run.seeds for run in runs} == {(7, 7), (8, 8), (9, 9)}
    for shards in (1, 2, 7):
        own = [list(range(shard, plan.batches, shards)) for shard in range(shards)]
        assert sorted(itertools.chain(*own)) == list(range(plan.batches))
    for number in reversed(range(plan.batches)):
        assert list(elsewhere.batch(number)) == list(plan.batch(number))
    assert elsewhere.id == plan.id
