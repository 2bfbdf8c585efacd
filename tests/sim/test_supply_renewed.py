"""Innovation of suppliers: how they renew, who values it, what it saves and winds down."""

from __future__ import annotations

import pytest
from support import NONE, Quarters, Values, both, column, params, plain, row, series_of, start_of

from agents.events import Event
from agents.organisation.regio_organisatie import RegioOrganisatie, cost_level
from agents.organisation.supplier import renew_supply
from agents.practice import Practice, renew
from agents.unit import value_new
from agents.words import Function, Kind
from sim.common.substitution import wind_down
from sim.phases.meetings.innovation import lead_of_supplier, shows_all
from sim.phases.organisations.entrants import enter
from sim.phases.supply.renewing import is_supplying_site, renew_suppliers

SITES = (
    "title.innovatie.receiver=organisation", "title.innovatie.sites=1",
    "title.innovatie.open_results=true",
)  # fmt: skip
OFF: Values = {
    "innovation.saves": 0.0, "innovation.winds": 0.0, "innovation.supplied": 0.0, "choice.new": 0.0,
}  # fmt: skip


def test_a_year_of_renewal_by_hand() -> None:
    body = row(RegioOrganisatie, renewed=0.4)
    body.coverage[Function.INNOVATION] = 0.5
    # .4 + .3 * .5 * .6 - .15 * .4 = .4 + .09 - .06; a site has .3 more: + .45 * .6.
    assert plain(renew_supply)(body, False, params()) == pytest.approx(0.43, rel=1e-12)
    assert plain(renew_supply)(body, True, params()) == pytest.approx(0.61, rel=1e-12)


def test_renewal_saves() -> None:
    body = row(RegioOrganisatie, cost_factor=1.2, slack=0.5, renewed=0.5)
    # 1.2 * 1.5 * (1 - .1 * .5)
    assert both(cost_level, body, params()) == pytest.approx(1.71, rel=1e-12)
    assert both(cost_level, body, params(innovation_saves=0.0)) == pytest.approx(1.8, rel=1e-12)


def test_it_is_valued_and_winds_down() -> None:
    assert plain(value_new)(0.5, params(choice_new=0.4)) == pytest.approx(0.2)
    assert plain(wind_down)(0.5, params(innovation_winds=0.2)) == pytest.approx(1.1)
    assert plain(wind_down)(0.5, params(innovation_winds=0.0)) == 1.0


def test_a_practice_makes_up_the_lead_of_its_supplier() -> None:
    practice = row(Practice, renewal=0.2)
    # A quarter of .3 * .5 * .8 + .3 * .5 * .4 - .15 * .2 = .12 + .06 - .03.
    after = plain(renew)(practice, 0.5, 0.0, 0.0, 0.4, params())
    assert after == pytest.approx(0.2 + 0.25 * 0.15, rel=1e-12)


def test_whose_lead_it_is() -> None:
    tables = Quarters(start_of(4)).step(16)
    first = int(tables.offsets[Kind.ORGANISATION])
    cell = 5 * 7 + int(Function.INNOVATION)
    tables.practices["renewal"][0] = 0.25
    tables.organisations["renewed"][0] = 0.75
    tables.practices["supplier"][0, cell] = first
    assert lead_of_supplier(tables, 0) == 0.5
    for other in (NONE, int(tables.offsets[Kind.HUB])):
        tables.practices["supplier"][0, cell] = other
        assert lead_of_supplier(tables, 0) == 0.0


def test_a_new_supplier_brings_what_is_new_and_it_is_told() -> None:
    run = Quarters(start_of(4))
    tables = run.step(16)
    o = int(tables.counter["organisations"][0])
    enter(tables, 0, 16)
    assert tables.organisations["renewed"][o] == pytest.approx(0.6)
    saved = float(tables.organisations["level"][o]) / float(tables.organisations["cost_factor"][o])
    assert saved == pytest.approx(1.0 - 0.1 * 0.6, rel=1e-12)
    tables.organisations["renewed"][:o] = 0.0
    tables.organisations["renewed"][0], tables.organisations["alive"][0] = 0.45, True
    tables.organisations["coverage"][0, Function.INNOVATION] = 1.0
    tables.counter["event_lines"][0] = 0
    renew_suppliers(tables, 19)
    told = tables.events[: tables.counter["event_lines"][0]]
    told = told[told["what"] == Event.SUPPLY_RENEWED]
    assert told["party"].tolist() == [int(tables.offsets[Kind.ORGANISATION])]


def test_organisations_may_be_sites_and_show_all() -> None:
    run = Quarters(start_of(10, "innovation-sites", settings=SITES))
    tables = run.step(4 * 15)
    held = [o for o in range(int(tables.counter["organisations"][0]))
            if tables.organisations["alive"][o] and is_supplying_site(tables, o, 59)]  # fmt: skip
    # One for the region of each insurer.
    assert 1 <= len(held) <= len(set(tables.municipalities["preferred"].tolist()))
    assert all(shows_all(tables, o, 59) for o in held)


def test_without_consequences_nothing_moves() -> None:
    plain_run = series_of(start_of(4, values=OFF), 1)
    for more in ({"innovation.entrant": 0.0}, {"innovation.site": 0.0}):
        other = series_of(start_of(4, values={**OFF, **more}), 1)
        assert other.tobytes() == plain_run.tobytes()
    with_it = series_of(start_of(4), 1)
    assert (column(with_it, "substitution") != column(plain_run, "substitution")).any()
