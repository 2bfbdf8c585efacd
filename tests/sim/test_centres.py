"""Health centres as bodies of practices: members, lists that earn, umbrellas."""

from __future__ import annotations

import numpy as np
import pytest
from support import NONE, Quarters, Values, both, events_of, params, row, start_of

from agents.centre import cost_dealing, hours_dealing, value_centre
from agents.events import Cause, Event
from agents.practice import HubSeen, Practice, hold_autonomy, value_hub
from agents.words import Kind, Origin, Stage
from sim.common.centres import form_centre, share_employed
from sim.ledger import Posting
from sim.phases.organisations.umbrellas import saved_with
from sim.phases.supply.centres import review_centres


def test_worth_of_a_centre_by_hand() -> None:
    practice = row(Practice, autonomy=0.4, hub_trust=0.75)
    # .15 * 8 kEUR - 1.5 * .4 * .5 + 2 * .25 = 1.2 - .3 + .5
    value, cause = both(value_centre, practice, 8000.0, params())
    assert value == pytest.approx(1.4, rel=1e-12)
    assert cause == Cause.MONEY
    # Without money trust weighs most, and without trust autonomy.
    assert both(value_centre, practice, 0.0, params()) == (pytest.approx(0.2), Cause.TRUST)
    practice.hub_trust = 0.5
    assert both(value_centre, practice, 0.0, params()) == (pytest.approx(-0.3), Cause.AUTONOMY)


def test_who_is_employed_holds_less_to_autonomy() -> None:
    practice = row(Practice, autonomy=0.8)
    assert both(hold_autonomy, practice, params()) == 0.8
    practice.salaried = True
    assert both(hold_autonomy, practice, params()) == pytest.approx(0.4, rel=1e-12)


def test_owners_keep_away_from_where_others_are_employed() -> None:
    practice = row(Practice, hub_trust=0.5)
    seen = HubSeen(0, 0.0, False, 1.0, 0.5, 110.0, 0.6)
    value, cause = both(value_hub, practice, seen, params(centre_image=0.5))
    # Meetings are paid in full, nobody trusts or follows: .5 * .6 is left.
    assert (value, cause) == (pytest.approx(-0.3, rel=1e-12), Cause.IMAGE)


def test_dealing_with_an_umbrella_by_hand() -> None:
    # .5 * ((40 + 16)/3 + 24) = 21.333 hours a year on each side, at EUR 110.
    assert both(hours_dealing, params()) == pytest.approx(64.0 / 3.0, rel=1e-12)
    assert both(cost_dealing, params()) == pytest.approx(2.0 * 110.0 * 64.0 / 3.0, rel=1e-12)
    assert both(cost_dealing, params(transaction_on=False)) == 0.0


def centre(values: Values | None = None) -> tuple[Quarters, int]:
    """UNICUM after a quarter, and of its areas with a health centre the one with most practices."""
    run = Quarters(start_of(10, values=values))
    run.step()
    centres = run.tables.hubs["origin"] == Origin.HEALTH_CENTRE
    return run, int(np.argmax(centres * run.tables.hubs["practices"]))


def test_the_nearest_practices_are_members_until_the_list_is_reached() -> None:
    run, h = centre()
    tables = run.tables
    here = np.flatnonzero((tables.practices["hub"] == h) & tables.practices["alive"])
    far = np.hypot(
        tables.practices["x"][here] - tables.hubs["x"][h],
        tables.practices["y"][here] - tables.hubs["y"][h],
    )
    order = here[np.argsort(far)]
    tables.practices["centre"][:] = NONE
    tables.practices["patients"][order] = 3000
    tables.params["centre_list"] = 6001.0
    form_centre(tables, h)
    # Two have 6,000, which is not enough: the third is the last.
    assert np.flatnonzero(tables.practices["centre"] == h).tolist() == sorted(order[:3].tolist())
    employed = tables.practices["salaried"][order[:3]]
    assert employed.all() or not employed.any()
    # Others see those of whom the centre employs: 9,000 of all patients there.
    tables.practices["salaried"][order[:3]] = True
    tables.hubs["patients"][h] = 36_000
    assert share_employed(tables, int(order[3])) == 0.25
    assert share_employed(tables, int(order[0])) == 0.0


def test_lists_are_counted_and_earn() -> None:
    run, h = centre()
    tables = run.tables
    members = (tables.practices["centre"] == h) & tables.practices["alive"]
    assert members.any()
    listed = int(tables.practices["patients"][members].sum())
    assert int(tables.hubs["listed"][h]) == listed < int(tables.hubs["insured"][h])
    groups = tables.practices["groups"][members].sum(axis=0)
    assert tables.hubs["listed_groups"][h] == pytest.approx(groups)
    # EUR 20 a year for each of them.
    assert tables.hubs["listed_oi"][h] == pytest.approx(5.0 * listed, abs=1.0)
    # Only members are supplied by it.
    served = tables.practices["supplier"] == int(tables.offsets[Kind.HUB]) + h
    assert served[members].any() and not served[~members].any()


