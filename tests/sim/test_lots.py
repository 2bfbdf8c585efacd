"""Mergers by lot, the null model of mergers by gain: who can be drawn, and how often."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from support import Quarters, Values, living, start_of

from agents.events import Cause, Event
from sim.phases.organisations.lots import drawn_host, drawn_instead, drawn_pair
from sim.phases.organisations.mergers import reorganise
from sim.tables import Tables

MANY: Values = {"organisation.found": 1.0, "merge.on": False, "merge.absorb": False}
FORTY = 40


def field(**more: float | bool) -> Tables:
    """UNICUM after ten years in which many bodies were founded and none merged."""
    run = Quarters(start_of(10, values={**MANY, "merge.hap": False}))
    tables = run.step(FORTY)
    for name, value in more.items():
        tables.params[name] = value
    tables.counter["event_lines"][0] = tables.counter["ledger_lines"][0] = 0
    return tables


def three_in_reach(tables: Tables) -> list[int]:
    """Leave three bodies that can merge, A and B 10 km apart and C 10 km further; in reach: 15."""
    rows = np.flatnonzero(tables.organisations["alive"])[:3].tolist()
    assert len(rows) == 3
    tables.scratch.taken[:] = 1
    for place, o in enumerate(rows):
        tables.scratch.taken[o] = 0
        tables.organisations["x"][o], tables.organisations["y"][o] = 10.0 * place, 0.0
        tables.organisations["patients"][o] = 1000 * (place + 1)
    tables.params["merge_vision"] = 15.0
    return rows


def test_only_pairs_in_reach_are_drawn_and_each_as_often() -> None:
    tables = field()
    a, b, c = three_in_reach(tables)
    drawn = Counter(frozenset(drawn_pair(tables, a, b, tick)) for tick in range(400))
    # A-B and B-C are 10 km apart, A-C 20: 200 each, with a standard deviation of 10.
    assert set(drawn) == {frozenset((a, b)), frozenset((b, c))}
    assert abs(drawn[frozenset((a, b))] - 200) < 40


def test_a_body_that_merged_this_year_is_not_drawn() -> None:
    tables = field()
    a, b, c = three_in_reach(tables)
    tables.scratch.taken[a] = 1
    assert {frozenset(drawn_pair(tables, b, c, tick)) for tick in range(20)} == {frozenset((b, c))}


def test_who_is_taken_over_stays_and_its_host_is_not_smaller() -> None:
    tables = field()
    a, b, c = three_in_reach(tables)
    # B has 2,000 patients: of its neighbours A (1,000) and C (3,000) only C may take it in.
    assert {drawn_host(tables, b, c, tick) for tick in range(20)} == {c}
    one, other, cause = drawn_instead(tables, b, c, Cause.DEFICIT, 43)
    assert (one, other, cause) == (b, c, Cause.DEFICIT)
    assert drawn_instead(tables, a, b, Cause.GAIN, 43)[2] == Cause.NOISE


def merged(tables: Tables) -> list[tuple[int, int, int]]:
    """Guest, host and cause of each merger of a quarter."""
    lines = tables.events[: tables.counter["event_lines"][0]]
    found = lines[lines["what"] == Event.MERGED]
    return [(int(one["party"]), int(one["other"]), int(one["cause"])) for one in found]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_by_lot_bodies_merge_to_the_cent_and_others_than_by_gain(seed: int) -> None:
    pairs = {}
    for by_lot in (False, True):
        tables = field(merge_on=True, merge_review=1.0, merge_base=20.0, merge_random=by_lot)
        tables.counter["seed"][0] = seed
        before, held = living(tables.organisations).copy(), tables.accounts["balance"].sum()
        reorganise(tables, 43)
        pairs[by_lot] = merged(tables)
        after = living(tables.organisations)
        assert len(pairs[by_lot]) > 0 and len(after) == len(before) - len(pairs[by_lot])
        assert after["members"].sum() == before["members"].sum()
        assert tables.accounts["balance"].sum() == held
        causes = {cause for _, _, cause in pairs[by_lot]}
        assert (causes == {int(Cause.NOISE)}) is by_lot
    assert pairs[True] != pairs[False]


def test_what_boards_do_not_agree_on_no_lot_makes() -> None:
    tables = field(merge_on=True, merge_review=1.0, merge_base=-20.0, merge_random=True)
    reorganise(tables, 43)
    assert merged(tables) == []
    assert not start_of(1).params["merge_random"][0]
