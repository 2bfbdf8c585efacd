"""Every decision of the six kinds of agent responds to what others did."""

from __future__ import annotations

import math

import pytest
from support import NONE, Quarters, both, params, row, start_of

from agents.hub import Hub, chance_advance, contribute
from agents.insurer import Insurer, delegate, set_pressure, want_follow
from agents.municipality import Municipality, want_adviser
from agents.organisation.regio_organisatie import RegioOrganisatie, grant_rights
from agents.practice import Contact, Practice, value_membership
from agents.ros import rank_hub
from sim.common.perceiving import share_of_neighbours
from sim.phases.hubs.hubs import hub_develops
from sim.phases.insurers import insurer_publishes
from sim.phases.organisations.organisations import organisation_reviews
from sim.phases.public.municipal import municipality_reviews, ros_assigns


def field(seed: int = 1, quarters: int = 40) -> Quarters:
    """A region in which things have begun."""
    run = Quarters(start_of(4, values={"organisation.found": 1.0}), seed=seed)
    run.step(quarters)
    return run


def test_a_practice_looks_at_its_neighbours() -> None:
    run = field()
    tables = run.tables
    i = next(
        i for i in range(int(tables.counter["practices"][0]))
        if tables.practices["alive"][i]
        and tables.hubs["practices"][tables.practices["hub"][i]] >= 3
    )  # fmt: skip
    here = tables.practices["hub"] == tables.practices["hub"][i]
    others = [j for j in range(len(here)) if here[j] and tables.practices["alive"][j] and j != i]
    tables.practices["organisation"][others] = NONE
    assert share_of_neighbours(tables, i, 0) == 0.0
    tables.practices["organisation"][others[0]] = 0
    assert share_of_neighbours(tables, i, 0) == 1 / len(others)
    tables.practices["organisation"][others] = 0
    assert share_of_neighbours(tables, i, 0) == 1.0
    # Conformity J = 2: from no neighbour to all of them is worth 2.
    practice, organisation = row(Practice), row(RegioOrganisatie)
    worth = [
        both(
            value_membership,
            practice,
            organisation,
            Contact(trust=0.5, taste=0.0, neighbours=x, pressure=0.0, switching=0.0, crisis=0.0),
            params(),
        )[0]
        for x in (0.0, 1.0)
    ]
    assert worth[1] - worth[0] == pytest.approx(2.0, rel=1e-12)


def test_a_practice_looks_at_the_insurers_pressure() -> None:
    practice, organisation = row(Practice), row(RegioOrganisatie)
    worth = [
        both(
            value_membership,
            practice,
            organisation,
            Contact(trust=0.5, taste=0.0, neighbours=0.5, pressure=p, switching=0.0, crisis=0.0),
            params(),
        )[0]
        for p in (0.0, 0.6)
    ]
    assert worth[1] - worth[0] == pytest.approx(0.6, rel=1e-12)  # b_p = 1


def test_a_hub_looks_at_who_takes_part_at_the_adviser_and_at_guidance() -> None:
    # Contribution: GPs half, other disciplines half with an organisation of .4:
    # .5*.8 + .5*.4*.8 = .56.
    assert both(contribute, 0.8, 0.4, params()) == pytest.approx(0.56, rel=1e-12)
    # -4 + 2*.5 + 1.5*(.56/.4) = -.9 for a driver; an adviser adds 1, guidance 1, experience 1.
    # Conditions that are half met leave the odds as they are.
    hub = row(Hub, stage=2, contribution=0.56, conditions=[0.5] * 5)
    steps = (
        (False, False, 0, -0.9), (True, False, 0, 0.1), (True, True, 0, 1.1), (True, True, 2, 2.1),
    )  # fmt: skip
    for adviser, guided, origin, utility in steps:
        hub.guided, hub.origin = guided, origin
        chance, _ = both(chance_advance, hub, 0.5, adviser, params())
        assert chance == pytest.approx(1 / (1 + math.exp(-utility)), rel=1e-12)
    # In the field: without anyone taking part a started hub of a settled stage does not advance.
    run = field()
    tables = run.tables
    h = 0
    tables.hubs["stage"][h], tables.hubs["plan"][h], tables.hubs["origin"][h] = 2, 1, 0
    tables.hubs["revenue"][h] = 1e6
    results = set()
    for active, guided in ((0.0, False), (1.0, True)):
        tables.hubs["contribution"][h] = contribute(active, 0.5, tables.params[0])
        tables.hubs["guided"][h] = guided
        tables.municipalities["adviser"][:] = guided
        advanced = 0
        for seed in range(200):
            tables.counter["seed"][0] = seed
            tables.counter["event_lines"][0] = 0
            tables.hubs["stage"][h] = 2
            hub_develops(tables, h, 40)
            advanced += int(tables.hubs["stage"][h] == 3)
        results.add((active, advanced > 0))
    assert results == {(0.0, False), (1.0, True)}


