"""Paired differences as they are told: grey, zero, two groups, and how many would be chance."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from experiments.runs.frames import declared_outcomes
from results.reports.differences import Sides, cards, groups_said, intervals, paired_parts, summary
from results.reports.page import Cell
from results.statistics.compare import difference
from results.words.outcomes import Words

WORDS = Words(declared_outcomes())
SIDES = Sides("old", "new")


def row(outcome: str, a: list[float], b: list[float], **more: Any) -> dict[str, Any]:
    found = difference(np.array(a), np.array(b))
    plain = {"outcome": outcome, "year": 2030, "bimodal": 0, "bimodal_tested": 0}
    return {**plain, **found, "n": len(a), **more}


TABLE = pd.DataFrame([
    row("organisations", [1.0, 2.0, 3.0], [2.0, 3.1, 4.0]),
    row("trust", [0.1, 0.2, 0.3], [0.3, 0.1, 0.3]),
    row("hubs_running", [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]),
    row("plus_patients", [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]),
    row("oi_spending", [5.0, 6.0, 7.0], [5.0, 6.0, 7.0]),
])  # fmt: skip


def cells(part: Any, name: str) -> list[Any]:
    return next(list(one) for one in part.rows if str(one[0]).startswith(name))


def test_what_an_interval_does_not_tell_from_zero_is_grey() -> None:
    first, rest = paired_parts(TABLE, WORDS, SIDES)
    assert not any(cell.faint for cell in cells(first, "Organisations")[1:])
    for part, name in ((first, "Trust"), (rest, "O&I spending")):
        assert all(cell.faint for cell in cells(part, name)[1:6] if isinstance(cell, Cell))
    assert [card.faint for card in cards(TABLE, WORDS, SIDES)] == [False, True, True, True]
    assert rest.folded and not first.folded


def test_outcomes_that_are_zero_in_both_are_one_line() -> None:
    first, rest = paired_parts(TABLE, WORDS, SIDES)
    names = ", ".join(WORDS[name].english for name in ("hubs_running", "plus_patients"))
    assert f"Zero in both, in every pair: {names}." in first.after
    assert len(first.rows) == 2 and len(rest.rows) == 1


def test_how_many_intervals_would_leave_out_zero_by_chance() -> None:
    # Two have a width: organisations, which leaves out zero, and trust, which does not.
    said = intervals(TABLE, SIDES)
    assert said.startswith("2 intervals of 95%") and "about 0.1 of them" in said
    assert said.endswith("; 1 do.")
    assert intervals(TABLE.iloc[2:], SIDES) == "" == intervals(TABLE.iloc[:0], SIDES)


def test_two_groups_are_told_as_two() -> None:
    one = row("trust", [1.0], [2.0], bimodal=1, bimodal_tested=1)
    assert groups_said(one, SIDES) == "yes"
    known = {**one, "group_low": -1.5, "group_high": 2.0, "group_share": 0.25}
    assert groups_said(known, SIDES) == "75% near -1.5, 25% near 2"
    assert groups_said(known, SIDES._replace(language="nl")) == "75% rond -1,5, 25% rond 2"
    assert groups_said({**known, "points": 9, "bimodal": 2, "bimodal_tested": 8}, SIDES) == (
        "in 2 of 8 points"
    )
    assert groups_said(row("trust", [1.0], [2.0]), SIDES) == "–"


def test_the_summary_claims_no_difference_that_is_not_told_from_zero() -> None:
    lines = summary(TABLE, WORDS, SIDES)
    assert "Organisations, 2030: mean difference 1.03 (0.89 to 1.18)." in lines
    assert any(line.startswith("Trust, 2030: no difference to be told from zero") for line in lines)
    assert "fewer than 30 seeds" in " ".join(lines)


def test_one_pair_has_no_interval_and_nothing_is_grey() -> None:
    table = pd.DataFrame([row("trust", [1.0], [2.5])])
    (card,) = cards(table, WORDS, SIDES)
    assert (card.value, card.faint) == ("+1.5", False)
    (part,) = paired_parts(table, WORDS, SIDES)
    assert cells(part, "Trust")[3].band == "" and not cells(part, "Trust")[3].faint
    assert summary(table, WORDS, SIDES)[-1] == "Trust, 2030: difference 1.5, share."
