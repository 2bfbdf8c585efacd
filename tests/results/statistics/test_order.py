"""The order of events in hubs, by hand and as it comes out."""

from __future__ import annotations

import pandas as pd
import pytest

from agents.words import Manager, Plan
from experiments import Scenario, run
from results.statistics.order import APPROVED, NO_MANAGER, NO_PLAN, order


def test_codes_are_those_of_the_tables() -> None:
    assert (NO_PLAN, APPROVED, NO_MANAGER) == (Plan.NONE, Plan.APPROVED, Manager.NONE)


def test_first_manager_plan_and_service_by_hand() -> None:
    # Hub 1: manager at 1, plan at 2, service at 5. Hub 2: plan at 1, manager at 3, service at 4.
    # Hub 3 has a plan from the start, hub 4 never a service.
    comes = {1: (1, 2, 5), 2: (3, 1, 4), 3: (2, 0, 1), 4: (1, 2, 9)}
    rows = [
        ("a", hub, tick, Plan.APPROVED * (tick >= plan), Manager.OWN * (tick >= manager),
         0.5 * (tick >= service))
        for hub, (manager, plan, service) in comes.items()
        for tick in range(7)
    ]  # fmt: skip
    hubs = pd.DataFrame(rows, columns=["run_id", "id", "tick", "plan", "manager", "service"])
    made = [("hub:1", "plan-approved"), ("hub:2", "plan-approved"), ("ros:1", "hub-guided")]
    found = order(hubs, pd.DataFrame(made, columns=["agent", "event"]))
    assert found.hubs == 2
    assert (found.in_order, found.manager_by_plan, found.plan_by_service) == (0.5, 0.5, 1.0)
    assert (found.manager_to_plan, found.plan_to_service) == (-0.5, 3.0)
    assert found.events["plan-approved"] == 0.5 and found.events["manager-left"] == 0.0


@pytest.mark.parametrize("regime", ["historic-nl", "unicum"])
def test_manager_then_plan_then_services(regime: str) -> None:
    # Thresholds as written down before they were looked at: docs/expectations/stories.md.
    made = run(Scenario("unicum", regime, start="2006Q1", replicates=10, record="all"))
    found = order(made.hubs, made.events)
    assert found.hubs > 100
    assert found.in_order > 0.6
    assert found.plan_by_service > 0.95
    assert found.manager_to_plan >= 0.0