def test_an_organisation_looks_at_its_members_mandates() -> None:
    run = field()
    tables = run.tables
    o = next(o for o in range(len(tables.organisations)) if tables.organisations["alive"][o])
    tables.organisations["rights"][o] = 0
    tables.organisations["area_practices"][o] = 0
    members = int(tables.organisations["members"][o])
    assert members > 0
    tick = 4 * 12 - 1  # 2017Q4, when a title first asks a mandate of 80% for 2018
    tables.organisations["mandated"][o] = members
    organisation_reviews(tables, o, tick)
    assert tables.organisations["rights"][o] == 0
    tables.organisations["mandated"][o] = 0
    organisation_reviews(tables, o, tick)
    assert tables.organisations["rights"][o] == 1
    assert both(grant_rights, row(RegioOrganisatie, members=5, mandated=5), 0.8) == 0


def test_an_organisation_looks_for_a_larger_one_to_lead() -> None:
    leads = []
    for larger in (False, True):
        run = field()
        tables = run.tables
        tables.counter["organisations"][0] = 2
        both_rows = tables.organisations[:2]
        both_rows["alive"], both_rows["lead"] = True, NONE
        both_rows["x"], both_rows["y"] = 0.0, 0.0
        both_rows["patients"] = [5000, 9000 if larger else 4000]
        led = 0
        for seed in range(40):
            tables.counter["seed"][0] = seed
            tables.counter["event_lines"][0] = 0
            tables.organisations["lead"][0] = NONE
            organisation_reviews(tables, 0, 47)
            led += int(tables.organisations["lead"][0] == 1)
        leads.append(led)
    assert leads[0] == 0 < leads[1]


def test_a_municipality_looks_at_how_many_it_has_to_deal_with() -> None:
    chances = {
        n: both(want_adviser, row(Municipality, trust=0.5, counterparts=n), 0.0, params())[0]
        for n in (1, 2, 5)
    }
    assert chances[1] > chances[2] > chances[5]
    run = field()
    tables = run.tables
    tables.municipalities["joint"][:] = False
    tables.municipalities["sharers"][:] = 0  # nobody speaks for a neighbour too
    municipality_reviews(tables, 0, 43)
    first = int(tables.municipalities["counterparts"][0])
    # Every practice of the place joins an organisation of its own choosing: two more parties.
    here = (tables.practices["municipality"] == 0) & tables.practices["alive"]
    tables.practices["organisation"][here] = 0
    municipality_reviews(tables, 0, 43)
    assert tables.municipalities["counterparts"][0] == 1
    tables.practices["organisation"][here.nonzero()[0][:2]] = [1, 2]
    tables.counter["organisations"][0] = max(3, int(tables.counter["organisations"][0]))
    municipality_reviews(tables, 0, 43)
    assert tables.municipalities["counterparts"][0] == 3
    assert first >= 0
    # A gemeentehub speaks for all.
    tables.municipalities["joint"][0] = True
    municipality_reviews(tables, 0, 43)
    assert tables.municipalities["counterparts"][0] == 1
    tables.municipalities["joint"][0] = False
    # Nobody to deal with, nobody to send.
    tables.practices["organisation"][here] = NONE
    tables.hubs["stage"][:] = 0
    assert not municipality_reviews(tables, 0, 43)


