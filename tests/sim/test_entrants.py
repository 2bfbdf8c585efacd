"""Entrants: suppliers without members that come where units buy and leave without clients."""

from __future__ import annotations

import math

import numpy as np
import pytest
from support import NONE, Quarters, Values, both, events_of, params, start_of

from agents.events import Event
from agents.organisation.supplier import want_enter
from agents.words import Kind
from sim.common.cost import full_cost
from sim.common.membership import count_members
from sim.phases.choices.wanting import prefer_organisation
from sim.phases.organisations.entrants import enter, review_entrants
from sim.phases.supply.gains import need_of_function

UNITS = "design:component/practice/insured"


def test_the_chance_by_hand() -> None:
    # EUR 250,000 and covered for .6: .1 * (1 - 1/e) * .4.
    expected = 0.1 * (1.0 - math.exp(-1.0)) * 0.4
    assert both(want_enter, 250_000.0, 0.6, params()) == pytest.approx(expected, rel=1e-12)
    assert both(want_enter, 0.0, 0.0, params()) == 0.0
    assert both(want_enter, 1e9, 1.5, params()) == 0.0


def test_without_the_money_of_organisations_they_come_where_units_are_paid_and_only_there() -> None:
    # Umbrellas of centres are suppliers that come for a reason of their own.
    alone: Values = {"entry.organisations": False, "centre.umbrella": 0.0}
    assert events_of(start_of(10, values=alone), 1)["entered"] == 0
    assert events_of(start_of(10, UNITS, alone), 1)["entered"] > 0
    assert events_of(start_of(10, UNITS, {**alone, "entry.rate": 0.0}), 1)["entered"] == 0


def entered() -> tuple[Quarters, int]:
    run = Quarters(start_of(10, UNITS, {"entry.rate": 0.0}), seed=1)
    tables = run.step(60)
    o = int(tables.counter["organisations"][0])
    enter(tables, 0, 59)
    return run, o


def test_nobody_joins_one_and_it_counts_no_members() -> None:
    run, o = entered()
    tables = run.tables
    known = np.any(tables.practices["counterpart"] == o, axis=1) & tables.practices["alive"]
    assert known.any()
    tables.practices["trust"][:] = 1.0
    for i in np.flatnonzero(known):
        assert prefer_organisation(tables, int(i), 59)[0] != o
    count_members(tables)
    assert tables.organisations["members"][o] == 0
    assert tables.organisations["engagement"][o] == 1.0
    run.step(4)
    assert tables.organisations["alive"][o]
    assert not np.any(tables.practices["organisation"] == o)


def test_scale_from_elsewhere_lowers_what_full_supply_costs() -> None:
    run, o = entered()
    tables = run.tables
    tables.organisations["clients"][o, 0] = 25_000.0
    level = float(tables.organisations["level"][o])
    # A fifth of what 125,000 patients cost.
    whole = full_cost(tables, 0, 125_000.0, level, 0.0)
    assert need_of_function(tables, o, 0) == pytest.approx(0.25 * whole / 5.0, rel=1e-12)
    assert need_of_function(tables, o, 0) < 0.25 * full_cost(tables, 0, 25_000.0, level, 0.0)
    assert need_of_function(tables, o, 1) == 0.0


def test_it_leaves_after_two_years_without_clients() -> None:
    run, o = entered()
    tables = run.tables
    tables.organisations["clients"][o] = 0.0
    review_entrants(tables, 63)
    assert tables.organisations["alive"][o] and tables.organisations["idle"][o] == 1
    tables.counter["event_lines"][0] = 0
    review_entrants(tables, 67)
    assert not tables.organisations["alive"][o]
    events = tables.events[: tables.counter["event_lines"][0]]
    assert Event.DISSOLVED in events["what"]
    assert not np.any(tables.practices["counterpart"][tables.practices["alive"]] == o)


def test_units_buy_from_them_in_some_runs() -> None:
    sold = 0.0
    for seed in (1, 2, 3):
        tables = Quarters(start_of(10, UNITS), seed=seed).step(100)
        rows = tables.organisations[tables.organisations["entrant"]]
        sold += float(rows["sold"].sum())
        assert np.all(tables.practices["organisation"][tables.practices["alive"]] >= 0)
        first = int(tables.offsets[Kind.ORGANISATION])
        for o in np.flatnonzero(tables.organisations["entrant"]):
            assert tables.organisations["lead"][o] == NONE
            assert tables.organisations["insured"][o] == 0
            assert tables.accounts["balance"][first + o] >= 0
    assert sold > 0.0
