"""GP units: practices form, join and leave them, save by sharing, and units join organisations."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from support import NONE, Quarters, column, params, plain, row, series_of, start_of

from agents.events import Cause, Event
from agents.practice import Practice
from agents.unit import value_unit
from sim.phases.choices.units import review_units
from sim.tables import Tables


def test_worth_of_sharing_by_hand() -> None:
    practice = row(Practice, patients=4000, autonomy=0.5)
    # .15 * (1.35 * 4,000 - 10 * 110)/1,000 - 1.5 * .5 * .3 + 2 * (.75 - .5)
    value, cause = plain(value_unit)(practice, 0.75, params())
    assert value == pytest.approx(0.645 - 0.225 + 0.5, rel=1e-12)
    assert cause == Cause.MONEY
    value, cause = plain(value_unit)(practice, 0.5, params(practice_saving=0.0, unit_hours=0.0))
    assert (value, cause) == (pytest.approx(-0.225, rel=1e-12), Cause.AUTONOMY)


def years(**values: float | bool) -> Tables:
    tables = Quarters(start_of(3)).step(8)
    for name, value in values.items():
        tables.params[name] = value
    tables.counter["event_lines"][0] = 0
    return tables


def told(tables: Tables) -> Counter[int]:
    return Counter(tables.events["what"][: tables.counter["event_lines"][0]].tolist())


def open_ones(tables: Tables) -> np.ndarray:
    return tables.practices[tables.practices["alive"]]


def test_all_leave_where_autonomy_is_all_and_all_join_where_money_is() -> None:
    tables = years(unit_review=1.0, choice_autonomy=1e6, choice_money=0.0, unit_region=0.0)
    review_units(tables, 7)
    ours = open_ones(tables)
    assert len(set(ours["unit"].tolist())) == len(ours)
    assert told(tables)[Event.UNIT_LEFT] > 0 and told(tables)[Event.UNIT_JOINED] == 0
    sizes = Counter(ours["unit"].tolist())
    assert {int(tables.units["members"][u]) for u in sizes} == {1}
    # Worth more than anything: who is alone looks for colleagues, to six in a unit and one more.
    tables.params["choice_autonomy"], tables.params["choice_money"] = 0.0, 1e6
    tables.counter["event_lines"][0] = 0
    for tick in (11, 15, 19):
        review_units(tables, tick)
    sizes = Counter(open_ones(tables)["unit"].tolist())
    assert max(sizes.values()) <= 7 and min(sizes.values()) > 1
    # A unit lies in one municipality.
    for u in sizes:
        mine = tables.practices["unit"] == u
        assert len(set(tables.practices["municipality"][mine & tables.practices["alive"]])) == 1


def test_a_unit_joins_the_organisation_of_most_of_it() -> None:
    tables = years(unit_review=0.0, unit_region=1.0)
    u = int(np.argmax(tables.units["members"]))
    mine = np.flatnonzero((tables.practices["unit"] == u) & tables.practices["alive"])
    o = int(np.flatnonzero(tables.organisations["alive"])[0])
    tables.practices["counterpart"][mine, 0] = o
    tables.practices["organisation"][mine] = o
    chair = int(tables.units["chair"][u])
    last = next(int(i) for i in mine if i != chair)
    tables.practices["patients"][mine] = 2000
    tables.practices["organisation"][last] = NONE
    review_units(tables, 7)
    assert tables.practices["organisation"][last] == o
    lines = tables.events[: tables.counter["event_lines"][0]]
    assert (lines["cause"][lines["what"] == Event.UNIT_FOLLOWED] == Cause.UNIT).all()
    # Not where its chair is elsewhere.
    tables.practices["organisation"][last] = tables.practices["organisation"][chair] = NONE
    review_units(tables, 11)
    assert tables.practices["organisation"][last] == NONE


def test_sharing_is_money_for_organising() -> None:
    none = column(series_of(start_of(4, values={"practice.saving": 0.0}), 1), "coverage")
    some = column(series_of(start_of(4), 1), "coverage")
    assert some[4:40].mean() > none[4:40].mean()


def test_frozen_units_stay_as_they_were_drawn() -> None:
    start = start_of(3, values={"decide.unit": False})
    run = Quarters(start)
    run.step()
    tables = run.tables
    before = tables.practices["unit"].copy()
    run.step(20)
    assert (tables.practices["unit"] == before).all()
