"""The order of events in hubs: manager, approved plan, first service, and what starts and stops."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd

NO_PLAN, APPROVED = 0, 2
"""Codes of a hub's plan in its table: none, and from which on somebody has approved it."""

NO_MANAGER = 0
"""Code of a hub without a manager."""
FIRSTS = ("manager", "plan", "service")
"""What a hub gets for the first time, in the order in which a person of the field expects it."""

FLAPS = ("plan-approved", "services-halted", "agreement-ended", "manager-left", "hub-ended")
"""Events of which a hub should have few."""


class Order(NamedTuple):
    """How things come in hubs that had no plan when the record began.

    ``hubs`` got all three of ``FIRSTS``; shares are of those, quarters are medians, and ``events``
    are means per hub and run over all hub areas.
    """

    hubs: int
    in_order: float
    manager_by_plan: float
    plan_by_service: float
    manager_to_plan: float
    plan_to_service: float
    events: dict[str, float]


def firsts(hubs: pd.DataFrame) -> pd.DataFrame:
    """Return per run and hub the first tick with a manager, an approved plan and service.

    Args:
        hubs: table of hubs, every quarter, columns run_id, id, tick, plan, manager, service.

    Returns:
        Rows of hubs that had no plan at first, not-a-number where something never came.
    """
    keys = ["run_id", "id"]
    begun = hubs.loc[hubs.groupby(keys, observed=True)["tick"].idxmin()].set_index(keys)
    has = {
        "manager": hubs["manager"] != NO_MANAGER,
        "plan": hubs["plan"] >= APPROVED,
        "service": hubs["service"] > 0.0,
    }
    found = {
        name: hubs[rows].groupby(keys, observed=True)["tick"].min() for name, rows in has.items()
    }
    table = pd.DataFrame(found, columns=list(FIRSTS)).reindex(begun.index)
    return table[begun["plan"] == NO_PLAN]


def order(hubs: pd.DataFrame, events: pd.DataFrame) -> Order:
    """Return the order of events in hubs of all runs; shares are nan where no hub got all three."""
    table = firsts(hubs).dropna()
    manager, plan, service = (table[name] for name in FIRSTS)
    whole = hubs[["run_id", "id"]].drop_duplicates()
    mine = events[events["agent"].astype(str).str.startswith("hub:")]
    counts = mine["event"].astype(str).value_counts()
    return Order(
        hubs=len(table),
        in_order=float(((manager <= plan) & (plan <= service)).mean()),
        manager_by_plan=float((manager <= plan).mean()),
        plan_by_service=float((plan <= service).mean()),
        manager_to_plan=float((plan - manager).median()),
        plan_to_service=float((service - plan).median()),
        events={name: float(counts.get(name, 0)) / max(1, len(whole)) for name in FLAPS},
    )


def rows_of_order(hubs: pd.DataFrame, events: pd.DataFrame) -> list[dict[str, Any]]:
    """Return what ``order`` finds as rows of a name, a value and a unit."""
    found = order(hubs, events)
    rows: list[dict[str, Any]] = [
        {"what": "hubs that got manager, plan and service", "value": found.hubs, "unit": "hubs"},
        {"what": "in order", "value": round(found.in_order, 3), "unit": "share"},
        {"what": "manager no later than plan", "value": round(found.manager_by_plan, 3),
         "unit": "share"},
        {"what": "plan no later than service", "value": round(found.plan_by_service, 3),
         "unit": "share"},
        {"what": "manager to plan, median", "value": found.manager_to_plan, "unit": "quarters"},
        {"what": "plan to service, median", "value": found.plan_to_service, "unit": "quarters"},
    ]  # fmt: skip
    for name, value in found.events.items():
        rows.append({"what": name, "value": round(value, 3), "unit": "per hub and run"})
    return rows
