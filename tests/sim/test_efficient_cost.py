"""The benchmark on cost per support: what is measured, when a fee follows, who has the gain."""

from __future__ import annotations

import numpy as np
import pytest
from support import HUGE_MACRO, Quarters, Values, column, plain, row, series_of, start_of

from agents.compiled.record import NONE
from agents.events import Cause, Event
from agents.organisation.regio_organisatie import RegioOrganisatie
from agents.words import Function
from sim.phases.calendar import begin_contracts
from sim.phases.contracts.benchmark import compare_costs
from sim.phases.contracts.efficient import (
    benchmark_in_fee,
    compare_efficient_costs,
    cost_of_standard,
    part_for_work,
    publish_norm,
)
from sim.phases.supply.gains import budget_for, count_delivered, spend_share
from sim.tables import Tables

OFF: Values = {"contract.efficient_cost": False}
SETTINGS = ("policy.benchmark=1", "policy.norm=11")
TITLES = ("regiomanagement", "wijkmanagement", "ondersteuning-ketenzorg")
EASY = tuple(
    f"title.{title}.{key}"
    for title in TITLES
    for key in ("mandate=0.01", "minimum=1", "contiguous=false")
)


def office(values: Values | None = None) -> Tables:
    """Five organisations at the end of 2018 with a fee; the fifth hides its costs."""
    run = Quarters(start_of(4, values=values, settings=SETTINGS), seed=1)
    tables = run.step(52)
    rooms = tables.organisations
    tables.counter["organisations"][0] = 5
    rooms["alive"], rooms["fee"], rooms["lead"] = False, 0.0, NONE
    rooms["alive"][:5], rooms["fee"][:5] = True, 10.0
    rooms["hidden"][:5] = [False, False, False, False, True]
    rooms["insured"][:5], rooms["patients"][:5] = 1000, 1000
    rooms["groups"][:5] = [100.0, 0.0, 0.0, 0.0, 0.0, 900.0]
    rooms["contract"][:5] = NONE
    # One title, half of it for hubs, since the end of 2017: a euro of fee is half a euro for work.
    titles = tables.titles[51]
    titles["negotiated"], titles["for_hubs"] = 0.0, 0.0
    titles["active"][0], titles["negotiated"][0], titles["for_hubs"][0] = True, 1.0, 0.5
    rooms["contract"][:5, 0] = 47
    # Work of 1 EUR each; support at 10, 12, 14, 16 and 40 EUR for all of it.
    rooms["work_cost"][:5] = 1000.0
    rooms["delivered"][:5] = [500.0, 250.0, 500.0, 250.0, 500.0]
    rooms["support_cost"][:5] = [5000.0, 3000.0, 7000.0, 4000.0, 20000.0]
    for field in ("benchmark", "benchmark_last", "fee_base", "first_base", "passed"):
        rooms[field][:5] = 0.0
    tables.counter["norm_moved"][0] = 0.0
    return tables


LEVELS = [2.0 * (1.0 + 0.5 * price) for price in (10.0, 12.0, 14.0, 16.0, 40.0)]
"""With a standard of one half, and half of a fee for hubs: EUR 12, 14, 16, 18, 42."""


def test_the_standard_costs_work_and_support_in_proportion() -> None:
    tables = office({"contract.standard": 0.5})
    assert part_for_work(tables, 0) == 0.5
    assert cost_of_standard(tables, 0) == pytest.approx(1.0 + 0.5 * 10.0, rel=1e-12)
    # More support at the same cost of it: nothing changes but that work is spread alike.
    tables.organisations["delivered"][0] = 1000.0
    tables.organisations["support_cost"][0] = 10000.0
    assert cost_of_standard(tables, 0) == pytest.approx(6.0, rel=1e-12)
    # An ally counts with its lead: (1,000 + 1,000)/2,000 and (10,000 + 3,000)/(1,000 + 250).
    tables.organisations["lead"][1] = 0
    assert cost_of_standard(tables, 0) == pytest.approx(1.0 + 0.5 * 10.4, rel=1e-12)
    # Who delivers nothing is not measured, and nobody in a first year.
    tables.organisations["delivered"][:2] = 0.0
    assert cost_of_standard(tables, 0) == 0.0
    tables.organisations["contract"][0, 0] = 48
    assert part_for_work(tables, 0) == 0.0


