"""Regioplans and plans of hubs: wanted for a reason, for some years, approved by who pays."""

from __future__ import annotations

import math

import numpy as np
import pytest
from support import NONE, Quarters, Values, both, events_of, params, row, start_of

from agents.events import Cause, Event
from agents.hub import Hub, chance_draft
from agents.organisation.governance import Reasons, members_consent, plan_due, want_plan
from agents.organisation.regio_organisatie import RegioOrganisatie
from agents.words import Kind, Manager, Plan
from sim.common.funding import approved_by_funder, awaits_approval

UNASKED = tuple(
    f"title.{title}.regioplan=false"
    for title in ("regiomanagement", "wijkmanagement", "ondersteuning-ketenzorg")
)
AS_IT_WAS: Values = {
    "plan.own": False, "plan.forever": True, "plan.payer": 0.0, "plan.draft": 1.0,
    "plan.manager": 2, "plan.kept": False, "plan.funded": False,
}  # fmt: skip


def test_why_an_organisation_wants_a_plan_by_hand() -> None:
    # -4 + 2 * .5 + 2 * .4 + 1 * 1 + 1 * .5 = -.7.
    reasons = Reasons(trust=0.5, engagement=0.4, size=1.0, guided=0.5)
    chance, cause = both(want_plan, reasons, params())
    assert chance == pytest.approx(1.0 / (1.0 + math.exp(0.7)), rel=1e-12)
    assert cause == Cause.TRUST
    for weight, cause in (
        ("plan_engagement", Cause.INFLUENCE), ("plan_size", Cause.SCALE),
        ("plan_guidance", Cause.GUIDANCE),
    ):  # fmt: skip
        assert both(want_plan, reasons, params(**{weight: 10.0}))[1] == cause


def test_a_plan_is_written_anew_in_its_last_year() -> None:
    body = row(RegioOrganisatie, plan_until=60)
    assert both(plan_due, body, False, 40)
    body.regioplan = True
    assert [both(plan_due, body, False, tick) for tick in (55, 56, 60)] == [False, True, True]
    assert not both(plan_due, body, True, 60)
    body.members, body.mandated = 10, 5
    assert both(members_consent, body, params())
    body.mandated = 4
    assert not both(members_consent, body, params())
    assert both(members_consent, body, params(plan_consent=0.0))


def test_a_hub_finishes_its_plan_with_help_by_hand() -> None:
    hub = row(Hub)
    assert both(chance_draft, hub, params()) == pytest.approx(0.15, rel=1e-12)
    hub.manager = Manager.HIRED
    assert both(chance_draft, hub, params()) == pytest.approx(0.40, rel=1e-12)
    hub.guided = True
    assert both(chance_draft, hub, params()) == pytest.approx(0.55, rel=1e-12)
    assert both(chance_draft, hub, params(plan_draft=1.0)) == 1.0


def test_an_organisation_pays_what_it_has_approved_itself() -> None:
    for plan, approved, payer, pays, waits in (
        (Plan.DRAFTED, False, 0.25, False, True), (Plan.APPROVED, False, 0.25, False, True),
        (Plan.RUNNING, True, 0.25, True, False), (Plan.RUNNING, False, 0.0, True, False),
        (Plan.DRAFTED, False, 0.0, False, True), (Plan.NONE, False, 0.25, False, False),
    ):  # fmt: skip
        hub = row(Hub, plan=plan, approved=approved)
        assert both(approved_by_funder, hub, params(plan_payer=payer)) == pays
        assert both(awaits_approval, hub, params(plan_payer=payer)) == waits


def running(values: Values, settings: tuple[str, ...]) -> float:
    """Hubs that run in 2028, mean of some seeds."""
    found = []
    for seed in (1, 2, 3):
        hubs = Quarters(start_of(10, values=values, settings=settings), seed).step(92).hubs
        found.append(int(((hubs["plan"] == Plan.RUNNING) & (hubs["stage"] >= 2)).sum()))
    return float(np.mean(found))


def test_hubs_do_not_hang_on_what_a_title_asks() -> None:
    # Where no municipality carries them.
    alone: Values = {"municipality.cofunding": 0.0}
    shipped = running(alone, ())
    assert running(alone, UNASKED) > 0.5 * shipped > 1.0
    assert running({**alone, "plan.own": False}, UNASKED) < 0.5 * shipped


def test_a_municipality_carries_hubs_where_no_organisation_plans() -> None:
    # EUR 2 a head are enough for it, EUR 1 are not.
    carried = running({"plan.own": False, "municipality.cofunding": 2.0}, UNASKED)
    alone = running({"plan.own": False, "municipality.cofunding": 0.0}, UNASKED)
    assert carried > alone + 5.0


def test_plans_lapse_or_are_renewed_and_for_ever_they_do_not() -> None:
    renewed = lapsed = 0
    for seed in (1, 2, 3):
        counts = events_of(start_of(10), seed)
        renewed, lapsed = renewed + counts["plan-renewed"], lapsed + counts["plan-lapsed"]
        kept = events_of(start_of(10, values={"plan.forever": True}), seed)
        assert kept["plan-renewed"] == kept["plan-lapsed"] == 0 < kept["plan-written"]
    assert renewed > 0 and lapsed > 0
    # Without consent nobody renews.
    alone = events_of(start_of(10, values={"plan.consent": 1.0}), 1)
    assert alone["plan-renewed"] == 0 < alone["plan-lapsed"]


def test_plans_are_approved_by_who_pays() -> None:
    def approvers(values: Values) -> set[int]:
        run = Quarters(start_of(10, values=values), seed=2)
        kinds = set()
        for _ in range(100):
            run.step()
            for event in run.events():
                if event["what"] == Event.PLAN_APPROVED:
                    kinds.add(int(np.searchsorted(run.tables.offsets, event["other"], "right")) - 1)
        return kinds

    # Who pays too little to carry a plan out approves none: tests/sim/test_hub_order.py.
    # Municipalities have money while many plans are new.
    whoever: Values = {"plan.funded": False, "municipality.from": 2006}
    assert approvers(whoever) >= {Kind.MUNICIPALITY, Kind.ORGANISATION}
    assert approvers({**whoever, "plan.payer": 0.0}) == {Kind.ORGANISATION}


def test_a_manager_may_come_before_the_plan() -> None:
    def early(values: Values) -> int:
        run = Quarters(start_of(10, "unicum", values), seed=2)
        count = 0
        for _ in range(80):
            hubs = run.step().hubs
            first = int(run.tables.offsets[Kind.HUB])
            events = run.events()
            come = events["party"][events["what"] == Event.MANAGER_APPOINTED] - first
            count += int((hubs["stage"][come] == 1).sum())
            without = hubs["agreement"] == NONE
            paid = hubs["manager"] == Manager.REGION
            assert (hubs["employer"][paid & without] != NONE).all()
        return count

    assert early({}) > 0
    assert early({"plan.manager": 2}) == 0


def test_as_it_was_nothing_lapses_and_nobody_else_approves() -> None:
    counts = events_of(start_of(10, values=AS_IT_WAS), 1)
    assert counts["plan-lapsed"] == counts["plan-renewed"] == 0
    assert counts["plan-written"] > 0
