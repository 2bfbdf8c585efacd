"""New chains of regions: read, written, counted by hand, and what is said of wrong ones."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from starting import of_text
from support import Quarters, Values, column, events_of, same_bits, series_of, small, start_of

from agents.care import DECLARED_CHAINS
from agents.words import Group
from experiments import Scenario, compare, reproduce, run
from experiments.cli.app import BAD_INPUT, DONE, main
from experiments.sweeps.file.experiment import read_experiment
from experiments.sweeps.plan.planning import make_plan
from sim.engines.model import CareModel
from sim.errors import BadInput
from sim.measure.outcomes import NAMES
from sim.parameters import parameter_values
from sim.place.chains import check_chains
from sim.place.content import content
from sim.place.load import load_region
from sim.place.region import NewChain, Region
from sim.place.synthetic import synthetic
from sim.place.tile import take, tile
from sim.place.write import write_region

HEART = NewChain("heart failure", "cvrm", 0.013, 2010, 2020, 0.5, "made for a test")
ASTHMA = NewChain("as asthma", "copd", 0.03, 2014, 2025, 0.25, "made for a test")
"""The numbers with which asthma is declared."""

SOUND = """[[chains]]
name = "heart failure"
group = "cvrm"
prevalence = 0.013
from = 2024
until = 2030
inclusion = 0.5
source = "assumed; range 0.01 to 0.02"

