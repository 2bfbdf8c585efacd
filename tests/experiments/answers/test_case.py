"""The business case by hand: a place of 100,000 insured, one municipality, eight neighbourhoods."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
import pytest
from made_pages import fetches_nothing

from experiments import reproduce
from experiments.answers.case import business_case, case_of
from experiments.answers.case_tables import SPECS
from experiments.answers.costing import People, lines_of, people_of
from experiments.answers.declared import Form, case_file
from experiments.answers.payers import titles_for
from experiments.cli.app import DONE, main
from experiments.runs.scenario import Scenario
from results.statistics.business import delivered_of, paid_of
from results.store.reading import StoreRefused, manifest, outcome_of, read
from results.words.texts import LANGUAGES, say
from sim.parameters import parameter_values
from sim.place.region import District, Municipality, Region
from sim.policy.load import load_regime
from tests.commands import RUN, SHORT, refused

INSURED = 100_000
VALUES = parameter_values(["population.insured=2500", "population.unit_size=4"])
PLACE = Region(
    "square", "Square", (
        Municipality(
            "GM1", "One", "", INSURED, 0.20, 50.0, 3, 52.0, 5.0, 0.0, 0.0,
            tuple(District(f"D{k}", INSURED // 8, 0.0, float(k), 1.0) for k in range(8)),
            shares=(1.0,),
        ),
    ), (), ("Achmea",), "a test",
)  # fmt: skip


def people() -> People:
    return people_of(PLACE, VALUES)


def form(name: str) -> Form:
    return next(one for one in case_file().form if one.name == name)


def total(name: str) -> float:
    return sum(line.fixed + line.variable for line in lines_of(form(name), people(), VALUES))


def test_whom_a_place_has_is_counted_as_the_model_draws_them() -> None:
    found = people()
    assert (found.practices, found.units, found.hubs, found.municipalities) == (40, 10, 8, 1)
    # Frail: one in five of those of 75 or over, who are .42 of the fifth aged 65: 1,680.
    assert found.groups == pytest.approx((5_500, 12_000, 2_400, 9_000, 1_680, 69_420))
    burden = 5_500 + 0.6 * 12_000 + 2_400 + 0.51 * 9_000 + 2.1 * 1_680 + 0.22 * 69_420
    assert found.weights[0] == pytest.approx(5_500 / burden) and sum(
        found.weights
    ) == pytest.approx(1.0)


def test_a_function_costs_its_fixed_sets_and_its_variable_part() -> None:
    lines = {(one.item, one.part): one for one in lines_of(form("gp-units"), people(), VALUES)}
    # ICT: .35 of 600,000 in each of ten units; .12 of EUR 17, four fifths of which can move up.
    far, near = lines["ict", "far"], lines["ict", "near"]
    assert (far.by, far.bodies, far.scale) == ("unit", 10.0, 10_000.0)
    assert (far.fixed, far.variable) == pytest.approx((10 * 210_000, 163_200))
    assert (near.by, near.fixed, near.variable) == ("practice", 0.0, pytest.approx(40_800))
    assert ("housing", "far") not in lines, "all of it stays where people work"
    assert lines["housing", "near"].variable == pytest.approx(0.08 * 17 * INSURED)


def test_forms_differ_by_scale_and_by_what_stands_beside() -> None:
    variable = 17 * INSURED
    # Forty members in groups of seven: 20 x 6 links inside, (40/7) (40/7 - 1) / 2 between them.
    links = 120 + (40 / 7) * (40 / 7 - 1) / 2
    together = 190 * links + 10_000
    managers = 0.2 * 10 * 100_000
    assert total("gp-units") == pytest.approx(10 * 600_000 + variable)
    assert total("mono-region") == pytest.approx(600_000 + variable + together)
    assert total("multi-region") == pytest.approx(
        600_000 + variable + together + 0.67 * 60_000 + 5 * INSURED + 0.9 * managers
    )
    assert total("health-centres") == pytest.approx(
        8 * 600_000 + variable + 5 * INSURED + managers
    )  # fmt: skip
    # A facility body of 250,000 takes .4 of a set; care management (.10 of fixed) stays in 8 hubs.
    hubs = 190 * (8 / 2 * 6 + (8 / 7) * (8 / 7 - 1) / 2) + 10_000
    assert total("umbrella") == pytest.approx(
        0.4 * 540_000 + 8 * 60_000 + variable + hubs + 5 * INSURED + managers
    )


def test_more_insured_than_a_set_can_serve_take_a_second_one() -> None:
    crowd = people()._replace(insured=260_000.0)
    lines = [one for one in lines_of(form("mono-region"), crowd, VALUES) if one.item == "ict"]
    assert lines[0].fixed == pytest.approx(2 * 210_000)


def made() -> Scenario:
    scenario = Scenario("synthetic:1:3", "historic-nl", end="2022Q4")
    scenario.__dict__.update(place=PLACE, values=VALUES)
    return scenario


def test_cost_is_divided_over_groups_by_burden_and_adds_up() -> None:
    found = case_of(made(), 2022)
    lines = found.lines[found.lines["form"] == "mono-region"]
    assert lines["cost"].sum() == pytest.approx(total("mono-region"))
    share = lines.groupby("group", sort=False)["cost"].sum() / lines["cost"].sum()
    assert share.to_list() == pytest.approx(list(people().weights))
    row = lines[(lines["item"] == "ict") & (lines["group"] == "frail")].iloc[0]
    assert row["per_patient"] == pytest.approx(row["cost"] / 1_680)
    assert found.per_insured("gp-units") == pytest.approx(60 + 17)


def test_needed_money_adds_up_to_that_of_the_source_and_follows_the_frail() -> None:
    parts = case_of(made(), 2022).parts.set_index("part")
    assert (parts.loc["sum", "low"], parts.loc["sum", "high"]) == (375.0, 485.0)  # F025, F036
    sums = parts.loc["sum", ["low_per_insured", "high_per_insured"]].to_list()
    assert sums == pytest.approx([22.46, 29.04], abs=0.005)  # F038
    local = parts.loc["local", ["low_per_insured", "high_per_insured"]].to_list()
    assert local == pytest.approx([12.87, 16.77], abs=0.005)
    frail = parts.loc["frail"]
    assert frail["low_region"] == pytest.approx(25e6 / 16.7e6 * INSURED)
    assert frail["low_own"] == pytest.approx(25e6 / 16.7e6 * INSURED * 0.0168 / 0.0130)
    assert parts.loc["chains", "low_own"] == parts.loc["chains", "low_region"]


def test_who_pays_follows_from_titles_and_their_dates() -> None:
    regime = load_regime("historic-nl")
    ends = {2012: 27, 2022: 67}
    assert titles_for(regime, ends[2012], "hub", "care-management") == ["gez", "owz"]
    assert titles_for(regime, ends[2022], "hub", "care-management") == ["wijkmanagement"]
    assert titles_for(regime, ends[2012], "organisation", "ict") == ["keten-dbc"]
    assert "regiomanagement" in titles_for(regime, ends[2022], "organisation", "ict")
    assert titles_for(regime, ends[2022], "unit", "ict") == []
    found = case_of(made(), 2022)
    unit = found.lines[(found.lines["by"] == "unit")].iloc[0]
    assert (unit["payer"], unit["titles"]) == ("own means", "")


def test_who_delivers_in_a_run_is_weighed_by_burden() -> None:
    practices = pd.DataFrame(
        {
            "run_id": ["a", "a", "b"], "tick": [3, 3, 3], "burden": [100.0, 300.0, 9.0],
            "patients": [1_000, 3_000, 9], "weights_frail": [0.5, 0.25, 1.0],
            "weights_other": [0.5, 0.75, 0.0],
            "supplier_frail_ict": ["organisation:1", None, "hub:1"],
            "supplier_other_ict": ["practice:5", "unit:2", "hub:1"],
            "by_function_ict": [0.8, 0.4, 1.0],
        }
    )  # fmt: skip
    rows = delivered_of(practices, ["ict"], ["frail", "other"]).set_index("by")
    # Of 400: organisation 50; practice 50 and none 75, both nobody; unit 225.
    assert rows["share"].to_dict() == pytest.approx(
        {"unit": 225 / 400, "nobody": 125 / 400, "organisation": 50 / 400}
    )
    assert rows["coverage"].to_list() == pytest.approx([0.5] * 3)


def test_what_titles_paid_is_of_one_year_and_of_payers_alone() -> None:
    ledger = pd.DataFrame(
        [
            ("a", 3, "insurer:1", "ros:1", "ros", 900),
            ("a", 4, "insurer:1", "ros:1", "ros", 100_000),
            ("a", 7, "insurer:2", "ros:1", "ros", 30_000),
            ("a", 7, "organisation:1", "hub:2", "ros", 50_000),
            ("a", 7, "insurer:2", "practice:1", "keten-zorg", 70_000),
            ("b", 7, "insurer:2", "ros:1", "ros", 80_000),
        ],
        columns=["run_id", "tick", "payer", "receiver", "title", "cents"],
    )
    (row,) = paid_of(ledger, ["ros"], 1_000.0, 7).to_dict("records")
    assert row == {
        "year": 2007, "title": "ros", "payer": "insurer", "receiver": "ros", "per_insured": 1.3,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--region", "unicun"], "Did you mean 'unicum'?"),
        (["--year", "2005"], "--year: 2005 is out of range. Allowed: 2006 to 2050"),
        (["--year", "soon"], "--year"),
        (["--set", "supply.fixd=1"], "Did you mean 'supply.fixed'?"),
        (["--run", "nowhere"], "nowhere"),
        (["--lang", "fr"], "unknown language 'fr'"),
    ],
)
def test_bad_input_is_one_message_and_leaves_nothing(
    more: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert says in refused(["business-case", "--out", "case", *more], capsys)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_is_whole_in_one_language(language: str, tmp_path: Path) -> None:
    found = business_case("unicum", out=tmp_path / "case", language=language)
    html = fetches_nothing((tmp_path / "case" / "report.html").read_text("utf-8"), language)
    other = "nl" if language == "en" else "en"
    for key in ("summary_norm", "forms_text", "needed_text", "norm"):
        assert say(f"business.{key}", language)[:60] in html
        assert say(f"business.{key}", other)[:60] not in html
    for name in ("business", "needed", "anchors"):
        assert len(pd.read_csv(tmp_path / "case" / f"{name}.csv")) == len(
            read(tmp_path / "case", name)
        )
    assert manifest(tmp_path / "case")["kind"] == "business-case"
    assert all(math.isfinite(found.per_insured(form)) for form in found.forms)
    with pytest.raises(StoreRefused, match="holds a business case, which has no outcomes"):
        outcome_of(tmp_path / "case")


@pytest.mark.slow
def test_a_case_with_a_run_says_who_delivers_and_is_repeated(tmp_path: Path) -> None:
    run, case = tmp_path / "run", tmp_path / "case"
    assert main([*RUN, *SHORT, "--out", str(run), "--quiet", "--no-report"]) == DONE
    asked = ["--region", "synthetic:2:1", "--year", "2009", "--run", str(run)]
    assert main(["business-case", *asked, "--out", str(case), "--quiet"]) == DONE
    paid = read(case, "paid").set_index("title")["per_insured"]
    assert paid["ros"] == pytest.approx(1.3, abs=0.05)  # the rate of the title
    assert paid["s1-oi"] == pytest.approx(0.5, abs=0.01)
    assert read(case, "delivered").groupby("item", observed=True)["share"].sum().to_list() == (
        pytest.approx([1.0] * 7)
    )
    found = reproduce(case)
    assert found.identical and found.kind == "business-case"
    assert {one.table for one in found.tables} == set(SPECS)
