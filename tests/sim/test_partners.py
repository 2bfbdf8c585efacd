"""External parties: areas, agreements, shared tables; the five conditions; the ROS; a crisis."""

from __future__ import annotations

import math

import numpy as np
import pytest
from support import NONE, Quarters, Values, both, events_of, params, row, series_of, start_of

from agents.conditions import weigh_conditions
from agents.events import Cause
from agents.hub import Hub, chance_advance
from agents.organisation.regio_organisatie import RegioOrganisatie
from agents.partner import Partner, chance_agreement, widen
from agents.practice import Contact, Practice, value_membership
from agents.words import Domain
from sim.common.substitution import share_tables
from sim.measure.outcomes import NAMES
from sim.phases.contracts.dealings import deal_alone
from sim.phases.hubs.hubs import _read_conditions
from sim.phases.public.partners import (
    best_counterpart,
    look_at_areas,
    partner_reviews,
    worth_a_table,
)
from sim.tables import Tables

TABLES = NAMES.index("shared_tables")

# Conditions


def test_conditions_multiply_the_odds_by_hand() -> None:
    # All half met: nothing changes. All met: 1.5 to the fifth. None: a half to the fifth.
    for met, factor in ((0.5, 1.0), (1.0, 1.5**5), (0.0, 0.5**5)):
        seen = both(weigh_conditions, np.full(5, met), params())
        assert seen == pytest.approx(math.log(factor), rel=1e-12, abs=1e-12)
    mixed = np.array([1.0, 1.0, 0.5, 0.0, 0.25])
    assert both(weigh_conditions, mixed, params()) == pytest.approx(
        math.log(1.5 * 1.5 * 1.0 * 0.5 * 0.75), rel=1e-12
    )
    assert both(weigh_conditions, mixed, params(condition_weight=0.0)) == 0.0


def test_a_hub_gets_on_by_its_conditions() -> None:
    hub = row(Hub, stage=2, contribution=0.0, conditions=[0.5] * 5)
    plain = both(chance_advance, hub, 0.5, False, params())[0]
    hub.conditions[:] = [1.0] * 5
    chance, cause = both(chance_advance, hub, 0.5, False, params())
    odds = plain / (1 - plain) * 1.5**5
    assert chance == pytest.approx(odds / (1 + odds), rel=1e-12)
    assert cause == Cause.CONDITIONS


def field(values: Values | None = None, quarters: int = 60, seed: int = 1) -> Quarters:
    """UNICUM after some years."""
    run = Quarters(start_of(10, values=values or {}), seed=seed)
    run.step(quarters)
    return run


def test_conditions_are_read_off_the_state_of_a_hub() -> None:
    tables = field(quarters=79).tables
    h = int(np.argmax(tables.hubs["practices"]))
    hub = tables.hubs[h]
    here = (tables.practices["hub"] == h) & tables.practices["alive"]
    tables.practices["hub_trust"][here] = 0.7
    tables.practices["last_coverage"][here], tables.practices["coverage"][here] = 0.8, 0.6
    hub["agreement"], hub["dependence"], hub["standing"] = NONE, 0.6, 0.5
    for plan, progress, manager, ambition, professional in (
        (0, 0, 0, 0.0, 0.2), (0, 1, 0, 0.5, 0.2), (1, 0, 1, 0.5, 0.7), (2, 3, 2, 1.0, 0.7),
    ):  # fmt: skip
        hub["plan"], hub["progress"], hub["manager"], hub["local"] = plan, progress, manager, 0.4
        _read_conditions(tables, h)
        # A quarter of support lost; .6 of income from the region, half of it made up by standing.
        expected = [ambition, 1.0 - 0.25 - 0.3, 0.7, professional, progress / 4.0]
        assert list(hub["conditions"]) == pytest.approx(expected, rel=1e-12)


# The ROS


