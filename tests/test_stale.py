"""Sourced amounts that are used long after their date are named in the manifest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from experiments.runs.manifest import manifest_of
from experiments.runs.scenario import Scenario
from sim.policy.stale import STALE_YEARS, stale_of

PACKAGE = """\
[package]
name = "dated"
text = "A rate of two dates."
source = "F034"
"""
RATE = """
[[title.ros.rate]]
from = {day}
value = {value}
unit = "EUR per insured/yr"
source = "{source}"
"""


def scenario_of(**given: Any) -> Scenario:
    """Return a scenario under the historical regime; nothing of it is run."""
    return Scenario(**{"region": "synthetic:1:1", "regime": "historic-nl", **given})


def stale_in(folder: Path, *rates: tuple[str, float, str], start: str = "2011Q1") -> list[str]:
    """Return the names of what is stale to 2030 when the rate of ROS has these values."""
    path = folder / "dated.toml"
    given = (RATE.format(day=day, value=value, source=source) for day, value, source in rates)
    path.write_text(PACKAGE + "".join(given), encoding="utf-8")
    scenario = scenario_of(packages=(str(path),), start=start, end="2030Q4")
    found = stale_of(scenario.policy, scenario.first, scenario.last)
    return [one.name for one in found if one.name.startswith("title.ros.rate")]


@pytest.mark.parametrize(
    ("rates", "start", "expected"),
    [
        ([], "2011Q1", ["2006-01-01"]),
        ([("2025-07-01", 1.4, "F034")], "2011Q1", ["2006-01-01", "2025-07-01"]),
        ([("2026-01-01", 1.4, "F034")], "2011Q1", ["2006-01-01"]),  # used 5 years, not longer
        ([("2010-01-01", 1.4, "F034"), ("2026-01-01", 1.5, "F034")], "2011Q1", ["2010-01-01"]),
        ([("2012-01-01", 0.0, "F034")], "2011Q1", ["2006-01-01"]),  # used to the end of 2011
        ([("2010-01-01", 0.0, "F034")], "2011Q1", []),  # nothing is paid
        ([("2012-01-01", 1.4, 'assumed"\nrange = [1.0, 2.0]\nnote = "')], "2012Q1", []),
    ],
)
def test_an_amount_is_stale_when_used_five_years_after_its_date(
    tmp_path: Path, rates: list[tuple[str, float, str]], start: str, expected: list[str]
) -> None:
    found = stale_in(tmp_path, *rates, start=start)
    assert found == [f"title.ros.rate@{day}" for day in expected]


def test_the_end_of_a_title_ends_its_amounts_and_a_setting_has_no_date() -> None:
    ended = scenario_of(settings=("title.ros.until=2010Q1",)).policy
    assert not [one for one in stale_of(ended, 0, 19) if one.name.startswith("title.ros")]
    whole = scenario_of(settings=("title.ros.rate=1.4",)).policy
    dated = scenario_of(settings=("title.ros.rate@2007Q1=1.4",)).policy
    for regime in (whole, dated):
        assert not [one for one in stale_of(regime, 20, 99) if one.name.startswith("title.ros")]


def test_the_manifest_names_them_with_years_unit_and_source() -> None:
    rows = manifest_of(scenario_of(end="2030Q4"))["stale"]
    [ros] = [row for row in rows if row["name"] == "title.ros.rate@2006-01-01"]
    assert ros["years"] == 25.0 > STALE_YEARS
    assert ros["unit"] == "EUR per insured/yr"
    assert ros["source"].startswith("F034")
    assert manifest_of(scenario_of(start="2006Q1", end="2008Q4"))["stale"] == []
