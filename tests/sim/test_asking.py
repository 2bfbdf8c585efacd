"""An alliance asks a contract for the area of its choice: it leaves out where it is weakest."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from areas import area_tables, region_title
from support import NONE, both, column, events_of, series_of, start_of

from agents.events import Cause, Event
from agents.words import Kind, MandateOf
from sim.measure.regional import holds_regional
from sim.phases.contracts.areas import measure_areas
from sim.phases.contracts.asking import Stand, passes
from sim.phases.contracts.contracts import share_left_out
from sim.place.load import load_region

LATE = 63
"""2021Q4, when titles ask a mandate."""
ZEIST, DE_BILT, LOPIK = 0, 1, 8
"""Zeist borders on De Bilt, Lopik on neither; the first two have more than 100,000 insured."""


def held(*municipalities: int) -> Any:
    """Municipalities held by organisation 0 alone, with the mandate of all its practices."""
    tables = area_tables(dict.fromkeys(municipalities, 0))
    people = tables.municipalities["population"]
    assert people[[ZEIST, DE_BILT]].sum() >= 100_000 > max(people[[ZEIST, DE_BILT, LOPIK]])
    tables.counter["event_lines"] = 0
    return tables


def withdraw(tables: Any, m: int, share: float = 1.0) -> None:
    """Take back the mandate of this share of the open practices of a municipality."""
    practices = tables.practices
    here = np.flatnonzero((practices["municipality"] == m) & practices["alive"])
    practices["mandate"][here[: round(share * len(here))]] = False


def told(tables: Any) -> list[tuple[int, int, int]]:
    """Events written down: who did it, to which municipality, why."""
    lines = tables.events[: int(tables.counter["event_lines"][0])]
    assert (lines["what"] == Event.AREA_LEFT_OUT).all()
    first = int(tables.offsets[Kind.MUNICIPALITY])
    mine = int(tables.offsets[Kind.ORGANISATION])
    return [(int(e["party"]) - mine, int(e["other"]) - first, int(e["cause"])) for e in lines]


def left_out(tables: Any) -> list[int]:
    return [int(m) for m in np.flatnonzero(tables.municipalities["left_out"])]


@pytest.mark.parametrize(
    ("stand", "changed", "enough"),
    [
        (Stand(50, 40, 100_000, 0), {}, True),  # 80% of practices and 100,000: both included
        (Stand(50, 39, 100_000, 100_000), {}, False),
        (Stand(50, 40, 99_999, 99_999), {}, False),
        (Stand(50, 0, 100_000, 80_000), {"mandate_of": MandateOf.INHABITANTS}, True),
        (Stand(50, 40, 100_000, 79_999), {"mandate_of": MandateOf.BOTH}, False),
        (Stand(50, 36, 100_000, 0), {"mandate_short": 0.11}, True),  # .08 of .80 lacks: a tenth
        (Stand(50, 35, 100_000, 0), {"mandate_short": 0.11}, False),
        (Stand(0, 0, 0, 0), {"minimum": 0}, False),  # nothing is no area
        (Stand(50, 0, 100_000, 0), {"mandate": 0.0}, True),
    ],
)
def test_what_passes_by_hand(stand: Stand, changed: dict[str, Any], enough: bool) -> None:
    title = region_title()
    for name, value in changed.items():
        setattr(title, name, value)
    assert both(passes, stand, title) is enough


def test_who_has_the_mandate_in_one_piece_leaves_nothing_out() -> None:
    tables = held(ZEIST, DE_BILT)
    measure_areas(tables, LATE)
    assert left_out(tables) == [] and told(tables) == []
    assert share_left_out(tables, 0) == 0.0


def test_a_piece_apart_is_left_out_and_its_insured_are_not_paid_for() -> None:
    tables = held(ZEIST, DE_BILT, LOPIK)
    organisation, people = tables.organisations, tables.municipalities["population"]
    practices = tables.practices
    there = (practices["municipality"] == LOPIK) & practices["alive"]
    organisation["patients"][:3] = [4 * practices["patients"][there].sum(), 0, 0]
    measure_areas(tables, LATE)
    assert left_out(tables) == [LOPIK]
    assert told(tables) == [(0, LOPIK, Cause.CONTIGUITY)]
    assert organisation["contiguous"][0] and organisation["held"][0] == 3
    assert organisation["area_insured"][0] == people[[ZEIST, DE_BILT]].sum()
    assert organisation["left_out"][0] == practices["patients"][there].sum()
    assert share_left_out(tables, 0) == 0.25
    # The year after it is no news, and what is held again in one piece comes back.
    measure_areas(tables, LATE)
    assert len(told(tables)) == 1
    practices["organisation"][practices["municipality"] == LOPIK] = NONE
    measure_areas(tables, LATE)
    assert left_out(tables) == []


def test_who_lives_in_what_is_left_out_is_under_no_contract() -> None:
    tables = held(ZEIST, DE_BILT, LOPIK)
    tables.units["contract"] = NONE
    tables.organisations["contract"] = NONE
    tables.organisations["contract"][0, 0] = LATE
    first = [int(np.flatnonzero(tables.practices["municipality"] == m)[0]) for m in (ZEIST, LOPIK)]
    assert [holds_regional(tables, i, 0) for i in first] == [True, True]
    measure_areas(tables, LATE)
    assert [holds_regional(tables, i, 0) for i in first] == [True, False]


def test_the_weakest_is_left_out_until_the_rest_has_the_mandate() -> None:
    # In a row: De Bilt, Zeist, 3 and 4, of 12, 18, 14 and 7 practices.
    tables = held(ZEIST, DE_BILT, 3, 4)
    assert tables.municipalities["practices"][[ZEIST, DE_BILT, 3, 4]].tolist() == [18, 12, 14, 7]
    withdraw(tables, 4)
    measure_areas(tables, LATE)
    assert left_out(tables) == []  # 44 of 51 is enough
    withdraw(tables, ZEIST, 4 / 18)
    measure_areas(tables, LATE)
    # 40 of 51 is not, 40 of the 44 elsewhere is.
    assert left_out(tables) == [4] and told(tables) == [(0, 4, Cause.MANDATE)]
    assert tables.organisations["area_practices"][0] == 44
    assert tables.organisations["area_mandated"][0] == 40


def test_what_is_cut_off_by_leaving_out_the_weakest_is_left_out_too() -> None:
    tables = held(ZEIST, DE_BILT, 3, 4)
    withdraw(tables, 3)
    measure_areas(tables, LATE)
    assert left_out(tables) == [3, 4]
    assert told(tables) == [(0, 3, Cause.MANDATE), (0, 4, Cause.CONTIGUITY)]


@pytest.mark.parametrize("why", ["off", "too small", "no title", "none gives it"])
def test_all_that_is_held_is_asked_for_where_leaving_out_is_of_no_use(why: str) -> None:
    tables = held(ZEIST, DE_BILT, LOPIK)
    if why == "off":
        tables.params["contract_ask_area"] = False
    elif why == "too small":
        tables.practices["organisation"][tables.practices["municipality"] == ZEIST] = NONE
    elif why == "no title":
        tables.titles["mandate"] = 0.0
    else:
        tables.practices["mandate"] = False
    measure_areas(tables, LATE)
    assert left_out(tables) == [] and told(tables) == []
    assert not tables.organisations["contiguous"][0]


def test_in_a_country_areas_are_left_out_and_more_money_is_agreed() -> None:
    region = load_region("synthetic:20:1")
    on, off = start_of(region), start_of(region, values={"contract.ask_area": False})
    assert events_of(on)["area-left-out"] > 0 and events_of(off)["area-left-out"] == 0
    more = 0.0
    for seed in range(1, 13):
        shipped, without = series_of(on, seed), series_of(off, seed)
        # Titles of 2018 are agreed at the end of 2017: until then nothing can differ.
        assert np.array_equal(shipped[:47], without[:47])
        money = column(shipped, "oi_per_insured") - column(without, "oi_per_insured")
        more += money[48:].sum() / 12
    # A tenth of what is paid in these thirteen years, EUR 8 to 10 a year.
    assert more > 10.0
