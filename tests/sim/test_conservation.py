"""No cent is made or lost: the books recomputed line by line, in every kind of run."""

from __future__ import annotations

import numpy as np
import pytest
from support import NONE, Quarters, column, series_of, start_of, title_names_of

from sim.engines.compiled import Recording, RunFailed, batch_of, blank_series, fresh, run_batch
from sim.ledger import COSTS, POSTINGS, Failure
from sim.phases.calendar import open_quarter
from sim.phases.close import check_accounts, check_lists
from sim.phases.payment import pay_titles

REGIMES = [
    "historic-nl", "unicum", "design:component/practice/act", "design:bundled/practice/effort",
    "design:bundled/organisation/two-part", "design:component/organisation/patient",
    "gez-stays", "zilveren-kruis", "eemland", "two-part", "integral-tariff", "menzis",
    "zorg-en-zekerheid",
]  # fmt: skip


@pytest.mark.parametrize("regime", REGIMES)
def test_the_books_of_every_quarter(regime: str) -> None:
    start = start_of(4, regime)
    quarters = Quarters(start, seed=2)
    names = title_names_of(regime)
    before = quarters.tables.accounts["balance"].copy()
    rounding = 0
    for tick in range(100):
        tables = quarters.step()
        accounts, lines = tables.accounts, quarters.ledger()
        assert (accounts["opening"] == before).all()
        closing = accounts["opening"] + accounts["inflow"] - accounts["outflow"]
        assert (closing == accounts["balance"]).all()
        # Every account is the sum of its lines.
        paid = np.bincount(lines["payer"], lines["cents"], len(accounts)).astype(np.int64)
        received = np.bincount(lines["receiver"], lines["cents"], len(accounts)).astype(np.int64)
        assert (paid == accounts["outflow"]).all() and (received == accounts["inflow"]).all()
        assert (lines["cents"] >= 0).all() and (lines["tick"] == tick).all()
        assert accounts["balance"].sum() == 0
        assert (accounts["balance"][1:] >= 0).all()
        # A line moves money or hours, under a title, a kind of cost or a named posting.
        assert ((lines["cents"] > 0) != (lines["hours"] > 0)).all()
        codes = set(lines["title"].tolist())
        assert codes <= {*range(len(names)), *COSTS, *POSTINGS}
        hours = np.bincount(lines["payer"], lines["hours"], len(accounts))
        # Sums of at most thousands of floats in the same order: equal to rounding.
        assert hours == pytest.approx(accounts["hours"], rel=1e-9, abs=1e-9)
        before = accounts["balance"].copy()
        rounding += len(lines)
    assert rounding > 1000


@pytest.mark.parametrize("regime", REGIMES)
def test_oi_spending_is_what_insurers_paid_under_oi_titles(regime: str) -> None:
    start = start_of(4, regime)
    series = series_of(start, seed=2)
    quarters = Quarters(start, seed=2)
    spending = column(series, "oi_spending")
    for tick in range(100):
        quarters.step()
        lines = quarters.ledger()
        oi = np.flatnonzero(start.titles[tick]["oi"])
        paid = int(lines[np.isin(lines["title"], oi)]["cents"].sum())
        # The index adds floats by practice: cents agree to rounding of EUR millions.
        assert spending[tick] == pytest.approx(paid / 100.0, rel=1e-9, abs=0.01), tick
    # Municipalities add up to the whole.
    parts = series[:, 1:, :][:, :, _at("oi_spending")].sum(axis=1)
    assert parts == pytest.approx(spending, rel=1e-9, abs=0.01)


def _at(name: str) -> int:
    from sim.measure.outcomes import NAMES

    return NAMES.index(name)


def test_patients_are_neither_made_nor_lost() -> None:
    start = start_of(4)
    quarters = Quarters(start, seed=3)
    grown = quarters.tables.municipalities["population"].copy()
    for tick in range(100):
        tables = quarters.step()
        practices = tables.practices[: tables.counter["practices"][0]]
        lists = np.bincount(
            practices["municipality"], practices["patients"], len(tables.municipalities)
        )
        assert (lists == tables.municipalities["population"]).all()
        assert (practices["patients"][~practices["alive"]] == 0).all()
        # Whole patients: every group together is the list.
        alive = practices[practices["alive"]]
        assert alive["groups"].sum(axis=1) == pytest.approx(alive["patients"], rel=1e-9)
        assert alive["weights"].sum(axis=1) == pytest.approx(np.ones(len(alive)), rel=1e-9)
        if tick % 4 == 0 and tick:
            # Growth .55% a year, rounded to whole people once a year.
            assert np.abs(tables.municipalities["population"] - grown * 1.0055).max() <= 0.5 + 1e-6
            grown = tables.municipalities["population"].copy()
    # What was drawn back from 2022 returns in 2022 (lists equal the 2022 figures, to rounding of
    # half a person a year for 16 years).
    again = Quarters(start, seed=3).step(65).municipalities
    assert np.abs(again["population"] - again["population_2022"]).max() <= 16


