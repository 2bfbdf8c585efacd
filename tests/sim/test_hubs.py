"""Hubs: disciplines at the table, managers, agreements, gemeentehubs, allocation and attendance."""

from __future__ import annotations

import math

import numpy as np
import pytest
from support import (
    NONE,
    Quarters,
    Values,
    both,
    living,
    params,
    row,
    series_of,
    start_of,
    with_partnership,
)

from agents.events import Cause, Event
from agents.hub import (
    Help,
    Hub,
    chance_advance,
    chance_joint,
    choose_manager,
    contribute,
    cost_manager,
    organise_discipline,
    weigh_disciplines,
    wijk_autonomy,
)
from agents.practice import HubSeen, Practice, value_hub
from agents.title import Policy
from agents.words import Kind, Manager, Origin
from sim.ledger import Posting
from sim.measure.outcomes import NAMES
from sim.phases.allocation import divide_hub_money
from sim.phases.hubs.hubs import unit_carries
from sim.phases.public.municipal import count_counterparts
from sim.tables import Tables

# The table


def test_disciplines_weigh_by_their_organisation_and_welfare_by_the_adviser() -> None:
    hub = row(Hub, disciplines=[0.2, 0.4, 0.6, 0.8, 0.5])
    # Mean of .2 .4 .6 .8 .5 = .5; without an adviser welfare brings .3 * .5 = .15: 2.15 / 5.
    assert both(weigh_disciplines, hub, True, 0.0, params()) == pytest.approx(0.5, rel=1e-12)
    assert both(weigh_disciplines, hub, False, 0.0, params()) == pytest.approx(0.43, rel=1e-12)
    # Boards that must seat all: the least organised holds the table up, half forced half way.
    assert both(weigh_disciplines, hub, True, 1.0, params()) == pytest.approx(0.2, rel=1e-12)
    assert both(weigh_disciplines, hub, True, 0.5, params()) == pytest.approx(0.35, rel=1e-12)
    # GPs weigh half: .5 * .8 + .5 * .43 * .8.
    assert both(contribute, 0.8, 0.43, params()) == pytest.approx(0.572, rel=1e-12)


def test_a_discipline_organises_itself_with_help_and_falls_back_without() -> None:
    hub = row(Hub)
    # Nobody helps: a quarter of .15 of the way back from .6 to .4.
    alone = both(organise_discipline, hub, 0.6, 0.4, Help(region=0.0, forced=0.0), params())
    assert alone == pytest.approx(0.6 - 0.25 * 0.15 * 0.2, rel=1e-12)
    # ROS and region: (.3 + .15) * .4 up, the same back.
    hub.guided = True
    helped = both(organise_discipline, hub, 0.6, 0.4, Help(region=1.0, forced=0.0), params())
    assert helped == pytest.approx(0.6 + 0.25 * (0.45 * 0.4 - 0.15 * 0.2), rel=1e-12)
    forced = both(organise_discipline, hub, 0.6, 0.4, Help(region=1.0, forced=1.0), params())
    assert forced == pytest.approx(0.6 + 0.25 * (0.6 * 0.4 - 0.15 * 0.2), rel=1e-12)


def seen_hub(joint: bool, autonomy: float, pay: float) -> HubSeen:
    """Return a driver without service, in which half of the neighbours take part."""
    return HubSeen(stage=2, service=0.0, joint=joint, autonomy=autonomy, neighbours=0.5, pay=pay)


def test_meetings_cost_practices_what_fees_do_not_pay() -> None:
    practice = row(Practice, hub_trust=0.5)
    seen = [
        both(value_hub, practice, seen_hub(joint, 1.0, pay), params())[0]
        for joint, pay in ((False, 110.0), (False, 60.0), (True, 60.0))
    ]
    # 24 h at 50 EUR unpaid: .15 * 1.2; a gemeentehub takes a fifth of a say of .5.
    assert seen[0] == pytest.approx(0.5, rel=1e-12)
    assert seen[0] - seen[1] == pytest.approx(0.15 * 1.2, rel=1e-12)
    assert seen[1] - seen[2] == pytest.approx(0.1, rel=1e-12)


