"""Known answers: identities, thresholds and equilibria worked out on paper (model.md, 7)."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from support import Quarters, both, column, params, row, series_of, start_of

from agents.events import Cause
from agents.insurer import Insurer, set_pressure
from agents.municipality import Municipality, want_adviser
from agents.organisation.regio_organisatie import (
    RegioOrganisatie,
    bargain_fee,
    cost_coordination,
    count_links,
    engage,
    grant_rights,
    have_say,
    want_found,
)
from agents.practice import Contact, Practice, give_mandate, value_membership
from agents.words import Kind
from sim.common.trust import adjust_trust
from sim.phases.choices.wanting import prefer_organisation

FLAT, HIERARCHICAL, FEDERATED = range(3)


# Coordination (model b)


def test_links_of_the_three_structures() -> None:
    # Flat: every pair of 10: 10*9/2 = 45.
    assert both(count_links, 10, FLAT, 7.0) == 45.0
    # Hierarchical: n log_s n; 49 members, span 7: 49 * 2 = 98.
    assert both(count_links, 49, HIERARCHICAL, 7.0) == pytest.approx(98.0, rel=1e-12)
    # Federated: n(s-1)/2 + m(m-1)/2, m = n/s; 70 members, span 7: 70*6/2 + 10*9/2 = 210 + 45.
    assert both(count_links, 70, FEDERATED, 7.0) == pytest.approx(255.0, rel=1e-12)
    # One group of seven is flat: 7*6/2 = 21 either way.
    assert both(count_links, 7, FEDERATED, 7.0) == both(count_links, 7, FLAT, 7.0) == 21.0
    for structure in (FLAT, HIERARCHICAL, FEDERATED):
        assert both(count_links, 0, structure, 7.0) == both(count_links, 1, structure, 7.0) == 0.0
    # A federation smaller than one group cannot have more links than every pair: 5*4/2 = 10.
    assert both(count_links, 5, FEDERATED, 7.0) == 10.0


@pytest.mark.parametrize("members", [50, 119, 400, 2000])
def test_the_best_span_of_a_federation(members: int) -> None:
    # L(s) = n(s-1)/2 + (n/s)(n/s - 1)/2. L'(s) = n/2 - n^2/s^3 + n/(2 s^2) = 0, so
    # s^3 + s = 2n: close to the cube root of 2n, from below, by about 1/(3 s^2) of it.
    spans = np.arange(2.0, 60.0, 0.001)
    links = [float(count_links(members, FEDERATED, s)) for s in spans]
    best = float(spans[int(np.argmin(links))])
    assert best**3 + best == pytest.approx(2 * members, rel=0.003)  # the grid: 3 * 0.001 / s
    assert best == pytest.approx((2 * members) ** (1 / 3), rel=1.5 / (3 * best**2) + 1e-3)


def test_cost_of_coordination_by_hand() -> None:
    organisation = row(
        RegioOrganisatie, members=10, structure=FLAT, mixed=0.5, reach=10.0, municipalities=3
    )
    # 190 EUR * 45 links * (1 + .5*.5) * (1 + .3*10/20) + 3 * 10,000
    # = 8,550 * 1.25 * 1.15 + 30,000 = 12,290.625 + 30,000.
    assert both(cost_coordination, organisation, params()) == pytest.approx(42290.625, rel=1e-12)


def test_the_size_of_least_unit_cost_when_flat() -> None:
    # Per member: F/n + g(n-1)/2 has its least at n* = sqrt(2F/g): links of one member cost half
    # each. With a unit cost written as F/N + g*N (model.md 7) that is N* = sqrt(F/g), g halved.
    fixed, link = 600_000.0, 190.0
    organisations = {n: row(RegioOrganisatie, members=n, structure=FLAT) for n in range(20, 200)}
    cost = {n: (fixed + both(cost_coordination, o, params())) / n for n, o in organisations.items()}
    best = min(cost, key=lambda n: cost[n])
    assert best == round(math.sqrt(fixed / (link / 2.0)))  # 79.47


# Engagement and governance (model c)


def test_engagement() -> None:
    # At n50 members the fraction is one half: (1 + e_min)/2 = 0.525; far beyond, e_min.
    assert both(engage, 80, 0, params()) == pytest.approx(0.525, rel=1e-12)
    assert both(engage, 104, 1, params()) == pytest.approx(0.525, rel=1e-12)  # 80 * 1.3
    assert both(engage, 160, 2, params()) == pytest.approx(0.525, rel=1e-12)  # 80 * 2
    assert both(engage, 0, 0, params()) == 1.0
    assert both(engage, 10**7, 0, params()) == pytest.approx(0.05, rel=1e-6)
    sizes = [both(engage, n, 0, params()) for n in range(0, 400, 10)]
    assert sizes == sorted(sizes, reverse=True)
    assert [both(have_say, r, 0.0, params()) for r in range(3)] == [0.2, 0.5, 0.8]


def test_rights_grow_where_the_mandate_falls_short_and_are_not_taken_back() -> None:
    short = row(RegioOrganisatie, members=10, mandated=7, rights=0)
    assert both(grant_rights, short, 0.8) == 1
    assert both(grant_rights, row(RegioOrganisatie, members=10, mandated=8), 0.8) == 0
    assert both(grant_rights, row(RegioOrganisatie, members=10, mandated=0, rights=2), 0.8) == 2
    # With an area it is the area that counts: 7 of 7 there, whatever the other members do.
    area = row(RegioOrganisatie, members=10, mandated=1, area_practices=7, area_mandated=7)
    assert both(grant_rights, area, 0.8) == 0
    assert both(grant_rights, row(RegioOrganisatie), 0.8) == 0


# Trust (model d)


def test_twelve_good_quarters_bring_trust_from_zero_to_four_fifths() -> None:
    # T(12) = 1 - (1 - 0.126)^12 = 0.80: the gain was set to give this.
    trust = 0.0
    for _ in range(12):
        trust = both(adjust_trust, trust, 0.5, 1, params())
    assert trust == pytest.approx(0.80, abs=0.005)
    # A bad contact undoes three good ones' worth: 0.8 * (1 - .378).
    assert both(adjust_trust, 0.8, 0.5, -1, params()) == pytest.approx(0.4976, rel=1e-12)


@pytest.mark.parametrize("years", [4.0, 1.0, 10.0])
def test_half_life_of_trust_without_contact(years: float) -> None:
    # After the half-life the distance to the start is half: .5 + .4/2 = .7, .5 - .5/2 = .25.
    for first, after in ((0.9, 0.7), (0.0, 0.25)):
        trust = first
        for _ in range(int(4 * years)):
            trust = both(adjust_trust, trust, 0.5, 0, params(trust_half_life=years))
        assert trust == pytest.approx(after, rel=1e-9)


def test_trust_stays_within_bounds_whatever_happens() -> None:
    rng = np.random.default_rng(1)
    trust = 0.5
    for outcome in rng.integers(-1, 2, 500):
        trust = both(adjust_trust, trust, float(rng.random()), int(outcome), params())
        assert 0.0 <= trust <= 1.0


# Choice (model e)


def neutral_contact(neighbours: float) -> Contact:
    return Contact(
        trust=0.5, taste=0.0, neighbours=neighbours, pressure=0.0, switching=0.0, crisis=0.0
    )


def mean_field(conformity: float, x: float) -> float:
    """One round: everybody sees share x of members and chooses, the rest being indifferent."""
    utility, _ = value_membership_plain(conformity, x)
    chosen: float = 1.0 / (1.0 + math.exp(-utility))
    return chosen


def value_membership_plain(conformity: float, x: float) -> tuple[float, int]:
    practice = row(Practice, patients=0)
    organisation = row(RegioOrganisatie, say=1.0)
    answer: tuple[float, int] = both(
        value_membership, practice, organisation, neutral_contact(x),
        params(choice_conformity=conformity),
    )  # fmt: skip
    return answer


@pytest.mark.parametrize("conformity", [1.0, 3.0, 3.9, 4.1, 5.0, 8.0])
def test_bifurcation_at_a_conformity_of_four(conformity: float) -> None:
    # J(x - 1/2) on the option to join only: x -> logistic(J(x - 1/2)). At x = 1/2 its slope is
    # J * 1/4 (the logistic's is 1/4 at 0), so the even split is stable below J = 4 and two
    # lopsided worlds appear above. With J on both options the slope would double: J = 2.
    assert mean_field(conformity, 0.5) == 0.5
    step = 1e-5
    slope = (mean_field(conformity, 0.5 + step) - mean_field(conformity, 0.5 - step)) / (2 * step)
    assert slope == pytest.approx(conformity / 4.0, rel=1e-6)
    x = 0.6
    for _ in range(2000):
        x = mean_field(conformity, x)
    if conformity < 4.0:
        # Converges by J/4 a round: 0.1 * (3.9/4)^2000 is nothing.
        assert x == pytest.approx(0.5, abs=1e-9)
    else:
        assert x > 0.55 and mean_field(conformity, x) == pytest.approx(x, abs=1e-9)
        assert mean_field(conformity, 1.0 - x) == pytest.approx(1.0 - x, abs=1e-9)


def test_worth_of_membership_by_hand() -> None:
    practice = row(Practice, patients=3000, autonomy=0.5, x=0.0, y=0.0)
    organisation = row(
        RegioOrganisatie, quality=0.6, engagement=0.64, margin=3.0, say=0.2, x=3.0, y=4.0
    )
    contact = Contact(
        trust=0.7, taste=0.1, neighbours=0.75, pressure=0.2, switching=1.0, crisis=0.0
    )
    # money .15 * 3000*(8*.6*.8 + 3)/1000 = .15 * 20.52 = 3.078; coverage 1 * .64*.6 = .384;
    # autonomy -1.5*.5*.8 = -.6; distance -.04*5 = -.2; neighbours 2*.25 = .5; trust 2*.2 = .4;
    # pressure .2; switching -1; taste .1. Sum 2.862.
    value, _ = both(value_membership, practice, organisation, contact, params())
    assert value == pytest.approx(2.862, rel=1e-12)


def test_a_mandate_is_a_logit_and_can_be_refused() -> None:
    # logistic(0) = 1/2, logistic(2) = 0.8808.
    for utility, lot, refuse, given in (
        (0.0, 0.4999, False, True), (0.0, 0.5, False, False), (2.0, 0.88, False, True),
        (2.0, 0.881, False, False), (100.0, 0.0001, True, False),
    ):  # fmt: skip
        assert both(give_mandate, row(Practice), utility, lot, refuse) is given


@pytest.mark.parametrize(("trust", "noise"), [(0.5, 1.0), (0.9, 1.0), (0.2, 0.5), (0.9, 2.0)])
def test_choice_between_two_options_has_the_shares_of_a_logit(trust: float, noise: float) -> None:
    # One known organisation against none, both with Gumbel noise of scale s:
    # P(join) = logistic(U/s), here U = b_T (T - 1/2) = 2(T - .5), all else at zero.
    values = {
        "choice.money": 0.0, "choice.quality": 0.0, "choice.autonomy": 0.0, "choice.distance": 0.0,
        "choice.conformity": 0.0, "choice.pressure": 0.0, "choice.taste": 0.0,
        "choice.switching": 0.0, "choice.vision": 500.0, "choice.noise": noise,
    }  # fmt: skip
    quarters = Quarters(start_of(1, values=values))
    tables = quarters.tables
    organisation = tables.organisations[0:1]
    organisation["alive"], organisation["id"] = True, 77
    tables.counter["organisations"][0] = 1
    count = int(tables.counter["practices"][0])
    tables.practices["counterpart"][:count, 0] = 0
    tables.practices["trust"][:count, 0] = trust
    joined = total = 0
    for seed in range(400):
        tables.counter["seed"][0] = seed
        for i in range(count):
            joined += int(prefer_organisation(tables, i, 3)[0] == 0)
            total += 1
    share = 1.0 / (1.0 + math.exp(-2.0 * (trust - 0.5) / noise))
    # Four standard errors of a binomial share.
    assert joined / total == pytest.approx(share, abs=4.0 * math.sqrt(share * (1 - share) / total))


def test_without_noise_the_better_option_is_always_taken() -> None:
    values = {"choice.noise": 0.0, "choice.taste": 0.0}
    quarters = Quarters(start_of(1, values=values))
    tables = quarters.tables
    tables.organisations["alive"][:2] = True
    tables.organisations["id"][:2] = [77, 78]
    tables.counter["organisations"][0] = 2
    count = int(tables.counter["practices"][0])
    for column_, trust in ((0, 0.6), (1, 1.0)):
        tables.practices["counterpart"][:count, column_] = column_
        tables.practices["trust"][:count, column_] = trust
    tables.organisations["x"][:2] = tables.practices["x"][0]
    tables.organisations["y"][:2] = tables.practices["y"][0]
    tables.organisations["say"][:2] = 1.0
    # U = 2*(1 - .5) - 2*.5 (nobody near is a member) = 0 for the best: raise it by money.
    tables.organisations["margin"][:2] = 10.0
    for seed in range(20):
        tables.counter["seed"][0] = seed
        assert prefer_organisation(tables, 0, 3)[0] == 1


# Public rules


def test_founding_chance_by_hand() -> None:
    # 0.14 * 2 * T0 * (1 - exp(-d/15)): T0 = .5 and d = 15 ln 2 give .14 * .5.
    assert both(want_found, 0.5, 15.0 * math.log(2.0), params()) == pytest.approx(0.07, rel=1e-12)
    assert both(want_found, 0.5, 0.0, params()) == 0.0
    assert both(want_found, 0.7, 1e9, params()) == pytest.approx(0.196, rel=1e-12)


def test_bargained_fee_by_hand() -> None:
    # V sqrt(E) coherence = 30 * .8 * .75 = 18; legacy 4; gain 14; 4 + .4 * 14 = 9.6.
    organisation = row(RegioOrganisatie, engagement=0.64, coherence=0.75, legacy=4.0)
    assert both(bargain_fee, organisation, params()) == pytest.approx(9.6, rel=1e-12)
    # Nothing to gain: what is in force stays.
    rich = row(RegioOrganisatie, engagement=0.64, coherence=0.75, legacy=19.0)
    assert both(bargain_fee, rich, params()) == 19.0


@pytest.mark.parametrize(
    ("counterparts", "utility", "cause"),
    [
        (1, -1 + 2 * 0.3 + 1, Cause.COUNTERPARTS),
        (0, -1 + 2 * 0.3, Cause.TRUST),
        (3, -1 + 2 * 0.3 - 0.5 * 2, Cause.COUNTERPARTS),
        (2, -1 + 2 * 0.3 - 0.5, Cause.TRUST),
    ],
)
def test_adviser_by_hand(counterparts: int, utility: float, cause: int) -> None:
    place = row(Municipality, trust=0.3, counterparts=counterparts)
    chance, why = both(want_adviser, place, 0.0, params())
    assert chance == pytest.approx(1 / (1 + math.exp(-utility)), rel=1e-12)
    assert why == cause
    # A crisis counts where there is one counterpart only.
    pressed = both(want_adviser, place, 0.5, params())[0]
    more = utility + (0.5 if counterparts == 1 else 0.0)
    assert pressed == pytest.approx(1 / (1 + math.exp(-more)), rel=1e-12)


@pytest.mark.parametrize(
    ("pressure", "effective", "unsupported", "stance", "expected", "cause"),
    [
        # .5*.4 + .3*(1 - 1/4) + .2*.5 + .05 = .2 + .225 + .1 + .05
        (0.4, 4.0, 0.5, 0.05, 0.575, Cause.FRAGMENTATION),
        (0.8, 1.0, 0.0, 0.0, 0.4, Cause.MEMORY),
        (0.0, 1.0, 1.0, 0.0, 0.2, Cause.UNSUPPORTED),
        (0.1, 1.0, 0.0, 0.3, 0.35, Cause.POLICY),
        (1.0, 1e9, 1.0, 1.0, 1.0, Cause.POLICY),  # .5+.3+.2+1 = 2: held at 1
        (0.0, 1.0, 0.0, -1.0, 0.0, Cause.POLICY),
    ],
)
def test_pressure_by_hand(
    pressure: float,
    effective: float,
    unsupported: float,
    stance: float,
    expected: float,
    cause: int,
) -> None:
    insurer = row(Insurer, pressure=pressure, effective=effective, unsupported=unsupported)
    after, why = both(set_pressure, insurer, stance, params())
    assert after == pytest.approx(expected, rel=1e-9)
    assert why == cause


# Indices


def test_concentration_lies_between_its_bounds(history: np.ndarray[Any, Any]) -> None:
    hhi = column(history, "hhi")
    practices = column(history, "practices")
    organisations = column(history, "organisations")
    # J parties (organisations, and practices without one) at most: 1/J <= HHI <= 1.
    assert (hhi <= 1.0 + 1e-12).all()
    assert (hhi >= 1.0 / (practices + organisations) - 1e-12).all()
    effective = column(history, "effective_organisations")
    assert effective * hhi == pytest.approx(np.ones(len(hhi)), rel=1e-12)
    # Renyi numbers fall with their order: 1/HHI (order 2) <= exp Shannon (order 1).
    assert (effective <= column(history, "effective_shannon") * (1 + 1e-12)).all()
    assert organisations.max() > 0


def test_without_any_organisation_concentration_is_that_of_lists() -> None:
    quarters = Quarters(start_of(1, values={"choice.refuse": True}))
    tables = quarters.step(8)
    lists = tables.practices["patients"][tables.practices["alive"]].astype(float)
    expected = float(((lists / lists.sum()) ** 2).sum())
    series = series_of(start_of(1, values={"choice.refuse": True}), last=7)
    assert column(series, "hhi")[-1] == pytest.approx(expected, rel=1e-12)


# Toy setting: no fixed cost


def test_without_fixed_cost_nobody_needs_anybody() -> None:
    # F = 0 (scale_economies 0), money via units: a unit supplies itself as well as anyone could,
    # without distance or lack of trust, so (no noise, no taste, equal costs) all supply themselves.
    values = {
        "supply.economies": 0.0, "choice.noise": 0.0, "choice.taste": 0.0, "supply.spread": 0.0,
    }  # fmt: skip
    start = start_of(2, "design:component/practice/insured", values, switch="2010Q1")
    quarters = Quarters(start)
    tables = quarters.step(60)
    alive = tables.practices[tables.practices["alive"]]
    own = int(tables.offsets[Kind.UNIT]) + alive["unit"]
    assert (alive["supplier"] == own[:, None]).all()
    # With fixed cost they do not: the test can fail.
    values["supply.economies"] = 2.0
    tables = Quarters(
        start_of(2, "design:component/practice/insured", values, switch="2010Q1")
    ).step(60)
    alive = tables.practices[tables.practices["alive"]]
    assert (alive["supplier"] != (int(tables.offsets[Kind.UNIT]) + alive["unit"])[:, None]).any()


def test_parties_are_numbered_by_their_accounts(start: Any) -> None:
    # outside first, then insurers, municipalities, ROS, practices, units, hubs, organisations,
    # external parties.
    sizes = [len(start.insurers), len(start.municipalities), len(start.ros), len(start.practices),
             len(start.units), len(start.hubs), len(start.organisations),
             len(start.partners)]  # fmt: skip
    assert start.offsets.tolist() == [0, 1, *(1 + np.cumsum(sizes)).tolist()]
    assert start.offsets[Kind.INSURER] == 1 and len(start.accounts) == start.offsets[-1]
