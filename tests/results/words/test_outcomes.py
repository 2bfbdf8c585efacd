"""What outcomes are called: one declaration, carried by the store to whoever shows them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from agents.words import CostKind
from experiments.runs.frames import declared_outcomes
from results.statistics.reduce import yearly
from results.store.folder import write_parquet
from results.store.reading import declared_outcomes as read_back
from results.store.reading import to_frame
from results.store.schema import VERSION_KEY
from results.store.series import series_table
from results.words import shown
from results.words.outcomes import Word, Words
from results.words.units import DUTCH, unit_of_year
from sim.measure.outcomes import OUTCOMES, Outcome


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: outcome.name)
def test_words_are_those_that_the_model_declares(outcome: Outcome) -> None:
    word = Words(declared_outcomes())[outcome.name]
    assert word == (outcome.english, outcome.dutch, outcome.unit, outcome.yearly)
    assert word.english and word.dutch and outcome.text
    assert word.yearly in ("sum", "mean", "last")
    assert word.unit in DUTCH, "a unit without Dutch: results/words/units.py"


@pytest.mark.parametrize(
    ("unit", "how", "english", "dutch"),
    [
        ("EUR per insured", "sum", "EUR per insured a year", "euro per verzekerde per jaar"),
        ("EUR", "sum", "EUR a year", "euro per jaar"),
        ("EUR", "last", "EUR", "euro"),
        ("share", "mean", "share", "aandeel"),
        ("EUR", "", "EUR", "euro"),
        ("", "sum", "", ""),
        ("km", "sum", "km a year", "km per jaar"),
    ],
)
def test_a_unit_of_a_year(unit: str, how: str, english: str, dutch: str) -> None:
    assert unit_of_year(unit, how) == english
    assert unit_of_year(unit, how, "nl") == dutch


def test_units_stand_beside_names_that_do_not_say_them() -> None:
    words = Words(declared_outcomes())
    cost = words["transaction_cost_per_insured"]
    assert cost.with_unit == "Transaction cost per insured (EUR per insured a year)"
    assert cost.unit_after("nl") == ", euro per verzekerde per jaar"
    assert words["organisations"].with_unit == "Organisations"
    assert words["organisations"].unit_after("nl") == ""


def test_a_name_with_its_unit_in_either_language() -> None:
    word = Word("Trust", "Vertrouwen", "EUR", "sum")
    assert word.label_with_unit("en") == word.with_unit == "Trust (EUR a year)"
    assert word.label_with_unit("nl") == "Vertrouwen (euro per jaar)"
    assert Word("Cost in EUR a year", "Kosten", "EUR", "sum").label_with_unit("en") == (
        "Cost in EUR a year"
    )


def test_every_year_is_made_as_declared() -> None:
    words = Words({name: {"yearly": name} for name in ("sum", "mean", "last")})
    values = np.array([1.0, 2.0, 3.0, 6.0])[None, :, None, None] * np.ones((1, 1, 1, 4))
    table = series_table(["r"], [0, 1, 2, 3], ["all"], ["sum", "mean", "last", "new"], values)
    found = yearly(to_frame(table), words).set_index("outcome")["value"]
    assert found.to_dict() == {"sum": 12.0, "mean": 3.0, "last": 6.0, "new": 6.0}


def test_earlier_folders_say_units_only_and_reports_say_so(tmp_path: Path) -> None:
    table = series_table(["r"], [3], ["all"], ["oi_spending"], np.ones((1, 1, 1, 1)))
    notes = {VERSION_KEY: b"1", b"regiosim.outcome_units": b'{"oi_spending": "EUR"}'}
    write_parquet(table.replace_schema_metadata(notes), tmp_path / "series.parquet")
    words = Words(read_back(tmp_path))
    word = words["oi_spending"]
    assert (word.english, word.year_unit, word.yearly) == ("Oi spending", "EUR", "")
    assert not words.know_years and "last quarter" in words.of_years()
    # Beside a folder that says more, the earlier one is read by its words.
    both = Words({"oi_spending": {"unit": "EUR"}}, declared_outcomes())
    assert both["oi_spending"].yearly == "sum" and both.know_years
    assert Words(declared_outcomes()).of_years().startswith("Stocks")


def test_kinds_of_cost_are_the_same_list() -> None:
    assert shown.COST_KINDS == CostKind.words()


def test_outcomes_shown_first_are_declared() -> None:
    assert {*shown.KEY_OUTCOMES} <= {outcome.name for outcome in OUTCOMES}
