"""Runs that start later than in 2006: asked for in every way, repeated, compared, told."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from starting import of_text

import experiments.reproducing.repeating as repeating
from experiments import Scenario, compare, read, reproduce, run, sweep
from experiments.cli.app import main
from experiments.reproducing import again, child
from results.reports.about import unlike
from results.reports.parties import spoken_names
from results.store.reading import manifest
from sim.errors import BadInput
from sim.place.load import load_region
from sim.place.write import write_region
from tests.scenarios import kept

SHORT = {"end": "2020Q4", "seed": 3}
UNICUM = Scenario("unicum", "historic-nl", begin="2019Q1", **SHORT)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("later") / "run"
    kept(run(UNICUM), folder)
    return folder


# Scenarios


def test_a_start_is_the_first_recorded_quarter_where_that_is_earlier() -> None:
    assert (UNICUM.start, UNICUM.first, UNICUM.opens) == ("2019Q1", 52, 52)
    early = replace(UNICUM, begin="2007-01-01", start="")
    assert (early.begin, early.start) == ("2007Q1", "2011Q1")
    assert repr(UNICUM) == (
        "Scenario('unicum', 'historic-nl', end='2020Q4', seed=3, begin='2019Q1')"
    )
    assert "begin" not in repr(Scenario("unicum", "historic-nl", begin="2006Q1"))


def test_what_stands_at_the_start_is_in_an_id_and_nothing_of_it_where_none_is_asked(
    tmp_path: Path,
) -> None:
    plain = Scenario("unicum", "historic-nl")
    assert plain.id == replace(plain, begin="2006-01-01").id
    assert "starting" not in run(replace(plain, start="2006Q1", end="2006Q1")).manifest
    text = (Path(str(of_text(tmp_path / "a", ""))) / "region.toml").read_text(encoding="utf-8")
    assert "states" not in text
    assert Scenario(str(tmp_path / "a"), "historic-nl").id == plain.id
    later = {
        begin: replace(plain, begin=begin, start="2020Q1").id for begin in ("2019Q1", "2020Q1")
    }
    assert len({plain.id, *later.values()}) == 3


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"begin": "2019Q2"}, "is no first quarter: contracts"),
        ({"begin": "2005Q1"}, "2006Q1 .. 2050Q4"),
        ({"begin": "2055Q1"}, "2006Q1 .. 2050Q4"),
        ({"begin": "then"}, "is not a date"),
        ({"begin": "2019Q1", "start": "2018Q4"}, "is before begin 2019Q1, when the run"),
        ({"begin": "2019Q1", "end": "2018Q4"}, "is before start 2019Q1"),
        ({"begin": "2018Q1"}, "region unicum has no state of 2018Q1. Did you mean '2019Q1'?"),
        ({"begin": "2019Q1", "regime": "menzis"}, "menzis has no title 'regiomanagement'"),
    ],
)
def test_a_start_that_cannot_be_is_refused(given: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput) as caught:
        Scenario(**{"region": "unicum", "regime": "historic-nl", **given}).check()
    assert said in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("titles", "fee", "said"),
    [
        ('"regiomanagment"', "fee = 8.0", "no title 'regiomanagment'. Did you mean 'regiomanage"),
        ('"gez"', "fee = 8.0", "title 'gez' is not contracted with organisations"),
        ('"regiomanagement"', "", "contract: fee: is missing: 'regiomanagement' pays a share"),
    ],
)
def test_a_contract_that_the_regime_does_not_know_is_refused(
    titles: str, fee: str, said: str, tmp_path: Path
) -> None:
    text = f"""[[states]]