def test_a_guided_process_takes_four_steps_and_another_loses_them() -> None:
    run = field({"ros.step": 1.0, "ros.fade": 1.0, "decide.hub": False})
    tables = run.tables
    hubs = tables.hubs
    assert (hubs["progress"][hubs["guided"]] > 0).any()
    hubs["guided"][:] = False
    hubs["guided"][:3] = True
    hubs["progress"][:] = [0, 2, 4, 0, 3, 4] + [0] * (len(hubs) - 6)
    run.step(1)
    assert list(tables.hubs["progress"][:6]) == [1, 3, 4, 0, 2, 4]
    lines = tables.events[: int(tables.counter["event_lines"][0])]
    assert len(lines) >= 2


def test_nobody_takes_steps_without_the_ros() -> None:
    assert events_of(start_of(10, values={"decide.ros": False}))["step-taken"] == 0
    assert events_of(start_of(10))["step-taken"] > 0


# External parties


def test_every_municipality_has_one_party_of_each_sort() -> None:
    tables = start_of(10)
    assert (tables.municipalities["partners"] != NONE).all()
    for sort in range(len(Domain)):
        rows = tables.municipalities["partners"][:, sort]
        assert (tables.partners["domain"][rows] == sort).all()
        here = tables.partners[tables.partners["domain"] == sort]
        assert here["residents"].sum() == tables.municipalities["population_2022"].sum()
    assert (tables.partners["agreement"] == NONE).all()


def test_the_chance_of_an_agreement_by_hand() -> None:
    partner = row(Partner, fit=0.8, conditions=[0.5] * 5)
    # -2 + 3 * .8 = .4
    chance, cause = both(chance_agreement, partner, params())
    assert chance == pytest.approx(1 / (1 + math.exp(-0.4)), rel=1e-12) and cause == Cause.FIT
    partner.fit, partner.conditions[:] = 0.1, [1.0] * 5
    chance, cause = both(chance_agreement, partner, params())
    assert chance == pytest.approx(1 / (1 + math.exp(1.7) / 1.5**5), rel=1e-12)
    assert cause == Cause.CONDITIONS


def test_the_scope_of_a_table_follows_trust() -> None:
    partner = row(Partner, scope=0.2, trust=0.6)
    # Half a year's gap in a year: an eighth of .4 in a quarter.
    assert both(widen, partner, params()) == pytest.approx(0.25, rel=1e-12)
    partner.trust = 0.0
    assert both(widen, partner, params()) == pytest.approx(0.175, rel=1e-12)


ALIKE = {f"partner.acts_{kind}": False for kind in ("vvt", "ggz", "home_care", "youth")}


def settled(o: int = 0, values: Values | None = None) -> Tables:
    """A region in which everybody is a member of one organisation."""
    tables = field(values, quarters=40).tables
    alive = tables.practices["alive"]
    tables.organisations["alive"][:] = False
    tables.organisations["alive"][o] = True
    tables.organisations["lead"][:] = NONE
    tables.practices["organisation"][alive] = o
    tables.partners["agreement"][:] = NONE
    tables.partners["scope"][:] = 0.0
    return tables


def test_fit_is_overlap_over_union() -> None:
    tables = settled()
    q = int(tables.municipalities["partners"][0, Domain.HOSPITAL])
    look_at_areas(tables)
    assert best_counterpart(tables, q) == 0
    served = tables.municipalities["partners"][:, Domain.HOSPITAL] == q
    practices = tables.practices[tables.practices["alive"]]
    inside = practices["patients"][served[practices["municipality"]]].sum()
    assert tables.partners["fit"][q] == pytest.approx(inside / practices["patients"].sum())
    # Only those inside are members: both areas are one.
    here = tables.practices["alive"] & served[tables.practices["municipality"]]
    tables.practices["organisation"][~here] = NONE
    look_at_areas(tables)
    best_counterpart(tables, q)
    assert tables.partners["fit"][q] == 1.0


