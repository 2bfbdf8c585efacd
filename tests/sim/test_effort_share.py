"""Pay per act or effort is weighed by money: what a bundle costs in trust, its parts cost."""

from __future__ import annotations

import pytest
from support import Quarters, column, plain, series_of, start_of

from agents.words import PayUnit
from sim.phases.meetings.meetings import effort_share
from sim.tables import Tables


def _titles(paid: list[float], units: list[int]) -> Tables:
    """Tables of which titles paid this, in these units, under O&I titles but the last."""
    start = start_of(1, ticks=4)
    for k in range(len(start.tariffs)):
        start.titles["oi"][0, k] = False
        start.tariffs["paid"][k] = 0.0
    for k, (euros, unit) in enumerate(zip(paid, units, strict=True)):
        start.titles["oi"][0, k] = k < len(paid) - 1
        start.titles["unit"][0, k] = unit
        start.tariffs["paid"][k] = euros
    return start


def test_the_share_is_that_of_the_money() -> None:
    units = [PayUnit.ACT, PayUnit.EFFORT, PayUnit.INSURED, PayUnit.LUMP_SUM, PayUnit.ACT]
    # 20 and 10 of 20 + 10 + 60 + 30; the last is no O&I.
    assert effort_share(_titles([20.0, 10.0, 60.0, 30.0, 99.0], units), 0) == 0.25


def test_the_same_money_in_more_titles_is_the_same_share() -> None:
    one = _titles([70.0, 30.0, 0.0], [PayUnit.ACT, PayUnit.INSURED, PayUnit.ACT])
    seven = _titles([10.0] * 7 + [30.0, 0.0], [PayUnit.ACT] * 7 + [PayUnit.INSURED, PayUnit.ACT])
    assert effort_share(one, 0) == effort_share(seven, 0) == 0.7


def test_nothing_paid_is_no_share() -> None:
    assert effort_share(_titles([0.0, 5.0], [PayUnit.ACT, PayUnit.ACT]), 0) == 0.0


@pytest.mark.parametrize("route", ["organisation", "practice"])
def test_bundled_and_component_designs_by_act_weigh_the_same(route: str) -> None:
    shares = []
    for bundling in ("bundled", "component"):
        start = start_of(2, f"design:{bundling}/{route}/act", ticks=28, switch="2010Q1")
        run = Quarters(start, seed=1)
        tables = run.step(24)
        paid = tables.tariffs["paid"]
        assert paid.sum() > 0.0
        shares.append(effort_share(tables, 23))
    # Seven titles of 2 euros each are one of 14: counted, they would be .33 against .78.
    assert min(shares) > 0.5
    assert abs(shares[0] - shares[1]) < 0.01


def test_what_titles_paid_is_what_insurers_paid() -> None:
    run = Quarters(start_of(2, ticks=40), seed=2)
    tables = run.step(33)
    first = {"oi": 0.0, "all": 0.0}
    for k in range(len(tables.tariffs)):
        first["all"] += float(tables.tariffs["paid"][k])
    lines = run.ledger()
    titled = (lines["title"] >= 0) & (lines["title"] < len(tables.tariffs)) & (lines["phase"] == 8)
    assert first["all"] == pytest.approx(float(lines["cents"][titled].sum()) / 100.0, abs=0.01)


def test_without_the_effect_the_share_moves_nothing() -> None:
    """With `trust.bad_effort` 0 a design by act meets its payer as any other."""
    design = "design:component/practice/act"
    off = series_of(
        start_of(1, design, {"trust.bad_effort": 0.0}, ticks=32, switch="2008Q1"), last=31
    )
    on = series_of(
        start_of(1, design, {"trust.bad_effort": 0.5}, ticks=32, switch="2008Q1"), last=31
    )
    assert column(on, "criterion_8")[-1] < column(off, "criterion_8")[-1]
    assert plain(effort_share)  # a rule, compiled and plain
