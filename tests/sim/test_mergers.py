"""Merging, taking over, splitting and sub-regions: by hand, and to the cent."""

from __future__ import annotations

import math

import numpy as np
import pytest
from support import NONE, Quarters, Values, both, living, params, series_of, start_of

from agents.events import Cause, Event
from agents.organisation.merger import (
    annuity,
    chance_merge,
    chance_split,
    cost_dispute,
    cost_merger,
)
from agents.organisation.regio_organisatie import engage
from agents.organisation.subregions import engage_parts
from agents.sizes import SPLIT_OFF
from agents.words import Kind
from sim.common.membership import count_members
from sim.common.worth import money_at, worth_at
from sim.ledger import Posting, transfer
from sim.phases.close import check_accounts
from sim.phases.organisations.mergers import reorganise
from sim.tables import Tables

# Rules by hand


def test_a_stream_of_gains_is_worth_its_present_value() -> None:
    # EUR 1 a year for ten years at 5%: (1 - 1.05**-10) / .05 = 7.721735.
    assert both(annuity, params()) == pytest.approx(7.721735, abs=1e-6)
    assert both(annuity, params(merge_discount=0.0)) == 10.0


def test_the_chance_of_a_merger_by_hand() -> None:
    # Gain equal to cost, trust .5, no pressure: -3 + .5*ln 1 + 2*.5 + 0 = -2.
    chance, _ = both(chance_merge, 5e5, 5e5, 0.5, 0.0, params())
    assert chance == pytest.approx(1 / (1 + math.exp(2)), rel=1e-12)
    # A gain of e**4 times the cost adds 2, pressure .6 adds .6: .6.
    chance, cause = both(chance_merge, math.exp(4) * 5e5, 5e5, 0.5, 0.6, params())
    assert chance == pytest.approx(1 / (1 + math.exp(-0.6)), rel=1e-9)
    assert cause == Cause.GAIN
    # For a split distrust pulls: trust .8 counts as 2*.2.
    chance, _ = both(chance_split, 5e5, 5e5, 0.8, params())
    assert chance == pytest.approx(1 / (1 + math.exp(3 - 0.4)), rel=1e-12)


def test_the_cost_of_a_merger_by_hand() -> None:
    # 100,000 + 20,000 * 7 + 9,000; dispute: .1 * |3 - 5| * 50,000 * (1 - .4) = 6,000.
    assert both(cost_merger, 7, 9000.0, params()) == 249_000.0
    assert both(cost_dispute, -2.0, 50_000.0, 0.4, params()) == pytest.approx(6000.0, rel=1e-12)
    assert both(cost_dispute, -2.0, 50_000.0, 0.4, params(transaction_on=False)) == 0.0


def test_a_sub_region_brings_engagement_nearer() -> None:
    # 120 members in three parts of 40: half of the way from E(120) to E(40).
    whole, own = both(engage, 120, 0, params()), both(engage, 40, 0, params())
    assert both(engage_parts, 120, 3, 0, params()) == pytest.approx((whole + own) / 2, rel=1e-12)
    assert both(engage_parts, 120, 1, 0, params()) == whole


# In the field


def field(values: Values | None = None, quarters: int = 40, seed: int = 1) -> Quarters:
    run = Quarters(start_of(10, values=values or {}), seed=seed)
    run.step(quarters)
    return run


def happened(tables: Tables, name: str) -> int:
    lines = tables.events[: tables.counter["event_lines"][0]]
    return int((lines["what"] == Event.of(name)).sum())


MANY: Values = {"organisation.found": 1.0, "merge.on": False, "merge.absorb": False}