def test_autonomy_is_what_the_region_leaves_by_hand() -> None:
    # Half of its income from the region is the limit; with an agreement dependence costs nothing.
    for dependence, agreement, manager, standing, left in (
        (0.5, NONE, Manager.NONE, 0.0, 1.0), (0.8, NONE, Manager.NONE, 0.0, 0.2),
        (0.8, 3, Manager.NONE, 0.0, 1.0), (0.8, 3, Manager.REGION, 0.0, 0.8),
        (0.8, NONE, Manager.REGION, 0.0, 0.0), (0.8, NONE, Manager.NONE, 0.5, 0.6),
        (0.8, NONE, Manager.REGION, 1.0, 1.0),
    ):  # fmt: skip
        hub = row(Hub, dependence=dependence, agreement=agreement, manager=manager,
                  standing=standing)  # fmt: skip
        assert both(wijk_autonomy, hub, params()) == pytest.approx(left, rel=1e-12, abs=1e-12)
    # The say of a driver, .5, is worth what its hub may decide.
    practice = row(Practice, hub_trust=0.5)
    seen = [
        both(value_hub, practice, seen_hub(False, left, 110.0), params())[0] for left in (1.0, 0.4)
    ]
    assert seen[0] - seen[1] == pytest.approx(0.3, rel=1e-12)


def test_hubs_without_autonomy_find_fewer_who_take_part() -> None:
    def stage(values: Values) -> float:
        held: Values = {"hub.agreement": 0.0, "governance.hub_rights": False,
                        "governance.forms": False, **values}  # fmt: skip
        column = NAMES.index("hub_stage")
        start = start_of(10, values=held)
        return float(np.mean([series_of(start, s)[-20:, 0, column].mean() for s in range(1, 7)]))

    assert stage({}) < stage({"hub.autonomy": 0.0, "hub.payroll": 0.0})


# Managers


def test_the_cost_of_a_manager_by_hand() -> None:
    # A quarter of a fte at EUR 100,000; hired 1.3 times that, on the region's payroll .9 times.
    costs = [both(cost_manager, kind, 0.25, params()) for kind in range(4)]
    assert costs == pytest.approx([0.0, 25_000.0, 32_500.0, 22_500.0], rel=1e-12)


@pytest.mark.parametrize(
    ("cells", "offered", "trust", "expected"),
    [
        # A board with money employs: 1 - .015 * 25 = .625; the region's: 1 - 1.5 * .4 = .4.
        ({"stage": 4, "yearly": 60_000.0}, True, 0.6, Manager.OWN),
        # Trust of .8 makes the region's worth 1 - 1.5 * .2 = .7.
        ({"stage": 4, "yearly": 60_000.0}, True, 0.8, Manager.REGION),
        # A younger hub hires: 1 - .015 * 32.5 = .5125.
        ({"stage": 3, "yearly": 70_000.0}, True, 0.6, Manager.HIRED),
        # Too poor for either (half of EUR 40,000 at most): the region's, if there is an offer.
        ({"stage": 4, "yearly": 40_000.0}, True, 0.6, Manager.REGION),
        ({"stage": 4, "yearly": 40_000.0}, False, 0.6, Manager.NONE),
        ({"stage": 4, "yearly": 40_000.0}, True, 0.2, Manager.NONE),
    ],
)
def test_which_manager_a_hub_takes(
    cells: dict[str, float], offered: bool, trust: float, expected: int
) -> None:
    hub = row(Hub, **cells)
    assert both(choose_manager, hub, 0.25, offered, trust, params()) == expected


def test_the_chance_of_a_gemeentehub_by_hand() -> None:
    # -3 + 2 * .5 = -2; adviser and guidance of all add 1 each: 0.
    assert both(chance_joint, 0.5, False, 0.0, params()) == pytest.approx(0.1192029, abs=1e-7)
    assert both(chance_joint, 0.5, True, 1.0, params()) == pytest.approx(0.5, rel=1e-12)


def test_a_unit_makes_the_first_step_likelier_and_only_that() -> None:
    hub = row(Hub, origin=Origin.NEW, contribution=0.2, conditions=[0.5] * 5)
    # Contribution at its threshold of .2: 1.5 * 1; trust .5: 2 * .5; -4: together -1.5.
    steps = ((0, Origin.NEW, -1.5), (0, Origin.UNIT, -0.5), (1, Origin.UNIT, -1.5))
    for stage, origin, utility in steps:
        hub.stage, hub.origin = stage, origin
        chance, _ = both(chance_advance, hub, 0.5, False, params())
        assert chance == pytest.approx(1 / (1 + math.exp(-utility)), rel=1e-12)
    hub.stage = 0
    assert both(chance_advance, hub, 0.0, False, params(hub_unit=5.0))[1] == Cause.UNIT


