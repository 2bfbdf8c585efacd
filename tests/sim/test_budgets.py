"""Practices see a year's O&I fall against the year before."""

from __future__ import annotations

import numpy as np
import pytest
from support import Quarters, living, plain, start_of

from sim.phases.supply.budgets import watch_budgets
from sim.tables import Tables
from tests.town.checks import Case, plain_tables_of
from tests.town.tables import ASH, BIRCH, CEDAR


def _town(name: str) -> Tables:
    def last_year(t: Tables) -> None:
        t.counter["practices"] = 4
        t.practices["oi_year"] = [1.0, 0.2, 0.0, 0.0, *[0.0] * (len(t.practices) - 4)]
        t.practices["oi_last"][:3] = [2.0, 0.5, 0.0]

    return plain_tables_of(Case(name, last_year, {}, only=True))


def test_a_year_adds_up_and_is_compared_at_its_end_by_hand() -> None:
    tables = _town("budgets, ending")
    plain(watch_budgets)(tables, True)
    ash, birch, cedar = (tables.practices[i] for i in (ASH, BIRCH, CEDAR))
    # Per patient 1,000/2,000 = .5 and 1,400/3,000 this quarter.
    assert ash.oi_last == pytest.approx(1.5, rel=1e-12)
    assert ash.oi_fall == pytest.approx(0.25, rel=1e-12)
    assert birch.oi_fall == 0.0  # it rose from .5 to .667
    assert cedar.oi_fall == 0.0  # nothing the year before
    assert cedar.oi_last == pytest.approx(0.34, rel=1e-12)


def test_within_the_year_only_the_sum_moves() -> None:
    tables = _town("budgets, within")
    plain(watch_budgets)(tables, False)
    ash = tables.practices[ASH]
    assert (ash.oi_year, ash.oi_last, ash.oi_fall) == (1.5, 2.0, 0.2)


def test_money_that_stops_is_a_shock() -> None:
    def shock(settings: tuple[str, ...]) -> float:
        # Who leaves a health centre loses its money too: here nobody is in one.
        values = {"centre.members": False}
        run = Quarters(start_of(2, values=values, ticks=32, settings=settings), seed=1)
        tables = run.step(32)
        return float(np.max(living(tables.practices)["oi_fall"]))

    # The title of every practice ends in 2013: nobody keeps what it had.
    stop = ("title.s1-oi.rate@2013-01-01=0", "title.gez.rate@2013-01-01=0")
    assert shock(stop) > shock(()) + 0.2
