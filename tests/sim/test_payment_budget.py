"""Insurers share every payment to the cent, and the macro budget cuts what it should."""

from __future__ import annotations

import pytest
from desk import Y2011, Desk

from agents.words import Kind
from sim.ledger import Posting
from sim.phases.payment import pass_chain_income, split_payment


@pytest.mark.parametrize("cents", [1, 2, 7, 99, 100_001, 123_456_789])
def test_insurers_share_a_payment_to_the_cent(desk: Desk, cents: int) -> None:
    desk.tables.counter["ledger_lines"][0] = 0
    payee = int(desk.tables.offsets[Kind.HUB])
    assert split_payment(desk.tables, payee, 0, 1, cents / 100.0, Y2011) == cents
    lines = desk.lines()
    assert lines["cents"].sum() == cents and (lines["cents"] > 0).all()
    shares = desk.tables.municipalities["shares"][0]
    assert shares.sum() == pytest.approx(1.0, abs=1e-9)
    for line in lines:
        share = shares[line["payer"] - 1]
        # Cumulative rounding: each part is off by less than a cent.
        assert abs(line["cents"] - share * cents) < 1.0 + 1e-6
    assert desk.tables.accounts["inflow"][payee] == cents
    assert desk.tables.accounts["outflow"].sum() == cents


def test_the_macro_budget_binds_on_oi_titles_alone() -> None:
    # Claims: 10,000 insured at .5 (s1-oi) and 8,000 at 20 (gez): 5,000 + 160,000 = 165,000 a year.
    # A budget of EUR 3 on the municipality's 20,000 insured is 60,000: each title gets 60/165.
    desk = Desk(settings=("policy.macro=3",))
    desk.clear()
    desk.tables.municipalities["population"][0] = 20_000
    desk.tables.practices["patients"][0] = 10_000
    desk.tables.hubs["insured"][0] = desk.tables.hubs["listed"][0] = 8000
    desk.contract("hubs", 0, "gez")
    desk.pay(Y2011)
    # 5,000 * 60/165 / 4 = 454.5454..., 160,000 * 60/165 / 4 = 14,545.4545...
    assert desk.cents("s1-oi", Kind.PRACTICE, 0) == 45_455
    assert desk.cents("gez", Kind.HUB, 0) == 1_454_545
    # A budget that is exactly enough takes nothing away: 165,000 / 20,000 = 8.25.
    desk = Desk(settings=("policy.macro=8.25",))
    desk.clear()
    desk.tables.municipalities["population"][0] = 20_000
    desk.tables.practices["patients"][0] = 10_000
    desk.tables.hubs["insured"][0] = desk.tables.hubs["listed"][0] = 8000
    desk.contract("hubs", 0, "gez")
    desk.pay(Y2011)
    assert desk.cents("gez", Kind.HUB, 0) == 4_000_000
    # Income from chain care is no O&I and is not cut.
    desk = Desk(settings=("policy.macro=0",))
    desk.clear()
    desk.tables.practices["patients"][0] = 3000
    desk.tables.practices["organisation"][0] = 0
    desk.contract("organisations", 0, "keten-zorg")
    desk.pay(Y2011)
    # What is claimed beside it, 3,000 at .5, is cut: credited and taken back.
    assert desk.lines()["title"].tolist() == [Posting.CLAIMED, Posting.ROOM_CUT]
    pass_chain_income(desk.tables, Y2011)
    assert desk.cents(Posting.MARGIN, Kind.PRACTICE, 0) == 225_000