# In the field


def field(values: Values | None = None, quarters: int = 76, seed: int = 2) -> Quarters:
    run = Quarters(start_of(10, values=values or {}), seed=seed)
    run.step(quarters)
    return run


def happened(run: Quarters, quarters: int) -> dict[str, int]:
    counts = dict.fromkeys(Event.words(), 0)
    for _ in range(quarters):
        run.step()
        for code in run.events()["what"]:
            counts[Event.words()[code]] += 1
    return counts


def test_hubs_take_managers_sign_agreements_and_form_gemeentehubs() -> None:
    counts = happened(Quarters(start_of(10), seed=2), 100)
    for name in ("manager-appointed", "agreement-signed", "agreement-ended", "gemeentehub-formed"):
        assert counts[name] > 0, name
    frozen = happened(Quarters(start_of(10, values={"decide.hub": False}), seed=2), 100)
    assert not any(frozen[name] for name in ("manager-appointed", "agreement-signed"))


def test_a_unit_carries_a_start_where_it_is_large_and_most_take_part() -> None:
    run = Quarters(start_of(1), seed=1)
    tables = run.step(4)
    h = int(np.flatnonzero(tables.hubs["practices"] >= 3)[0])
    here = np.flatnonzero(tables.practices["alive"] & (tables.practices["hub"] == h))[:3]
    tables.practices["active"][:] = False
    tables.practices["active"][here] = True
    tables.practices["patients"][here] = (4000, 2000, 3000)
    tables.practices["unit"][here] = (0, 0, 1)
    # Six of nine thousand are of unit 0, three of unit 1.
    for units, share, expected in (
        ((8000, 8000), 0.6, True),
        ((8000, 8000), 0.7, False),
        ((7000, 8000), 0.6, False),
        ((7000, 8000), 0.3, True),
        ((7000, 7000), 0.0, False),
    ):
        tables.units["patients"][:2] = units
        tables.params["hub_unit_share"][0] = share
        assert unit_carries(tables, h) == expected, (units, share)
    tables.practices["active"][here] = False
    assert not unit_carries(tables, h)


def test_hubs_start_from_units_where_these_are_large_enough() -> None:
    started = field(quarters=60).tables.hubs
    origins = set(started["origin"][started["stage"] > 0])
    assert {Origin.NEW, Origin.UNIT} <= origins
    none = field({"hub.unit_least": 100_000}, quarters=60).tables.hubs
    assert not (none["origin"] == Origin.UNIT).any()


def test_managers_are_paid_by_who_employs_them() -> None:
    run = field()
    tables = run.tables
    hubs = tables.hubs
    paid = hubs["manager"] == Manager.REGION
    assert paid.any() and ((hubs["fte"] > 0) == (hubs["manager"] != Manager.NONE)).all()
    assert (hubs["agreement"][paid] != NONE).all()
    payroll = np.zeros(len(tables.organisations))
    np.add.at(payroll, hubs["agreement"][paid], 90_000.0 * hubs["fte"][paid])
    assert tables.organisations["payroll"] == pytest.approx(payroll, rel=1e-12)


def test_a_gemeentehub_is_one_party_and_divides_per_head_to_the_cent() -> None:
    for seed in range(1, 12):
        run = field(seed=seed)
        tables = run.tables
        joint = np.flatnonzero(tables.municipalities["joint"])
        if len(joint):
            break
    m = int(joint[0])
    assert count_counterparts(tables, m) == 1
    run.step()
    lines = run.ledger()
    pool = lines[lines["title"] == Posting.POOL]
    town = int(tables.offsets[Kind.MUNICIPALITY]) + m
    into = int(pool["cents"][pool["receiver"] == town].sum())
    out = pool[pool["payer"] == town]
    assert into == int(out["cents"].sum()) > 0
    # Per head, to a cent.
    row_of = out["receiver"] - tables.offsets[Kind.HUB]
    patients = tables.hubs["patients"][row_of]
    assert np.abs(out["cents"] - into * patients / patients.sum()).max() <= 1.0


