"""Designs: which points they give, in which order, and that the same file gives the same runs."""

from __future__ import annotations

import itertools
import math
import pickle
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from scipy.stats import truncnorm

from agents.parameters import DECLARED
from experiments import Scenario
from experiments.runs.values import Setting, written
from experiments.sweeps.file.design import Design, count_of, rows_of, unit_sample
from experiments.sweeps.file.experiment import read_experiment
from experiments.sweeps.file.factors import Factor
from experiments.sweeps.file.names import COLUMNS
from experiments.sweeps.plan import planning
from experiments.sweeps.plan.plan import Plan
from experiments.sweeps.plan.planning import make_plan
from experiments.sweeps.store.about import points_table
from experiments.sweeps.store.finish import _runs_table
from experiments.sweeps.store.layout import POINTS
from results.store.folder import write_parquet

HEAD = 'name = "design"\nquestion = "Which points?"\n'
RUNS = """\
[runs]
regions = ["synthetic:1:3"]
regimes = ["historic-nl"]
from = "2009Q1"
to = "2010Q4"
replicates = 3
seed = 7
"""
LEVERS = """\
[levers."title.ros.rate"]
values = [0.5, 1.5]
text = "what the ROS is paid"

[levers.rule]
alternatives = { none = [], strict = ["organisation.minimum=9", "choice.redraw=0.2"] }
"""
RANGES = """\
[uncertainties."choice.trust"]
low = 0.5
high = 2.0

[uncertainties."choice.noise"]
low = 0.1
high = 2.0
distribution = "log-uniform"
"""
LATIN = '[design]\nkind = "latin-hypercube"\npoints = 5\nseed = 3\n'


def plan_of(folder: Path, text: str, name: str = "design.toml") -> Plan:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return make_plan(read_experiment(path))


def ranged(low: float, high: float, distribution: str = "uniform", *shape: float) -> Factor:
    return Factor(
        "x", "uncertainty", ("x",), low=low, high=high, distribution=distribution, shape=shape
    )


def quantile(factor: Factor, share: float) -> float:
    return float(factor.at(np.array([share]))[0])


# Designs


def test_a_factorial_is_every_combination_the_last_factor_fastest() -> None:
    factors = (
        Factor("a", "lever", ("a",), (1, 2)),
        replace(ranged(0.0, 1.0), levels=3),
        Factor("b", "lever", ("b",), ("x", "y")),
    )
    rows = rows_of(Design("factorial"), factors)
    assert rows == list(itertools.product((1, 2), (0.0, 0.5, 1.0), ("x", "y")))
    assert len(rows) == count_of(Design("factorial"), factors) == 12


@pytest.mark.parametrize("seed", [0, 1, 2**32 - 1])
def test_a_latin_hypercube_has_each_stratum_of_each_factor_once(seed: int) -> None:
    sample = unit_sample(Design("latin-hypercube", 50, seed), 4)
    assert sample.shape == (50, 4)
    assert (np.sort(np.floor(sample * 50), axis=0) == np.arange(50)[:, None]).all()


def test_a_sobol_sample_is_balanced() -> None:
    sample = unit_sample(Design("sobol", 64, 5), 3)
    assert (np.sort(np.floor(sample * 64), axis=0) == np.arange(64)[:, None]).all()
    for one, other in itertools.combinations(range(3), 2):  # a quarter of the points in each
        cells = np.floor(sample[:, one] * 2) * 2 + np.floor(sample[:, other] * 2)
        assert np.bincount(cells.astype(int)).tolist() == [16] * 4


@pytest.mark.parametrize(("pairs", "rows"), [(False, 5), (True, 8)])
def test_saltelli_swaps_one_factor_at_a_time(pairs: bool, rows: int) -> None:
    design = Design("saltelli", 8, 1, second_order=pairs)
    sample = unit_sample(design, 3)
    assert sample.shape == (8 * rows, 3)
    assert count_of(design, (ranged(0, 1),) * 3) == 8 * rows
    for block in sample.reshape(8, rows, 3):
        first, last = block[0], block[-1]
        for k in range(3):
            assert block[1 + k].tolist() == [*first[:k], last[k], *first[k + 1 :]]
            if pairs:
                assert block[4 + k].tolist() == [*last[:k], first[k], *last[k + 1 :]]


@pytest.mark.parametrize("grid", [2, 4, 8])
def test_each_step_of_morris_moves_one_factor_half_the_grid(grid: int) -> None:
    design = Design("morris", 10, 0, grid=grid)
    sample = unit_sample(design, 3)
    assert sample.shape == (10 * 4, 3)
    assert count_of(design, (ranged(0, 1),) * 3) == 40
    assert np.allclose(sample * (grid - 1), np.round(sample * (grid - 1)))
    steps = np.diff(sample.reshape(10, 4, 3), axis=1)
    moved = ~np.isclose(steps, 0.0)
    assert (moved.sum(axis=2) == 1).all() and (moved.sum(axis=1) == 1).all()
    assert np.allclose(np.abs(steps[moved]), grid / (2 * (grid - 1)))