def test_members_and_hubs_are_counted_right() -> None:
    quarters = Quarters(start_of(10), seed=1)
    for _ in range(20):
        tables = quarters.step(4)
        practices = tables.practices[: tables.counter["practices"][0]]
        alive = practices[practices["alive"]]
        for o in range(int(tables.counter["organisations"][0])):
            organisation = tables.organisations[o]
            mine = alive[alive["organisation"] == o]
            if organisation["alive"]:
                assert organisation["members"] == len(mine)
                assert organisation["patients"] == mine["patients"].sum()
                assert organisation["mandated"] == mine["mandate"].sum()
                assert organisation["municipalities"] == len(set(mine["municipality"].tolist()))
            else:
                assert len(mine) == 0
        for h, hub in enumerate(tables.hubs):
            mine = alive[alive["hub"] == h]
            assert hub["practices"] == len(mine) and hub["patients"] == mine["patients"].sum()
        assert not alive["mandate"][alive["organisation"] == NONE].any()
    assert tables.counter["organisations"][0] > 0


def test_a_cent_too_many_is_noticed() -> None:
    quarters = Quarters(start_of(1))
    tables = quarters.step(4)
    check_accounts(tables)
    assert tables.counter["failure"][0] == 0
    tables.accounts["balance"][5] += 1
    check_accounts(tables)
    assert tables.counter["failure"][0] == 7
    tables.counter["failure"][0] = 0
    tables.practices["patients"][0] += 1
    check_lists(tables)
    assert tables.counter["failure"][0] == 8


def test_a_failed_run_says_when_and_why() -> None:
    start = start_of(1)
    full = start._replace(ledger=start.ledger[:3].copy())
    reason = r"seed 5 failed in 2006Q1: the ledger of the quarter is full"
    with pytest.raises(RunFailed, match=reason):
        series_of(full, seed=5)


def test_a_batch_leaves_the_books_of_its_last_quarter() -> None:
    """Before the last nobody reads them: lines are counted, so that a full ledger is noticed."""
    start = start_of(1)
    stepped = Quarters(start)
    whole = fresh(start)
    whole.ledger["tick"] = -1
    rows, out = (
        np.zeros(len(start.practices), np.int64),
        blank_series(start, Recording(0, 7, False)),
    )
    run_batch(whole, start, np.array([[1, 1]], np.int64), batch_of(0, 7), rows, out[None])
    stepped.step(8)
    count = int(whole.counter["ledger_lines"][0])
    assert whole.ledger[:count].tobytes() == stepped.ledger().tobytes()
    assert set(whole.ledger["tick"][count:]) == {-1}
    stepped.tables.ledger["tick"] = -1
    stepped.tables.counter["unread"][0] = True
    open_quarter(stepped.tables, 8)
    pay_titles(stepped.tables, 8)
    lines = int(stepped.tables.counter["ledger_lines"][0])
    assert lines > 0 and set(stepped.tables.ledger["tick"]) == {-1}
    stepped.tables.counter["unread"][0] = False
    open_quarter(stepped.tables, 8)
    pay_titles(stepped.tables, 8)
    assert stepped.tables.counter["ledger_lines"][0] == lines
    # What is only counted fills it as well.
    for unread in (False, True):
        little = stepped.tables._replace(ledger=stepped.tables.ledger[: lines - 3])
        little.counter["unread"][0] = unread
        open_quarter(little, 8)
        pay_titles(little, 8)
        assert little.counter["failure"][0] == Failure.FULL_LEDGER
        assert little.counter["ledger_lines"][0] == lines - 3
        little.counter["failure"][0] = Failure.NONE


def test_the_list_of_a_hub_area_has_its_open_practices_the_last_opened_first() -> None:
    run = Quarters(start_of(3, values={"population.close": 0.05, "population.merge": 0.05}), seed=2)
    for _ in range(8):
        tables = run.step(8)
        practices = tables.practices
        for h, first in enumerate(tables.hubs["first"]):
            found = []
            while first != NONE:
                found.append(int(first))
                first = practices["next_in_hub"][first]
            here = np.flatnonzero(practices["alive"] & (practices["hub"] == h))
            assert found == here.tolist()[::-1]
    used = int(tables.counter["practices"][0])
    assert np.count_nonzero(~tables.practices["alive"][:used]) > 10
