"""Checks of outcome requirements and openness about cost: rules by hand, switches, consequences."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from support import (
    HUGE_MACRO,
    NONE,
    Quarters,
    Values,
    both,
    column,
    events_of,
    params,
    row,
    series_of,
    start_of,
    title_names_of,
)

from agents.events import Cause, Event
from agents.organisation.regio_organisatie import RegioOrganisatie
from agents.title import Title
from agents.words import Kind
from sim.common.claims import after_check, count_claims
from sim.common.openness import note_openness, shows_costs, suspect
from sim.phases.contracts.benchmark import compare_costs
from sim.phases.contracts.checks import ask_support, delivered_by, fails_again, slack_after
from sim.phases.meetings.meetings import meet_payer

EASY = tuple(
    f"title.{title}.{key}"
    for title in ("regiomanagement", "wijkmanagement", "ondersteuning-ketenzorg")
    for key in ("mandate=0.01", "minimum=1", "contiguous=false")
)
"""The titles of 2018 for whoever asks for them."""
TITLE = title_names_of("historic-nl").index("regiomanagement")
LATE = 59
"""2020Q4, when the titles of 2018 are in force."""


def test_what_is_asked_grows_in_with_what_is_paid() -> None:
    # A quarter of full support, a bargained fee phased in over three years.
    bargained = row(Title, negotiated=0.25, in_force=1.0)
    assert both(ask_support, bargained, 1.0, params()) == pytest.approx(0.25 / 3, rel=1e-12)
    assert both(ask_support, bargained, 2.0, params()) == pytest.approx(0.5 / 3, rel=1e-12)
    assert both(ask_support, bargained, 7.0, params()) == 0.25
    # A fixed amount of which a quarter is in force.
    assert both(ask_support, row(Title, in_force=0.25), 1.0, params()) == 0.0625


def test_a_failed_check_cuts_what_is_paid() -> None:
    assert both(after_check, 1000.0, 0, params()) == 1000.0
    assert both(after_check, 1000.0, 2, params()) == pytest.approx(900.0, rel=1e-12)
    assert both(after_check, 1000.0, 2, params(contract_sanction=0.0)) == 1000.0


def test_who_failed_works_slack_off() -> None:
    body = row(RegioOrganisatie, slack=0.1, quality=0.8, yearly=1e6)
    # Nothing failed: .05 * .8 * (1 - .2) * .5 up (checked), .3 * .2 * .1 down.
    drifts = 0.1 + 0.05 * 0.8 * 0.8 * 0.5 - 0.3 * 0.2 * 0.1
    assert both(slack_after, body, True, params()) == pytest.approx(drifts, rel=1e-12)
    body.failed[3] = 1
    # All effort: a third less .3 * .1.
    assert both(slack_after, body, True, params()) == pytest.approx(0.07, rel=1e-12)


class Office:
    """Two allied organisations with a contract for the region since 2018, one leading."""

    def __init__(self, **values: float) -> None:
        named = {name.replace("_", ".", 1): value for name, value in values.items()}
        self.run = Quarters(start_of(2, values=named, settings=(HUGE_MACRO,)))
        self.tables = self.run.tables
        rooms = self.tables.organisations
        self.tables.counter["organisations"][0] = 2
        rooms["contract"][:2] = NONE
        rooms["alive"][:2], rooms["lead"][:2] = True, [NONE, 0]
        rooms["insured"][:2] = [30_000, 10_000]
        rooms["coverage"][0], rooms["coverage"][1] = 0.6, 0.2
        rooms["contract"][0, TITLE] = 48
        self.rooms = rooms

    def check(self, tick: int) -> tuple[bool, int]:
        """Check once; return whether the contract ends, and the failures counted."""
        ended = fails_again(self.tables, self.rooms[0]["failed"], TITLE, Kind.ORGANISATION, 0, tick)
        return bool(ended), int(self.rooms["failed"][0, TITLE])


def test_an_organisation_is_asked_for_its_alliance_in_the_functions_of_the_title() -> None:
    office = Office()
    title = office.tables.titles[LATE][TITLE]
    # (30,000 * .6 + 10,000 * .2) / 40,000.
    assert delivered_by(office.tables, title, Kind.ORGANISATION, 0) == pytest.approx(0.5, rel=1e-12)
    # Only what the title pays for counts: housing is not in it.
    office.rooms["coverage"][:2, -1] = 0.0
    assert delivered_by(office.tables, title, Kind.ORGANISATION, 0) == pytest.approx(0.5, rel=1e-12)
    # ICT at 30% of the title, without any: .7 * .5.
    office.rooms["coverage"][:2, 0] = 0.0
    assert delivered_by(office.tables, title, Kind.ORGANISATION, 0) == pytest.approx(
        0.35, rel=1e-12
    )


def test_a_unit_and_a_hub_are_asked_for_what_practices_get_of_them() -> None:
    office = Office()
    title = office.tables.titles[LATE][TITLE]
    chair = office.tables.units["chair"][0]
    office.tables.practices["by_function"][chair] = 0.4
    assert delivered_by(office.tables, title, Kind.UNIT, 0) == pytest.approx(0.4, rel=1e-12)
    office.tables.hubs["local"][0] = 0.3
    assert delivered_by(office.tables, title, Kind.HUB, 0) == 0.3


def test_failures_count_in_a_row_and_three_end_a_contract() -> None:
    office = Office()
    # A contract of 2018 is first checked in 2018Q4, for a third of .25: .5 is delivered.
    # Later for two thirds of it, and for all of it.
    assert office.check(51) == (False, 0)
    office.rooms["coverage"][:2] = 0.1
    assert office.check(55) == (False, 1)
    assert office.check(59) == (False, 2)
    lines = office.tables.events[: office.tables.counter["event_lines"][0]]
    assert lines["what"].tolist() == [Event.CHECK_FAILED] * 2
    assert lines["cause"].tolist() == [Cause.RESULTS] * 2
    # A check that is passed ends the row.
    office.rooms["coverage"][:2] = 0.25
    assert office.check(63) == (False, 0)
    office.rooms["coverage"][:2] = 0.24
    assert [office.check(tick) for tick in (67, 71, 75)] == [(False, 1), (False, 2), (True, 3)]
    # Without a contract there is nothing to count.
    office.rooms["contract"][0, TITLE] = NONE
    assert office.check(79) == (False, 0)


def test_the_first_year_is_not_checked() -> None:
    office = Office()
    office.rooms["coverage"][:2] = 0.0
    office.rooms["contract"][0, TITLE] = 57
    assert office.check(59) == (False, 0)
    office.rooms["contract"][0, TITLE] = 56
    assert office.check(59) == (False, 1)


def test_switches_of_checks() -> None:
    office = Office(contract_failures=0)
    office.rooms["coverage"][:2] = 0.0
    assert [office.check(51 + 4 * n) for n in range(5)] == [(False, n) for n in range(1, 6)]
    office = Office(contract_sanction=0.0)
    office.rooms["coverage"][:2] = 0.0
    assert office.check(59) == (False, 0)


def test_every_kind_of_payee_is_cut() -> None:
    office = Office()
    tables = office.tables
    office.rooms["fee"][0], office.rooms["allied_insured"][0] = 10.0, 40_000
    names = title_names_of("historic-nl")
    for kind, k in ((Kind.ORGANISATION, TITLE), (Kind.HUB, names.index("gez"))):
        room = tables.organisations if kind == Kind.ORGANISATION else tables.hubs
        room["failed"][0] = 0
        room["contract"][0, k] = 0
        if kind == Kind.HUB:
            room["listed"][0] = 1000
        count_claims(tables, k, 0, 48)
        full = float(tables.scratch.claims[0])
        room["failed"][0, k] = 1
        count_claims(tables, k, 0, 48)
        assert full > 0.0
        assert tables.scratch.claims[0] == pytest.approx(0.9 * full, rel=1e-12)
    # Regiomanagement: a quarter of EUR 10 for 40,000 insured, less a tenth.
    count_claims(tables, TITLE, 0, LATE)
    assert tables.scratch.claims[0] == pytest.approx(0.9 * 0.25 * 10.0 * 40_000, rel=1e-12)


def test_a_lead_shows_costs_for_who_it_contracts_for() -> None:
    office = Office()
    tables = office.tables
    tables.titles["open_costs"] = False
    note_openness(tables, LATE)
    assert office.rooms["hidden"][:2].tolist() == [True, True]
    assert suspect(tables, office.rooms["contract"][0], LATE) == 0.05
    tables.titles["open_costs"][:, TITLE] = True
    note_openness(tables, LATE)
    assert office.rooms["hidden"][:2].tolist() == [False, False]
    assert suspect(tables, office.rooms["contract"][0], LATE) == 0.0
    # The ally has no such contract of its own; the title's time is over in 2006.
    assert not shows_costs(tables, office.rooms["contract"][1], LATE)
    assert not shows_costs(tables, office.rooms["contract"][0], 0)


def meetings(suspicion: float) -> Iterator[tuple[int, int]]:
    """How forty meetings with an insurer went, and whether a dispute was noted."""
    office = Office()
    for tick in range(40):
        office.tables.counter["event_lines"][0] = 0
        outcome = meet_payer(office.tables, Kind.ORGANISATION, 0, 0.1, suspicion, tick)
        yield outcome, int(office.tables.counter["event_lines"][0])


def test_only_a_contact_that_suspicion_spoils_is_a_dispute() -> None:
    calm, sure = list(meetings(0.0)), list(meetings(1.0))
    assert all(disputes == 0 for _, disputes in calm)
    for (before, _), (after, disputes) in zip(calm, sure, strict=True):
        # No contact stays none, all others go badly: a dispute where it went well before.
        assert after == (0 if before == 0 else -1)
        assert disputes == (1 if before == 1 else 0)
    assert sum(disputes for _, disputes in sure) > 5


def test_who_hides_its_costs_is_nobodys_peer() -> None:
    settings = ("policy.benchmark=1", "policy.norm=11")
    spending: Values = {"contract.efficient_cost": False}
    run = Quarters(start_of(4, values=spending, settings=settings), seed=1)
    tables = run.step(44)
    rooms = tables.organisations
    tables.counter["organisations"][0] = 5
    rooms["alive"][:5], rooms["fee"][:5], rooms["hidden"][:5] = True, 1.0, False
    rooms["insured"][:5], rooms["patients"][:5] = 1000, 1000
    rooms["groups"][:5] = [100.0, 0.0, 0.0, 0.0, 0.0, 900.0]
    rooms["unit_cost"][:5] = [4.0, 5.0, 6.0, 7.0, 100.0]
    rooms["hidden"][4] = True
    compare_costs(tables)
    # The fifth is measured by four peers, and is none itself.
    expected = [(5 + 6 + 7) / 3, (4 + 6 + 7) / 3, (4 + 5 + 7) / 3, (4 + 5 + 6) / 3, 22 / 4]
    assert rooms["benchmark"][:5] == pytest.approx(expected, rel=1e-12)
    # Two open peers are too few for those that are open, three are enough for who hides.
    rooms["hidden"][3] = True
    compare_costs(tables)
    assert rooms["benchmark"][:5] == pytest.approx([11.0] * 3 + [5.0, 5.0], rel=1e-12)


def test_off_switches_leave_nothing() -> None:
    ticks = 79
    off = {"contract.sanction": 0.0}
    more = {**off, "contract.required": 1.0, "contract.failures": 1}
    plain = series_of(start_of(4, values=off, settings=EASY), 3, ticks)
    other = series_of(start_of(4, values=more, settings=EASY), 3, ticks)
    assert plain.tobytes() == other.tobytes()
    shut = {"trust.bad_hidden": 0.0, "transaction.hidden": 0.0, "transaction.openness": 0.0,
            "contract.open_peers": False}  # fmt: skip
    hidden = series_of(start_of(4, values=shut, settings=EASY), 3, ticks)
    open_costs = tuple(f"title.{title}.open_costs=true" for title in ("keten-dbc", "gez"))
    shown = series_of(start_of(4, values=shut, settings=(*EASY, *open_costs)), 3, ticks)
    assert hidden.tobytes() == shown.tobytes()


def test_failing_costs_money_and_in_the_end_the_contract() -> None:
    hard = {"contract.required": 1.0}
    paid, ended = [], []
    for values in ({"contract.sanction": 0.0}, {"contract.failures": 0}, {"contract.failures": 1}):
        start = start_of(10, values={**hard, **values}, settings=EASY)
        series = [series_of(start, seed) for seed in range(1, 5)]
        paid.append(float(np.mean([column(s, "oi_per_insured")[-40:].mean() for s in series])))
        counted = events_of(start, 1)
        ended.append((counted["check-failed"], counted["contract-lost"]))
    assert paid[0] > paid[1] > paid[2]
    assert ended[0][0] == 0 < ended[1][0] and ended[2][1] > ended[1][1]


def test_hidden_costs_cost_trust_and_hours() -> None:
    found = []
    for value in (0.0, 0.2):
        start = start_of(10, values={"trust.bad_hidden": value, "transaction.hidden": 100 * value})
        series = [series_of(start, seed) for seed in range(1, 9)]
        found.append([float(np.mean([column(s, name)[-40:].mean() for s in series]))
                      for name in ("trust", "transaction_cost_per_insured")])  # fmt: skip
    assert found[1][0] < found[0][0] - 0.02
    assert found[1][1] > found[0][1]