@pytest.mark.parametrize("kind", ["latin-hypercube", "sobol", "saltelli", "morris"])
@pytest.mark.parametrize("seed", [0, 11])
def test_the_same_seed_gives_the_same_sample_and_no_other_draw(kind: str, seed: int) -> None:
    np.random.seed(4)
    before = np.random.get_state()[1].tolist()
    sample = unit_sample(Design(kind, 8, seed), 2)
    assert np.random.get_state()[1].tolist() == before
    assert (sample == unit_sample(Design(kind, 8, seed), 2)).all()
    assert (sample != unit_sample(Design(kind, 8, seed + 1), 2)).any()
    assert ((sample >= 0) & (sample <= 1)).all()


def test_every_listed_value_meets_the_same_sample(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, HEAD + RUNS + LEVERS + RANGES + LATIN)
    rows = [point.values for point in plan.points]
    assert len(rows) == 2 * 2 * 5
    crossed = [row[:2] for row in rows]
    assert crossed == [
        pair for pair in itertools.product((0.5, 1.5), ("none", "strict")) for _ in "12345"
    ]
    drawn = [row[2:] for row in rows]
    assert drawn == drawn[:5] * 4 and len(set(drawn)) == 5


# Distributions


@pytest.mark.parametrize(
    ("share", "value"),
    # Density rises from 0 at 0 to 1/2 at 1 and falls to 0 at 4: F(x) = x^2/4, then 1-(4-x)^2/12.
    [(0.0, 0.0), (1 / 16, 0.5), (0.25, 1.0), (0.25 + 5 / 12, 2.0), (11 / 12, 3.0), (1.0, 4.0)],
)
def test_triangular(share: float, value: float) -> None:
    assert quantile(ranged(0.0, 4.0, "triangular", 1.0), share) == pytest.approx(value)


@pytest.mark.parametrize("mode", [0.0, 4.0])
def test_triangular_with_its_mode_at_an_end(mode: float) -> None:
    factor = ranged(0.0, 4.0, "triangular", mode)
    assert quantile(factor, 0.75) == pytest.approx(2.0 if mode == 0.0 else math.sqrt(12.0))


@pytest.mark.parametrize(
    ("share", "value"),
    # Of a standard normal 68.2689% lies within 1, 38.2925% within 0.5.
    [(0.0, -1.0), (0.5 - 0.191462461 / 0.682689492, -0.5), (0.5, 0.0), (1.0, 1.0)],
)
def test_normal_cut_off_at_the_ends(share: float, value: float) -> None:
    assert quantile(ranged(-1.0, 1.0, "normal", 0.0, 1.0), share) == pytest.approx(value, abs=1e-8)


@pytest.mark.parametrize(("low", "high"), [(-1.0, 2.0), (8.0, 9.0), (-9.0, -8.0), (20.0, 30.0)])
def test_normal_in_a_tail_keeps_its_digits(low: float, high: float) -> None:
    shares = np.linspace(0.0, 1.0, 101)
    found = np.array(ranged(low, high, "normal", 0.0, 1.0).at(shares), dtype=float)
    assert (np.diff(found) > 0).all()
    assert (found[0], found[-1]) == pytest.approx((low, high))
    middle = truncnorm.ppf(0.5, low, high) if low < 8 else -truncnorm.ppf(0.5, -high, -low)
    assert found[50] == pytest.approx(middle, rel=1e-6)


def test_log_uniform_is_even_in_the_logarithm() -> None:
    factor = ranged(0.01, 1.0, "log-uniform")
    assert quantile(factor, 0.5) == pytest.approx(0.1)
    assert factor.spread(3) == (0.01, pytest.approx(0.1), 1.0)
    assert quantile(factor, 1.0) <= 1.0 and quantile(factor, 0.0) >= 0.01


def test_whole_numbers_are_equally_likely() -> None:
    factor = replace(ranged(-1.0, 3.0), whole=True)
    found = factor.at((np.arange(5000) + 0.5) / 5000)
    assert {value: found.count(value) for value in found} == dict.fromkeys(range(-1, 4), 1000)
    assert factor.at(np.array([0.0, 1.0])) == [-1, 3] == list(factor.extremes())
    assert all(type(value) is int for value in found)
    assert factor.spread(5) == (-1, 0, 1, 2, 3)


def test_levels_are_even_and_end_at_the_ends() -> None:
    assert ranged(0.1, 0.7).spread(4) == (0.1, pytest.approx(0.3), pytest.approx(0.5), 0.7)
    for most in (3, 7, 20):
        for count in range(2, most + 2):
            assert len(set(replace(ranged(0.0, most), whole=True).spread(count))) == count


