"""What insurers spend by title and year: sums by hand, and the gap that the sources have."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pytest

from experiments import Scenario, run
from experiments.answers import outlay, page
from experiments.answers.outlay import Outlay, measure, stated, tables
from results.statistics.outlay import in_millions, outlay_of
from sim.policy.load import load_regime

LEDGER = pa.table(
    {
        "tick": [0, 1, 2, 3, 3, 3, 4, 5],
        "payer": ["insurer:1", "insurer:2", "insurer:1", "insurer:1", "municipality:1", "hub:2",
                  "insurer:1", "insurer:1"],
        "title": ["ros", "ros", "gez", "ros", "ros", "gez", "ros", "gez"],
        "cents": [100, 250, 400, 50, 9_900, 7_700, 100, 100],
    }
)  # fmt: skip


def test_only_what_insurers_paid_in_whole_years_counts() -> None:
    found = outlay_of(LEDGER).set_index("title")  # 2007 has two quarters
    assert found["year"].to_list() == [2006, 2006]
    assert found["eur"].to_dict() == {"gez": 4.0, "ros": 4.0}
    assert outlay_of(LEDGER, "municipality")["eur"].to_list() == [99.0]


def test_runs_are_averaged_and_what_was_not_paid_is_zero() -> None:
    one = pd.DataFrame({"title": ["a", "a"], "year": [2010, 2011], "eur": [4e6, 2e6]})
    two = pd.DataFrame({"title": ["a", "b"], "year": [2010, 2011], "eur": [2e6, 6e6]})
    found = in_millions([one, two])
    assert found.loc["a"].to_dict() == {2010: 3.0, 2011: 1.0}
    assert found.loc["b"].to_dict() == {2010: 0.0, 2011: 3.0}


def made(gez: float) -> Outlay:
    millions = pd.DataFrame({2011: {"gez": gez, "ros": 22.0, "keten-dbc": 40.0, "s1-oi": 8.0,
                                    "keten-zorg": 50.0}})  # fmt: skip
    oi = ("s1-oi", "keten-dbc", "gez", "gez-elsewhere", "ros")
    return Outlay(millions, pd.Series({2011: 16.0}), oi, ("keten-zorg",))


def test_the_sources_add_up_to_more_than_their_anchor() -> None:
    declared = stated()
    sums = [sum(getattr(one, end) for one in declared.stated) for end in ("low", "high")]
    assert sums == [129.0, 149.0] and (declared.anchor.low, declared.anchor.high) == (100, 120)
    text = tables(made(20.0), declared)
    assert "The sources' own gap (X9): 9 to 49, between the middles 29." in text
    assert "| sum of what the sources name | 129-149 (X9) | 82.0 | 5.12 |" in text
    assert "| **all O&I** | **100-120** (F023) | **90.0** | **5.62** |" in text
    assert "10.0 below its low end" in text
    assert "within it, +0.0 from its middle" in tables(made(40.0), declared)
    assert "1.0 above its high end" in tables(made(51.0), declared)
    assert "| beside it: income from chain care | 50.0 |" in text


def test_every_title_that_is_named_is_of_the_regime() -> None:
    names = {title.name for title in load_regime(outlay.REGIME).titles}
    assert {name for one in stated().stated for name in one.titles} <= names | {"gez-elsewhere"}


def test_a_page_without_marks_is_not_written() -> None:
    mark = "<!-- measured: make it -->"
    text = f"head\n{mark}\n\nold\n\n{page.END}\ntail\n"
    assert page.renewed(text, "new", "make it") == text.replace("old", "new")
    with pytest.raises(ValueError, match="no lines"):
        page.renewed("head", "new", "make it")
    for module in (page, outlay):
        text = module.PAGE.read_text(encoding="utf-8")
        assert page.renewed(text, "x", module.COMMAND) != text


def test_a_total_is_what_the_run_itself_reports() -> None:
    found = measure("synthetic:2:1", 1, 2009)
    years = run(Scenario("synthetic:2:1", "historic-nl", start="2006Q1", end="2009Q4")).yearly
    told = years[(years["outcome"] == "oi_spending") & (years["year"] == 2008)]["value"].iloc[0]
    assert found.total(2008) == pytest.approx(told / 1e6)
    assert found.of(["ros"], 2008) / found.insured[2008] == pytest.approx(1.3, abs=0.05)
