"""A municipality that pays the manager of a hub first, and approves plans of hubs that have one."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

from typing import Any

import pytest
from support import NONE, Quarters, start_of

from agents.events import Event
from agents.words import Kind, Manager, Plan, Purpose, Stage
from sim.common.cofunding import cofund_hub, manager_first, manager_grant, part_of_town
from sim.phases.hubs.planning import plan_ahead

Y2016 = 4 * (2016 - 2006)


@pytest.fixture
def zeist() -> Any:
    """Zeist pays EUR 40,000 a year; its first hub has a quarter of its patients and a draft."""
    tables = Quarters(start_of(1)).tables
    place, hub = tables.municipalities[0:1], tables.hubs[0:1]
    place["population"], place["cofunding"], place["purpose"] = 20_000, 40_000.0, Purpose.SERVICES
    hub["patients"], hub["old"], hub["oi"], hub["stage"] = 5000, 1.0, 0.0, Stage.INITIATOR
    hub["plan"], hub["manager"], hub["fte"] = Plan.DRAFTED, Manager.NONE, 0.1
    tables.practices["organisation"] = NONE
    tables.params["plan_payer"] = 1.0
    tables.counter["event_lines"][0] = 0
    return tables


def test_of_patients_or_of_elderly(zeist: Any) -> None:
    assert part_of_town(zeist, 0) == pytest.approx(0.25, rel=1e-12)
    zeist.hubs["old"][0] = 1.6
    assert part_of_town(zeist, 0) == pytest.approx(0.4, rel=1e-12)
    zeist.params["municipality_by_need"] = False
    assert part_of_town(zeist, 0) == pytest.approx(0.25, rel=1e-12)


@pytest.mark.parametrize(
    ("purpose", "first", "grant"),
    [
        (Purpose.SERVICES, True, 10_000.0), (Purpose.NONE, True, 10_000.0),
        (Purpose.MANAGERS, True, 10_000.0), (Purpose.WELFARE, True, 0.0),
        (Purpose.SERVICES, False, 0.0), (Purpose.MANAGERS, False, 10_000.0),
    ],
)  # fmt: skip
def test_what_is_offered_for_a_manager(zeist: Any, purpose: int, first: bool, grant: float) -> None:
    zeist.municipalities["purpose"][0] = purpose
    zeist.params["municipality_manager_first"] = first
    assert manager_first(zeist, 0) == (first and purpose != Purpose.WELFARE)
    assert manager_grant(zeist, 0) == pytest.approx(grant, rel=1e-12)
    zeist.hubs["stage"][0] = Stage.NONE
    assert manager_grant(zeist, 0) == 0.0


@pytest.mark.parametrize(
    ("manager", "first", "paid", "local"),
    [
        # A quarter of EUR 10,000; a tenth of an fte is EUR 10,000 a year, and 1.3 times that hired.
        (Manager.NONE, True, 0.0, 0.0), (Manager.NONE, False, 2500.0, 2500.0),
        (Manager.REGION, True, 2500.0, 2500.0), (Manager.OWN, False, 2500.0, 2500.0),
        (Manager.OWN, True, 2500.0, 0.0), (Manager.HIRED, True, 2500.0, 0.0),
    ],
)  # fmt: skip
def test_the_manager_is_paid_before_local_functions(
    zeist: Any, manager: int, first: bool, paid: float, local: float
) -> None:
    hub = zeist.hubs
    hub["manager"][0], hub["revenue"][0], hub["local_money"][0] = manager, 0.0, 0.0
    zeist.params["municipality_manager_first"] = first
    cofund_hub(zeist, 0, Y2016)
    assert (float(hub["revenue"][0]), float(hub["local_money"][0])) == (paid, local)
    assert float(zeist.municipalities["paid"][0]) == paid


def test_what_a_manager_leaves_is_for_local_functions(zeist: Any) -> None:
    hub = zeist.hubs
    hub["manager"][0], hub["fte"][0] = Manager.HIRED, 0.04
    hub["revenue"][0], hub["local_money"][0] = 0.0, 0.0
    cofund_hub(zeist, 0, Y2016)
    # Of 2,500 he takes .04 * 100,000 * 1.3 / 4 = 1,300.
    assert float(hub["local_money"][0]) == pytest.approx(1200.0, rel=1e-9)


@pytest.mark.parametrize(
    ("manager", "first", "approved"),
    [
        (Manager.NONE, True, False), (Manager.NONE, False, True),
        (Manager.HIRED, True, True), (Manager.REGION, True, True),
    ],
)  # fmt: skip
def test_a_municipality_approves_what_somebody_will_carry_out(
    zeist: Any, manager: int, first: bool, approved: bool
) -> None:
    zeist.hubs["manager"][0] = manager
    zeist.params["municipality_manager_first"] = first
    plan_ahead(zeist, 0, True, Y2016)
    assert (zeist.hubs["plan"][0] >= Plan.APPROVED) == approved
    lines = zeist.events[: int(zeist.counter["event_lines"][0])]
    told = [int(e["other"]) for e in lines if e["what"] == Event.PLAN_APPROVED]
    assert told == ([int(zeist.offsets[Kind.MUNICIPALITY])] if approved else [])


def test_an_insurer_of_older_titles_asks_no_manager(zeist: Any) -> None:
    zeist.hubs["oi"][0] = 100.0
    plan_ahead(zeist, 0, True, Y2016)
    assert zeist.hubs["plan"][0] >= Plan.APPROVED
