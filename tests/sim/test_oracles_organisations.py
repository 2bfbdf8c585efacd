"""Known answers on organisations: coordination, engagement, founding, fees (model.md, 7)."""

from __future__ import annotations

import math

import numpy as np
import pytest
from support import both, params, row

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


# Founding and fees


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
