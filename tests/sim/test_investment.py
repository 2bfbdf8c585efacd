"""Investment: what organisations put aside, when they do, and what it saves."""

from __future__ import annotations

import math

import numpy as np
import pytest
from support import Quarters, both, living, params, plain, row, start_of

from agents.organisation.investment import want_invest, watch_income
from agents.organisation.regio_organisatie import (
    RegioOrganisatie,
    cost_level,
)
from agents.words import Kind
from sim.ledger import Posting
from sim.phases.supply.incomes import longest_term


def test_mean_and_variance_of_income_by_hand() -> None:
    body = row(RegioOrganisatie)
    watch = plain(watch_income)
    watch(body, 10.0, params())
    assert (body.income_mean, body.income_variance) == (10.0, 0.0)
    # 4 above the mean, weight .5: mean 12, variance .5 * (0 + .5 * 16).
    watch(body, 14.0, params())
    assert body.income_mean == pytest.approx(12.0, rel=1e-12)
    assert body.income_variance == pytest.approx(4.0, rel=1e-12)


def test_investment_falls_with_variation_and_rises_with_the_term() -> None:
    sure = row(RegioOrganisatie, income_mean=10.0)
    # .08 * (1 - 1/e) at a term of three years, nothing without a contract.
    expected = 0.08 * (1.0 - math.exp(-1.0))
    assert both(want_invest, sure, 3.0, params()) == pytest.approx(expected, rel=1e-12)
    assert both(want_invest, sure, 0.0, params()) == 0.0
    # Standard deviation 2.5 on 10: cv .25, exp(-3 * .25).
    shaky = row(RegioOrganisatie, income_mean=10.0, income_variance=6.25)
    expected = expected * math.exp(-0.75)
    assert both(want_invest, shaky, 3.0, params()) == pytest.approx(expected, rel=1e-12)
    # A body without a past has no variation either.
    assert both(want_invest, row(RegioOrganisatie), 3.0, params()) > 0.0


def test_what_was_invested_lowers_cost() -> None:
    body = row(RegioOrganisatie, cost_factor=1.2, slack=0.1, invested=0.5)
    # 1.2 * 1.1 * (1 - .15 * .5).
    assert both(cost_level, body, params()) == pytest.approx(1.221, rel=1e-12)


def test_it_is_paid_from_the_account_as_operating_cost() -> None:
    bodies = []
    for on in (True, False):
        run = Quarters(start_of(4, values={"organisation.found": 1.0, "investment.on": on}), seed=1)
        run.step(25)  # 2012Q1: all older titles pay
        lines = run.ledger()
        first = int(run.tables.offsets[Kind.ORGANISATION])
        mine = (lines["title"] == Posting.OPERATING) & (lines["payer"] >= first)
        bodies.append((living(run.tables.organisations).copy(), int(mine.sum())))
    (investing, more), (idle, fewer) = bodies
    assert np.all(idle["invested"] == 0.0) and np.any(investing["invested"] > 0.0)
    assert more > fewer
    assert np.all(investing["invested"] <= 1.0)
    assert longest_term(run.tables, 0, 24) in (0.0, 1.0)


def test_investing_organisations_end_up_cheaper() -> None:
    level = {}
    for on in (True, False):
        run = Quarters(start_of(10, values={"investment.on": on, "innovation.saves": 0.0}), seed=4)
        rows = living(run.step(100).organisations)
        factor = rows["cost_factor"] * (1.0 + rows["slack"])
        weight = rows["patients"] / rows["patients"].sum()
        level[on] = float((rows["level"] / factor) @ weight)
    assert level[False] == pytest.approx(1.0, abs=1e-12)
    assert 0.84 < level[True] < 0.98
