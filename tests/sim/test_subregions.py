"""Sub-regions that a region names: who may divide along them, what for, and what is told of it."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from support import NONE, Quarters, Values, both, living, params, series_of, start_of

from agents.events import Event
from agents.organisation.regio_organisatie import engage
from agents.organisation.subregions import engage_own, engage_parts
from agents.words import Kind
from experiments import Scenario, run
from results.reports.parties import spoken_details, spoken_names
from results.reports.story import tell
from results.store.reading import read
from sim.common.membership import count_members
from sim.common.subregions import own_subregion
from sim.phases.organisations.subregions import review_subregions
from sim.place.load import load_region
from sim.place.write import write_region
from sim.tables import Tables


def one_body(values: Values | None = None) -> tuple[Tables, int]:
    """UNICUM after two years, with every practice in one organisation."""
    run = Quarters(start_of(10, values=values or {}), seed=1)
    tables = run.step(8)
    o = int(np.flatnonzero(tables.organisations["alive"])[0])
    open_ = tables.practices["alive"]
    tables.practices["organisation"][open_] = o
    count_members(tables)
    tables.organisations["quality"][o] = 1.0
    tables.counter["event_lines"][0] = 0
    return tables, o


def formed(tables: Tables, what: int) -> list[int]:
    """Municipalities that events of one kind name, in their order; ``NONE`` where none."""
    lines = tables.events[: tables.counter["event_lines"][0]]
    first = int(tables.offsets[Kind.MUNICIPALITY])
    others = lines["other"][lines["what"] == what].tolist()
    return [int(other) if other == NONE else int(other) - first for other in others]


def test_engagement_in_named_parts_by_hand() -> None:
    whole, own = both(engage, 120, 0, params()), both(engage, 72, 0, params())
    assert both(engage_own, 120, 72, 0, params()) == pytest.approx((whole + own) / 2, rel=1e-12)
    # Parts of one size are three of 40, as by number.
    assert both(engage_own, 120, 40, 0, params()) == both(engage_parts, 120, 3, 0, params())
    # Who is alone in all of it gains nothing.
    assert both(engage_own, 120, 120, 0, params()) == whole


def test_a_region_numbers_its_sub_regions_in_the_order_of_its_table() -> None:
    tables = start_of(10)
    names = [m.subregion for m in load_region("unicum").municipalities]
    assert names == ["ZOU"] * 5 + ["Lekstroom"] * 5
    assert tables.municipalities["division"].tolist() == [0] * 5 + [1] * 5
    assert set(start_of(3).municipalities["division"].tolist()) == {0}


def test_who_is_in_ones_own_part_is_counted_by_hand() -> None:
    tables, o = one_body()
    inside = tables.practices[tables.practices["alive"]]
    in_zou = int((inside["municipality"] < 5).sum())
    in_lekstroom = len(inside) - in_zou
    squares = in_zou**2 + in_lekstroom**2
    assert own_subregion(tables, o) == (2, math.ceil(squares / len(inside)))


def test_an_organisation_divides_along_the_names_all_at_once_and_ends_so() -> None:
    tables, o = one_body({"organisation.subregion_cost": 0.0, "engagement.half": 20.0})
    body = tables.organisations
    before = float(body["engagement"][o])
    review_subregions(tables, o, 8)
    _, own = own_subregion(tables, o)
    assert (int(body["subregions"][o]), int(body["own"][o])) == (2, own)
    # ZOU by Zeist, Lekstroom by Houten: the first municipality of each with members.
    assert formed(tables, Event.SUBREGION_FORMED) == [0, 5]
    count_members(tables)
    assert body["engagement"][o] > before
    # A year later nothing is new; too dear, both end, and what they brought with them.
    review_subregions(tables, o, 12)
    assert len(formed(tables, Event.SUBREGION_FORMED)) == 2
    tables.params["organisation_subregion_cost"] = 1e9
    review_subregions(tables, o, 16)
    assert (int(body["subregions"][o]), int(body["own"][o])) == (1, 0)
    assert formed(tables, Event.SUBREGION_ENDED) == [0, 5]
    count_members(tables)
    assert body["engagement"][o] == before


def test_members_in_one_sub_region_divide_by_number_and_names_end_without_them() -> None:
    tables, o = one_body({"organisation.subregion_cost": 0.0, "engagement.half": 20.0})
    review_subregions(tables, o, 8)
    away = tables.practices["alive"] & (tables.practices["municipality"] >= 5)
    tables.practices["organisation"][away] = NONE
    count_members(tables)
    assert tables.organisations["own"][o] == tables.organisations["members"][o]
    review_subregions(tables, o, 12)
    assert (int(tables.organisations["subregions"][o]), int(tables.organisations["own"][o])) == (
        1,
        0,
    )
    tables.counter["event_lines"][0] = 0
    review_subregions(tables, o, 16)
    assert tables.organisations["subregions"][o] == 2
    assert formed(tables, Event.SUBREGION_FORMED) == [NONE]


def test_parts_by_number_end_one_by_one_where_names_come_and_do_not_pay() -> None:
    tables, o = one_body({"organisation.subregion_cost": 1e9})
    tables.organisations["subregions"][o] = 3
    for tick, parts in ((8, 2), (12, 1), (16, 1)):
        review_subregions(tables, o, tick)
        assert tables.organisations["subregions"][o] == parts
    assert formed(tables, Event.SUBREGION_ENDED) == [NONE, NONE]


def test_the_switch_is_off_where_it_is_off_and_without_names_it_does_nothing() -> None:
    easy: Values = {"organisation.subregion_cost": 0.0, "engagement.half": 20.0}
    named, plain = (
        start_of(10, values={**easy, "organisation.subregions_named": on}) for on in (True, False)
    )
    assert series_of(named, 1).tobytes() != series_of(plain, 1).tobytes()
    tables = Quarters(plain, seed=1).step(80)
    assert (tables.organisations["own"] == 0).all()
    tables = Quarters(named, seed=1).step(80)
    assert (living(tables.organisations)["own"] > 0).any()
    # The first five municipalities are all of ZOU.
    same = [
        series_of(start_of(5, values={**easy, "organisation.subregions_named": on}), 1).tobytes()
        for on in (True, False)
    ]
    assert same[0] == same[1]


def test_the_label_of_a_municipality_moves_results_now(tmp_path: Path) -> None:
    region = load_region("unicum")
    one = replace(
        region, municipalities=tuple(replace(m, subregion="all") for m in region.municipalities)
    )
    write_region(one, tmp_path / "one")
    write_region(region, tmp_path / "two")
    easy = {"organisation.subregion_cost": 0, "engagement.half": 20}
    values = [
        run(Scenario(str(tmp_path / name), "historic-nl", end="2020Q4", settings=easy), threads=1)
        for name in ("one", "two")
    ]
    assert not values[0].series["value"].equals(values[1].series["value"])


def test_a_story_tells_the_names(tmp_path: Path) -> None:
    scenario = Scenario(
        "unicum", "historic-nl", start="2006Q1", end="2020Q4", seed=1,
        settings={"organisation.subregion_cost": 0, "engagement.half": 20},
    )  # fmt: skip
    folder = tmp_path / "run"
    result = run(scenario, threads=1)
    assert set(result.frame("municipalities")["subregion"]) == {"ZOU", "Lekstroom"}
    result.write(folder, report="")
    places = read(folder, "municipalities").drop_duplicates("code")
    assert places["subregion"].astype(str).tolist() == ["ZOU"] * 5 + ["Lekstroom"] * 5
    events = read(folder, "events")
    details = spoken_details(folder, events)
    lines = tell(events, spoken_names(folder), False, "en", details)
    told = [line for line in lines if "forms a sub-region" in line]
    assert any("sub-region, ZOU, around the municipality of Zeist" in line for line in told)
    assert any("sub-region, Lekstroom, around" in line for line in told)
