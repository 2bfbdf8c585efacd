"""Municipalities: budget by need, what they pay for, boards or managers, a shared counterpart."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest
from support import NONE, Quarters, Values, both, events_of, params, row, start_of

from agents.events import Cause, Event
from agents.hub import Hub, choose_manager
from agents.municipality import (
    Lacking,
    Municipality,
    chance_share,
    choose_purpose,
    set_budget,
    want_board,
)
from agents.organisation.regio_organisatie import RegioOrganisatie, cost_coordination
from agents.words import Discipline, Kind, Manager, Purpose, Stage
from sim.common.cofunding import cofund_hub, manager_grant, welfare_paid
from sim.common.counts import count_areas
from sim.common.membership import count_members
from sim.phases.public.council import (
    beside,
    decide_councils,
    in_group,
    lacks_means,
    look_at_hubs,
    meet_boards,
    people_of,
    set_purpose,
    want_purpose,
)
from sim.phases.public.municipal import count_counterparts
from sim.tables import Tables

BEFORE: Values = {
    "municipality.by_need": False, "municipality.chooses": False, "municipality.boards": False,
    "municipality.shares": False, "municipality.cofunding": 1.0,
    "municipality.manager_first": False,
}  # fmt: skip
NEW = (
    "cofunding-chosen", "boards-met", "boards-left", "counterpart-shared", "counterpart-left",
)  # fmt: skip


def test_a_budget_goes_by_need_from_2015() -> None:
    place = row(Municipality, trust=0.5, need=1.3, population=10_000)
    # EUR 1 * .5 * 1.3 a head
    assert both(set_budget, place, 2015, params()) == pytest.approx(6_500.0, rel=1e-12)
    assert both(set_budget, place, 2014, params()) == 0.0
    alike = params(municipality_by_need=False)
    for year in (2006, 2030):
        assert both(set_budget, place, year, alike) == pytest.approx(5_000.0, rel=1e-12)


def test_need_is_the_share_of_75_and_over() -> None:
    # Zeist: 21% aged 65 or over, 42% of those 75 or over, of 8.4%.
    tables = start_of(1)
    assert tables.municipalities["need"][0] == pytest.approx(0.21 * 0.42 / 0.084, rel=1e-12)


@pytest.mark.parametrize(
    ("means", "managers", "welfare", "need", "purpose", "cause"),
    [
        (0.5, 0.8, 0.5, 1.0, Purpose.SERVICES, Cause.SERVICES),  # .5 against .48 and .3
        (0.4, 0.8, 0.5, 1.0, Purpose.MANAGERS, Cause.MANAGERS),  # .4, .48, .3
        (0.4, 0.8, 0.5, 2.0, Purpose.WELFARE, Cause.DISCIPLINES),  # .4, .48, .6
        (0.0, 0.0, 0.0, 1.0, Purpose.SERVICES, Cause.SERVICES),
    ],
)
def test_what_lacks_most_is_paid(
    means: float, managers: float, welfare: float, need: float, purpose: int, cause: int
) -> None:
    lacking = Lacking(means, managers, welfare)
    assert both(choose_purpose, lacking, need, params()) == (purpose, cause)


def test_boards_are_for_counterparts_of_many() -> None:
    # 30,000 inhabitants at half a mandate.
    assert both(want_board, 30_000.0, 0.5, params())
    assert not both(want_board, 29_999.0, 0.5, params())
    assert not both(want_board, 1e9, 1.0, params())


def test_the_chance_to_share_by_hand() -> None:
    place = row(Municipality, trust=0.6, youth_table=0.4)
    # -4 + 3 * .6 + .5 * .4
    expected = 1 / (1 + math.exp(2.0))
    assert both(chance_share, place, params()) == pytest.approx(expected, rel=1e-12)


def test_a_shared_counterpart_saves_coordination() -> None:
    body = row(RegioOrganisatie, members=10, municipalities=4)
    alone = both(cost_coordination, body, params())
    body.spared = 1.5
    saved = alone - both(cost_coordination, body, params())
    assert saved == pytest.approx(1.5 * params().coordination_municipality, rel=1e-12)


def test_a_grant_makes_a_manager_affordable() -> None:
    # 25,000 a year for a quarter fte, of an income of 30,000: half may go to it.
    hub = row(Hub, stage=Stage.BOARD, yearly=30_000.0)
    assert both(choose_manager, hub, 0.25, False, 0.5, params()) == Manager.NONE
    hub.grant = 10_000.0
    assert both(choose_manager, hub, 0.25, False, 0.5, params()) == Manager.OWN


@pytest.fixture
def four() -> Iterator[Tables]:
    """Four municipalities led by one organisation; the first two would share a counterpart."""
    run = Quarters(start_of(4))
    tables = run.step(8)
    towns = tables.municipalities
    towns["lead"][:], towns["sharing"][:], towns["sharers"][:] = 0, [True, True, False, False], 0
    towns["neighbours"][:, 0], towns["neighbour_count"][:] = [1, 0, 3, 2], 1
    tables.organisations["alive"][0] = True
    tables.counter["event_lines"][0] = 0
    yield tables


def decided(tables: Tables) -> None:
    """Let councils decide, when nobody else wants to share."""
    tables.params["municipality_share"] = -1e9
    decide_councils(tables, 43)


def test_neighbours_with_one_lead_share(four: Tables) -> None:
    towns = four.municipalities
    assert beside(four, 0, True) and beside(four, 2, False) and not beside(four, 2, True)
    decided(four)
    assert list(towns["sharers"]) == [2, 2, 0, 0]
    assert in_group(four, 0, 1) and not in_group(four, 0, 2)
    assert people_of(four, 0) == float(towns["population"][:2].sum())
    assert people_of(four, 2) == float(towns["population"][2])
    assert count_counterparts(four, 0) == 1
    # Another lead, and they have a counterpart of their own again.
    towns["lead"][1] = NONE
    decided(four)
    assert list(towns["sharers"]) == [0, 0, 0, 0]
    lines = four.events[: int(four.counter["event_lines"][0])]["what"]
    assert list(lines).count(Event.COUNTERPART_SHARED) == 2
    assert list(lines).count(Event.COUNTERPART_LEFT) == 2


def test_who_shares_counts_for_less_in_an_organisation(four: Tables) -> None:
    four.municipalities["sharers"][:2] = 2
    alive = four.practices["alive"]
    four.practices["organisation"][alive] = 0
    count_areas(four)
    count_members(four)
    assert four.organisations["municipalities"][0] == 4
    # Two that share: a half of a half each.
    assert four.organisations["spared"][0] == pytest.approx(0.5, rel=1e-12)


def test_boards_take_hours_that_sharers_divide(four: Tables) -> None:
    four.municipalities["boards"][:] = [True, True, True, False]
    four.municipalities["sharers"][:2] = 2
    before = float(four.organisations["hours"][0])
    meet_boards(four, 8)
    # A quarter of 24 hours: half each for two, all for the third.
    assert four.organisations["hours"][0] - before == pytest.approx(12.0, rel=1e-12)


def hubs_of(tables: Tables, m: int) -> list[int]:
    """The rows of the hub areas of a municipality."""
    place = tables.municipalities[m]
    return list(range(int(place["first_hub"]), int(place["first_hub"] + place["hubs"])))


def test_what_hubs_lack_is_seen_over_those_that_began(four: Tables) -> None:
    four.hubs["stage"][:] = Stage.NONE
    a, b = hubs_of(four, 0)[:2]
    four.municipalities["cofunding"][:], four.municipalities["purpose"][:] = 0.0, Purpose.NONE
    for h, manager, degree, yearly in ((a, Manager.OWN, 0.6, 1e6), (b, Manager.NONE, 0.3, 10.0)):
        four.hubs["stage"][h], four.hubs["manager"][h] = Stage.DRIVER, manager
        four.hubs["disciplines"][h, Discipline.WELFARE] = degree
        four.hubs["yearly"][h] = yearly
    seen = look_at_hubs(four, 0)
    assert tuple(seen) == pytest.approx((0.5, 0.5, 0.55), rel=1e-12)
    # What the municipality pays itself is no reason to stop paying.
    four.municipalities["cofunding"][0] = 1e9
    assert lacks_means(four, a)
    four.municipalities["purpose"][0] = Purpose.WELFARE
    assert not lacks_means(four, a)


def chosen(tables: Tables) -> None:
    """Let the first municipality choose what it pays for."""
    want_purpose(tables, 0)
    set_purpose(tables, 0, 43)


def test_a_purpose_lasts_a_term_and_goes_with_the_adviser(four: Tables) -> None:
    place = four.municipalities[0]
    four.hubs["stage"][:] = Stage.NONE
    place["adviser"], place["purpose"], place["term"] = True, Purpose.WELFARE, 0
    for _ in range(3):
        chosen(four)
    assert place["purpose"] == Purpose.WELFARE
    chosen(four)
    assert place["purpose"] == Purpose.SERVICES and place["term"] == 0
    place["adviser"] = False
    chosen(four)
    assert place["purpose"] == Purpose.NONE


def test_money_goes_where_it_is_meant_for(four: Tables) -> None:
    h = hubs_of(four, 0)[0]
    four.hubs["stage"][h], four.hubs["patients"][h] = Stage.DRIVER, 5000
    four.params["municipality_manager_first"] = False  # test_manager_first.py has it
    place, hub = four.municipalities[0], four.hubs[h]
    place["cofunding"], place["population"], hub["old"] = 40_000.0, 20_000, 1.0
    town = int(four.offsets[Kind.MUNICIPALITY])
    moved = {}
    for purpose, manager in (
        (Purpose.SERVICES, Manager.NONE), (Purpose.MANAGERS, Manager.NONE),
        (Purpose.MANAGERS, Manager.OWN), (Purpose.WELFARE, Manager.NONE),
    ):  # fmt: skip
        place["purpose"], hub["manager"], place["paid"] = purpose, manager, 0.0
        hub["revenue"] = hub["local_money"] = 0.0
        cofund_hub(four, h, 43)
        moved[purpose, manager] = (
            float(place["paid"]), float(hub["revenue"]), float(hub["local_money"])
        )  # fmt: skip
        assert four.accounts["balance"][town] == 0
    # A quarter of a quarter of 40,000.
    assert moved == {
        (Purpose.SERVICES, Manager.NONE): (2500.0, 2500.0, 2500.0),
        (Purpose.MANAGERS, Manager.NONE): (0.0, 0.0, 0.0),
        (Purpose.MANAGERS, Manager.OWN): (2500.0, 2500.0, 0.0),
        (Purpose.WELFARE, Manager.NONE): (2500.0, 0.0, 0.0),
    }
    # EUR 2 a head, at which welfare work comes in full.
    assert welfare_paid(four, 0) == 1.0 and manager_grant(four, h) == 0.0
    place["purpose"] = Purpose.MANAGERS
    assert welfare_paid(four, 0) == 0.0
    assert manager_grant(four, h) == pytest.approx(10_000.0, rel=1e-12)


def test_councils_show_in_events_and_go_with_their_switches() -> None:
    seen = events_of(start_of(10))
    assert {name for name in NEW if not seen[name]} <= {"boards-left", "counterpart-left"}
    silent = events_of(start_of(10, values=BEFORE))
    assert {name for name in NEW if silent[name]} == set()
    assert np.all(start_of(10).municipalities["sharers"] == 0)