def test_a_merger_moves_members_mandates_and_money_to_the_cent() -> None:
    run = field({**MANY, "merge.hap": False})
    tables = run.tables
    for name in ("merge_on", "merge_review", "merge_base", "merge_vision"):
        tables.params[name] = {"merge_on": True, "merge_base": 20.0}.get(name, 1.0)
    tables.params["merge_vision"] = 500.0
    before = living(tables.organisations).copy()
    practices = tables.practices.copy()
    alive = tables.organisations["alive"].copy()
    first = int(tables.offsets[Kind.ORGANISATION])
    # Everybody holds some money, and no two the same: the world outside pays it.
    outside = int(tables.offsets[Kind.OUTSIDE])
    for o in np.flatnonzero(alive):
        transfer(tables, outside, first + int(o), Posting.MARGIN, 100_000 + int(o), 0)
    held = tables.accounts["balance"][first : first + len(tables.organisations)].copy()
    tables.counter["event_lines"][0] = tables.counter["ledger_lines"][0] = 0
    tables.counter["quarter"][0] = 43
    reorganise(tables, 43)
    merged = happened(tables, "merged")
    assert merged > 0
    after = living(tables.organisations)
    assert len(after) == len(before) - merged
    assert after["members"].sum() == before["members"].sum()
    assert after["patients"].sum() == before["patients"].sum()
    # Nobody lost a mandate or went without; who changed hands follows its new organisation.
    moved = tables.practices["organisation"] != practices["organisation"]
    assert moved.any()
    assert (tables.practices["mandate"] == practices["mandate"]).all()
    assert tables.organisations["alive"][tables.practices["organisation"][moved]].all()
    # The money of those that ended is with those that took them in, cent by cent.
    lines = tables.ledger[: tables.counter["ledger_lines"][0]]
    reserves = lines[lines["title"] == Posting.RESERVES]
    now = tables.accounts["balance"][first : first + len(tables.organisations)]
    gone = alive & ~tables.organisations["alive"] & (held > 0)
    assert gone.any() and (now[gone] == 0).all()
    assert now.sum() == held.sum()
    assert reserves["cents"].sum() == held[gone].sum() > 0
    check_accounts(tables)
    assert tables.counter["failure"][0] == 0


def test_every_board_sees_new_rights_whether_or_not_others_merge() -> None:
    # Rights were granted since members were counted: what boards decide rests on the new count.
    # A bargained fee is in that where a title pays one to bodies of any size.
    titles = ("regiomanagement", "wijkmanagement", "ondersteuning-ketenzorg")
    anybody = [f"title.{name}.minimum=0" for name in titles]
    ends = []
    for stale in (1.0, 0.25):
        start = start_of(10, values={**MANY, "merge.hap": False}, settings=anybody)
        run = Quarters(start, seed=1)
        tables = run.step(54)
        tables.params["merge_on"] = tables.params["merge_split"] = True
        tables.params["merge_review"] = 1.0
        tables.params["merge_base"], tables.params["merge_vision"] = 20.0, 500.0
        tables.organisations["rights"] = 2
        count_members(tables)
        tables.organisations["engagement"] *= stale
        tables.counter["event_lines"][0] = tables.counter["ledger_lines"][0] = 0
        reorganise(tables, 55)
        assert happened(tables, "merged") + happened(tables, "split") > 0
        ends.append(tables)
    for name in ("organisations", "practices"):
        first, second = (getattr(tables, name) for tables in ends)
        for column in first.dtype.names:
            assert np.array_equal(first[column], second[column]), column


def test_members_of_merged_bodies_keep_what_trust_they_had() -> None:
    run = field(MANY)
    tables = run.tables
    tables.params["merge_on"], tables.params["merge_review"] = True, 1.0
    tables.params["merge_base"], tables.params["merge_vision"] = 20.0, 500.0
    before = tables.practices.copy()
    reorganise(tables, 43)
    moved = np.flatnonzero(
        (tables.practices["organisation"] != before["organisation"]) & tables.practices["alive"]
    )
    assert len(moved) > 0
    for i in moved:
        old, new = int(before["organisation"][i]), int(tables.practices["organisation"][i])
        had = dict(zip(before["counterpart"][i].tolist(), before["trust"][i], strict=True))
        has = dict(
            zip(tables.practices["counterpart"][i].tolist(), tables.practices["trust"][i],
                strict=True)
        )  # fmt: skip
        # A body it did not know takes the old one's place; of two it knew, the mean. One that it
        # got to know while others merged is trusted as anyone is at the start.
        start = float(tables.municipalities["trust_start"][tables.practices["municipality"][i]])
        known = 0.5 * (had[old] + had.get(new, start))
        assert has[new] in (pytest.approx(known, rel=1e-12), had[old] if new not in had else known)
        assert old not in has


def test_who_cannot_pay_for_its_own_work_is_taken_over() -> None:
    # Without a lead to hide behind, and nothing else to merge for.
    values = {"organisation.lead": -20.0, "merge.on": False}
    counts = {True: 0, False: 0}
    for absorb in counts:
        start = start_of(10, values={**values, "merge.absorb": absorb})
        for seed in range(1, 7):
            run = Quarters(start, seed=seed)
            for _ in range(100):
                tables = run.step()
                counts[absorb] += happened(tables, "absorbed")
                lines = run.events()
                mine = lines[lines["what"] == Event.ABSORBED]
                assert (mine["cause"] == Cause.DEFICIT).all()
    assert counts[True] > 0 == counts[False]