# Plans


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


# What a sweep is told by


WHOLE = HEAD + RUNS + LEVERS + RANGES + LATIN


@pytest.mark.parametrize(
    "text",
    [
        WHOLE.replace('name = "design"', 'name = "another"\ntext = "more words"\nschema = 1'),
        WHOLE.replace("Which points?", "Or which?"),
        WHOLE.replace("what the ROS is paid", "another text") + "# a remark\n",
        HEAD + LATIN + RANGES + LEVERS + RUNS,
        WHOLE.replace('."choice.trust"', ".choice.trust").replace(
            '"title.ros.rate"', "title.ros.rate"
        ),
        WHOLE.replace('[levers."title.ros.rate"]', "[ levers . 'title.ros.rate' ]"),
        WHOLE.replace('to = "2010Q4"', 'to = "2010-10-01"'),
        WHOLE + '[record]\nwhen = "yearly"\nscopes = "all"\n',
        WHOLE.replace("low = 0.5", "low = 5e-1").replace("high = 2.0", "high = 2"),
    ],
)
def test_words_and_the_way_of_writing_change_no_id(text: str, tmp_path: Path) -> None:
    first, other = plan_of(tmp_path, WHOLE), plan_of(tmp_path, text, "other.toml")
    assert text != WHOLE
    assert other.id == first.id and other.points == first.points
    assert [other.settings(k) for k in range(20)] == [first.settings(k) for k in range(20)]


@pytest.mark.parametrize(
    "text",
    [
        WHOLE.replace("seed = 7", "seed = 8"),
        WHOLE.replace("seed = 3", "seed = 4"),
        WHOLE.replace("points = 5", "points = 6"),
        WHOLE.replace('"latin-hypercube"', '"sobol"').replace("points = 5", "points = 4"),
        WHOLE.replace("replicates = 3", "replicates = 4"),
        WHOLE.replace("1.5", "1.25"),
        WHOLE.replace("high = 2.0\ndistribution", "high = 2.5\ndistribution"),
        WHOLE.replace("redraw=0.2", "redraw=0.3"),
        WHOLE.replace("levers.rule", "levers.rules"),
        WHOLE.replace("2010Q4", "2011Q4"),
        WHOLE.replace("synthetic:1:3", "synthetic:1:4"),
        WHOLE.replace('"historic-nl"', '"unicum"'),
        WHOLE.replace('regimes = ["historic-nl"]', 'regimes = ["historic-nl", "unicum"]'),
        WHOLE + '[constants]\n"choice.money" = 0.2\n',
        WHOLE + '[record]\nwhen = "quarterly"\n',
        WHOLE + '[record]\noutcomes = ["trust"]\n',
    ],
)
def test_what_matters_changes_the_id(text: str, tmp_path: Path) -> None:
    assert text != WHOLE
    assert plan_of(tmp_path, WHOLE).id != plan_of(tmp_path, text, "other.toml").id


def test_constants_are_told_by_what_they_set(tmp_path: Path) -> None:
    texts = (
        '[constants]\n"choice.money" = 0.2\n"title.ros.rate@2010Q1" = 1\n',
        '[constants]\n"title.ros.rate@2010-01-01" = 1.0\n"choice.money" = 0.20\n',
        "[constants.choice]\nmoney = 2e-1\n[constants.title.ros]\n'rate@2010Q1' = 1\n",
    )
    rest = HEAD + RUNS + RANGES + LATIN
    ids = {plan_of(tmp_path, rest + text, f"{k}.toml").id for k, text in enumerate(texts)}
    assert len(ids) == 1


def test_another_default_of_a_parameter_is_another_sweep(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = plan_of(tmp_path, WHOLE).id
    changed = DECLARED["choice.money"]._replace(value=0.16)
    monkeypatch.setitem(DECLARED, "choice.money", changed)
    assert plan_of(tmp_path, WHOLE).id != before


def test_other_rules_are_another_sweep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = plan_of(tmp_path, WHOLE).id
    monkeypatch.setattr(planning, "rules_hash", lambda: "0" * 16)
    assert plan_of(tmp_path, WHOLE).id != before


def test_no_factor_can_take_the_place_of_a_column(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, WHOLE)
    write_parquet(points_table(plan), tmp_path / POINTS)
    names = set(points_table(plan).column_names)
    zero = pa.array([0])
    heads = pa.table(
        {"run_id": pa.array(["0"]), "point": pa.array([1]), "replicate": zero, "seed": zero,
         "population_seed": zero, "status": pa.array(["done"]), "reason": pa.array([""])}
    )  # fmt: skip
    about = {"from": "2009Q1", "to": "2010Q4", "switch": "2018Q1", "engine": "compiled"}
    names |= set(_runs_table(tmp_path, about, heads).column_names)
    assert names - {factor.name for factor in plan.experiment.factors} <= set(COLUMNS)
