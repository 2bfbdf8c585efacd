"""Sweeps are paired point by point; seeds are the clusters; what cannot be paired says so."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sweep_folder import Factor, Made, write_sweep

from agents.parameters import DECLARED
from experiments.cli.app import BAD_INPUT, DONE, main
from experiments.runs.compare import compare
from results.statistics.clustered import compare_levels, per_seed
from results.statistics.compare import difference
from results.statistics.pairs import level_of, settings_of, spoken
from results.store.folder import to_json, write_parquet
from results.store.reading import read
from results.store.schema import Spec, table_from_columns
from results.store.series import series_table
from sim.errors import BadInput

MONEY = Factor("choice.money", (0.1, 0.2, 0.4))
SWITCH = Factor("investment.on", (True, False))
WORDS = Factor("policy.style", ("soft", "hard"))
TITLE = Factor("title.ros.rate@2019-01-01", (1.0, 2.0))
BASE = Made(factors=[MONEY, SWITCH], outcomes=("trust", "hhi"), years=(2029, 2030), replicates=25)


def adding(
    more: float, per_seed_sd: float = 0.0, by_point: float = 0.0
) -> Callable[[Any, Any], Any]:
    """Return a response: money, and what one side has more, the same in all points of a seed."""

    def respond(cells: Any, noise: Any) -> Any:
        money = cells["choice.money"].astype(float)[:, None]
        return 10 + money + more + per_seed_sd * noise + by_point * money

    return respond


def two(folder: Path, one: Made = BASE, **other: Any) -> tuple[Path, Path]:
    first = replace(one, respond=adding(0.0), name="first", draw=1)
    second = replace(first, **{"respond": adding(2.0), "name": "second", "draw": 2, **other})
    return write_sweep(folder / "a", first), write_sweep(folder / "b", second)


def write_run(folder: Path, seeds: Sequence[int], settings: str, regime: str = "new") -> Path:
    """Write a run's folder: trust is 20 + seed, quarterly."""
    folder.mkdir()
    ids = [f"r{seed}" for seed in seeds]
    values = np.array(seeds, dtype=float)[:, None, None, None] + np.full((1, 8, 1, 1), 20.0)
    series = series_table(ids, np.arange(92, 100), ["all"], ["trust"], values, {})
    write_parquet(series, folder / "series.parquet")
    words = {"region": "unicum", "regime": regime, "package": "", "settings": settings,
             "to": "2030Q4", "status": "done"}  # fmt: skip
    columns: list[tuple[Spec, Any]] = [(Spec("run_id", "dictionary"), ids)]
    columns += [(Spec(name, "str"), [text] * len(ids)) for name, text in words.items()]
    columns += [(Spec(name, "i8"), np.array(seeds)) for name in ("seed", "population_seed")]
    write_parquet(table_from_columns(columns), folder / "runs.parquet")
    scenario = {"region": "unicum", "regime": regime, "to": "2030Q4"}
    (folder / "manifest.json").write_text(to_json({"schema_version": "1", "scenario": scenario}))
    return folder


def refused(*arguments: Any, **more: Any) -> str:
    with pytest.raises(BadInput) as error:
        compare(*arguments, **more)
    return str(error.value)


def test_the_same_design_pairs_point_by_point(tmp_path: Path) -> None:
    a, b = two(tmp_path, respond=adding(2.0, by_point=1.0))
    row = compare(a, b).set_index("outcome").loc["trust"]
    assert (row["n"], row["pairs"], row["points"]) == (25, 150, 6)
    # The difference is 2 + money; over the three levels 2 + 0.7/3, the same for every seed.
    assert row["difference"] == pytest.approx(2 + 0.7 / 3)
    assert row["low"] == row["high"] == pytest.approx(row["difference"])
    assert row["gap_low"] == pytest.approx(2.1) and row["gap_high"] == pytest.approx(2.4)
    assert row["mean_a"] == pytest.approx(10 + 0.7 / 3) and row["year"] == 2030
    assert (row["unpaired_a"], row["unpaired_b"], row["bimodal"]) == (0, 0, 0)
    assert row["bimodal_tested"] == 6 and row["share_positive"] == 1.0


def test_the_interval_is_over_seeds_not_over_pairs(tmp_path: Path) -> None:
    a, b = two(tmp_path, respond=adding(2.0, per_seed_sd=1.0))
    row = compare(a, b).set_index("outcome").loc["trust"]
    gaps = np.array([2 + np.random.default_rng(s).normal(size=2)[0] for s in range(1, 26)])
    by_hand = difference(np.zeros(25), gaps)
    for name in ("difference", "low", "high", "sd", "effect", "effect_low"):
        assert row[name] == pytest.approx(by_hand[name]), name
    half = 2.063899 * gaps.std(ddof=1) / 5  # t(24, 0.975)
    assert row["high"] - row["difference"] == pytest.approx(half, rel=1e-6)


