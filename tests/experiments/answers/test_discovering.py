"""Boxes in a sweep whose outcomes follow a rule, and the model as one of the EMA workbench."""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from made_answers import about, made_sweep
from made_pages import fetches_nothing
from made_sweeps import nothing_runs  # noqa: F401  (a fixture)

from experiments.answers import ema
from experiments.answers.discovering import SPECS, discover, threshold_of
from experiments.cli.app import DONE, main
from experiments.runs.arguments import BadArgument
from experiments.runs.run import run
from experiments.runs.scenario import Scenario
from results.store.reading import manifest, read
from results.words.texts import LANGUAGES
from sim.errors import BadInput
from tests.commands import refused

RANGES = {
    "choice.autonomy": {"low": 0.0, "high": 2.0}, "choice.trust": {"low": 0.0, "high": 1.0},
    "exit": {"alternatives": {"free": [], "bound": ["organisation.exit=1"]}},
}  # fmt: skip
SAMPLE = {"kind": "latin-hypercube", "points": 100}


def planted(factors: Mapping[str, Any], random: np.random.Generator) -> dict[str, float | None]:
    """Trust is 1 where autonomy is above 1.2 and nobody leaves; otherwise it is 0."""
    within = factors["choice.autonomy"] > 1.2 and factors["exit"] == "bound"
    return {"trust": float(within != (random.random() < 0.05)), "coverage": 0.5}


@pytest.fixture
def filled(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    request.getfixturevalue("nothing_runs")
    return made_sweep(about(SAMPLE, RANGES, replicates=4), tmp_path / "sweep", planted)


def test_a_planted_box_is_told_in_sentences_tables_and_a_report(
    filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["discover", str(filled), "--outcome", "trust", "--where", "above 0.5"]
    for language in LANGUAGES:
        out = tmp_path / language
        assert main([*command, "--out", str(out), "--lang", language]) == DONE
        said = capsys.readouterr().out
        words = {"en": "choice.autonomy at least 1.", "nl": "choice.autonomy minstens 1,"}
        assert words[language] in said and "exit is bound" in said
        page = fetches_nothing((out / "report.html").read_text(encoding="utf-8"), language)
        assert words[language] in page
        assert manifest(out)["kind"] == "discovery"
        boxes, limits = read(out, "boxes"), read(out, "limits")
        assert list(boxes) == [one.name for one in SPECS["boxes"]] and len(boxes) == 1
        assert boxes["density"].iloc[0] > 0.85 and boxes["coverage"].iloc[0] > 0.7
        assert set(limits.loc[limits["holds"], "factor"]) == {"choice.autonomy", "exit"}
    assert main([*command, "--json"]) == DONE
    found = json.loads(capsys.readouterr().out)
    assert found["value"] == 0.5 and found["boxes"][0]["box"] == 1
    assert main(["status", str(tmp_path / "en")]) == DONE


def test_what_is_of_interest_is_a_number_or_a_share_of_runs() -> None:
    values = np.arange(101.0).reshape(101, 1)
    assert threshold_of("above -1.5", values) == (True, -1.5)
    assert threshold_of("Below 2e-3", values) == (False, 0.002)
    assert threshold_of("top 20%", values) == (True, 80.0)
    assert threshold_of("bottom 5 %", values) == (False, 5.0)
    for wrong in ("", "3", "above", "above 1,5", "top 0%", "top 100%", "top 20"):
        with pytest.raises(BadArgument, match="cannot be read"):
            threshold_of(wrong, values)


def test_what_is_wrong_is_said_in_one_line(
    filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    where = ["discover", str(filled), "--where", "above 0.5", "--outcome"]
    assert "Did you mean 'trust'" in refused([*where, "trsut"], capsys)
    assert "no runs meet it" in refused([*where, "coverage"], capsys)
    assert "Allowed: one" in refused([*where, "trust", "--outcome", "coverage"], capsys)
    said = refused([*where, "trust", "--seed", "-1"], capsys)
    assert "--seed: -1 is out of range. Allowed: whole numbers 0 .. 2^63-1" in said
    infinite = ["discover", str(filled), "--outcome", "trust", "--where", "above 1e400"]
    assert "cannot be read" in refused(infinite, capsys)
    few = about({"kind": "latin-hypercube", "points": 10}, RANGES)
    small = made_sweep(few, tmp_path / "small", planted)
    said = refused(["discover", str(small), *where[2:], "trust"], capsys)
    assert "20 whole points are too few to search: 40 or more" in said
    ways = made_sweep(about({"kind": "morris", "points": 12}, RANGES), tmp_path / "ways", planted)
    assert "are no sample" in refused(["discover", str(ways), *where[2:], "trust"], capsys)
    with pytest.raises(BadArgument, match='where="many"'):
        discover(filled, "trust", "many")
    monkeypatch.setattr("experiments.answers.discovering.find_spec", lambda name: None)
    assert "regiosim[analysis]" in refused([*where, "trust"], capsys)


def test_a_sweep_is_what_the_workbench_works_on(filled: Path) -> None:
    table, outcomes = ema.results(filled)
    assert list(table) == ["choice.autonomy", "choice.trust", "exit", "seed"]
    assert len(table) == len(outcomes["trust"]) == 2 * 100 * 4
    within = (table["choice.autonomy"] > 1.2) & (table["exit"] == "bound")
    assert outcomes["trust"][within.to_numpy()].mean() > 0.9
    with pytest.raises(BadArgument, match="Allowed: 2010"):
        ema.results(filled, 2012)


def test_the_model_gives_the_workbench_what_runs_give() -> None:
    factors = {"choice.autonomy": RANGES["choice.autonomy"], "exit": RANGES["exit"]}
    experiment = about({"kind": "latin-hypercube", "points": 2}, factors, replicates=2)
    experiment["levers"] = {"exit": experiment["uncertainties"].pop("exit")}
    found = ema.model(experiment)
    assert [one.name for one in found.uncertainties] == ["choice_autonomy"]
    assert [list(one.categories) for one in found.levers]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from ema_workbench import perform_experiments

        table, outcomes = perform_experiments(found, scenarios=2, policies=2)
    assert len(table) == 4 and set(outcomes) == {"organisations", "trust", "coverage"}
    row = table.iloc[0]
    settings = {"choice.autonomy": float(row["choice_autonomy"])}
    settings |= {"organisation.exit": 1} if row["exit"] == "bound" else {}
    done = run(Scenario("synthetic:1:3", "historic-nl", settings=settings, start="2010Q1",
                        end="2010Q4", replicates=2, seed=1))  # fmt: skip
    trust = done.yearly.query("outcome == 'trust'")["value"].mean()
    assert outcomes["trust"][0] == trust
    with pytest.raises(BadInput, match="has 2 arms"):
        ema.model(about({"kind": "latin-hypercube", "points": 2}, factors,
                        regimes=["historic-nl", "unicum"]))  # fmt: skip
