"""The view of years: what reports and comparisons show, asked in SQL."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from sweep_folder import Factor, Made, write_sweep

from experiments.runs.run import run
from experiments.runs.scenario import Scenario
from results.statistics.reduce import yearly
from results.store.query import query
from results.store.reading import declared_outcomes, read
from results.words.outcomes import Words

ASKED = "SELECT run_id, year, outcome, value FROM yearly ORDER BY run_id, year, outcome"


@pytest.fixture(scope="module", params=["quarterly", "yearly"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    scenario = Scenario(
        "synthetic:2:1", "historic-nl", start="2009Q3", end="2012Q4", replicates=2,
        record=request.param,
    )  # fmt: skip
    out = tmp_path_factory.mktemp("views") / "run"
    run(scenario).write(out)
    return out


def test_years_are_those_of_reports(folder: Path) -> None:
    words = Words(declared_outcomes(folder))
    expected = yearly(read(folder, "series"), words)
    found = query(folder, ASKED)
    pd.testing.assert_frame_equal(
        found.astype({"run_id": str, "outcome": str, "year": "int64"}),
        expected.sort_values(["run_id", "year", "outcome"], ignore_index=True).astype(
            {"year": "int64"}
        ),
        check_dtype=False, rtol=1e-12,
    )  # fmt: skip
    units = query(folder, "SELECT DISTINCT outcome, unit FROM yearly").set_index("outcome")["unit"]
    assert {name: words[name].year_unit for name in units.index} == units.to_dict()


@pytest.mark.parametrize("folder", ["quarterly"], indirect=True)
def test_a_year_is_of_the_region_and_a_flow_of_its_four_quarters(folder: Path) -> None:
    series = read(folder, "series")
    mine = series[(series["scope"] == "all") & series["tick"].between(24, 27)]
    for outcome, how in (("insured", "last"), ("oi_per_insured", "sum")):
        rows = mine[mine["outcome"] == outcome].sort_values("tick")
        first = rows[rows["run_id"] == rows["run_id"].astype(str).min()]["value"]
        assert len(first) == 4
        asked = (
            f"SELECT value FROM yearly WHERE year = 2012 AND outcome = '{outcome}' ORDER BY run_id"
        )
        value = query(folder, asked)["value"].iloc[0]
        assert value == pytest.approx(first.iloc[-1] if how == "last" else first.sum())
    # The mistake this view is there for: a mean over region and municipalities is no region.
    mixed = query(folder, "SELECT avg(value) AS v FROM series WHERE outcome = 'insured'")["v"][0]
    assert (
        mixed
        < 0.8
        * query(folder, "SELECT avg(value) AS v FROM yearly WHERE outcome = 'insured'")["v"][0]
    )


def test_a_value_that_there_is_not_stays_away(tmp_path: Path) -> None:
    made = Made(factors=[Factor("choice.money", (0.1, 0.2))], replicates=3, years=(2029, 2030))
    folder = write_sweep(tmp_path / "sweep", made)
    nothing = query(folder, "SELECT count(*) AS n FROM series WHERE value IS NULL")["n"][0]
    gone = query(folder, "SELECT count(*) AS n FROM yearly WHERE value IS NULL")["n"][0]
    assert gone == nothing