def test_coverage_of_the_interval_when_seeds_are_shared() -> None:
    random = np.random.default_rng(3)
    point, seed = np.repeat(np.arange(30), 8), np.tile(np.arange(8), 30)
    inside = naive = 0
    for _ in range(400):
        gaps = 5 + random.normal(size=8)[seed] + 0.3 * random.normal(size=240)
        truth = 5.0
        found = difference(np.zeros(8), per_seed(gaps, point, seed))
        inside += found["low"] <= truth <= found["high"]
        half = 1.97 * gaps.std(ddof=1) / np.sqrt(240)
        naive += abs(gaps.mean() - truth) <= half
    assert 0.92 <= inside / 400 <= 0.98
    assert naive < 200  # pairs taken as independent promise too much


def test_failed_runs_leave_a_seed_where_it_was(tmp_path: Path) -> None:
    # The seed that lacks the dearest point is not judged by the cheap ones it has.
    a, b = two(tmp_path, respond=adding(2.0, by_point=5.0), failed=[0, 130])
    row = compare(a, b).set_index("outcome").loc["trust"]
    assert (row["pairs"], row["unpaired_a"], row["unpaired_b"]) == (148, 2, 0)
    assert row["sd"] == pytest.approx(0.0, abs=1e-9)
    assert row["difference"] == pytest.approx(2 + 5 * 0.7 / 3)


def test_two_groups_of_differences_are_counted_by_point(tmp_path: Path) -> None:
    def sometimes(cells: Any, noise: Any) -> Any:
        jump = (noise > 0) * 3.0 * (cells["choice.money"] == 0.4)[:, None]
        return 10 + cells["choice.money"][:, None] + jump + 0.1 * np.abs(noise)

    a, b = two(tmp_path, replace(BASE, replicates=40), respond=sometimes)
    row = compare(a, b).set_index("outcome").loc["trust"]
    assert (row["bimodal"], row["bimodal_tested"]) == (2, 6)


def test_regimes_are_keys_where_shared_and_otherwise_what_is_compared(tmp_path: Path) -> None:
    arms = [("unicum", "old", ""), ("unicum", "new", "")]
    a, b = two(tmp_path, replace(BASE, arms=arms))
    assert set(compare(a, b)["points"]) == {12}
    c = write_sweep(tmp_path / "c", replace(BASE, arms=arms[:1], draw=3, respond=adding(1.0)))
    assert set(compare(a, c)["points"]) == {6} and set(compare(a, c)["unpaired_a"]) == {150}
    d = write_sweep(tmp_path / "d", replace(BASE, arms=[("unicum", "x", "")], draw=4))
    assert set(compare(c, d)["points"]) == {6}
    assert "not clear which goes with which" in refused(a, d)
    e = write_sweep(tmp_path / "e", replace(BASE, arms=[("eemland", "old", "")], draw=5))
    assert "no region occurs in both" in refused(c, e)


def test_a_run_is_paired_with_the_points_it_agrees_with(tmp_path: Path) -> None:
    sweep = write_sweep(tmp_path / "s", replace(BASE, respond=adding(0.0), replicates=4))
    run = write_run(tmp_path / "r", range(2, 9), "choice.money=0.20; investment.on=off")
    row = compare(sweep, run).set_index("outcome").loc["trust"]
    assert (row["n"], row["points"], row["pairs"]) == (3, 1, 3)
    assert row["difference"] == pytest.approx(20 + 3 - 10.2)  # seeds 2, 3, 4
    assert (row["unpaired_a"], row["unpaired_b"]) == (21, 4)
    back = compare(run, sweep).set_index("outcome").loc["trust"]
    assert back["difference"] == pytest.approx(-row["difference"])
    # What nothing set is at its default: the sweep has no point there.
    assert DECLARED["choice.money"].value not in (0.1, 0.2, 0.4)
    plain = write_run(tmp_path / "p", range(1, 4), "investment.on=true")
    assert "no choice.money occurs in both" in refused(sweep, plain)


def test_factors_that_set_several_keys_are_told_from_settings() -> None:
    norm = {"name": "norm", "keys": ["title.a.mandate", "title.b.mandate"]}
    assert level_of(norm, settings_of("title.a.mandate=0.80; title.b.mandate=0.8"), {}) == "0.8"
    assert level_of(norm, settings_of("title.a.mandate=0.8; title.b.mandate=1"), {}) == "(several)"
    assert level_of(norm, settings_of("title.a.mandate=0.8"), {}) is None
    slow = {"name": "pace", "alternatives": {"1": ["x.y@2019Q1=0", "x.z=0"], "3": []}}
    assert level_of(slow, settings_of("x.y@2019-01-01=0.0; x.z=0; other=1"), {}) == "1"
    assert level_of(slow, settings_of("other=1"), {}) == "3"
    assert level_of(slow, settings_of("x.z=0"), {}) is None


