"""Golden payments: every title by hand arithmetic from its file, to the cent."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from support import (
    HUGE_MACRO,
    NONE,
    Quarters,
    small,
    start_of,
    title_names_of,
    with_partnership,
)

from agents.words import Kind, Origin
from sim.ledger import Posting
from sim.phases.calendar import count_names
from sim.phases.payment import pass_chain_income, pay_titles, split_payment
from sim.policy.design import design_names

Y2007, Y2011, Y2018, Y2019, Y2020, Y2021 = (4 * (year - 2006) for year in
                                            (2007, 2011, 2018, 2019, 2020, 2021))  # fmt: skip


class Desk:
    """A drawn region in which a test sets who holds what, and pays a quarter."""

    def __init__(
        self, regime: str = "historic-nl", municipalities: int = 1, settings: tuple[str, ...] = (),
        **values: Any,
    ) -> None:  # fmt: skip
        named = {name.replace("_", ".", 1): value for name, value in values.items()}
        start = start_of(municipalities, regime, named, settings=(HUGE_MACRO, *settings))
        self.titles = title_names_of(regime, (HUGE_MACRO, *settings))
        self.tables = Quarters(start).tables

    def clear(self) -> None:
        """Nobody holds a contract; no lists."""
        for table in ("organisations", "units", "hubs"):
            getattr(self.tables, table)["contract"][:] = NONE
        self.tables.practices["patients"][:] = 0
        self.tables.ros["insured"][:] = 0
        self.tables.counter["organisations"][0] = 2

    def contract(self, table: str, row: int, title: str) -> None:
        getattr(self.tables, table)["contract"][row, self.titles.index(title)] = 0

    def pay(self, tick: int) -> None:
        self.tables.counter["ledger_lines"][0] = 0
        pay_titles(self.tables, tick)
        assert self.tables.counter["failure"][0] == 0

    def lines(self) -> Any:
        return self.tables.ledger[: self.tables.counter["ledger_lines"][0]]

    def cents(self, title: str | int, kind: int, row: int) -> int:
        """What a party received under a title, over all insurers."""
        code = title if isinstance(title, int) else self.titles.index(title)
        lines = self.lines()
        party = int(self.tables.offsets[kind]) + row
        found = lines[(lines["title"] == code) & (lines["receiver"] == party)]
        return int(found["cents"].sum())

    def total(self, *titles: str) -> int:
        lines = self.lines()
        codes = [self.titles.index(t) for t in titles]
        return int(lines[np.isin(lines["title"], codes)]["cents"].sum())


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    made.clear()
    return made


def test_s1_oi(desk: Desk) -> None:
    # s1-oi.toml: EUR 0.5 per insured a year. 3,000 * 0.5 / 4 = 375.00.
    desk.tables.practices["patients"][2] = 3000
    desk.pay(Y2011)
    assert desk.cents("s1-oi", Kind.PRACTICE, 2) == 37500
    assert desk.tables.practices["money"][2] == 375.0
    assert desk.cents("s1-oi", Kind.PRACTICE, 1) == 0


def test_praktijkmanagement(desk: Desk) -> None:
    # praktijkmanagement.toml: EUR 0.5 per insured from 2018. 2,345 * 0.5 / 4 = 293.125: a half
    # cent goes up, 293.13.
    desk.tables.practices["patients"][0] = 2345
    desk.pay(Y2018 - 1)
    assert desk.cents("praktijkmanagement", Kind.PRACTICE, 0) == 0
    desk.pay(Y2018)
    assert desk.cents("praktijkmanagement", Kind.PRACTICE, 0) == 29313


@pytest.mark.parametrize(
    ("tick", "cents"),
    [
        # keten-dbc.toml: EUR 45 per burden-weighted included patient. Inclusion F014 (65, 22, 40%),
        # burden 1, .6, 1: 100*.65*1 + 200*.22*.6 + 50*.40*1 = 65 + 26.4 + 20 = 111.4 weighted;
        # 111.4 * 45 = 5,013 a year, 1,253.25 a quarter. Half of it from 2007: 626.625 -> .63 (a
        # half cent goes up); from 2019 by .667 and .333: 835.91775, 417.33225; nothing in 2021.
        (Y2007 - 1, 0), (Y2007, 62663), (Y2011, 125325), (Y2019, 83592), (Y2020, 41733), (Y2021, 0),
    ],
)  # fmt: skip
def test_keten_dbc(desk: Desk, tick: int, cents: int) -> None:
    desk.tables.organisations["alive"][0] = True
    desk.tables.organisations["insured"][0] = 10_000
    desk.tables.organisations["served"][0] = [100, 200, 50, 999, 999, 9999]
    desk.contract("organisations", 0, "keten-dbc")
    desk.pay(tick)
    assert desk.cents("keten-dbc", Kind.ORGANISATION, 0) == cents


def test_keten_dbc_needs_a_contract_and_life(desk: Desk) -> None:
    desk.tables.organisations["insured"][:2] = 10_000
    desk.tables.organisations["served"][:2] = 100.0
    desk.tables.organisations["alive"][1] = True
    desk.contract("organisations", 0, "keten-dbc")  # ended
    desk.pay(Y2011)
    assert desk.total("keten-dbc") == 0


@pytest.mark.parametrize(
    ("title", "tick", "cents"),
    [
        # gez.toml: EUR 20 per insured: 8,000 * 20 / 4 = 40,000.00; 2019 * .667 = 26,680.00;
        # 2020 * .333 = 13,320.00; gone in 2021.
        ("gez", Y2011, 4_000_000), ("gez", Y2019, 2_668_000), ("gez", Y2020, 1_332_000),
        ("gez", Y2021, 0),
        # owz.toml: EUR 5 per insured (of the list, not of the frail): 8,000 * 5 / 4 = 10,000.00.
        ("owz", Y2011, 1_000_000), ("owz", Y2019, 667_000), ("owz", Y2021, 0),
    ],
)  # fmt: skip
def test_gez_and_owz(desk: Desk, title: str, tick: int, cents: int) -> None:
    desk.tables.hubs["insured"][0] = 8000
    desk.contract("hubs", 0, title)
    desk.pay(tick)
    assert desk.cents(title, Kind.HUB, 0) == cents
    # Earmarked as the file says: gez gives 22% to ict, owz 60% to care management.
    parts = desk.tables.hubs["money"][0] / max(0.01, cents / 100.0)
    assert parts[0 if title == "gez" else 4] == pytest.approx(
        (0.22 if title == "gez" else 0.6) if cents else 0.0, abs=1e-12
    )


def test_gez_and_owz_go_to_their_own_kind_of_hub() -> None:
    # After a first year of contracts: health centres hold gez, an owz holds owz, others nothing.
    quarters = Quarters(start_of(4))
    tables = quarters.step(5)
    names = title_names_of("historic-nl")
    for hub in tables.hubs:
        origin = Origin.words()[hub["origin"]]
        held = {n for n, c in zip(names, hub["contract"], strict=False) if c != NONE}
        expected = {"health-centre": {"gez"}, "owz": {"owz"}}.get(origin, set())
        assert held == (expected if hub["stage"] > 0 else set())
    assert {"health-centre", "owz"} <= {Origin.words()[o] for o in tables.hubs["origin"]}


def test_partnerships_are_paid_under_their_own_insurer_until_the_norm() -> None:
    desk = Desk("zorg-en-zekerheid")
    desk.tables.hubs["insured"][0] = 8000
    desk.contract("hubs", 0, "wsv")
    # wsv.toml: EUR 5 per insured until 2022: 8,000 * 5 / 4 = 10,000.00.
    for tick, cents in ((Y2011, 1_000_000), (Y2021, 1_000_000), (Y2021 + 4, 0)):
        desk.tables.counter["ledger_lines"][0] = 0
        desk.pay(tick)
        assert desk.cents("wsv", Kind.HUB, 0) == cents
    # In a run only a hub that is one gets it, from its first quarter, and it has experience.
    region = with_partnership(2)
    for regime, paid in (("zorg-en-zekerheid", True), ("historic-nl", False)):
        quarters = Quarters(start_of(region, regime))
        tables = quarters.step(1)
        partners = tables.hubs["origin"] == Origin.WSV
        assert partners.sum() == 1 and (tables.hubs["stage"][partners] > 0).all()
        names = title_names_of(regime)
        held = np.zeros(len(partners), bool)
        if paid:
            held = tables.hubs["contract"][:, names.index("wsv")] != NONE
        assert (held == (partners if paid else False)).all()
        money = tables.hubs["revenue"][partners]
        assert (money > 0.0).all() == paid
        if paid:
            per_head = float(money[0] / tables.hubs["insured"][partners][0])
            assert per_head == pytest.approx(1.25, rel=1e-3)


def test_ros(desk: Desk) -> None:
    # ros.toml: EUR 1.3 per insured: 123,456 * 1.3 / 4 = 40,123.20.
    desk.tables.ros["insured"][0] = 123_456
    desk.pay(Y2011)
    assert desk.cents("ros", Kind.ROS, 0) == 4_012_320


def test_the_three_region_titles_with_a_bargained_fee(desk: Desk) -> None:
    # A lead with 120,000 named insured in its alliance and a fee of EUR 8 a year. Shares of the
    # fee: regiomanagement .25, wijkmanagement .40, ondersteuning-ketenzorg .35 (adds up to 1):
    # 960,000 a year, 240,000 a quarter = 60,000 + 96,000 + 84,000.
    organisation = desk.tables.organisations
    organisation["alive"][0], organisation["fee"][0] = True, 8.0
    organisation["insured"][0], organisation["allied_insured"][0] = 50_000, 120_000
    for title in ("regiomanagement", "wijkmanagement", "ondersteuning-ketenzorg"):
        desk.contract("organisations", 0, title)
    desk.pay(Y2018)
    assert desk.cents("regiomanagement", Kind.ORGANISATION, 0) == 6_000_000
    assert desk.cents("wijkmanagement", Kind.ORGANISATION, 0) == 9_600_000
    assert desk.cents("ondersteuning-ketenzorg", Kind.ORGANISATION, 0) == 8_400_000
    # Earmarked: regiomanagement 30% ict; ondersteuning 30% ict; wijkmanagement none:
    # .30 * 60,000 + .30 * 84,000 = 43,200.
    assert organisation["money"][0, 0] == pytest.approx(43_200.0, rel=1e-12)
    assert organisation["shared_revenue"][0] == 240_000.0
    # They are no title of before 2018.
    desk.pay(Y2018 - 1)
    assert desk.total("regiomanagement", "wijkmanagement", "ondersteuning-ketenzorg") == 0


def test_a_base_amount_and_a_step_for_the_region() -> None:
    # basis-en-stap.toml: EUR 1,600,000 and 12 per insured above 100,000, in full from 2021, for
    # the named insured of the whole alliance. 400,000: 5,200,000 a year; 100,000: the base alone.
    desk = Desk("two-part")
    desk.clear()
    organisation = desk.tables.organisations
    organisation["alive"][:2] = True
    organisation["insured"][:2] = 50_000
    organisation["allied_insured"][:2] = (400_000, 100_000)
    for o in (0, 1):
        desk.contract("organisations", o, "basis-en-stap")
    desk.pay(Y2021)
    assert desk.cents("basis-en-stap", Kind.ORGANISATION, 0) == 130_000_000
    assert desk.cents("basis-en-stap", Kind.ORGANISATION, 1) == 40_000_000
    # A quarter of it in 2018, and nothing before.
    desk.pay(Y2018)
    assert desk.cents("basis-en-stap", Kind.ORGANISATION, 0) == 32_500_000
    desk.pay(Y2018 - 1)
    assert desk.total("basis-en-stap") == 0


def test_region_money_that_is_bargained_with_a_fixed_part() -> None:
    # menzis-regio.toml: the whole fee, and EUR 2 from 2022, for own named insured whatever the
    # alliance: 50,000 * 10 / 4 = 125,000.00 and 50,000 * (10 + 2) / 4 = 150,000.00.
    desk = Desk("menzis")
    desk.clear()
    organisation = desk.tables.organisations
    organisation["alive"][0], organisation["fee"][0] = True, 10.0
    organisation["insured"][0], organisation["allied_insured"][0] = 50_000, 120_000
    desk.contract("organisations", 0, "menzis-regio")
    for tick, cents in ((Y2018 - 1, 0), (Y2021, 12_500_000), (Y2021 + 4, 15_000_000)):
        desk.pay(tick)
        assert desk.cents("menzis-regio", Kind.ORGANISATION, 0) == cents


def test_oi_within_the_tariffs_for_care() -> None:
    # integral-tariff.toml: EUR 9.45 for registration from 2021: 3,000 * 9.45 / 4 = 7,087.50.
    desk = Desk("integral-tariff")
    desk.clear()
    desk.tables.practices["patients"][2] = 3000
    desk.pay(Y2021)
    assert desk.cents("s1-oi", Kind.PRACTICE, 2) == 708_750


def test_income_from_chain_care_reaches_members_only(desk: Desk) -> None:
    # keten-zorg.toml: EUR 3 per insured from 2007: 3,000 * 3 / 4 = 2,250.00 for a member.
    practices = desk.tables.practices
    practices["patients"][:3] = 3000
    practices["organisation"][1] = 0
    desk.tables.organisations["alive"][0] = True
    desk.contract("organisations", 0, "keten-zorg")
    for tick, cents in ((Y2007 - 1, 0), (Y2011, 225_000), (Y2021, 225_000)):
        desk.tables.counter["ledger_lines"][0] = 0
        pass_chain_income(desk.tables, tick)
        assert [desk.cents(Posting.MARGIN, Kind.PRACTICE, i) for i in range(3)] == [0, cents, 0]
    assert desk.tables.organisations["margin"][0] == 3.0
    # It is not O&I: the practice's O&I money does not see it.
    assert practices["money"][1] == 0.0


def test_generosity_multiplies_every_title() -> None:
    once, twice = Desk(), Desk(money_scale=2.0)
    for made in (once, twice):
        made.clear()
        made.tables.practices["patients"][0] = 3000
        made.tables.hubs["insured"][0] = 8000
        made.contract("hubs", 0, "gez")
        made.pay(Y2011)
    assert (
        twice.cents("s1-oi", Kind.PRACTICE, 0)
        == 2 * once.cents("s1-oi", Kind.PRACTICE, 0)
        == 75_000
    )
    assert twice.cents("gez", Kind.HUB, 0) == 2 * once.cents("gez", Kind.HUB, 0) == 8_000_000


# Insurers and the macro budget


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


def test_nothing_is_paid_for_nothing(desk: Desk) -> None:
    desk.pay(Y2011)
    assert len(desk.lines()) == 0


def test_the_macro_budget_binds_on_oi_titles_alone() -> None:
    # Claims: 10,000 insured at .5 (s1-oi) and 8,000 at 20 (gez): 5,000 + 160,000 = 165,000 a year.
    # A budget of EUR 3 on the municipality's 20,000 insured is 60,000: each title gets 60/165.
    desk = Desk(settings=("policy.macro=3",))
    desk.clear()
    desk.tables.municipalities["population"][0] = 20_000
    desk.tables.practices["patients"][0] = 10_000
    desk.tables.hubs["insured"][0] = 8000
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
    desk.tables.hubs["insured"][0] = 8000
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
    assert len(desk.lines()) == 0
    pass_chain_income(desk.tables, Y2011)
    assert desk.cents(Posting.MARGIN, Kind.PRACTICE, 0) == 225_000


# The 24 designs: EUR 6.6 per insured at the reference state (design.toml, F023)


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
    # Inclusion .65 .22 .40 1 1 1 and burden 1 .6 1 .8 2 .15 (agents/care.py); acts count
    # chains only, four each, which drops out of the shares.
    weights = np.array([0.65, 0.22 * 0.6, 0.40, 0.8, 2.0, 0.15])
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
    assert desk.tables.organisations["money"][0, 3] == pytest.approx(
        desk.cents("design-innovation", Kind.ORGANISATION, 0) / 100.0, rel=1e-12
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
