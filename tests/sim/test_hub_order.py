"""What starts and stops in a hub: plans that wait for money, and who may approve them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from support import NONE, Quarters, Values, column, events_of, series_of, start_of, title_names_of

from agents.events import Cause, Event
from agents.words import Kind, Manager, Plan, Stage
from sim.common.funding import has_hub_money
from sim.phases.hubs.planning import plan_ahead

WIJK = title_names_of("historic-nl").index("wijkmanagement")
Y2019, Y2007 = 4 * (2019 - 2006), 4
AS_IT_WAS: Values = {"plan.kept": False, "plan.funded": False}


def drawn(**values: Any) -> Any:
    """One municipality as drawn, without a word said yet."""
    named = {name.replace("_", ".", 1): value for name, value in values.items()}
    return Quarters(start_of(1, values=named)).tables


def heard(tables: Any) -> list[tuple[int, int]]:
    """What was noted, and why."""
    events = tables.events[: tables.counter["event_lines"][0]]
    return [(int(e["what"]), int(e["cause"])) for e in events]


@pytest.mark.parametrize("kept", [True, False])
def test_a_plan_without_money_waits_or_is_a_draft_again(kept: bool) -> None:
    tables = drawn(plan_kept=kept)
    hub = tables.hubs[0:1]
    hub["stage"], hub["plan"], hub["approved"] = Stage.DRIVER, Plan.APPROVED, True
    tables.counter["event_lines"][0] = 0
    plan_ahead(tables, 0, True, Y2019)
    assert hub["plan"][0] == Plan.RUNNING and hub["ran"][0]
    plan_ahead(tables, 0, False, Y2019)
    assert hub["plan"][0] == (Plan.APPROVED if kept else Plan.DRAFTED)
    assert bool(hub["approved"][0]) == kept
    assert heard(tables) == [
        (Event.SERVICES_BEGUN, Cause.MEANS), (Event.SERVICES_HALTED, Cause.MEANS),
    ]  # fmt: skip
    if kept:
        plan_ahead(tables, 0, True, Y2019)
        assert hub["plan"][0] == Plan.RUNNING and len(heard(tables)) == 3


def test_who_has_money_for_hubs_by_hand() -> None:
    tables = drawn()
    bodies = tables.organisations
    tables.counter["organisations"][0] = 2
    for field, nothing in (("agreed", NONE), ("lead", NONE), ("purse", 0.0), ("hub_money", 0.0)):
        bodies[field][:2] = nothing
    assert not has_hub_money(tables, 0, Y2019)
    for field in ("purse", "hub_money"):
        bodies[field][0] = 1.0
        assert has_hub_money(tables, 0, Y2019)
        bodies[field][0] = 0.0
    # A contract of its own, or of who leads it, under a title that pays for hubs by then.
    bodies["agreed"][1, WIJK] = Y2019
    assert has_hub_money(tables, 1, Y2019) and not has_hub_money(tables, 0, Y2019)
    bodies["lead"][0] = 1
    assert has_hub_money(tables, 0, Y2019) and not has_hub_money(tables, 0, Y2007)
    # Who gives of other money, or where it does not matter, may approve and offer.
    tables.params["hub_share"] = 0.1
    assert has_hub_money(tables, 0, Y2007)
    tables.params["hub_share"] = 0.0
    tables.params["plan_funded"] = False
    assert has_hub_money(tables, 0, Y2007)


def test_nobody_pays_a_manager_before_there_is_money_for_hubs() -> None:
    def paid_before_2018(values: Values) -> int:
        run = Quarters(start_of(10, values=values), seed=2)
        most = 0
        for _ in range(Y2019 - 8):
            hubs = run.step().hubs
            offered = (hubs["manager"] == Manager.REGION) & (hubs["agreement"] == NONE)
            most = max(most, int(offered.sum()))
        return most

    assert paid_before_2018({}) == 0 < paid_before_2018({"plan.funded": False})


def test_an_appointment_names_who_pays_and_a_lost_contract_has_a_cause() -> None:
    run = Quarters(start_of(10), seed=3)
    first = int(run.tables.offsets[Kind.ORGANISATION])
    named = lost = 0
    for _ in range(100):
        hubs = run.step().hubs
        for event in run.events():
            if event["what"] == Event.MANAGER_APPOINTED:
                h = event["party"] - run.tables.offsets[Kind.HUB]
                paid = hubs["manager"][h] == Manager.REGION
                assert paid == (event["other"] != NONE)
                named += int(paid)
                assert event["other"] == NONE or event["other"] >= first
            if event["what"] == Event.CONTRACT_LOST:
                assert event["cause"] != Cause.NONE
                lost += 1
    assert named > 0 and lost > 0


def test_plans_are_approved_less_often_when_they_wait() -> None:
    def approvals(values: Values) -> int:
        return sum(events_of(start_of(10, values=values), s)["plan-approved"] for s in (1, 2, 3))

    # Where no municipality keeps a plan going for which the region has no money.
    alone: Values = {"municipality.cofunding": 0.0}
    waits, anew = approvals(alone), approvals({**AS_IT_WAS, **alone})
    assert 0 < waits < 0.75 * anew


def test_the_switches_move_hubs() -> None:
    def run(values: Values) -> Any:
        return np.array([column(series_of(start_of(10, values=values), s), "hub_stage")
                         for s in (2, 3)])  # fmt: skip

    assert (run({}) != run({"plan.kept": False})).any()
    assert (run({}) != run({"plan.funded": False})).any()
