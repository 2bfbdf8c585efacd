"""The ministry's room: decided by date, grown, and what is claimed above it, by hand."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from desk import Y2011, Desk
from support import Quarters, column, series_of, start_of

from agents.events import Cause, Event
from agents.words import Kind
from sim.common.receipts import cut_for
from sim.ledger import Posting
from sim.measure.outcomes import NAMES
from sim.policy.regime import grown
from sim.policy.values import Dated

Y2018, Y2026 = 48, 80


def _dated(year: int, month: int, value: float) -> Dated:
    return Dated(start=date(year, month, 1), value=value, unit="EUR per insured/yr", source="C55")


def test_a_room_grows_each_january_until_it_is_decided_anew() -> None:
    # Decided: 10 from 2006, 20 from July 2008, 20 again from 2010. Growth: 50% in 2007, 10% after.
    decided = (_dated(2006, 1, 10.0), _dated(2008, 7, 20.0), _dated(2010, 1, 20.0))
    level = np.array([10.0] * 10 + [20.0] * 14)
    growth = np.array([0.0] * 4 + [0.5] * 4 + [0.1] * 16)
    room = grown(decided, level, growth)
    assert room[:4].tolist() == [10.0] * 4 and room[4:8].tolist() == [15.0] * 4
    assert room[8:10] == pytest.approx([16.5] * 2) and room[10:12].tolist() == [20.0] * 2
    # A decision in January is not grown in that January, also where it repeats the number.
    assert room[12:16] == pytest.approx([22.0] * 4) and room[16:20].tolist() == [20.0] * 4
    assert room[20:] == pytest.approx([22.0] * 4)


def test_what_is_cut_is_booked_for_whom_it_hits() -> None:
    # As in test_payment_budget: claims 5,000 (s1-oi) and 160,000 (gez), a room of 60,000.
    desk = Desk(settings=("policy.macro=3",))
    desk.clear()
    tables = desk.tables
    tables.municipalities["population"][0] = 20_000
    tables.practices["patients"][0] = 10_000
    tables.hubs["insured"][0] = tables.hubs["listed"][0] = 8000
    desk.contract("hubs", 0, "gez")
    tables.counter["event_lines"][0] = 0
    before = tables.accounts["balance"].copy()
    desk.pay(Y2011)
    lines = desk.lines()
    practice = int(tables.offsets[Kind.PRACTICE])
    hub = int(tables.offsets[Kind.HUB])
    # A quarter of the claim less what was paid: 125,000 - 45,455 and 4,000,000 - 1,454,545 cents.
    for party, cut in ((practice, 79_545), (hub, 2_545_455)):
        taken = lines[(lines["title"] == Posting.ROOM_CUT) & (lines["payer"] == party)]
        given = lines[(lines["title"] == Posting.CLAIMED) & (lines["receiver"] == party)]
        assert taken["cents"].tolist() == given["cents"].tolist() == [cut]
        # The insurer that purchases there does both: no balance moves.
        preferred = int(tables.municipalities["preferred"][0])
        assert taken["receiver"][0] == given["payer"][0] == tables.offsets[Kind.INSURER] + preferred
    paid = tables.accounts["balance"] - before
    assert paid[practice] == 45_455 and paid[hub] == 1_454_545 and paid.sum() == 0
    assert tables.practices["cut"][0] == 795.45 and tables.hubs["cut"][0] == 25_454.55
    # It is told once a year, whomever it hits.
    insurer = tables.insurers[preferred]
    assert insurer["cut"] == pytest.approx(26_250.0, abs=1e-9)
    events = tables.events[: tables.counter["event_lines"][0]]
    told = events[events["what"] == Event.CLAIMS_CUT]
    assert len(told) == 1 and told["cause"][0] == Cause.ROOM
    assert told["party"][0] == tables.offsets[Kind.INSURER] + preferred
    desk.pay(Y2011 + 1)
    events = tables.events[: tables.counter["event_lines"][0]]
    assert (events["what"] == Event.CLAIMS_CUT).sum() == 1


def test_a_practice_bears_its_part_of_what_others_were_cut() -> None:
    tables = Quarters(start_of(1)).step(4)
    i = 0
    practice = tables.practices[i]
    for table in ("practices", "units", "hubs", "organisations"):
        getattr(tables, table)["cut"][:] = 0.0
    practice["cut"] = 5.0
    tables.hubs["cut"][practice["hub"]] = 100.0
    tables.units["cut"][practice["unit"]] = 10.0
    share = practice["patients"] / tables.hubs["patients"][practice["hub"]]
    of_unit = practice["patients"] / tables.units["patients"][practice["unit"]]
    assert cut_for(tables, i) == pytest.approx(5.0 + 100.0 * share + 10.0 * of_unit, rel=1e-12)


@pytest.mark.parametrize("macro", [4.0, 0.0])
def test_what_is_claimed_is_paid_or_cut(macro: float) -> None:
    # Claims of the first year hang on nothing that was paid in it: what is cut makes up the rest.
    loose = series_of(start_of(2), seed=2, last=0)
    tight = series_of(start_of(2, settings=(f"policy.macro={macro / 4.0}",)), seed=2, last=0)
    for scope in range(3):
        claimed = column(loose, "oi_per_insured", scope)[0]
        paid = column(tight, "oi_per_insured", scope)[0]
        cut = column(tight, "macro_cut", scope)[0]
        assert paid + cut == pytest.approx(claimed, rel=1e-4)
        assert cut > 0.3 * claimed
    assert not column(loose, "macro_cut").any()
    # Municipalities add up to the whole, by insured.
    run = series_of(start_of(4, settings=(f"policy.macro@2018Q1={macro}",)), seed=2)
    people = run[:, :, NAMES.index("insured")]
    cuts = run[:, :, NAMES.index("macro_cut")] * people
    assert cuts[:, 1:].sum(axis=1) == pytest.approx(cuts[:, 0], rel=1e-9, abs=1e-6)
    assert cuts[Y2018:, 0].any()


def test_growth_widens_a_tight_room() -> None:
    tight = ("policy.macro@2018Q1=4",)
    shipped = column(series_of(start_of(2, settings=tight), seed=2), "macro_cut")
    still = column(
        series_of(start_of(2, settings=(*tight, "policy.growth=0")), seed=2), "macro_cut"
    )
    assert (shipped[:Y2018] == still[:Y2018]).all()
    assert still[Y2026:].sum() > shipped[Y2026:].sum()