def test_parts_leave_where_size_brings_nothing() -> None:
    # No fixed cost to share, and members who feel at home only in small bodies.
    values = {
        "supply.economies": 0.0, "engagement.half": 10.0, "organisation.subregions": False,
        "merge.on": False, "merge.review": 1.0, "merge.base": 3.0, "organisation.found": 0.02,
    }  # fmt: skip
    split = {True: 0, False: 0}
    for on in split:
        start = start_of(10, values={**values, "merge.split": on})
        for seed in (1, 2, 3):
            run = Quarters(start, seed=seed)
            for _ in range(80):
                before = run.tables.accounts["balance"].sum()
                split[on] += happened(run.step(), "split")
                assert before == run.tables.accounts["balance"].sum() == 0
    assert split[True] > 0 == split[False]


def test_a_part_that_leaves_keeps_form_votes_and_rights() -> None:
    values: Values = {
        "supply.economies": 0.0, "engagement.half": 10.0, "organisation.subregions": False,
        "merge.on": False, "merge.review": 1.0, "merge.base": 3.0, "organisation.found": 0.02,
        "governance.multi": 5.0, "governance.review": 0.0,
    }  # fmt: skip
    run = Quarters(start_of(10, values=values), seed=1)
    seen = 0
    for _ in range(100):
        tables = run.step()
        lines = tables.events[: int(tables.counter["event_lines"][0])]
        for line in lines[lines["what"] == Event.SPLIT]:
            first = int(tables.offsets[Kind.ORGANISATION])
            new, old = (tables.organisations[int(line[who]) - first] for who in ("party", "other"))
            assert new["id"] >= SPLIT_OFF
            for name in ("legal", "seats", "hub_rights"):
                assert new[name] == old[name], name
            seen += int(new["seats"] > 0.0)
    assert seen > 0


def test_sub_regions_form_with_their_councils_where_engagement_pays() -> None:
    plain = start_of(10, values={"organisation.subregions": False})
    cheap = start_of(10, values={"organisation.subregion_cost": 0.0})
    dear = start_of(10, values={"organisation.subregion_cost": 1e6})
    formed = []
    for start in (plain, cheap, dear):
        run = Quarters(start, seed=2)
        tables = run.step(96)
        reach = {int(o["id"]): int(o["municipalities"]) for o in living(tables.organisations)}
        tables = run.step(4)
        formed.append(int(living(tables.organisations)["subregions"].max(initial=0)))
        for organisation in living(tables.organisations):
            # Never more parts than municipalities; what is idle ends within a year.
            most = max(int(organisation["municipalities"]), reach.get(int(organisation["id"]), 0))
            assert organisation["subregions"] <= max(1, most)
    assert formed[0] <= 1 and formed[2] <= 1 < formed[1]


def test_a_hap_shares_fixed_cost_with_whom_it_merges() -> None:
    run = field({"merge.review": 1.0, "merge.base": 20.0})
    tables = run.tables
    joined = tables.partners[tables.partners["organisation"] != NONE]
    assert len(joined) > 0
    o = int(joined["organisation"][0])
    assert 0.0 < tables.organisations["haps"][o] <= 1.0
    insured = float(tables.organisations["patients"][o])
    members = int(tables.organisations["members"][o])
    with_hap = worth_at(tables, o, members, insured, 5.0)
    tables.organisations["haps"][o] = 0.0
    assert with_hap > worth_at(tables, o, members, insured, 5.0)


def test_boards_look_at_size_only_because_titles_do() -> None:
    # What a body expects at 100,000 insured jumps in the quarter before the titles of 2018 only.
    run = field()
    tables = run.tables
    o = int(np.flatnonzero(tables.organisations["alive"])[0])
    tables.organisations["coherence"][o] = 1.0
    for tick, jump in ((43, False), (47, True)):
        low = money_at(tables, o, 99_999.0, tick)
        high = money_at(tables, o, 100_000.0, tick)
        assert (high > low) is jump


def test_switched_off_nothing_merges_or_splits() -> None:
    off = {"merge.on": False, "merge.absorb": False, "merge.split": False, "merge.hap": False}
    start = start_of(10, values={**off, "organisation.subregions": False})
    run = Quarters(start, seed=1)
    for _ in range(100):
        tables = run.step()
        for name in ("merged", "absorbed", "split", "hap-joined", "subregion-formed"):
            assert happened(tables, name) == 0
    assert series_of(start, 1).tobytes() != series_of(start_of(10), 1).tobytes()
