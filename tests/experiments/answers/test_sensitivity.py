"""A sweep's design is answered: sweeps whose outcomes follow a rule that is known."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from made_answers import about, begun_sweep, made_sweep
from made_pages import fetches_nothing
from made_sweeps import nothing_runs  # noqa: F401  (a fixture)

from experiments.answers.sensitivity import SPECS, again, sensitivity, table_of
from experiments.cli.app import DONE, main
from experiments.runs.arguments import BadArgument
from results.reports.sensitivity import is_told, notes_of
from results.statistics.sensitivity.answered import Answered, _contradicts
from results.statistics.sensitivity.resampled import Interval
from results.statistics.sensitivity.steps import Trajectories
from results.store.reading import manifest, read
from results.words.texts import LANGUAGES
from tests.commands import refused

pytestmark = pytest.mark.usefixtures("nothing_runs")
RANGES = {
    "choice.autonomy": {"low": 0.0, "high": 2.0}, "choice.trust": {"low": 0.0, "high": 1.0},
    "trust.half_life": {"low": 1.0, "high": 4.0, "distribution": "log-uniform"},
}  # fmt: skip
MORRIS = {"kind": "morris", "points": 10}
SALTELLI = {"kind": "saltelli", "points": 64, "second_order": True}


def rule(factors: Mapping[str, Any], random: np.random.Generator) -> dict[str, float | None]:
    """Trust: 3 over the range of autonomy, 1 over that of trust; nothing by half-life."""
    trust = 1.5 * factors["choice.autonomy"] + factors["choice.trust"]
    noise = 0.1 * random.standard_normal()
    return {"trust": trust + noise, "coverage": 0.5, "organisations": 7.0 + noise}


def of(found: Answered, index: str, factor: str, outcome: str = "trust") -> dict[Any, Any]:
    rows = found.frame
    chosen = rows[(rows["index"] == index) & (rows["factor"] == factor)
                  & (rows["outcome"] == outcome)]  # fmt: skip
    (row,) = chosen.to_dict("records")
    return row


@pytest.fixture
def screened(tmp_path: Path) -> Path:
    return made_sweep(about(MORRIS, RANGES), tmp_path / "sweep", rule)


def test_morris_gives_what_a_range_of_each_factor_does(screened: Path) -> None:
    found = sensitivity(screened)
    strong = of(found, "mu*", "choice.autonomy")
    assert strong["value"] == pytest.approx(3.0, abs=0.1) and strong["unit"] == "share"
    assert strong["low"] < 3.0 < strong["high"]
    assert of(found, "mu", "choice.trust")["value"] == pytest.approx(1.0, abs=0.1)
    assert of(found, "mu*", "trust.half_life")["value"] < 0.1
    seeds = of(found, "S_seed", "")
    assert 0.0 < seeds["value"] < 0.05
    assert found.outcomes == ("organisations", "trust")
    assert [one.key for one in found.notes] == ["constant"]
    assert set(found.frame["points"]) == {40} and set(found.frame["seeds"]) == {5}


def test_saltelli_gives_shares_and_pairs_and_distances(tmp_path: Path) -> None:
    folder = made_sweep(about(SALTELLI, RANGES), tmp_path / "sweep", rule)
    found = sensitivity(folder, ["trust"])
    # Uniform over 3 and over 1: variances 9/12 and 1/12.
    for index in ("S1", "ST"):
        row = of(found, index, "choice.autonomy")
        assert row["value"] == pytest.approx(0.9, abs=0.15) and row["low"] < 0.9 < row["high"]
        assert of(found, index, "trust.half_life")["low"] <= 0.0
    assert len(found.frame[found.frame["index"] == "S2"]) == 3
    far = of(found, "PAWN", "choice.autonomy")
    assert far["value"] > far["idle"] and np.isnan(far["low"])
    assert of(found, "PAWN", "choice.autonomy")["points"] == 128


def test_what_seeds_alone_make_gets_no_shares(tmp_path: Path) -> None:
    folder = made_sweep(about(SALTELLI, RANGES), tmp_path / "sweep", rule)
    found = sensitivity(folder, "organisations")
    shares = found.frame[found.frame["index"].isin(["S1", "ST", "S2"])]
    assert shares["value"].isna().all()
    assert of(found, "S_seed", "", "organisations")["high"] == 1.0
    assert [one.key for one in found.notes] == ["all_noise"]


def test_crossed_levels_that_only_seeds_move_get_no_shares_and_it_is_said(tmp_path: Path) -> None:
    levels = {"choice.trust": {"values": [0.5, 1.0]}, "choice.money": {"values": [0.1, 0.2]}}
    folder = made_sweep(about({"kind": "factorial"}, levels), tmp_path / "sweep", rule_of_noise)
    found = sensitivity(folder, "trust")
    shares = found.frame[found.frame["index"].isin(["S1", "ST"])]
    assert len(shares) and shares["value"].isna().all()
    assert [one.key for one in found.notes] == ["all_noise"]


def rule_of_noise(factors: Mapping[str, Any], random: np.random.Generator) -> dict[str, Any]:
    return {"trust": random.standard_normal(), "organisations": np.nan, "coverage": np.nan}


def test_an_outcome_without_a_value_is_not_called_constant(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    design = {"kind": "latin-hypercube", "points": 40}
    folder = made_sweep(about(design, RANGES), tmp_path / "sweep", rule_of_noise)
    said = refused(["sensitivity", str(folder), "--outcome", "coverage"], capsys)
    assert "coverage: no run has a value in 2010" in said
    asked = ["discover", str(folder), "--where", "top 20%", "--outcome"]
    assert "coverage: no run has a value in 2010" in refused([*asked, "coverage"], capsys)
    found = sensitivity(folder)
    assert found.outcomes == ("trust",) and [one.key for one in found.notes] == ["empty"]
    assert notes_of(found, "en") == ["No run has a value in 2010: organisations, coverage."]
    capsys.readouterr()
    for language in ("en", "nl"):
        assert main(["sensitivity", str(folder), "--lang", language]) == DONE
        assert capsys.readouterr().out.endswith(notes_of(found, language)[0] + "\n")


def test_a_mean_size_below_the_mean_is_explained() -> None:
    def interval_of(most: float, mean: float, low: float, high: float) -> Interval:
        value = np.array([0.5 * most, mean, 0.0, 0.9])
        return Interval(value, np.array([0.0, low, 0.0, 0.8]), np.array([most, high, 0.0, 1.0]))

    assert _contradicts(interval_of(0.014, -0.027, -0.033, -0.022), 1)
    assert not _contradicts(interval_of(0.014, -0.027, -0.033, 0.01), 1)
    assert not _contradicts(interval_of(0.03, -0.027, -0.033, -0.022), 1)


def test_effects_that_seeds_do_not_move_raise_no_warning(recwarn: pytest.WarningsRecorder) -> None:
    effects = np.full((7, 1, 3), 0.1)
    values = np.cumsum(np.full((7, 2, 3), 0.1), axis=1)
    ways = Trajectories(effects, values)
    for _, weights in zip(
        range(50), np.random.default_rng(1).dirichlet(np.ones(7), 50), strict=True
    ):
        assert np.isfinite(ways.estimate(weights, np.full(3, 1 / 3))[:3]).all()
    assert not recwarn.list


def test_a_sample_gives_distances_and_no_shares(tmp_path: Path) -> None:
    design = {"kind": "latin-hypercube", "points": 60}
    folder = made_sweep(about(design, RANGES), tmp_path / "sweep", rule)
    assert set(sensitivity(folder).frame["index"]) == {"PAWN"}


def test_crossed_levels_have_shares_of_their_own_and_samples_hold_at_each(tmp_path: Path) -> None:
    levels = {"title.ros.rate": {"values": [0.5, 1.5]}}

    def crossed(factors: Mapping[str, Any], random: np.random.Generator) -> dict[str, float | None]:
        return {"trust": factors["title.ros.rate"] * factors["choice.autonomy"] + 1e-3 *
                random.standard_normal()}  # fmt: skip

    experiment = about(SALTELLI | {"second_order": False}, RANGES)
    experiment["levers"] = levels
    found = sensitivity(made_sweep(experiment, tmp_path / "sweep", crossed), "trust")
    by = found.frame[found.frame["design"] == "levels"]
    assert set(by["factor"]) == {"title.ros.rate", "(all sampled)", ""}
    # Rate times autonomy: E[r2] E[a2] - 1 = 1.25 x 4/3 - 1 = 2/3; of means 1/4, 1/3.
    first = by[by["index"] == "S1"].set_index("factor")["value"]
    assert first["title.ros.rate"] == pytest.approx(0.25 / (2 / 3), abs=0.03)
    assert first["(all sampled)"] == pytest.approx(1 / 3 / (2 / 3), abs=0.05)
    rest = found.frame[found.frame["design"] == "saltelli"]
    assert set(rest["held"]) == {"title.ros.rate=0.5", "title.ros.rate=1.5"}


def test_alternatives_and_arms_are_levels_of_a_factorial(tmp_path: Path) -> None:
    factors = {"exit": {"alternatives": {"free": [], "bound": ["organisation.exit=1"]}},
               "choice.trust": {"values": [1.0, 2.0, 3.0]}}  # fmt: skip

    def factorial(one: Mapping[str, Any], random: np.random.Generator) -> dict[str, float | None]:
        return {"trust": 2.0 * (one["exit"] == "bound") + 0.01 * random.standard_normal()}

    experiment = about({"kind": "factorial"}, factors, regimes=["historic-nl", "unicum"])
    found = sensitivity(made_sweep(experiment, tmp_path / "sweep", factorial), "trust")
    assert set(found.frame["regime"]) == {"historic-nl", "unicum"}
    shares = found.frame[found.frame["index"] == "S1"].set_index(["regime", "factor"])["value"]
    assert shares["unicum", "exit"] == pytest.approx(1.0, abs=0.01)
    assert shares["unicum", "choice.trust"] == pytest.approx(0.0, abs=0.01)


def listed(tmp_path: Path, lines: str) -> dict[str, Any]:
    (tmp_path / "points.csv").write_text(lines, encoding="utf-8")
    design = {"kind": "points", "file": str(tmp_path / "points.csv")}
    factors = {name: RANGES[name] for name in ("choice.autonomy", "choice.trust")}
    return about(design, factors)


def test_one_factor_at_a_time_says_what_each_move_does_and_no_more(tmp_path: Path) -> None:
    lines = "choice.autonomy,choice.trust\n1,0.5\n2,0.5\n1,1\n"
    folder = made_sweep(listed(tmp_path, lines), tmp_path / "sweep", rule)
    found = sensitivity(folder, "trust")
    assert set(found.frame["index"]) == {"effect"}
    row = of(found, "effect", "choice.autonomy")
    assert row["other"] == "1 -> 2" and row["value"] == pytest.approx(1.5, abs=0.3)
    assert row["low"] < 1.5 < row["high"]


def test_points_of_a_file_that_say_nothing_are_refused_in_one_message(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = "choice.autonomy,choice.trust\n1,0.5\n2,0.7\n1.5,1\n"
    folder = made_sweep(listed(tmp_path, lines), tmp_path / "sweep", rule)
    said = refused(["sensitivity", str(folder)], capsys)
    assert "does not say how they were drawn" in said and "'saltelli'" in said


def test_one_seed_is_answered_and_said_to_hold_the_noise(tmp_path: Path) -> None:
    folder = made_sweep(about(MORRIS, RANGES, replicates=1), tmp_path / "sweep", rule)
    found = sensitivity(folder, "trust")
    assert [one.key for one in found.notes] == ["one_seed"]
    assert np.isnan(of(found, "S_seed", "")["value"])
    assert of(found, "mu*", "choice.autonomy")["value"] == pytest.approx(3.0, abs=0.3)


def test_whole_trajectories_only_where_runs_failed_or_are_not_done(tmp_path: Path) -> None:
    count = {"runs": 0}

    def failing(one: Mapping[str, Any], random: np.random.Generator) -> dict[str, float | None]:
        count["runs"] += 1
        return {**rule(one, random), **({"trust": None} if count["runs"] == 3 else {})}

    folder = made_sweep(about(MORRIS, RANGES), tmp_path / "sweep", failing)
    found = sensitivity(folder, "trust")
    assert set(found.frame["points"]) == {36}, "one trajectory of four points is left out"
    assert [one.key for one in found.notes] == ["failed", "lacking"]
    many = about({"kind": "morris", "points": 40}, RANGES)
    partly = begun_sweep(many, tmp_path / "begun", rule, 3)
    found = sensitivity(partly, "trust")
    assert found.notes[0].key == "partly"
    (points,) = set(found.frame["points"])
    assert 16 <= points < 160 and not points & 3, "whole trajectories of four points"
    assert found.found.words["trust"].label("nl") == "Vertrouwen"


def test_what_is_wrong_is_said_in_one_line(
    screened: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = str(screened)
    said = refused(["sensitivity", where, "--outcome", "trsut"], capsys)
    assert "--outcome" in said and "Did you mean 'trust'" in said
    said = refused(["sensitivity", where, "--year", "2012"], capsys)
    assert "2012 is no year that" in said and said.endswith("Allowed: 2010.\n")
    assert "the same in all runs" in refused(["sensitivity", where, "--outcome", "coverage"],
                                             capsys)  # fmt: skip
    assert "50 to 10,000" in refused(["sensitivity", where, "--draws", "1"], capsys)
    assert "not the folder of a run or a sweep" in refused(["sensitivity", str(tmp_path)], capsys)
    assert "is not empty" in refused(["sensitivity", where, "--out", where], capsys)
    with pytest.raises(BadArgument, match='outcome="hubs"'):
        sensitivity(screened, ["hubs"])
    few = begun_sweep(about({"kind": "morris", "points": 40}, RANGES, replicates=64),
                      tmp_path / "few", rule, 1)  # fmt: skip
    said = refused(["sensitivity", str(few)], capsys)
    assert "64 of 3776 runs are done" in said and "4 whole trajectories" in said


def test_a_run_is_refused_and_so_are_points_that_were_changed(
    screened: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = screened / "manifest.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    told["design"]["kind"] = "factorial"
    path.write_text(json.dumps(told), encoding="utf-8")
    (screened / "checksums.sha256").unlink()
    assert "do not lie as the design" in refused(["sensitivity", str(screened)], capsys)
    told["kind"] = "run"
    path.write_text(json.dumps(told), encoding="utf-8")
    assert "holds a run, which varies nothing" in refused(["sensitivity", str(screened)], capsys)


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_folder_holds_a_report_a_table_and_figures(
    screened: Path, tmp_path: Path, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "answer"
    command = ["sensitivity", str(screened), "--out", str(out), "--lang", language]
    assert main(command) == DONE
    shown = capsys.readouterr().out
    same = {"en": "The same in all runs", "nl": "In alle runs gelijk"}[language]
    assert "choice.autonomy\tmu*" in shown and same in shown
    page = (out / "report.html").read_text(encoding="utf-8")
    assert fetches_nothing(page, language)
    words = {"en": "moves it most, by 3", "nl": "verzet het meest, 3"}[language]
    assert words in page and "choice.autonomy" in page
    assert (out / "figures" / "sensitivity_trust.svg").is_file()
    table = read(out, "sensitivity")
    assert list(table) == [spec.name for spec in SPECS]
    assert len(pd.read_csv(out / "sensitivity.csv")) == len(table)
    made = manifest(out)
    assert made["kind"] == "sensitivity" and made["first"]["name"] == "made"
    assert table_of(again(screened, made)).equals(table_of(sensitivity(screened).frame))
    assert main(["status", str(out)]) == DONE
    assert main(["sensitivity", str(screened), "--json"]) == DONE
    found = json.loads(capsys.readouterr().out.partition("{")[2].join(["{", ""]))
    assert found["design"] == "morris" and found["indices"][0]["index"] == "mu*"


def test_a_share_below_zero_tells_nothing_and_an_effect_below_zero_does() -> None:
    row = {"value": -0.08, "low": -0.13, "high": -0.03, "idle": float("nan")}
    assert [is_told({**row, "index": one}) for one in ("S1", "ST", "S2")] == [False] * 3
    assert is_told({**row, "index": "mu"}) and is_told({**row, "index": "effect"})
    assert is_told({**row, "low": 0.01, "high": 0.2, "value": 0.1, "index": "ST"})