def test_peers_leave_oneself_out_and_the_norm_follows_everyone() -> None:
    tables = office({"contract.standard": 0.5, "contract.norm_follows": 0.25})
    compare_costs(tables)
    first = tables.organisations["benchmark"][:5]
    a, b, c, d, _ = LEVELS
    by_hand = [(b + c + d) / 3, (a + c + d) / 3, (a + b + d) / 3, (a + b + c) / 3, 60.0 / 4]
    assert first == pytest.approx(by_hand, rel=1e-12)
    # The norm is none of theirs, and moved: a quarter of the way from 11 to the mean, 20.4.
    assert tables.counter["norm_moved"][0] == pytest.approx(0.25 * (20.4 - 11.0), rel=1e-12)
    # Five peers are more than there are: the published norm, moved once more.
    tables = office({"contract.standard": 0.5, "contract.norm_follows": 0.25, "contract.peers": 5})
    compare_costs(tables)
    compare_costs(tables)
    norm = 11.0 + (1.0 - 0.75**2) * 9.4
    assert tables.organisations["benchmark"][:5] == pytest.approx([norm] * 5, rel=1e-12)
    assert tables.organisations["benchmark_last"][:5] == pytest.approx([13.35] * 5, rel=1e-12)
    # Without anyone measured it stays.
    assert publish_norm(tables, 0.0) == pytest.approx(norm, rel=1e-12)


def test_more_need_is_no_lack_of_efficiency() -> None:
    tables = office({"contract.standard": 0.5, "contract.open_peers": False, "contract.peers": 1})
    rooms = tables.organisations
    # Two holders, one with twice the need and twice the cost of both kinds: as cheap.
    tables.counter["organisations"][0] = 2
    rooms["delivered"][:2] = 500.0
    rooms["work_cost"][:2], rooms["support_cost"][:2] = [1000.0, 2000.0], [5000.0, 10000.0]
    tables.scratch.compared[:2], tables.scratch.need[:2] = 1, [2.0 / 3.0, 4.0 / 3.0]
    compare_efficient_costs(tables)
    # Both have the other's level, 18, times their own need.
    assert rooms["benchmark"][:2] == pytest.approx([12.0, 24.0], rel=1e-12)


def test_a_fee_stands_until_the_reset() -> None:
    tables = office({"contract.reset": 2.0})
    rooms = tables.organisations
    rooms["short"][0] = 0.0
    agreed = []
    events = []
    for year, newest in enumerate((0.0, 12.0, 11.0, 10.0, 9.0, 13.0)):
        tables.counter["event_lines"][0] = 0
        rooms["weight"][0], rooms["benchmark_last"][0] = 1.0, newest
        base = benchmark_in_fee(tables, 0, 51 + 4 * year)
        begin_contracts(tables)
        agreed.append((base, float(rooms["weight"][0]), float(rooms["passed"][0])))
        lines = tables.events[: tables.counter["event_lines"][0]]
        events.append([(int(line["what"]), int(line["cause"])) for line in lines])
    # Not measured: nothing weighs. Then 12 for two years, 10 for two, and 13: dearer than at first.
    assert agreed == [
        (0.0, 0.0, 0.0), (12.0, 1.0, 0.0), (12.0, 1.0, 0.0), (10.0, 1.0, 2.0), (10.0, 1.0, 2.0),
        (13.0, 1.0, -1.0),
    ]  # fmt: skip
    cheaper, dearer = (Event.FEE_RESET, Cause.GAIN), (Event.FEE_RESET, Cause.COST)
    assert events == [[], [], [], [cheaper], [], [dearer]]