def test_what_cannot_be_paired_is_one_message(tmp_path: Path) -> None:
    a, b = two(tmp_path, replace(BASE, factors=[TITLE, MONEY]))
    run = write_run(tmp_path / "r", [1, 2], "choice.money=0.1")
    assert "which value of title.ros.rate@2019-01-01 the second has" in refused(a, run)
    known = write_run(tmp_path / "k", [1, 2], "choice.money=0.1; title.ros.rate@2019Q1=2")
    assert set(compare(a, known)["pairs"]) == {2}
    late = write_run(tmp_path / "l", [900], "choice.money=0.1; title.ros.rate@2019-01-01=2")
    assert "no seed occurs in both" in refused(a, late)
    assert "same folder" in refused(a, a)
    assert "or one sweep and by FACTOR" in refused(a)
    assert "no factor of this sweep. Did you mean 'choice.money'?" in refused(a, by="choice.mony")
    assert "folder of a run" in refused(run, by="choice.money")
    wide = replace(BASE, factors=[Factor("choice.money")], points=60, draw=6, replicates=2)
    assert "from 2 to 50" in refused(write_sweep(tmp_path / "w", wide), by="choice.money")
    early = write_sweep(tmp_path / "y", replace(BASE, years=(2015,), draw=7))
    assert "no year in common" in refused(b, early)
    none = write_sweep(tmp_path / "z", replace(BASE, failed=range(150), draw=8))
    assert f"{none} has no finished run" in refused(b, none)


def test_levels_are_compared_with_the_first(tmp_path: Path) -> None:
    made = replace(BASE, factors=[MONEY, SWITCH, WORDS], respond=adding(0.0), replicates=3)
    sweep = write_sweep(tmp_path / "s", made)
    table = compare(sweep, by="choice.money")
    trust = table[table["outcome"] == "trust"]
    assert list(trust["level"]) == ["0.2", "0.4"] and set(trust["first"]) == {"0.1"}
    assert list(trust["difference"]) == pytest.approx([0.1, 0.3])
    assert set(trust["points"]) == {4} and set(trust["n"]) == {3}
    words = compare_levels(sweep, "policy.style")
    assert set(words["first"]) == {"soft"} and set(words["difference"]) == {0.0}
    switch = compare_levels(sweep, "investment.on")
    assert list(switch["level"].unique()) == ["false"]


def test_regimes_of_one_sweep_can_be_compared(tmp_path: Path) -> None:
    def respond(cells: Any, noise: Any) -> Any:
        return 10 + cells["arm"][:, None] + noise

    arms = [("unicum", "old", ""), ("unicum", "new", "")]
    sweep = write_sweep(tmp_path / "s", replace(BASE, arms=arms, respond=respond))
    table = compare(sweep, by="regime")
    assert set(table["level"]) == {"new"} and list(table["difference"]) == pytest.approx([1.0, 1.0])


def test_values_are_spoken_alike() -> None:
    assert spoken(0.1) == spoken("1e-1") == spoken(0.1 + 1e-16) == "0.1"
    assert spoken(True) == spoken("on") == spoken("1") and spoken(-0.0) == spoken("0")
    assert settings_of("a=1; title.x.mandate@2019Q3=0.8") == {
        "a": "1", "title.x.mandate@2019-07-01": "0.8",
    }  # fmt: skip
    assert settings_of(None) == {}


def test_a_seed_is_averaged_over_points() -> None:
    point, seed = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    assert list(per_seed(np.array([1.0, 3.0, 11.0, 13.0]), point, seed)) == [6.0, 8.0]
    # Without the last value the second seed still lies above the first.
    assert list(per_seed(np.array([1.0, 3.0, 11.0]), point[:3], seed[:3])) == [6.0, 7.5]


def test_the_command_writes_a_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    two(tmp_path, failed=[3])
    assert main(["compare", "a", "b", "--out", "both"]) == DONE
    shown = capsys.readouterr().out
    assert "trust\t2030\t" in shown and "without a partner: 1 and 0" in shown
    page = (tmp_path / "both" / "report.html").read_text(encoding="utf-8")
    for text in ("second minus first", "Two groups", "How differences vary", "Summary"):
        assert text in page, text
    fetched = page.split("base64")[0].replace("http-equiv", "")
    assert "http" not in fetched and (tmp_path / "both" / "figures").is_dir()
    table = read(tmp_path / "both", "comparison")
    assert list(table["pairs"].unique()) == [149]
    assert main(["compare", "a", "--by", "choice.money", "--out", "levels"]) == DONE
    page = (tmp_path / "levels" / "report.html").read_text(encoding="utf-8")
    assert "choice.money = 0.4 minus choice.money = 0.1" in page
    assert set(read(tmp_path / "levels", "comparison")["level"]) == {"0.2", "0.4"}
    capsys.readouterr()
    assert main(["compare", "a", "b", "--json"]) == DONE
    assert {row["points"] for row in json.loads(capsys.readouterr().out)} == {6}
    assert main(["compare", "a"]) == BAD_INPUT
    assert capsys.readouterr().err.count("\n") == 1


def test_paired_runs_say_whether_differences_have_two_groups(tmp_path: Path) -> None:
    a = write_run(tmp_path / "a", range(30), "", "old")
    b = write_run(tmp_path / "b", range(30), "", "new")
    table = compare(a, b)
    assert (table["bimodal"][0], table["bimodal_tested"][0]) == (0, 1)
    few = compare(a, write_run(tmp_path / "c", range(5), "", "new"))
    assert few["bimodal_tested"][0] == 0 and isinstance(few, pd.DataFrame)
