"""The rules of hubs by hand: the table, autonomy, managers, gemeentehubs and money."""

from __future__ import annotations

import math

import pytest
from support import NONE, both, params, row

from agents.events import Cause
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
from agents.words import Manager, Origin
from sim.phases.allocation import divide_hub_money

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
    rest = Help(region=0.0, forced=0.0, sent=0.0)
    alone = both(organise_discipline, hub, 0.6, 0.4, rest, params())
    assert alone == pytest.approx(0.6 - 0.25 * 0.15 * 0.2, rel=1e-12)
    # ROS and region: (.3 + .15) * .4 up, the same back.
    hub.guided = True
    region = Help(region=1.0, forced=0.0, sent=0.0)
    helped = both(organise_discipline, hub, 0.6, 0.4, region, params())
    assert helped == pytest.approx(0.6 + 0.25 * (0.45 * 0.4 - 0.15 * 0.2), rel=1e-12)
    every = Help(region=1.0, forced=1.0, sent=0.0)
    forced = both(organise_discipline, hub, 0.6, 0.4, every, params())
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


# Managers, first steps and gemeentehubs


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


# Money


def test_hub_money_is_divided_by_hand() -> None:
    # A fifth of the insured, a table that brings .5, four hubs; half base, .3 projects, .2 a head:
    # .5 / 4 + .3 * .2 * .5 + .2 * .2 = .125 + .03 + .04.
    mixed = row(Policy, base_amount=0.5, projects=0.3)
    assert both(divide_hub_money, 0.2, 0.5, 4, mixed) == pytest.approx(0.195, rel=1e-12)
    assert both(divide_hub_money, 0.2, 0.5, 4, row(Policy)) == 0.2
    assert both(divide_hub_money, 0.2, 0.5, 0, row(Policy, base_amount=1.0)) == 1.0