def test_a_practice_deals_alone_with_whom_nobody_deals_for_it() -> None:
    tables = settled(values=ALIKE)
    i = int(np.flatnonzero(tables.practices["alive"])[0])
    tables.municipalities["adviser"][:] = False
    # Five external parties and the municipality, 1.5 hours each.
    assert deal_alone(tables, i) == pytest.approx(9.0, rel=1e-12)
    q = int(tables.municipalities["partners"][tables.practices["municipality"][i], Domain.HOSPITAL])
    tables.partners["agreement"][q], tables.partners["scope"][q] = 0, 0.8
    assert deal_alone(tables, i) == pytest.approx(9.0 - 1.5 * 0.8, rel=1e-12)
    assert share_tables(tables, i) == pytest.approx((0.8 / 5, 0.8), rel=1e-12)
    # Somebody else's agreement does not help, one's municipality's adviser does.
    tables.practices["organisation"][i] = NONE
    assert deal_alone(tables, i) == pytest.approx(9.0, rel=1e-12)
    m = int(tables.practices["municipality"][i])
    tables.municipalities["adviser"][m], tables.municipalities["trust"][m] = True, 0.5
    tables.practices["active"][i] = True
    tables.hubs["stage"][tables.practices["hub"][i]] = 2
    assert deal_alone(tables, i) == pytest.approx(9.0 - 0.75, rel=1e-12)


def counted_and_worth(tables: Tables, q: int) -> bool:
    """Whether a table with the first organisation pays, its members counted anew."""
    look_at_areas(tables)
    best_counterpart(tables, q)
    return bool(worth_a_table(tables, q, 0))


def test_a_table_must_save_more_hours_than_it_takes() -> None:
    tables = settled()
    q = int(tables.municipalities["partners"][0, Domain.HOSPITAL])
    # 2 * .8 * (64 / 3 + 24) = 72.5 h a year; 2 * n * 1.5 * .5 saved: from 49 members on.
    tables.partners["trust"][q] = 0.5
    assert counted_and_worth(tables, q)
    served = tables.municipalities["partners"][:, Domain.HOSPITAL] == q
    here = np.flatnonzero(tables.practices["alive"] & served[tables.practices["municipality"]])
    tables.practices["organisation"][here[48:]] = NONE
    assert not counted_and_worth(tables, q)
    tables.practices["organisation"][here[48:49]] = 0
    assert counted_and_worth(tables, q)
    tables.partners["fit"][q] = 1.0
    agreed = set()
    for seed in range(30):
        tables.counter["seed"][0], tables.counter["event_lines"][0] = seed, 0
        tables.partners["agreement"][q] = NONE
        agreed.add(int(partner_reviews(tables, q, 43)))
    assert agreed == {0, NONE}


def test_agreements_come_about_and_switched_off_they_do_not() -> None:
    on, off = start_of(10), start_of(10, values={"partner.agree": False})
    assert sum(events_of(on, s)["partner-agreed"] for s in (1, 2, 3)) > 3
    assert sum(events_of(off, s)["partner-agreed"] for s in (1, 2, 3)) == 0
    assert series_of(on, 1)[-1, 0, TABLES] > 0.1
    assert (series_of(off, 1)[:, 0, TABLES] == 0.0).all()


# A crisis


def test_a_crisis_speaks_for_who_speaks_for_all() -> None:
    practice, body = row(Practice), row(RegioOrganisatie)
    worth = [
        both(
            value_membership,
            practice,
            body,
            Contact(trust=0.5, taste=0.0, neighbours=0.5, pressure=0.0, switching=0.0, crisis=c),
            params(),
        )
        for c in (0.0, 1.0)
    ]
    assert worth[1][0] - worth[0][0] == pytest.approx(1.0, rel=1e-12)
    assert worth[1][1] == Cause.CRISIS


def test_a_crisis_brings_mandates_to_the_one_address() -> None:
    share = NAMES.index("mandate_share")

    def mean(setting: tuple[str, ...]) -> float:
        start = start_of(10, settings=setting)
        return float(np.mean([series_of(start, s)[63, 0, share] for s in range(1, 9)]))

    always = mean(("policy.crisis=1", "policy.crisis@2006Q1=1"))
    assert always > mean(("policy.crisis=0", "policy.crisis@2006Q1=0")) + 0.02
