"""The 24 designs: EUR 6.6 per insured at the reference state (design.toml, F023)."""

from __future__ import annotations

import numpy as np
import pytest
from desk import Y2018, Desk
from support import NONE, small

from agents.words import Kind
from sim.phases.calendar import count_names
from sim.policy.design import design_names


def at_reference(name: str) -> tuple[Desk, list[str], int]:
    """The region as drawn, everyone under one eligible payee, coverage 1; paid for 2018Q1."""
    desk = Desk(name, 3)
    tables = desk.tables
    mine = [t for t in desk.titles if t.startswith("design-")]
    rows = int(tables.counter["practices"][0])
    tables.practices["coverage"][:rows] = 1.0
    if "/organisation/" in name:
        tables.counter["organisations"][0] = 1
        tables.organisations["alive"][0] = True
        tables.organisations["lead"][0] = NONE
        tables.organisations["quality"][0] = 1.0
        tables.organisations["contract"][0] = NONE
        tables.practices["organisation"][:rows] = 0
        tables.practices["chain"][:rows] = 0
        for title in mine:
            desk.contract("organisations", 0, title)
    else:
        for unit in range(int(tables.counter["units"][0])):
            for title in mine:
                desk.contract("units", unit, title)
    count_names(tables)
    desk.pay(Y2018)
    return desk, mine, int(tables.practices["patients"][:rows].sum())


@pytest.mark.parametrize("name", design_names())
def test_designs_pay_the_same_at_the_reference_state(name: str) -> None:
    desk, mine, insured = at_reference(name)
    assert len(mine) == (1 if ":bundled/" in name else 7)
    payees = 1 if "/organisation/" in name else int(desk.tables.counter["units"][0])
    # 6.6 * insured / 4 EUR; every payment of a title to a payee is rounded by half a cent.
    assert desk.total(*mine) == pytest.approx(660.0 * insured / 4.0, abs=0.5 * payees * len(mine))
    assert insured == desk.tables.municipalities["population"].sum() > 0


def test_there_are_24_designs() -> None:
    assert len(set(design_names())) == 24


def test_design_lump_sum_is_the_same_for_every_payee() -> None:
    desk, mine, insured = at_reference("design:bundled/practice/lump-sum")
    units = int(desk.tables.counter["units"][0])
    each = {desk.cents(mine[0], Kind.UNIT, u) for u in range(units)}
    # 6.6 * insured / units / 4 for each unit, large or small.
    assert len(each) == 1 and units > 3
    assert each.pop() == pytest.approx(660.0 * insured / units / 4.0, abs=0.5)


def test_design_per_insured() -> None:
    desk, mine, _ = at_reference("design:bundled/practice/insured")
    for unit in range(int(desk.tables.counter["units"][0])):
        # EUR 6.6 a year each: 1.65 a quarter.
        insured = int(desk.tables.units["insured"][unit])
        assert desk.cents(mine[0], Kind.UNIT, unit) == pytest.approx(165.0 * insured, abs=0.5)


@pytest.mark.parametrize("unit", ["patient", "act"])
def test_design_per_patient_or_act(unit: str) -> None:
    desk, mine, insured = at_reference(f"design:bundled/practice/{unit}")
    groups = desk.tables.units["groups"][: int(desk.tables.counter["units"][0])]
    # Inclusion .65 .22 .40 1 1 1 and burden 1 .6 1 .51 2.1 .22 (agents/care.py); acts count
    # chains only, four each, which drops out of the shares.
    weights = np.array([0.65, 0.22 * 0.6, 0.40, 0.51, 2.1, 0.22])
    if unit == "act":
        weights = np.array([0.65, 0.22, 0.40, 0.0, 0.0, 0.0])
    volume = groups @ weights
    for u in range(len(groups)):
        expected = 165.0 * insured * volume[u] / volume.sum()
        assert desk.cents(mine[0], Kind.UNIT, u) == pytest.approx(expected, abs=0.501)


def test_design_by_effort_pays_hours_up_to_the_cap() -> None:
    # Full support takes 17 EUR / 110 EUR an hour = .15455 h per insured; the cap is .06 h, priced
    # at 110. At 20% delivered: .2 * 17/110 = .0309 h, EUR 3.40. From .06*110/17 = 38.8% on: 6.60.
    desk, mine, insured = at_reference("design:bundled/organisation/effort")
    for quality, euros in ((0.2, 3.4), (0.38, 6.46), (0.4, 6.6), (1.0, 6.6), (0.0, 0.0)):
        desk.tables.organisations["quality"][0] = quality
        desk.pay(Y2018)
        expected = euros * insured * 100.0 / 4.0
        assert desk.total(*mine) == pytest.approx(expected, abs=0.5 + 1e-9 * insured)


def test_design_in_two_parts() -> None:
    # Half of 6.6 on the region's insured as a lump sum, half per insured: a payee with 40% of
    # them gets 3.3 * N + 3.3 * .4 N.
    desk, mine, insured = at_reference("design:bundled/organisation/two-part")
    for field in ("insured", "allied_insured"):
        desk.tables.organisations[field][0] = 40_000
    desk.pay(Y2018)
    assert desk.total(*mine) == pytest.approx((330.0 * insured + 330.0 * 40_000) / 4.0, abs=0.5)


def test_components_split_by_function() -> None:
    desk, mine, insured = at_reference("design:component/organisation/insured")
    # design.toml: ict .22 of 6.6, innovation .05.
    assert desk.cents("design-ict", Kind.ORGANISATION, 0) == pytest.approx(
        0.22 * 660.0 * insured / 4.0, abs=0.5
    )
    assert desk.cents("design-innovation", Kind.ORGANISATION, 0) == pytest.approx(
        0.05 * 660.0 * insured / 4.0, abs=0.5
    )
    # Money for hubs is a condition: without conditions all is for its own functions.
    paid = desk.cents("design-innovation", Kind.ORGANISATION, 0) / 100.0
    assert desk.tables.organisations["money"][0, 3] == pytest.approx(paid, rel=1e-12)
    assert desk.tables.organisations["hub_money"][0] == 0.0


def test_with_conditions_two_fifths_of_all_are_for_hubs() -> None:
    desk, _, insured = at_reference("design:component/organisation/insured/conditions")
    paid = desk.cents("design-innovation", Kind.ORGANISATION, 0) / 100.0
    assert paid == pytest.approx(0.05 * 6.6 * insured / 4.0, abs=0.005)
    # Three fifths are for its own functions.
    assert desk.tables.organisations["money"][0, 3] == pytest.approx(0.6 * paid, rel=1e-12)
    assert desk.tables.organisations["hub_money"][0] == pytest.approx(
        0.4 * desk.tables.organisations["revenue"][0], abs=0.5
    )


def test_the_design_replaces_older_oi_titles_and_keeps_three() -> None:
    desk = Desk("design:bundled/organisation/insured")
    now = desk.tables.titles[Y2018]
    active = {t for t, a in zip(desk.titles, now["active"], strict=True) if a}
    assert active == {"s1-oi", "ros", "keten-zorg", "design-bundled"}


def test_region_is_the_one_meant() -> None:
    # 68,000-odd people in Zeist and 3 municipalities below 20: one ROS, so one payee.
    assert len(small(3).municipalities) == 3
    assert len(Desk("historic-nl", 3).tables.ros) == 1
