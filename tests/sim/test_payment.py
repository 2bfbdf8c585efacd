"""Golden payments: every title by hand arithmetic from its file, to the cent."""

from __future__ import annotations

import numpy as np
import pytest
from desk import Y2007, Y2011, Y2018, Y2019, Y2020, Y2021, Desk
from support import NONE, Quarters, start_of, title_names_of, with_partnership

from agents.words import Group, Kind, Origin
from sim.ledger import Posting
from sim.phases.payment import pass_chain_income


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
        # 2020 * .333 = 13,320.00; gone in 2021, where the clock of the transition starts in 2019.
        ("gez", Y2011, 4_000_000), ("gez", Y2019, 2_668_000), ("gez", Y2020, 1_332_000),
        ("gez", Y2021, 0),
        # owz.toml: EUR 5 per insured (of the list, not of the frail): 8,000 * 5 / 4 = 10,000.00.
        ("owz", Y2011, 1_000_000), ("owz", Y2019, 667_000), ("owz", Y2021, 0),
    ],
)  # fmt: skip
def test_gez_and_owz(desk: Desk, title: str, tick: int, cents: int) -> None:
    # gez pays the lists of the centre's members, owz everyone in the area.
    desk.tables.hubs["insured"][0] = 9000 if title == "gez" else 8000
    desk.tables.hubs["listed"][0] = 8000 if title == "gez" else 500
    desk.tables.municipalities["run_down"][0] = Y2019
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
    # basis-en-stap.toml: EUR 1,600,000 and 9.6 per insured above 100,000, in full from 2021, for
    # the named insured of the whole alliance, and per included patient by burden: 10,000 frail, of
    # 2.1. 400,000: 1,600,000 + 9.6 * 321,000 = 4,681,600 a year; 100,000: the base alone.
    desk = Desk("two-part")
    desk.clear()
    organisation = desk.tables.organisations
    organisation["alive"][:2] = True
    organisation["insured"][:2] = 50_000
    organisation["allied_insured"][:2] = (400_000, 100_000)
    organisation["allied_groups"][0, Group.FRAIL] = 10_000.0
    # All that are left are in no programme.
    organisation["allied_groups"][0, Group.OTHER] = 300_000.0
    for o in (0, 1):
        desk.contract("organisations", o, "basis-en-stap")
    desk.pay(Y2021)
    assert desk.cents("basis-en-stap", Kind.ORGANISATION, 0) == 117_040_000
    assert desk.cents("basis-en-stap", Kind.ORGANISATION, 1) == 40_000_000
    # A quarter of it in 2018, and nothing before.
    desk.pay(Y2018)
    assert desk.cents("basis-en-stap", Kind.ORGANISATION, 0) == 29_260_000
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


def test_what_titles_at_fixed_tariffs_paid_is_forgotten_quarter_by_quarter(desk: Desk) -> None:
    # keten-dbc as above: EUR 1,253.25 a quarter in 2011, and nothing from 2021 on.
    desk.tables.organisations["alive"][0] = True
    desk.tables.organisations["insured"][0] = 10_000
    desk.tables.organisations["served"][0] = [100, 200, 50, 999, 999, 9999]
    desk.contract("organisations", 0, "keten-dbc")
    seen = []
    for tick in (Y2011, Y2011 + 1, Y2021, Y2021 + 1):
        desk.tables.counter["ledger_lines"][0] = 0
        desk.pay(tick)
        seen.append(float(desk.tables.organisations["legacy_revenue"][0]))
    # 1,253.25; three quarters of it and 1,253.25; then three quarters of the last, twice.
    assert seen == pytest.approx([1253.25, 2193.1875, 1644.890625, 1233.66796875], rel=1e-12)


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
        made.tables.hubs["listed"][0] = 8000
        made.contract("hubs", 0, "gez")
        made.pay(Y2011)
    assert (
        twice.cents("s1-oi", Kind.PRACTICE, 0)
        == 2 * once.cents("s1-oi", Kind.PRACTICE, 0)
        == 75_000
    )
    assert twice.cents("gez", Kind.HUB, 0) == 2 * once.cents("gez", Kind.HUB, 0) == 8_000_000


def test_nothing_is_paid_for_nothing(desk: Desk) -> None:
    desk.pay(Y2011)
    assert len(desk.lines()) == 0