[[chains]]
name = "Parkinson"
group = "diabetes"
prevalence = 0.003
from = 2018
until = 2018
inclusion = 1.0
source = "assumed"
"""

EXPERIMENT = """name = "mine"
question = "How many have it?"
[runs]
regions = ["{region}"]
regimes = ["historic-nl"]
to = "2012Q4"
replicates = 1
[record]
outcomes = ["trust"]
[uncertainties."group.cvrm.prevalence"]
values = [0.1, 0.98]
"""


def own(*chains: NewChain, municipalities: int = 2) -> Region:
    """The first municipalities of UNICUM with these chains beside those that are declared."""
    return replace(small(municipalities), chains=chains)


# Read and written


def test_chains_are_read(tmp_path: Path) -> None:
    heart, parkinson = load_region(str(of_text(tmp_path / "own", SOUND))).chains
    assert heart == replace(HEART, begins=2024, grown=2030, source="assumed; range 0.01 to 0.02")
    assert parkinson == NewChain("Parkinson", "diabetes", 0.003, 2018, 2018, 1.0, "assumed")


def test_chains_come_back_as_they_were_written(tmp_path: Path) -> None:
    odd = replace(HEART, name='a "b" é', prevalence=0.1 + 0.2, inclusion=0.0)
    region = replace(load_region("unicum"), chains=(odd, ASTHMA))
    write_region(region, tmp_path / "own")
    assert load_region(str(tmp_path / "own")).chains == region.chains


def test_geography_export_writes_chains(tmp_path: Path) -> None:
    folder = of_text(tmp_path / "own", SOUND)
    again = tmp_path / "again"
    assert main(["geography", "export", "--region", str(folder), "--out", str(again)]) == DONE
    one, other = load_region(str(folder)), load_region(str(again))
    assert len(one.chains) == 2 and one.chains == other.chains and content(one) == content(other)


def test_shares_go_along_with_a_cut_or_copied_region_and_made_ones_have_none() -> None:
    region = replace(load_region("unicum"), chains=(HEART,))
    assert take(region, 3).chains == tile(region, 2).chains == (HEART,)
    assert synthetic(3, 1).chains == load_region("unicum").chains == ()


def test_a_chain_is_its_figures() -> None:
    region = own(HEART)
    assert content(region) != content(own()) and "chains" not in content(own())
    assert content(own(replace(HEART, name="?", source="?"))) == content(region)
    for other in (
        replace(HEART, group="copd"), replace(HEART, prevalence=0.014),
        replace(HEART, begins=2011), replace(HEART, grown=2021), replace(HEART, inclusion=0.4),
    ):  # fmt: skip
        assert content(own(other)) != content(region), other


# What they do


def test_a_chain_with_the_numbers_of_asthma_does_what_asthma_does() -> None:
    without: Values = {"chain.asthma.prevalence": 0.0}
    one, other = start_of(2), start_of(own(ASTHMA), values=without)
    assert series_of(one).tobytes() == series_of(other).tobytes()
    assert events_of(one, last=63)["programme-widened"] > 0
    assert events_of(one, last=63) == events_of(other, last=63)
    # It can fail: without either of them something moves.
    assert series_of(start_of(2, values=without)).tobytes() != series_of(one).tobytes()


def test_patients_of_a_chain_by_hand() -> None:
    # In 2015 half the way from 2010 to 2020 is gone: .013 * .5 * .5 over .12 with CVRM joined,
    # which are 3.25 of 1,000 patients where all places and lists are alike.
    joined = 0.013 * 0.5 * 0.5 / 0.12
    alike: Values = {
        "demand.inclusion": False, "population.chain_growth": 0.0, "population.need_spread": 0.0,
        "demand.ses": 0.0, "demand.local": 0.0,
        "chain.asthma.prevalence": 0.0, "chain.dementia.prevalence": 0.0,
    }  # fmt: skip
    quarters = Quarters(start_of(own(HEART), values=alike))
    practices, groups = quarters.step(40).practices, quarters.tables.groups
    assert groups["joined"][Group.CVRM] == pytest.approx(joined)
    assert groups["inclusion"][Group.CVRM] == pytest.approx((0.22 + joined) / (1.0 + joined))
    cvrm = practices["groups"][:, Group.CVRM].sum() / practices["patients"].sum()
    assert cvrm == pytest.approx(0.12 + 0.00325)
    found = series_of(start_of(own(HEART), values=alike), last=39)
    bare = series_of(start_of(own(), values=alike), last=39)
    many, few = (column(one, "chain_patients_per_1000") for one in (found, bare))
    # .055 * .65 + .12 * .22 + .024 * .4 of 1,000, and 3.25 more.
    assert few[39] == pytest.approx(71.75)
    assert many[39] == pytest.approx(75.0)
    # Nobody has joined by the end of the year after which they do: a tenth of the way later.
    assert many[:20].tobytes() == few[:20].tobytes()
    assert many[20] - few[20] == pytest.approx(0.65)


def test_the_switch_turns_chains_of_a_region_off_too() -> None:
    off: Values = {"demand.chains": False}
    bare, with_chain = start_of(2, values=off), start_of(own(HEART, ASTHMA), values=off)
    assert series_of(bare).tobytes() == series_of(with_chain).tobytes()
    assert events_of(with_chain)["programme-widened"] == 0
    assert series_of(start_of(own(HEART))).tobytes() != series_of(start_of(2)).tobytes()


def test_a_chain_that_nobody_has_has_no_row() -> None:
    assert len(start_of(2).chains) == len(DECLARED_CHAINS) == 2
    assert len(start_of(own(HEART, ASTHMA)).chains) == 4
    assert len(start_of(own(replace(HEART, prevalence=0.0))).chains) == 2
    none: Values = {f"chain.{name}.prevalence": 0.0 for name in DECLARED_CHAINS}
    start = start_of(2, values=none)
    assert len(start.chains) == 0
    off = start_of(2, values={"demand.chains": False})
    assert series_of(start).tobytes() == series_of(off).tobytes()


def test_engines_agree_with_a_chain() -> None:
    start = start_of(own(replace(HEART, begins=2007, grown=2009), municipalities=1), ticks=20)
    expected = series_of(start, 7, last=19)
    assert expected.tobytes() != series_of(start_of(1, ticks=20), 7, last=19).tobytes()
    quarters = Quarters(start, 7)
    quarters.step(20)
    for engine in ("mesa", "python"):
        model = CareModel(start, seed=7, population_seed=7, engine=engine)
        rows = np.zeros(len(model.tables.practices), np.int64)
        out = np.zeros((20, 2, len(NAMES)))
        for tick in range(20):
            model.step()
            model.measure(tick, rows, out[tick])
        if model.twin:
            model.twin.write_back(model.tables)
        assert out.tobytes() == expected.tobytes(), engine
        assert same_bits(quarters.tables, model.tables) == [], engine


# In runs


def test_runs_hold_their_chains_and_are_compared_and_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write_region(own(), tmp_path / "bare")
    write_region(own(HEART), tmp_path / "hearts")
    ids = {}
    for name in ("bare", "hearts"):
        found = run(Scenario(f"./{name}", "historic-nl", end="2016Q4", replicates=2), threads=1)
        found.write(tmp_path / "runs" / name, report="")
        (about,) = found.manifest["regions"]
        (text,) = (one["text"] for one in about["files"] if one["file"] == "region.toml")
        assert ("heart failure" in text) == (name == "hearts") == ("without_chains" in about)
        ids[name] = found.manifest["content"], about["content"], about.get("without_chains")
    assert ids["bare"][0] != ids["hearts"][0] and ids["bare"][1] != ids["hearts"][1]
    assert ids["bare"][1] == ids["hearts"][2]
    told = compare(tmp_path / "runs" / "bare", tmp_path / "runs" / "hearts")
    rows = told[told["outcome"] == "chain_patients_per_1000"]
    assert rows["n"].tolist() == [2] and rows["difference"].iloc[0] > 3.0
    assert main(["compare", "runs/bare", "runs/hearts"]) == DONE
    assert "chains of care of the region: – | heart failure (cvrm: 0.013" in capsys.readouterr().out
    assert reproduce(tmp_path / "runs" / "hearts").identical


def test_a_region_of_others_is_still_not_paired(tmp_path: Path) -> None:
    for name, region in (("one", own(HEART)), ("other", own(HEART, municipalities=1))):
        write_region(region, tmp_path / name)
        found = run(Scenario(str(tmp_path / name), "historic-nl", end="2012Q4"), threads=1)
        found.write(tmp_path / "runs" / name, report="")
    with pytest.raises(BadInput, match="their regions do not hold the same"):
        compare(tmp_path / "runs" / "one", tmp_path / "runs" / "other")


# Complaints


CASES = {
    "a name of the program": (
        '"Parkinson"', '"Asthma"', "chains.1.name: 'Asthma' comes with the program",
        "chain.asthma.prevalence",
    ),
    "a name twice": (
        '"Parkinson"', '"Heart  failure"', "chains.1.name: 'Heart  failure' appears twice",
        "each name once",
    ),
    "an unknown group": (
        '"cvrm"', '"cvmr"', "chains.0.group: 'cvmr' should be", "Did you mean 'cvrm'?",
    ),
    "a group without a programme": ('"cvrm"', '"ggz"', "chains.0.group: 'ggz' should be", "'copd'"),
    "grown before it begins": (
        "until = 2030", "until = 2023", "chains.0.until: 2023 is before from 2024", "from 2024 on",
    ),
    "a year out of range": ("from = 2024", "from = 1999", "chains.0.from: 1999 should be", "2006"),
    "a year too late": ("until = 2030", "until = 2101", "chains.0.until: 2101 should be", "2100"),
    "half a year": ("from = 2024", "from = 2024.5", "chains.0.from: 2024.5 should be", "integer"),
    "a percentage": (
        "prevalence = 0.013", "prevalence = 1.3", "chains.0.prevalence: 1.3 should be",
        "it looks like percent: 0.013",
    ),
    "less than nobody": (
        "inclusion = 0.5", "inclusion = -0.5", "chains.0.inclusion: -0.5 should be", "equal to 0",
    ),
    "an unknown key": (
        "until = 2030", "untill = 2030", "chains.0.untill: is unknown", "Did you mean 'until'?",
    ),
    "the name of a column": ("from = 2024", "begins = 2024", "is unknown", "prevalence, from,"),
    "no source": ('source = "assumed"\n', "", "chains.1.source: is missing", "chains.1"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_wrong_chain_is_refused_in_one_line(case: str, tmp_path: Path) -> None:
    old, new, said, allowed = CASES[case]
    assert SOUND.count(old) == 1, old
    folder = of_text(tmp_path / "own", SOUND.replace(old, new))
    with pytest.raises(BadInput) as caught:
        load_region(str(folder))
    text = str(caught.value)
    assert said in text and allowed in text and "region.toml, key chains." in text, text
    assert "\n" not in text


def test_more_than_everybody_is_refused_before_a_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = of_text(tmp_path / "own", SOUND.replace("0.013", "0.88"))
    out = tmp_path / "run"
    command = ["run", "--region", str(folder), "--regime", "historic-nl", "--out", str(out)]
    assert main(command) == BAD_INPUT and not out.exists()
    told = capsys.readouterr().err
    # .12 with CVRM, .01 with dementia, .88.
    assert (
        "shares of patients in group cvrm add up to 1.01: cvrm 0.12, dementia 0.01, heart" in told
    )
    assert told.count("\n") == 1
    Scenario(str(folder), "historic-nl", settings={"chain.dementia.prevalence": 0.0}).check()
    Scenario(str(folder), "historic-nl", settings={"demand.chains": False}).check()


def test_a_programme_of_nobody_is_refused() -> None:
    with pytest.raises(BadInput, match="nobody has cvrm, whose programme is to serve 'heart fail"):
        start_of(own(HEART), values={"group.cvrm.prevalence": 0.0})
    start_of(2, values={"group.cvrm.prevalence": 0.0})
    check_chains(own(HEART), parameter_values(["group.copd.prevalence=0"]))


def test_a_sweep_is_refused_where_a_point_leaves_no_room(tmp_path: Path) -> None:
    write_region(own(HEART), tmp_path / "own")
    path = tmp_path / "mine.toml"
    text = EXPERIMENT.format(region=(tmp_path / "own").as_posix())
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=r"mine.toml: .*0\.98.*add up to 1\.003"):
        make_plan(read_experiment(path))
    path.write_text(text.replace("0.98", "0.9"), encoding="utf-8")
    assert make_plan(read_experiment(path)).runs == 2