def test_who_can_do_more_keeps_the_rest() -> None:
    tables = office({"contract.standard": 0.5})
    rooms = tables.organisations
    body = rooms[0]
    functions = len(Function)
    body["clients"], body["outside"], body["bought"] = 1000.0, 0.0, NONE
    body["money"] = 1.0
    body["level"] = 1.0
    total = float(functions)
    body["weight"], body["short"], body["bargained"] = 1.0, 0.0, total
    # Next to no money, and no gain.
    assert spend_share(tables, 0, 1.0, total) == 1.0 and body["gain"] == 0.0
    # Money for all of it: half is asked for, half of what support costs is kept.
    assert spend_share(tables, 0, 1e9, total) == pytest.approx(0.5, rel=1e-12)
    whole = float(body["gain"])
    assert whole > 0.0
    # The benchmark weighs a half: so much of the gain, else cost follows payment.
    body["weight"] = 0.5
    assert spend_share(tables, 0, 1e9, total) == pytest.approx(0.75, rel=1e-12)
    assert body["gain"] == pytest.approx(0.5 * whole, rel=1e-12)
    # A quarter of the money is of other titles: of the rest, three quarters, half is asked.
    body["weight"], body["bargained"] = 1.0, 0.75 * total
    assert spend_share(tables, 0, 1e9, total) == pytest.approx(0.75, rel=1e-12)
    body["bargained"] = total
    # A fee that is lower for lack of mandate asks less.
    body["weight"], body["short"] = 1.0, 0.2
    assert spend_share(tables, 0, 1e9, total) == pytest.approx(0.4, rel=1e-12)
    # An ally does as its lead, and nobody without a fee keeps anything.
    rooms["lead"][0] = 1
    rooms["weight"][1] = 0.0
    assert spend_share(tables, 0, 1e9, total) == 1.0
    rooms["lead"][0], body["fee"] = NONE, 0.0
    assert spend_share(tables, 0, 1e9, total) == 1.0 and body["gain"] == 0.0


def test_housing_and_what_is_bought_are_paid_as_agreed() -> None:
    body = row(RegioOrganisatie, bought=[NONE, 77, NONE, NONE, NONE, NONE, NONE])
    keep = plain(budget_for)
    assert keep(body, Function.ICT, 10.0, 8.0, 0.5) == 4.0
    assert keep(body, Function.ICT, 6.0, 8.0, 0.5) == 3.0
    assert keep(body, 1, 10.0, 8.0, 0.5) == 10.0
    assert keep(body, Function.HOUSING, 10.0, 8.0, 0.5) == 10.0


def test_what_is_delivered_runs_over_a_year() -> None:
    tables = office()
    rooms = tables.organisations
    rooms["coverage"][0] = 0.4
    rooms["coverage"][0, Function.HOUSING] = 1.0
    rooms["delivered"][0] = 800.0
    count_delivered(tables, 0)
    # Three quarters of 800, and a quarter of .4 * 1,000.
    assert rooms["delivered"][0] == pytest.approx(700.0, rel=1e-12)


def test_off_is_without_any_of_it() -> None:
    for seed in (1, 2):
        run = Quarters(start_of(10, values=OFF, settings=(*EASY, HUGE_MACRO)), seed=seed)
        for _ in range(100):
            run.step()
            assert not np.any(run.events()["what"] == Event.FEE_RESET)
        assert run.tables.counter["norm_moved"][0] == 0.0
        for field in ("gain", "fee_base", "first_base", "passed"):
            assert not np.any(run.tables.organisations[field])
    # None of its numbers moves anything.
    more = {**OFF, "contract.standard": 0.9, "contract.reset": 1.0, "contract.norm_follows": 1.0}
    one = series_of(start_of(10, values=OFF, settings=EASY), 3)
    assert one.tobytes() == series_of(start_of(10, values=more, settings=EASY), 3).tobytes()


@pytest.mark.parametrize("design", ["bundled/organisation/insured", "component/practice/act"])
def test_designs_of_one_money_know_nothing_of_it(design: str) -> None:
    on, off = (series_of(start_of(10, f"design:{design}", values), 2) for values in ({}, OFF))
    assert on.tobytes() == off.tobytes()


def test_cheaper_support_lowers_fees_and_reaches_the_insured() -> None:
    cheap = {"supply.variable": 10.2}
    fees, gains = {}, {}
    for name, values in (("on", {}), ("off", OFF)):
        for price, more in (("dear", {}), ("cheap", cheap)):
            start = start_of(10, values={**values, **more}, settings=EASY)
            series = [series_of(start, seed)[-12:] for seed in range(1, 9)]
            fees[name, price] = np.mean([column(s, "regional_fee").mean() for s in series])
            gains[name, price] = np.mean([column(s, "premium_gain").mean() for s in series])
    # EUR 2.4 in UNICUM with its own conditions (docs/expectations/benchmark.md).
    assert fees["on", "cheap"] < fees["on", "dear"] - 1.0
    assert fees["off", "cheap"] > fees["off", "dear"] - 1.0
    assert gains["on", "cheap"] > gains["on", "dear"] + 0.25
    assert gains["off", "cheap"] == gains["off", "dear"] == 0.0
