"""Care that moves: what is agreed, booked, paid and widened, by hand."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from desk import Desk
from support import NONE, Quarters, both, column, params, row, series_of, start_of

from agents.events import Cause, Event
from agents.title import Title, takes_transfer
from agents.words import Domain, Kind
from sim.common.substitution import substitution_of, support_shifted
from sim.ledger import Posting
from sim.measure.outcomes import NAMES
from sim.phases.close import close_quarter
from sim.phases.contracts.transfers import agree_transfers, needed_by
from sim.phases.payment import macro_share, pay_titles
from sim.phases.transfer import move_care, transfer_of

Y2018, Y2022 = 48, 64
EASY = tuple(
    f"title.{title}.{key}"
    for title in ("regiomanagement", "wijkmanagement", "ondersteuning-ketenzorg")
    for key in ("mandate=0.01", "minimum=1", "contiguous=false")
)
TITLES = ("regiomanagement", "wijkmanagement", "ondersteuning-ketenzorg")


def test_support_shifts_care_by_the_root_of_engagement_and_a_hospital_at_the_table() -> None:
    # 100 patients in full support, engagement .25, a hospital at half a table at .3: 100*.5*1.15.
    assert both(support_shifted, 100.0, 0.25, 0.5, params()) == pytest.approx(57.5, rel=1e-12)


def test_a_title_that_is_solved_to_a_sum_takes_no_part() -> None:
    assert both(takes_transfer, row(Title, negotiated=0.4))
    assert not both(takes_transfer, row(Title, negotiated=0.4, neutral=6.6))
    assert not both(takes_transfer, row(Title))


@pytest.fixture
def members() -> Any:
    """Two organisations, of which the first leads the second; a third of practices in none."""
    quarters = Quarters(start_of(1, values={"insurer.transfer": 0.4, "innovation.winds": 0.0}))
    tables = quarters.step(4)
    tables.counter["organisations"][0] = 2
    practices = tables.practices[: tables.counter["practices"][0]]
    practices["organisation"] = np.resize([NONE, 0, 1], len(practices))
    practices["coverage"] = 0.5
    organisations = tables.organisations
    organisations["alive"][:2] = True
    organisations["lead"][:2] = [NONE, 0]
    organisations["engagement"][:2] = [0.64, 0.36]
    organisations["agreed_fee"][:2] = [2.0, 0.0]
    organisations["cost_factor"][:2] = 1.0
    organisations["level"][:2] = 3.0  # slack is no need
    tables.municipalities["partners"][0, Domain.HOSPITAL] = NONE
    return tables


def test_a_share_of_what_an_alliance_saves_is_agreed(members: Any) -> None:
    practices = members.practices[: members.counter["practices"][0]]
    alive = practices[practices["alive"]]
    own = alive[alive["organisation"] == 0]["patients"].sum()
    ally = alive[alive["organisation"] == 1]["patients"].sum()
    # EUR 10 a year per patient at full coherence: half of it by coverage, times .8 and .6.
    saved = 10.0 * 0.5 * (0.8 * own + 0.6 * ally)
    agree_transfers(members)
    agreed = members.organisations["agreed_transfer"]
    assert agreed[0] == pytest.approx(0.4 * saved / (own + ally), rel=1e-9)
    assert agreed[1] == 0.0  # bargains no fee of its own
    first = int(np.flatnonzero(practices["organisation"] == 1)[0])
    # A practice by itself: engagement counts for its organisation's members alone.
    expected = 10.0 * 0.5 * 0.6 * practices["patients"][first]
    assert substitution_of(members, first) == pytest.approx(expected, rel=1e-12)


def test_fee_and_transfer_stay_within_what_is_needed(members: Any) -> None:
    agree_transfers(members)
    free = float(members.organisations["agreed_transfer"][0])
    practices = members.practices[: members.counter["practices"][0]]
    people = float(practices[practices["organisation"] != NONE]["patients"].sum())
    needed = float(needed_by(members, 0, people))
    members.organisations["agreed_fee"][0] = needed - 0.25 * free
    agree_transfers(members)
    left = members.organisations["agreed_transfer"][0]
    assert left == pytest.approx(0.25 * free, rel=1e-9)
    members.organisations["agreed_fee"][0] = needed + 1.0
    agree_transfers(members)
    assert members.organisations["agreed_transfer"][0] == 0.0
    # Full support by hand: nothing fixed, 17 a patient of what can move up, and upkeep of 5.
    members.params["supply_economies"][0] = 0.0
    movable = members.functions["variable"] * (1.0 - members.functions["local"])
    assert needed_by(members, 0, 1000.0) == pytest.approx(17.0 * math.fsum(movable) + 5.0)


def desk_with(transfer: float, **values: float) -> Desk:
    """One contract for a region of 100,000, with a fee of EUR 3 and this transfer."""
    desk = Desk("historic-nl", 1, **values)
    desk.clear()
    organisation = desk.tables.organisations[0]
    for name in TITLES:
        desk.contract("organisations", 0, name)
    organisation["alive"], organisation["lead"] = True, NONE
    organisation["insured"] = organisation["allied_insured"] = organisation["patients"] = 100_000
    organisation["fee"], organisation["transfer"] = 3.0, transfer
    return desk


def test_what_moves_is_booked_paid_and_spares_premiums() -> None:
    desk = desk_with(0.6, insurer_transfer=0.5)
    tables = desk.tables
    for table in (tables.accounts,):
        for name in ("opening", "inflow", "outflow", "balance"):
            table[name] = 0
    assert transfer_of(tables, 0, Y2018) == pytest.approx(60_000.0)
    tables.counter["ledger_lines"][0] = tables.counter["event_lines"][0] = 0
    move_care(tables, Y2018, False)
    assert tables.counter["ledger_lines"][0] == 0
    move_care(tables, Y2018, True)
    moved = desk.lines()
    # Hospital care, outside the model, gives EUR 60,000 to the insurers, by their shares.
    assert (moved["title"] == Posting.CARE_MOVED).all() and (moved["payer"] == 0).all()
    assert moved["cents"].sum() == 6_000_000
    shares = tables.municipalities["shares"][0]
    for line in moved:
        share = shares[line["receiver"] - tables.offsets[Kind.INSURER]]
        assert abs(line["cents"] - 6_000_000 * share) < 1.0 + 1e-6
    assert tables.insurers["moved"].sum() == 6_000_000
    assert not tables.insurers["released"].any()
    assert tables.organisations["moved"][0] == pytest.approx(0.6)
    told = tables.events[: tables.counter["event_lines"][0]]
    assert told["what"].tolist() == [Event.CARE_MOVED]
    assert told["cause"].tolist() == [Cause.SUBSTITUTION]
    assert told["other"].tolist() == [tables.offsets[Kind.ORGANISATION]]
    # A quarter of fee and transfer is paid: (3 + .6)*100,000/4, in three titles.
    pay_titles(tables, Y2018)
    assert desk.total(*TITLES) == 9_000_000
    paid = tables.accounts["outflow"][1 : 1 + len(tables.insurers)].sum()
    tables.insurers["hours"] = 0.0
    for organisation in tables.organisations:
        organisation["transaction"][:] = 0.0
    tables.units["transaction"][:] = 0.0
    close_quarter(tables, Y2018)
    premiums = desk.lines()[desk.lines()["title"] == Posting.PREMIUM]["cents"].sum()
    # Premiums pay what was paid but for a quarter of what moved; the rest waits. Insurers with
    # a number of cents that four does not divide let go of a cent more at first.
    assert premiums == pytest.approx(paid - 1_500_000, abs=len(tables.insurers))
    waiting = tables.accounts["balance"][1 : 1 + len(tables.insurers)]
    assert (waiting == tables.insurers["moved"] - tables.insurers["released"]).all()
    assert waiting.sum() == pytest.approx(4_500_000, abs=len(tables.insurers))
    assert tables.counter["failure"][0] == 0


def test_what_moves_widens_the_room() -> None:
    # A room of EUR 2 on 50,000 people; EUR 100,000 of fee and more besides are claimed.
    desk = desk_with(0.0, insurer_transfer=0.5)
    tables = desk.tables
    tables.municipalities["population"][0] = 50_000
    tables.policy["room"] = 2.0
    desk.pay(Y2022)
    before = macro_share(tables, Y2022)
    assert 0.0 < before < 1.0
    tables.insurers["moved"][0] = 5_000_000
    # 100,000 + 50,000 over the same claims.
    assert macro_share(tables, Y2022) == pytest.approx(1.5 * before, rel=1e-12)


def test_nothing_moves_without_the_share_and_with_it_support_does() -> None:
    kept = Quarters(start_of(4, values={"insurer.transfer": 0.0}, settings=EASY), seed=2)
    for _ in range(17):
        tables = kept.step(4)
        assert not (kept.ledger()["title"] == Posting.CARE_MOVED).any()
    assert not tables.organisations["agreed_transfer"].any() and not tables.insurers["moved"].any()
    off, on = (
        series_of(start_of(4, values={"insurer.transfer": share}, settings=EASY), seed=2)
        for share in (0.0, 0.5)
    )
    assert not column(off, "transferred").any()
    # Contracts of 2018 are agreed in 2017, on what was measured then.
    assert not column(on, "transferred")[:Y2018].any() and (on[:Y2018] == off[:Y2018]).all()
    assert (column(on, "transferred")[Y2018:] > 0.0).all()
    for name in ("oi_per_insured", "coverage"):
        assert column(on, name)[Y2022:].mean() > column(off, name)[Y2022:].mean()


def test_designs_are_alike_whatever_share_moves() -> None:
    # No title of theirs bargains, and each is solved to one sum.
    off, on = (
        series_of(start_of(4, "design:bundled/organisation/insured",
                           {"insurer.transfer": share}), seed=2)
        for share in (0.0, 1.0)
    )  # fmt: skip
    assert (on == off).all() and not on[:, :, NAMES.index("transferred")].any()
