"""Practices weigh who organises their place, and members elsewhere are handed over."""

from __future__ import annotations

import math

import numpy as np
import pytest
from support import NONE, Quarters, both, events_of, params, row, series_of, start_of

from agents.events import Cause
from agents.organisation.regio_organisatie import RegioOrganisatie
from agents.practice import Contact, Practice, value_membership
from agents.words import Domain
from sim.common.counts import count_areas
from sim.common.geography import begin_surveys, fall_behind, survey_place
from sim.phases.organisations.unbundling import consent_to_move, unbundle
from sim.place.load import load_region
from sim.tables import Tables

LATE = 63
"""2021Q4, when titles ask a mandate."""


def field(municipalities: int = 4, quarters: int = LATE) -> Quarters:
    run = Quarters(start_of(municipalities, values={"organisation.unbundle": 0.0}))
    run.step(quarters)
    return run


def contact(behind: float) -> Contact:
    return Contact(
        trust=0.5, taste=0.0, neighbours=0.5, pressure=0.0, switching=0.0, crisis=0.0, behind=behind
    )


def test_falling_behind_by_hand() -> None:
    practice, organisation = row(Practice), row(RegioOrganisatie)
    level, _ = both(value_membership, practice, organisation, contact(0.0), params())
    # A weight of 2, and three quarters of the place less than another has: -1.5.
    value, cause = both(value_membership, practice, organisation, contact(0.75), params())
    assert value - level == pytest.approx(-1.5, rel=1e-12)
    assert cause == Cause.PLACE
    off, _ = both(value_membership, practice, organisation, contact(0.75), params(choice_place=0.0))
    assert off == level


def test_a_place_is_the_mean_of_municipality_and_area_of_the_hap() -> None:
    tables = field(quarters=40).tables
    count_areas(tables)
    practices = tables.practices
    open_ones = np.flatnonzero(practices["alive"])
    i = int(open_ones[0])
    town = practices["municipality"][i]
    hap = tables.municipalities["partners"][town, Domain.HAP]
    near = [j for j in open_ones if j != i and practices["municipality"][j] == town]
    haps = tables.municipalities["partners"][practices["municipality"], Domain.HAP]
    around = [j for j in open_ones if j != i and haps[j] == hap]
    assert hap != NONE and len(near) > 2 and len(around) > len(near)
    first, second = 0, 1
    tables.organisations["lead"] = NONE
    practices["organisation"] = NONE
    practices["organisation"][near[:2]] = first
    practices["organisation"][[j for j in around if j not in near]] = second
    share_first = 0.5 * 2 / len(near) + 0.5 * 2 / len(around)
    share_second = 0.5 * (len(around) - len(near)) / len(around)
    begin_surveys(tables)
    most = survey_place(tables, i)
    assert most == pytest.approx(max(share_first, share_second), rel=1e-12)
    assert fall_behind(tables, first, most) == pytest.approx(most - share_first, abs=1e-12)
    assert fall_behind(tables, second, most) == pytest.approx(most - share_second, abs=1e-12)
    # An alliance counts as one.
    tables.organisations["lead"][first] = second
    begin_surveys(tables)
    most = survey_place(tables, i)
    assert most == pytest.approx(share_first + share_second, rel=1e-12)
    assert fall_behind(tables, first, most) == 0.0
    # Without a HAP the municipality alone counts.
    tables.organisations["lead"][first] = NONE
    tables.municipalities["partners"][town, Domain.HAP] = NONE
    begin_surveys(tables)
    assert survey_place(tables, i) == pytest.approx(2 / len(near), rel=1e-12)


def test_consent_by_hand() -> None:
    # Who does not lose goes; a loss of 1: 2/(1+e) = .5379.
    assert both(consent_to_move, 0.0) == 1.0
    assert both(consent_to_move, 3.0) == 1.0
    assert both(consent_to_move, -1.0) == pytest.approx(2 / (1 + math.e), rel=1e-12)


def scattered() -> tuple[Tables, int, int, int]:
    """A field in which one practice belongs elsewhere: tables, it, its own, the holder."""
    tables = field(10).tables
    tables.organisations["lead"] = NONE
    known = tables.practices["counterpart"]
    for i in np.flatnonzero(tables.practices["alive"]):
        pair = [
            int(o) for o in known[i] if o != NONE and not tables.organisations["entrant"][int(o)]
        ]
        if len(pair) >= 2:
            own, holder = pair[:2]
            town = tables.practices["municipality"][i]
            tables.practices["organisation"] = NONE
            tables.practices["organisation"][i] = own
            tables.practices["mandate"][i] = True
            tables.municipalities["lead"] = NONE
            tables.municipalities["lead"][town] = holder
            tables.insurers["pressure"] = 1.0
            # It would lose nothing by going.
            tables.practices["trust"][i] = 0.5
            tables.practices["trust"][i, list(known[i]).index(holder)] = 1.0
            tables.organisations["x"][[own, holder]] = tables.practices["x"][i]
            tables.organisations["y"][[own, holder]] = tables.practices["y"][i]
            for cell in ("quality", "engagement", "say", "margin"):
                tables.organisations[cell][[own, holder]] = 0.5
            tables.params["choice_taste"] = 0.0
            tables.params["organisation_unbundle"] = 1.0
            return tables, int(i), own, holder
    raise AssertionError("no practice knows two organisations")


def test_a_member_elsewhere_is_handed_over_with_its_mandate_at_a_cost() -> None:
    tables, i, own, holder = scattered()
    hours = tables.organisations["hours"].copy()
    trust = float(tables.practices["payer_trust"][i])
    unbundle(tables, LATE)
    assert tables.practices["organisation"][i] == holder
    assert tables.practices["mandate"][i]
    # One bad contact: a loss of .378 of it. Forty hours of each board.
    assert tables.practices["payer_trust"][i] == pytest.approx(trust * (1 - 0.378), rel=1e-12)
    assert (tables.organisations["hours"] - hours)[[own, holder]] == pytest.approx([40.0, 40.0])


@pytest.mark.parametrize("why", ["off", "no pressure", "nobody holds it", "its own", "no title"])
def test_nobody_is_handed_over_without_a_reason(why: str) -> None:
    tables, i, own, _ = scattered()
    if why == "off":
        tables.params["organisation_unbundle"] = 0.0
    elif why == "no pressure":
        tables.insurers["pressure"] = 0.0
    elif why == "nobody holds it":
        tables.municipalities["lead"] = NONE
    elif why == "its own":
        tables.municipalities["lead"] = own
    else:
        tables.titles["mandate"] = 0.0
    unbundle(tables, LATE)
    assert tables.practices["organisation"][i] == own


def test_it_happens_in_a_country_and_both_switches_move_it() -> None:
    region = load_region("synthetic:25:1")
    assert events_of(start_of(region))["unbundled"] > 0
    off = events_of(start_of(region, values={"organisation.unbundle": 0.0}))
    assert off["unbundled"] == 0
    shipped = series_of(start_of(region))
    for name in ("choice.place", "organisation.unbundle"):
        assert not np.array_equal(series_of(start_of(region, values={name: 0.0})), shipped), name


def test_before_a_title_asks_a_mandate_unbundling_moves_nothing() -> None:
    one = series_of(start_of(4), last=40)
    other = series_of(start_of(4, values={"organisation.unbundle": 0.0}), last=40)
    assert np.array_equal(one, other)