quarter = "2019Q1"
source = "x"
[[states.organisations]]
name = "Ours"
since = "2014Q1"
municipality = "GM0355"
members = {{ all = 0.9 }}
source = "x"
[[states.organisations.contracts]]
titles = [{titles}]
since = "2019Q1"
{fee}
source = "x"
"""
    place = of_text(tmp_path / "own", text)
    with pytest.raises(BadInput) as caught:
        Scenario(str(place), "historic-nl", begin="2019Q1").check()
    assert "state of 2019Q1: 'Ours', contract" in str(caught.value)
    assert said in str(caught.value)


def test_who_is_led_has_no_contract_that_asks_a_mandate(tmp_path: Path) -> None:
    state = load_region("unicum").states[0]
    lead = replace(state.organisations[0], members=((0, 0.5),))
    led = replace(lead, name="Ally", since=33, lead=0)
    region = replace(load_region("unicum"), states=(replace(state, organisations=(lead, led)),))
    write_region(region, tmp_path / "own")
    with pytest.raises(BadInput, match="'Ally', contract: 'regiomanagement' asks a mandate"):
        Scenario(str(tmp_path / "own"), "historic-nl", begin="2019Q1").check()


# Runs


def test_a_run_says_what_it_started_with(made: Path) -> None:
    about = manifest(made)
    assert about["scenario"]["start"] == "2019Q1"
    told = about["starting"]
    assert (told["quarter"], told["organisations"], told["hubs"]) == ("2019Q1", 1, 0)
    assert "other hubs as in 2006" in told["assumed"]
    series = read(made).series
    assert series["date"].min() == pd.Timestamp("2019-01-01")
    first = series[(series["tick"] == 52) & (series["scope"] == "all")]
    assert first.set_index("outcome")["value"]["organisations"] == 1.0
    events = read(made).events
    stood = events[events["event"] == "stood"]
    assert (stood["tick"] == 52).all()
    names = spoken_names(made)
    (body,) = {one for one in stood["agent"].astype(str) if one.startswith("organisation:")}
    assert names[body] == "UNICUM Huisartsenzorg"


def test_without_its_state_a_region_starts_as_a_copy_that_has_none(tmp_path: Path) -> None:
    write_region(replace(load_region("unicum"), states=()), tmp_path / "bare")
    bare = run(replace(UNICUM, region=str(tmp_path / "bare")))
    off = replace(UNICUM, settings={"start.state": False})
    assert run(off).series["value"].equals(bare.series["value"])
    assert not run(UNICUM).series["value"].equals(bare.series["value"])
    told = run(off).manifest["starting"]
    assert (told["organisations"], told["names"]) == (0, {})
    assert "start.state is off in 2019Q1: no organisation" in told["assumed"]
    replace(off, begin="2018Q1", start="2018Q1").check()  # then of any year, as without states


def test_what_no_state_says_is_said(tmp_path: Path) -> None:
    about = run(Scenario("synthetic:2:1", "historic-nl", begin="2020Q1", end="2020Q4")).manifest
    text = about["starting"]["assumed"]
    assert "has no state of 2020Q1: no organisation, hubs as in 2006" in text
    design = Scenario(
        "unicum", "design:bundled/organisation/insured", begin="2019Q1", end="2020Q4",
    )  # fmt: skip
    told = run(design).manifest["starting"]["assumed"]
    assert told.endswith(
        "contracted but not in force: keten-dbc, ondersteuning-ketenzorg, regiomanagement, "
        "wijkmanagement"
    )


@pytest.mark.parametrize("engine", ["mesa", "python"])
def test_engines_give_the_same_series(engine: str) -> None:
    one = run(replace(UNICUM, end="2019Q4"))
    other = run(replace(UNICUM, end="2019Q4", engine=engine))
    assert one.series.equals(other.series) and one.runs["run_id"].equals(other.runs["run_id"])


def test_a_run_is_repeated_from_its_folder(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def here(about: Any, chosen: Any, aside: Path, engine: str | None = None) -> Path:
        assert again.main([str(child.written(about, chosen, aside, engine))]) == 0
        return aside / child.OUT

    monkeypatch.setattr(repeating, "repeat", here)
    assert reproduce(made).identical


def test_a_comparison_tells_where_two_runs_start(made: Path, tmp_path: Path) -> None:
    late = replace(UNICUM, begin="2020Q1", start="2020Q1")
    kept(run(late), tmp_path / "late")
    table = compare(made, tmp_path / "late")
    assert len(table) > 50
    rows = {
        name: (one, two) for name, one, two in unlike(manifest(made), manifest(tmp_path / "late"))
    }
    assert rows["start"] == ("2019Q1", "2020Q1")
    assert rows["starting.hubs"] == ("0", "5")
    first = run(replace(UNICUM, begin="2006Q1", start="2019Q1")).manifest
    rows = {name: (one, two) for name, one, two in unlike(first, manifest(made))}
    assert rows["start"] == ("–", "2019Q1")


def test_a_sweep_starts_there_too(tmp_path: Path) -> None:
    table = {
        "name": "later", "question": "What if it starts in 2019?",
        "runs": {
            "regions": ["unicum"], "regimes": ["historic-nl"], "start": "2019Q1", "to": "2020Q4",
            "seed": 3, "replicates": 2,
        },
        "levers": {"choice.trust": {"values": [0.5, 2.0]}},
    }  # fmt: skip
    done = sweep(table, tmp_path / "sweep", workers=1)
    about = manifest(done.folder)
    assert about["start"] == about["from"] == "2019Q1"
    assert about["starting"]["unicum"]["organisations"] == 1
    own = done.series.query("outcome == 'coverage' and tick == 59")
    row = done.runs[(done.runs["choice.trust"] == 2.0) & (done.runs["seed"] == 3)].iloc[0]
    alone = run(
        replace(UNICUM, settings={"choice.trust": 2.0}, record="yearly")
    ).series.query("outcome == 'coverage' and tick == 59 and scope == 'all'")  # fmt: skip
    mine = own[own["run_id"] == row["run_id"]]["value"]
    assert np.array_equal(mine.to_numpy(), alone["value"].to_numpy())
    assert row["run_id"] == replace(
        UNICUM, settings={"choice.trust": 2.0}, record="yearly"
    ).id  # fmt: skip


# Commands


def test_the_command_says_in_one_line_what_is_assumed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    command = ["run", "--region", "unicum", "--regime", "historic-nl", "--start", "2020Q1",
               "--to", "2020Q4", "--no-report"]  # fmt: skip
    assert main([*command, "--out", "a"]) == 0
    said = capsys.readouterr().err.strip().splitlines()
    notes = [line for line in said if "note: state of region unicum in 2020Q1" in line]
    assert len(notes) == 1 and "1 organisation and 5 hubs" in notes[0]
    assert main([*command, "--out", "b", "--quiet"]) == 0
    assert capsys.readouterr().err == ""
    assert json.loads((tmp_path / "a/manifest.json").read_text())["scenario"]["start"] == "2020Q1"
    assert main([*command, "--out", "c", "--from", "2019Q1"]) == 2
    said = capsys.readouterr().err
    assert "--from: 2019Q1 is before --start 2020Q1, when the run starts." in said
    assert not (tmp_path / "c").exists()
    assert main(["story", "a", "--of", "UNICUM Huisartsenzorg"]) == 0
    assert "UNICUM Huisartsenzorg is there when the run starts" in capsys.readouterr().out
