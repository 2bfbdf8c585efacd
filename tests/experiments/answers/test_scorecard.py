"""A scorecard from the command to its folder: what is stated, what is run, and run again."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from made_pages import fetches_nothing

from experiments import reproduce
from experiments.answers.scorecard import experiment_of, scorecard
from experiments.answers.stated import FILE, entries_of, read_stated, rows_of, stated_rows
from experiments.answers.tables import SPECS
from experiments.cli.app import DONE, main
from experiments.sweeps.store.status import status
from results.reports.fair import EQUAL
from results.statistics.scored import TOTALS
from results.store.reading import StoreRefused, manifest, outcome_of, read
from results.words.texts import LANGUAGES, say
from sim.errors import BadInput
from sim.policy.design import conditioned_names, design_names
from tests.commands import refused

SHORT = ["--to", "2019Q4", "--years", "1", "--switch", "2018Q1", "--draws", "50"]


def test_what_is_stated_adds_up_to_the_totals_of_the_source() -> None:
    rows = stated_rows()
    assert len({(row.choice, row.criterion) for row in rows}) == len(rows)
    best = [row.better[0] for row in rows if row.choice == "route" and row.asks == "best"]
    assert (best.count("organisation"), best.count("practice")) == TOTALS["route"] == (3, 3)
    attention = [r.criterion for r in rows if r.choice == "route" and r.asks == "alike"]
    assert attention == [0, 1, 5]
    bundling = {row.criterion: row for row in rows if row.choice == "bundling"}
    assert set(bundling) == set(range(9))
    assert [k for k, row in bundling.items() if row.asks == "no-better"] == [1, 3, 4, 6]
    assert all(row.inferred for k, row in bundling.items() if k and row.asks != "nothing")
    route = [row for row in rows if row.choice == "route"]
    assert all(row.inferred == (row.asks == "best") for row in route)
    assert rows_of(json.loads(json.dumps(entries_of(rows)))) == rows


def test_a_level_that_no_design_has_is_refused(tmp_path: Path) -> None:
    text = FILE.read_text(encoding="utf-8").replace('"two-part"', '"three-part"')
    (tmp_path / "stated.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match="unit has no 'three-part'.*two-part"):
        read_stated(tmp_path / "stated.toml")


def test_all_designs_run_on_the_same_seeds_by_both_formulas() -> None:
    asked = experiment_of("unicum", replicates=4, seed=7, end="2024Q4", years=2)
    assert asked["runs"]["regimes"] == design_names()
    assert (asked["runs"]["from"], asked["runs"]["to"]) == ("2023Q1", "2024Q4")
    assert asked["uncertainties"]["criterion.alternative"]["values"] == [False, True]
    assert experiment_of("unicum", conditions=True)["runs"]["regimes"] == conditioned_names()


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--replicates", "1"], "--replicates: 1 is out of range. Allowed: 2 or more"),
        (["--to", "2030Q3"], "--to: '2030Q3' does not end a year"),
        (["--to", "2019Q4", "--years", "3"], "1 to 2 years of designs from --switch to --to"),
        (["--years", "0"], "--years: 0 is out of range"),
        (["--draws", "0"], "--draws: 0 is out of range"),
        (["--switch", "later"], "--switch"),
        (["--region", "unicun"], "Did you mean 'unicum'?"),
        (["--lang", "de"], "unknown language 'de'"),
    ],
)
def test_bad_input_is_one_message_and_leaves_nothing(
    more: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert says in refused(["scorecard", *more], capsys)
    assert not list(tmp_path.iterdir())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("card") / "card"
    short = [*SHORT, "--region", "synthetic:1:3", "--replicates", "3", "--out", str(place)]
    assert main(["scorecard", *short, "--quiet"]) == DONE
    return place


@pytest.mark.slow
def test_a_folder_holds_tables_report_and_what_was_run(made: Path) -> None:
    about = manifest(made)
    assert about["kind"] == "scorecard" and about["first"]["kind"] == "sweep"
    assert about["first"]["runs"] == 24 * 2 * 3 and not (made / "runs").exists()
    for name in SPECS:
        frame = pd.read_csv(made / f"{name}.csv")
        assert len(frame) == len(read(made, name)) > 0, name
    assert (made / "figures" / "scorecard.png").is_file()
    found = status(made)
    assert found["kind"] == "scorecard" and not found["changed"] and not found["added"]
    with pytest.raises(StoreRefused, match="holds a scorecard, which has no outcomes of its own"):
        outcome_of(made)


@pytest.mark.slow
def test_the_money_of_the_designs_is_equal_in_a_region_that_organises_itself() -> None:
    found = scorecard("unicum", replicates=2, end="2019Q4", years=1, draws=20)
    assert found.money.shape == (24, 2) and found.apart < EQUAL


@pytest.mark.slow
def test_tables_follow_from_the_scores(made: Path) -> None:
    scores, designs = read(made, "scores"), read(made, "designs")
    here = scores[(scores["formula"] == "formula") & (scores["outcome"] == "criterion_3")]
    mean = here.groupby("design", observed=True)["value"].mean()
    told = designs[designs["criterion"] == 3].set_index("design")["mean"]
    assert told.to_dict() == pytest.approx(mean.to_dict())
    row = read(made, "scorecard").set_index(["choice", "criterion"]).loc[("route", 3)]
    via = mean.index.astype(str).str.contains("/organisation/")
    assert row["difference"] == pytest.approx(mean[via].mean() - mean[~via].mean())
    weights = read(made, "weights").groupby(["formula", "scale"], observed=True)["best"].sum()
    assert weights.to_list() == pytest.approx([1.0] * 4)


@pytest.mark.slow
def test_it_is_repeated_from_its_folder_alone(made: Path) -> None:
    found = reproduce(made)
    assert found.identical and (found.kind, found.runs) == ("scorecard", 144)
    assert {one.table for one in found.tables} == set(SPECS)
    with pytest.raises(BadInput, match="cannot be taken of a scorecard"):
        reproduce(made, sample=2)


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_is_whole_in_one_language(language: str, tmp_path: Path) -> None:
    asked = {"replicates": 2, "end": "2019Q4", "years": 1}
    found = scorecard("synthetic:1:3", out=tmp_path / "a", draws=20, language=language, **asked)
    html = fetches_nothing((tmp_path / "a" / "report.html").read_text("utf-8"), language)
    first, second = {"en": ("agrees on", "eens over"), "nl": ("eens over", "agrees on")}[language]
    assert first in html and second not in html
    # Nobody founds an organisation in so small a place, and acts of nobody are not paid.
    assert found.apart > EQUAL
    assert say("scorecard.money_unequal", language, apart="")[:20] in html
    assert sum(found.counts.values()) == len(stated_rows())