def test_without_members_a_centre_is_its_area() -> None:
    run, h = centre({"centre.members": False})
    tables = run.tables
    assert (tables.practices["centre"][: tables.counter["practices"][0]] == NONE).all()
    assert tables.hubs["oi"][h] == pytest.approx(5.0 * tables.hubs["insured"][h], abs=1.0)
    assert tables.hubs["listed_local"][h] == 0.0


def test_a_centre_that_ended_has_no_members() -> None:
    run, h = centre()
    tables = run.tables
    count = int(((tables.practices["centre"] == h) & tables.practices["alive"]).sum())
    tables.hubs["stage"][h] = Stage.NONE
    before = int(tables.counter["event_lines"][0])
    review_centres(tables, 3)
    events = tables.events[before : tables.counter["event_lines"][0]]
    gone = events[events["other"] == int(tables.offsets[Kind.HUB]) + h]
    assert gone["what"].tolist() == [Event.CENTRE_LEFT] * count
    assert set(gone["cause"].tolist()) == {Cause.GONE}
    assert not ((tables.practices["centre"] == h) & tables.practices["alive"]).any()
    assert not tables.practices["salaried"][tables.practices["hub"] == h].any()


def test_owners_leave_and_colleagues_join_as_it_is_worth() -> None:
    run, h = centre({"centre.review": 1.0, "centre.join": 1.0, "centre.most": 1e6})
    tables = run.tables
    here = np.flatnonzero((tables.practices["hub"] == h) & tables.practices["alive"])
    tables.practices["active"][here] = True
    tables.practices["salaried"][here] = False
    tables.hubs["listed_local"][h] = 1.0
    # Support worth tens of thousands: all join.
    tables.params["choice_money"] = 100.0
    review_centres(tables, 3)
    assert (tables.practices["centre"][here] == h).all()
    # Worth nothing, and all autonomy gone: owners leave, who is employed stays.
    tables.params["choice_money"], tables.params["choice_autonomy"] = 0.0, 1e6
    tables.practices["salaried"][here[0]] = True
    review_centres(tables, 7)
    assert tables.practices["centre"][here].tolist() == [h] + [NONE] * (len(here) - 1)
    # With a list that is full nobody comes.
    tables.params["choice_autonomy"], tables.params["choice_money"] = 0.0, 100.0
    tables.params["centre_most"] = 1.0
    review_centres(tables, 11)
    assert tables.practices["centre"][here].tolist() == [h] + [NONE] * (len(here) - 1)


def test_joint_scale_saves_fixed_cost() -> None:
    run, _ = centre()
    # One set of fixed cost, EUR 600,000, for 10,000 alone, or for a quarter of 40,000.
    assert saved_with(run.tables, 10_000.0, 30_000.0) == pytest.approx(450_000.0, rel=1e-9)
    run.tables.params["supply_economies"] = 0.0
    assert saved_with(run.tables, 10_000.0, 30_000.0) == pytest.approx(0.0, abs=1e-6)


def test_centres_found_an_umbrella_and_buy_from_it() -> None:
    run, _ = centre({"centre.umbrella": 1.0})
    paid = 0
    for _quarter in range(11):
        tables = run.step()
        lines = run.ledger()
        first = int(tables.offsets[Kind.HUB])
        bought = lines["title"] == Posting.PURCHASE
        paid += int(lines[bought & (lines["payer"] >= first)]["cents"].sum())
    hubs = tables.hubs[tables.hubs["umbrella"] != NONE]
    assert len(hubs) >= 2
    assert (hubs["supplies"] == 1).all()
    assert paid > 0
    body = tables.organisations[int(hubs["umbrella"][0])]
    assert body["entrant"] and body["members"] == 0
    served = float(tables.hubs["listed"][tables.hubs["umbrella"] == hubs["umbrella"][0]].sum())
    assert body["clients"][0] >= 0.9 * served
    counts = events_of(start_of(10, values={"centre.umbrella": 0.0}), last=11)
    assert counts["umbrella-joined"] == 0


def test_an_umbrella_is_left_when_no_list_earns() -> None:
    counts = events_of(start_of(10, values={"centre.umbrella": 1.0}))
    assert counts["umbrella-left"] == counts["umbrella-joined"] > 0