def test_attendance_fees_reach_who_takes_part_and_nobody_else() -> None:
    run = field()
    run.step()
    lines = run.ledger()
    fees = lines[lines["title"] == Posting.ATTENDANCE]
    assert len(fees) > 0
    practices = run.tables.practices
    paid = fees["receiver"] - int(run.tables.offsets[Kind.PRACTICE])
    assert practices["active"][paid].all()
    # 6 h a quarter at EUR 60.
    assert fees["cents"].max() == 36_000
    none = field({"hub.attendance": 0.0})
    none.step()
    assert not (none.ledger()["title"] == Posting.ATTENDANCE).any()


def test_hub_money_is_divided_by_hand() -> None:
    # A fifth of the insured, a table that brings .5, four hubs; half base, .3 projects, .2 a head:
    # .5 / 4 + .3 * .2 * .5 + .2 * .2 = .125 + .03 + .04.
    mixed = row(Policy, base_amount=0.5, projects=0.3)
    assert both(divide_hub_money, 0.2, 0.5, 4, mixed) == pytest.approx(0.195, rel=1e-12)
    assert both(divide_hub_money, 0.2, 0.5, 4, row(Policy)) == 0.2
    assert both(divide_hub_money, 0.2, 0.5, 0, row(Policy, base_amount=1.0)) == 1.0


def test_money_keeps_a_partnership_going() -> None:
    # Without the money of its insurer a partnership of 2006 has no means, and falls back.
    stages = []
    for regime in ("zorg-en-zekerheid", "historic-nl"):
        found = []
        for seed in range(1, 9):
            tables = Quarters(start_of(with_partnership(2), regime), seed=seed).step(40)
            found += list(tables.hubs["stage"][tables.hubs["origin"] == Origin.WSV])
        stages.append(float(np.mean(found)))
    assert stages[0] > stages[1] + 1.0


def test_under_the_eemland_rule_small_hubs_get_a_base_amount() -> None:
    # Per head money follows patients to the cent; with a base amount small hubs get more of it.
    spread = []
    for rule in ((), ("policy.base_amount=0.5", "policy.projects=0.5")):
        run = Quarters(start_of(10, values={"hub.attendance": 0.0}, settings=rule), seed=2)
        run.step(92)
        hubs = run.tables.hubs
        funded = hubs[(hubs["from_region"] > 0)]
        assert len(funded) > 3
        per_head = funded["from_region"] / funded["patients"]
        spread.append(float(np.corrcoef(funded["patients"], per_head)[0, 1]))
    assert spread[1] < -0.5 and spread[1] < spread[0]


def test_dependence_without_an_agreement_costs_trust() -> None:
    trust = NAMES.index("trust")
    means = []
    for chance, bad in ((0.0, 0.5), (1.0, 0.5), (0.0, 0.0)):
        values = {"hub.agreement": chance, "trust.bad_dependence": bad}
        means.append(
            np.mean([
                series_of(start_of(10, values=values), s)[-12:, 0, trust].mean()
                for s in (2, 3, 4, 5)
            ])
        )  # fmt: skip
    assert means[0] < means[1] and means[0] < means[2]


def test_forced_boards_need_organised_disciplines() -> None:
    # Forcing helps disciplines organise, and stalls boards where one of them is weak.
    stage = NAMES.index("hub_stage")

    def last(values: Values, forced: int) -> float:
        settings = (f"policy.multidisciplinary={forced}",)
        return float(
            np.mean([
                series_of(start_of(10, values=values, settings=settings), s)[-8:, 0, stage].mean()
                for s in (2, 3, 4)
            ])
        )  # fmt: skip

    weak: Values = {
        "hub.disciplines": 0.2, "hub.discipline_forced": 0.0, "governance.forced": 0.0,
    }  # fmt: skip
    strong: Values = {"hub.disciplines": 0.9, "hub.discipline_spread": 0.0, "hub.welfare": 1.0}
    assert last(weak, 1) < last(weak, 0)
    assert last(strong, 1) >= 0.9 * last(strong, 0)


def guided(tables: Tables) -> np.ndarray:
    return np.asarray(living(tables.hubs)["guided"])


def test_guidance_by_the_ros_organises_disciplines() -> None:
    run = field(quarters=40)
    hubs = living(run.tables.hubs)
    gained = (hubs["disciplines"] - hubs["rooted"]).mean(axis=1)
    helped = guided(run.tables)
    assert helped.any() and gained[helped].mean() > gained[~helped].mean() > -1e-12
