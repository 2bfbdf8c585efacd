"""Figures over time mark dates of policy, from what a manifest says."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from made_runs import NAME, WORDS, panels, synthetic

from experiments.runs.policy_dates import dates_of, policy_dates
from experiments.runs.scenario import Scenario
from results.figures import run as figures
from results.figures.dates import policy_marks
from results.figures.panels import Mark, within
from results.figures.style import texts

DESIGN = "design:bundled/practice/act"


def scenario(regime: str, **more: Any) -> Scenario:
    return Scenario(region="synthetic:2:1", regime=regime, **more)


def test_titles_start_are_run_down_and_end() -> None:
    found = {
        (one["at"], one["what"]): one["names"] for one in policy_dates(scenario("historic-nl"))
    }
    assert found["2019Q1", "down"] == ["keten-dbc", "gez", "owz"]
    assert found["2021Q1", "end"] == ["keten-dbc", "gez", "owz"]
    assert "regiomanagement" in found["2018Q1", "start"]
    assert not any(at == "2006Q1" for at, _ in found)  # what always held is no change
    early = scenario("historic-nl", end="2018Q4")
    assert all(one["at"] <= "2018Q4" for one in policy_dates(early))


def test_a_design_has_one_date_for_all_that_it_replaces() -> None:
    found = policy_dates(scenario(DESIGN, switch="2020Q1"))
    assert [one for one in found if one["at"] == "2020Q1"] == [
        {"at": "2020Q1", "what": "design", "names": [DESIGN]}
    ]
    both = dates_of([scenario(DESIGN, switch="2020Q1"), scenario("historic-nl")])
    assert {"at": "2020Q1", "what": "design", "names": [DESIGN]} in both
    assert len({(one["at"], one["what"]) for one in both}) == len(both)


def test_marks_lie_at_the_start_of_a_quarter_and_are_said_once() -> None:
    change = {"at": "2018Q1", "what": "start", "names": ["a", "b", "c", "d"]}
    one = {"policy_dates": [change], "scenario": {"settings": ["choice.trust@2018-07-01=0.3"]}}
    two = {"policy_dates": [change], "scenario": {"settings": ["policy.macro@x@2019Q4=1", "k=2"]}}
    assert policy_marks(one, two) == (
        Mark(2017.5, "2018Q1 start: a, b, c and 1 more"),
        Mark(2018.0, "2018Q3 set: choice.trust"),
        Mark(2019.25, "2019Q4 set: policy.macro@x"),
    )
    assert policy_marks(one, language="nl")[0].text == "2018K1 begin: a, b, c en nog 1"
    old = {"scenario": {"regime": DESIGN, "switch": "2018Q1", "settings": "x=1"}}
    assert policy_marks(old) == (Mark(2017.5, f"2018Q1 {DESIGN} starts"),)
    assert policy_marks({}) == ()


@pytest.mark.parametrize("kind", ["organisations", "cost"])
def test_dates_are_drawn_in_every_panel_and_named_below(kind: str) -> None:
    marks = [Mark(2030.75, "late"), Mark(2017.5, "2018Q1 x"), Mark(1999.5, "early")]
    draw = {
        "organisations": figures.organisations_over_time,
        "cost": figures.transaction_cost_by_kind,
    }[kind]
    figure = draw(synthetic(), WORDS, NAME, marks)
    for axes in panels(figure):
        dotted = [line for line in axes.get_lines() if line.get_linestyle() == ":"]
        assert [line.get_xdata()[0] for line in dotted] == [2017.5]
        assert "a" in [text.get_text() for text in axes.texts]
    assert any("dates of policy: a 2018Q1 x." in text for text in texts(figure))
    assert within(marks, pd.Series([2011, 2030])) == [Mark(2017.5, "2018Q1 x")]