def test_an_insurer_looks_at_how_many_organisations_and_who_is_left_out() -> None:
    run = field()
    tables = run.tables
    count = int(tables.counter["practices"][0])
    tables.counter["organisations"][0] = 1
    tables.organisations["alive"][0] = True
    tables.organisations["municipality"][0] = 0
    insured = int(tables.practices["patients"][tables.practices["alive"]].sum())
    # All in one organisation, all supported: one effective party, half of the old pressure.
    tables.practices["organisation"][:count] = 0
    tables.practices["suppliers"][:count] = 1
    tables.organisations["patients"][0] = insured
    tables.insurers["pressure"][0] = 0.4
    tables.insurers["worked"][0] = 0.0
    assert insurer_publishes(tables, 0, 3) == pytest.approx(0.2, rel=1e-12)
    # Nobody in any, none supported: .5*.4 + .3*(1 - HHI of lists) + .2.
    tables.practices["organisation"][:count] = NONE
    tables.practices["suppliers"][:count] = 0
    tables.organisations["alive"][0] = False
    tables.insurers["pressure"][0] = 0.4
    lists = tables.practices["patients"][:count].astype(float) / insured
    expected = 0.2 + 0.3 * (1.0 - float((lists**2).sum())) + 0.2
    assert insurer_publishes(tables, 0, 3) == pytest.approx(expected, rel=1e-9)
    crowded = row(Insurer, pressure=0.4, effective=5.0)
    alone = row(Insurer, pressure=0.4, effective=1.0)
    seen = [both(set_pressure, insurer, 0.0, params())[0] for insurer in (crowded, alone)]
    assert seen[0] > seen[1]
    # Its own work: 100 h at EUR 110 over 44,000 insured is EUR .25, half of the scale: + .1 / 2.
    busy = row(Insurer, pressure=0.4, effective=1.0, worked=100.0, purchases=44_000)
    assert both(set_pressure, busy, 0.0, params())[0] == pytest.approx(0.25, rel=1e-12)


def test_an_insurer_delegates_more_the_more_it_wants_a_region() -> None:
    # .5 + .5 * .4 = .7 of the mandate.
    assert both(delegate, row(Insurer, pressure=0.4), params()) == pytest.approx(0.7, rel=1e-12)


def test_an_insurer_follows_where_contracts_of_its_own_cost_more_than_they_are_worth() -> None:
    # One contract: (8 + 40 + 16) / 3 + 24 = 45.33 h at EUR 110 = EUR 4,986.67 a year. Own terms
    # are worth EUR .02 per insured: 249,333 insured pay for one contract, not for two.
    assert both(want_follow, 249_333.0, 1.0, params())
    assert not both(want_follow, 249_334.0, 1.0, params())
    assert both(want_follow, 249_334.0, 2.0, params())


def test_the_ros_looks_at_stages_and_at_who_takes_part() -> None:
    # Lowest stage first, then the highest will: stage 1 with .2 before stage 2 with .9.
    low, high = row(Hub, stage=1, active=0.2), row(Hub, stage=2, active=0.9)
    assert both(rank_hub, low) == pytest.approx(3.2, rel=1e-12)
    assert both(rank_hub, high) == pytest.approx(2.9, rel=1e-12)
    run = field()
    tables = run.tables
    # Hours for one hub exactly: 120 h at EUR 110.
    tables.ros["yearly"][0] = 120.0 * 110.0
    tables.hubs["stage"][:] = 2
    tables.hubs["active"][:] = 0.5
    for wanted in (1, 4):
        tables.counter["event_lines"][0] = 0
        tables.hubs["active"][:] = 0.5
        tables.hubs["active"][wanted] = 0.9
        assert ros_assigns(tables, 0, 43) == 1
        assert tables.hubs["guided"].nonzero()[0].tolist() == [wanted]
    # A hub at a lower stage comes first, unless nobody there takes part.
    tables.hubs["stage"][2] = 1
    ros_assigns(tables, 0, 43)
    assert tables.hubs["guided"].nonzero()[0].tolist() == [2]
    tables.hubs["active"][2] = 0.0
    ros_assigns(tables, 0, 43)
    assert tables.hubs["guided"].nonzero()[0].tolist() == [4]
