"""The negotiated transition: a clock per municipality, and say that counts for a mandate."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from desk import Y2018, Y2019, Y2020, Y2021, Desk
from support import (
    NONE,
    Quarters,
    both,
    column,
    events_of,
    row,
    series_of,
    start_of,
    title_names_of,
)

from agents.events import Cause, Event
from agents.organisation.governance import short_of_mandate
from agents.organisation.regio_organisatie import RegioOrganisatie
from agents.title import Title
from agents.words import Kind, MandateOf
from sim.common.in_force import in_force_at
from sim.errors import BadInput
from sim.phases.contracts.contracts import meet_conditions
from sim.phases.contracts.transition import hasten_transition, run_transition
from sim.policy.load import load_regime

REGION_TITLES = ("regiomanagement", "wijkmanagement", "ondersteuning-ketenzorg")
NAMES = title_names_of("historic-nl")
K = NAMES.index("gez")
REGION = NAMES.index("regiomanagement")


def towns(**values: Any) -> Any:
    """One municipality as drawn; dates run GEZ down by thirds in 2019, 2020 and 2021."""
    return Quarters(start_of(1, values={k.replace("_", "."): v for k, v in values.items()})).tables


def shares(tables: Any, *ticks: int) -> list[float]:
    return [round(in_force_at(tables, K, 0, tick), 3) for tick in ticks]


def test_without_a_clock_money_stays_and_with_one_it_follows_its_dates_from_there() -> None:
    tables = towns()
    assert tables.tariffs["run_down"][K] == Y2019
    assert shares(tables, Y2018, Y2019, Y2021, Y2021 + 4) == [1.0, 1.0, 1.0, 1.0]
    tables.municipalities["run_down"][0] = Y2020
    assert shares(tables, Y2019, Y2020 - 1, Y2020, Y2020 + 3) == [1.0, 1.0, 0.667, 0.667]
    assert shares(tables, Y2021, Y2021 + 3, Y2021 + 4) == [0.333, 0.333, 0.0]
    # A year skipped: the step of the next year.
    tables.municipalities["run_ahead"][0] = 4
    assert shares(tables, Y2020 - 1, Y2020, Y2021) == [1.0, 0.333, 0.0]
    # A contract from before its first date waits for that date.
    tables.municipalities["run_down"][0], tables.municipalities["run_ahead"][0] = Y2018, 0
    assert shares(tables, Y2018, Y2019, Y2020, Y2021) == [1.0, 0.667, 0.333, 0.0]


def test_a_tied_title_may_be_paid_for_the_years_of_leniency_and_no_longer() -> None:
    for lenient, last in ((2.0, Y2021 + 7), (0.0, Y2021 - 1), (0.3, Y2021 + 1)):
        tables = start_of(1, values={"transition.lenient": lenient})
        assert int(np.flatnonzero(tables.titles["active"][:, K])[-1]) == last
    for settings in (("title.gez.tied=false",), ("title.gez.until=2021Q1",)):
        tables = start_of(1, settings=settings)
        assert int(np.flatnonzero(tables.titles["active"][:, K])[-1]) == Y2021 - 1
    by_date = start_of(1, values={"transition.by_date": True})
    assert by_date.tariffs["run_down"].tolist() == [NONE] * len(NAMES)
    assert not by_date.titles["active"][Y2021:, K].any()


def test_a_design_pays_no_tied_title_from_the_switch_on() -> None:
    for switch, tick in (("2018Q1", Y2018), ("2020Q1", Y2020)):
        tables = start_of(1, "design:bundled/organisation/insured", switch=switch)
        k = title_names_of("design:bundled/organisation/insured").index("gez")
        active = np.flatnonzero(tables.titles["active"][:, k])
        assert active[-1] == tick - 1


def start_here(tick: int, held: bool) -> tuple[Any, list[tuple[int, int]]]:
    """Start clocks at ``tick``, the lead of the municipality under contract or not."""
    tables = towns()
    tables.counter["organisations"][0] = 1
    tables.organisations["alive"][0] = True
    tables.organisations["contract"][0, :] = NONE
    tables.organisations["contract"][0, REGION] = Y2018 if held else NONE
    tables.municipalities["lead"][0] = 0
    tables.hubs["contract"][0, K] = 0
    tables.hubs["insured"][0] = tables.hubs["listed"][0] = 1000
    run_transition(tables, tick)
    lines = tables.events[: tables.counter["event_lines"][0]]
    return tables, [(int(line["what"]), int(line["cause"])) for line in lines]


@pytest.mark.parametrize(
    ("tick", "held", "cause"),
    [
        (Y2018, True, None),  # the run-down is not dated before 2019
        (Y2019, True, Cause.CONTRACT),
        (Y2019, False, None),
        (Y2020 + 3, False, None),
        (Y2021, False, Cause.LENIENCY),  # two years later
        (Y2021, True, Cause.CONTRACT),
    ],
)
def test_the_clock_starts_with_the_contract_or_when_leniency_is_over(
    tick: int, held: bool, cause: int | None
) -> None:
    tables, events = start_here(tick, held)
    assert tables.municipalities["run_down"][0] == (NONE if cause is None else tick)
    assert events == ([] if cause is None else [(Event.RUN_DOWN_BEGUN, cause)])


def test_a_clock_never_stops_and_its_end_is_told() -> None:
    tables, _ = start_here(Y2019, held=True)
    tables.organisations["contract"][0, :] = NONE
    run_transition(tables, Y2020)
    assert tables.municipalities["run_down"][0] == Y2019
    assert not tables.municipalities["run_over"][0]
    run_transition(tables, Y2021)
    assert tables.municipalities["run_over"][0]
    assert tables.events["what"][1] == Event.RUN_DOWN_ENDED


@pytest.mark.parametrize(
    ("quarterly", "enough", "ahead"), [(1_664.0, 1.0, 0), (1_665.0, 1.0, 4), (1_665.0, 1.1, 0)]
)
def test_a_year_is_skipped_where_the_region_brings_what_is_lost(
    quarterly: float, enough: float, ahead: int
) -> None:
    # 2020 would pay a third (.333) of 1,000 insured x EUR 20, and nothing if a year is skipped:
    # EUR 6,660 a year, which EUR 1,665 a quarter of the region makes up.
    tables, _ = start_here(Y2019, held=True)
    tables.params["transition_enough"][0] = enough
    tables.hubs["from_region"][0] = quarterly
    tables.hubs["from_region"][2] = 1e6  # a hub that loses nothing does not count
    hasten_transition(tables, Y2019 + 3)
    assert tables.municipalities["run_ahead"][0] == ahead


def test_nobody_skips_a_year_that_pays_nothing() -> None:
    # At the end of 2020 nothing is left to be paid in 2021.
    tables, _ = start_here(Y2019, held=True)
    tables.hubs["from_region"][0] = 1e6
    hasten_transition(tables, Y2020 + 3)
    assert tables.municipalities["run_ahead"][0] == 0


def test_hubs_are_paid_by_the_clock_of_their_municipality() -> None:
    desk = Desk()
    desk.clear()
    desk.contract("hubs", 0, "gez")
    desk.tables.hubs["insured"][0] = desk.tables.hubs["listed"][0] = 1000
    desk.pay(Y2021)
    # 1,000 x EUR 20, a quarter of it, in full.
    assert desk.cents("gez", Kind.HUB, 0) == 500_000
    desk.tables.municipalities["run_down"][0] = Y2021
    desk.pay(Y2021)
    assert desk.cents("gez", Kind.HUB, 0) == 333_500


def test_older_money_that_stays_has_no_transition() -> None:
    one = start_of(2, "gez-stays")
    other = start_of(2, "gez-stays", {"transition.by_date": True})
    assert np.array_equal(series_of(one), series_of(other), equal_nan=True)
    assert events_of(one)[Event.RUN_DOWN_BEGUN.word] == 0


def test_leniency_pays_longer_where_nobody_gets_a_contract() -> None:
    never = [f"title.{name}.minimum=100000000" for name in REGION_TITLES]
    paid = []
    for lenient in (0.0, 1.0, 4.0):
        start = start_of(1, values={"transition.lenient": lenient}, settings=never)
        counts = events_of(start)
        assert counts[Event.RUN_DOWN_BEGUN.word] >= 1
        assert counts[Event.RUN_DOWN_ENDED.word] == counts[Event.RUN_DOWN_BEGUN.word]
        paid.append(column(series_of(start), "oi_per_insured")[Y2019 : Y2021 + 16].sum())
    assert paid[0] < paid[1] < paid[2]
    by_date = series_of(start_of(1, values={"transition.by_date": True}, settings=never))
    assert paid[0] == pytest.approx(column(by_date, "oi_per_insured")[Y2019 : Y2021 + 16].sum())


def test_only_money_of_hubs_can_be_tied() -> None:
    with pytest.raises(BadInput, match="tied"):
        load_regime("historic-nl", settings=["title.regiomanagement.tied=true"])


# Say that counts for a mandate

AREA = {
    "area_practices": 50, "area_members": 48, "area_mandated": 30, "say": 0.5,
    "area_insured": 100_000, "area_members_insured": 90_000, "area_mandated_insured": 70_000,
}  # fmt: skip


@pytest.mark.parametrize(
    ("of", "say", "short"),
    [
        # 30 of 50 mandate: 40% of all lacks. 18 more are members with half a say: 9 more.
        (MandateOf.PRACTICES, 0.0, 0.4),
        (MandateOf.PRACTICES, 1.0, 1.0 - 39 / 50),
        (MandateOf.PRACTICES, 0.5, 1.0 - 34.5 / 50),
        (MandateOf.INHABITANTS, 1.0, 1.0 - 80_000 / 100_000),
        (MandateOf.BOTH, 1.0, 1.0 - 39 / 50),
    ],
)
def test_members_without_mandate_count_for_their_say(of: int, say: float, short: float) -> None:
    body = row(RegioOrganisatie, **AREA)
    title = row(Title, mandate=1.0, mandate_of=of, mandate_say=say)
    assert both(short_of_mandate, body, title) == pytest.approx(short, rel=1e-12)
    title.mandate = 0.5
    half = max(0.0, (0.5 - (1.0 - short)) / 0.5)
    assert both(short_of_mandate, body, title) == pytest.approx(half, abs=1e-12)


def test_what_lacks_is_a_refusal_only_beyond_what_a_title_takes() -> None:
    body = row(RegioOrganisatie, **AREA)
    title = row(Title, mandate=1.0, mandate_say=1.0)
    for allowed, cause in ((0.0, Cause.MANDATE), (0.21, Cause.MANDATE), (0.23, Cause.NONE)):
        title.mandate_short = allowed
        assert both(meet_conditions, body, title) == cause
    assert both(short_of_mandate, body, row(Title)) == 0.0


def test_what_lacks_lowers_the_fee() -> None:
    run = Quarters(start_of(10, "zilveren-kruis"), seed=2)
    found = 0
    for _ in range(100):
        tables = run.step()
        held = tables.organisations["fee"] > 0.0
        assert (tables.organisations["short"] <= 0.2).all()
        found += int((tables.organisations["short"][held] > 0.0).sum())
    assert found > 0


def test_with_both_keys_off_a_mandate_of_all_is_a_count() -> None:
    off = [
        f"title.{name}.{key}=0"
        for name in REGION_TITLES
        for key in ("mandate_say", "mandate_short")
    ]
    assert not column(series_of(start_of(10, "zilveren-kruis", settings=off)), "eligible_share")[
        Y2021:
    ].any()
