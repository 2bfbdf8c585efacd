"""Redistribution: losses against a year before by hand, disputes, mandates, what is secured."""

from __future__ import annotations

import math

import numpy as np
import pytest
from support import (
    HUGE_MACRO,
    NONE,
    Quarters,
    both,
    column,
    events_of,
    params,
    series_of,
    start_of,
)

from agents.events import Cause, Event
from agents.words import CostKind, Kind, Stage
from sim.common.losses import chance_dispute, dispute_money, lose_money
from sim.phases.choices.mandates import review_mandate
from sim.phases.organisations.leads import prefer_lead
from sim.phases.redistribution import settle_receipts

DECEMBER = 59
EAGER = 0.1
"""Hours of a quarrel so small that every loss is disputed."""


def test_a_loss_is_against_last_years_money_per_head() -> None:
    # EUR 17.1 for 10,000 patients, and 39,000 now.
    assert both(lose_money, 17.1, 39_000.0, 10_000, params()) == pytest.approx(132_000, rel=1e-12)
    # Fewer patients are no loss of money per head, and more is none at all.
    assert both(lose_money, 10.0, 90_000.0, 9_000, params()) == 0.0
    assert both(lose_money, 10.0, 200_000.0, 10_000, params()) == 0.0
    off = params(transaction_losses=False)
    assert both(lose_money, 17.1, 39_000.0, 10_000, off) == 0.0


def test_a_dispute_is_likelier_the_more_there_is_to_win() -> None:
    # A tenth of 132,000, at trust .7, against sixteen hours of EUR 110.
    disputed = both(dispute_money, 132_000.0, 0.7, params())
    assert disputed == pytest.approx(3960.0, rel=1e-12)
    chance = both(chance_dispute, 3960.0, params())
    assert chance == pytest.approx(1.0 - math.exp(-3960.0 / 1760.0), rel=1e-12)
    assert both(chance_dispute, 1760.0, params()) == pytest.approx(1 - math.exp(-1), rel=1e-12)
    none = params(transaction_redistribution=0.0)
    assert both(chance_dispute, both(dispute_money, 132_000.0, 0.0, none), none) == 0.0


class Region:
    """Hub 0 with all of its practices in organisation 0, which has money; organisation 1 idle."""

    def __init__(self, *settings: str, **values: float) -> None:
        named = {name.replace("_", ".", 1): value for name, value in values.items()}
        named = {"transaction.quarrel": EAGER, **named}
        run = Quarters(start_of(2, values=named, settings=(HUGE_MACRO, *settings)), seed=1)
        self.tables = tables = run.tables
        tables.counter["organisations"][0] = 2
        self.rooms = rooms = tables.organisations
        rooms["alive"][:2], rooms["lead"][:2] = True, NONE
        rooms["revenue"][0] = 50_000.0
        self.hub = tables.hubs[0]
        self.hub["stage"], self.hub["agreement"] = Stage.DRIVER, 0
        count = int(tables.counter["practices"][0])
        self.here = [i for i in range(count) if tables.practices["hub"][i] == 0]
        self.hub["patients"] = int(tables.practices["patients"][self.here].sum())
        tables.practices["organisation"] = NONE
        for i in self.here:
            practice = tables.practices[i]
            practice["organisation"] = 0
            practice["counterpart"][0], practice["trust"][0] = 0, 0.6
            practice["payer_trust"], practice["active"] = 0.5, i != self.here[0]

    def settle(self, tick: int = DECEMBER) -> list[tuple[int, int, int, int]]:
        """Settle; return events as (who, what, other, cause)."""
        self.tables.counter["event_lines"][0] = 0
        self.tables.counter["ledger_lines"][0] = 0
        settle_receipts(self.tables, tick, tick % 4 == 3)
        lines = self.tables.events[: self.tables.counter["event_lines"][0]]
        return [(int(e["party"]), int(e["what"]), int(e["other"]), int(e["cause"])) for e in lines]

    def party(self, kind: int, row: int) -> int:
        return int(self.tables.offsets[kind]) + row


def test_what_a_hub_lost_is_disputed_with_its_region() -> None:
    region = Region()
    hub, patients = region.hub, int(region.hub["patients"])
    hub["before"], hub["received"] = 10.0, 3.0 * patients
    hub["oi"], hub["from_region"] = 1.0 * patients, 2.0 * patients
    events = region.settle()
    # 10 a head before, 3 + 1 + 2 this year.
    assert hub["lost"] == pytest.approx(4.0 * patients, rel=1e-12)
    assert hub["before"] == pytest.approx(6.0, rel=1e-12)
    me, other = region.party(Kind.HUB, 0), region.party(Kind.ORGANISATION, 0)
    assert events == [
        (me, Event.MONEY_DISPUTED, other, Cause.LOSS),
        (me, Event.AGREEMENT_ENDED, other, Cause.LOSS),
    ]
    assert hub["wronged"] and hub["agreement"] == NONE
    # A tenth, at trust .6: both sides' hours at the wage.
    disputed = 0.1 * 4.0 * patients * (1.0 - 0.6)
    assert hub["transaction"][CostKind.REDISTRIBUTION] == pytest.approx(disputed, rel=1e-9)
    assert hub["hours"] == pytest.approx(0.5 * disputed / 110.0, rel=1e-9)
    assert region.rooms["hours"][0] == pytest.approx(0.5 * disputed / 110.0, rel=1e-9)
    # Who takes part has a bad contact with the region, who does not has none.
    trust = region.tables.practices["trust"][region.here, 0]
    assert trust[0] == 0.6 and trust[1:] == pytest.approx([0.6 * (1 - 0.378)] * (len(trust) - 1))
    # Each who takes part lost its part.
    lost = region.tables.practices["lost"][region.here]
    lists = region.tables.practices["patients"][region.here]
    assert lost[0] == 0.0 and lost[1:] == pytest.approx(4.0 * lists[1:], rel=1e-9)


def test_without_an_organisation_that_cashes_the_insurer_is_blamed() -> None:
    region = Region()
    region.rooms["revenue"][0] = 0.0
    region.hub["before"], region.hub["received"] = 10.0, 0.0
    ((me, what, other, _),) = region.settle()
    z = int(region.tables.municipalities["preferred"][region.hub["municipality"]])
    assert (me, what) == (region.party(Kind.HUB, 0), Event.MONEY_DISPUTED)
    assert other == region.party(Kind.INSURER, z)
    assert region.tables.insurers["hours"][z] == pytest.approx(region.hub["hours"], rel=1e-12)
    payer = region.tables.practices["payer_trust"][region.here]
    assert payer[0] == 0.5 and payer[1:] == pytest.approx([0.5 * (1 - 0.378)] * (len(payer) - 1))
    # The agreement with the region stays, and no mandate suffers.
    assert region.hub["agreement"] == 0
    assert not region.tables.practices["lost"].any()


def test_nothing_is_felt_before_the_year_ends_or_in_the_first_year() -> None:
    region = Region()
    region.hub["before"], region.hub["oi"] = 10.0, 100.0
    assert region.settle(58) == []
    assert region.hub["received"] == 100.0 and region.hub["before"] == 10.0
    region.hub["before"] = 0.0
    assert region.settle() == [] and region.hub["lost"] == 0.0


def test_an_ally_disputes_with_its_lead_and_thinks_again() -> None:
    region = Region()
    rooms, ally = region.rooms, region.rooms[1]
    ally["lead"], ally["patients"], ally["before"] = 0, 1000, 10.0
    ally["income"], ally["revenue"] = 4000.0, 1000.0
    member = region.here[1]
    ally["first"], region.tables.practices["next_member"][member] = member, NONE
    ((me, what, other, cause),) = region.settle()
    assert (me, other) == (region.party(Kind.ORGANISATION, 1), region.party(Kind.ORGANISATION, 0))
    assert (what, cause) == (Event.MONEY_DISPUTED, Cause.LOSS)
    assert rooms["before"][1] == 5.0 and rooms["wronged"][:2].tolist() == [False, True]
    assert region.tables.practices["trust"][member, 0] == pytest.approx(0.6 * (1 - 0.378))
    # Without a dispute the alliance lasts; with one the ally looks anew, and nobody is in sight.
    rooms["x"][0] = 1e6
    rooms["patients"][0] = 2000
    assert prefer_lead(region.tables, 1, DECEMBER) == NONE
    rooms["wronged"][1] = False
    assert prefer_lead(region.tables, 1, DECEMBER) == 0


def test_a_practice_disputes_what_it_lost_itself() -> None:
    region = Region()
    practice = region.tables.practices[region.here[0]]
    patients = int(practice["patients"])
    practice["before"], practice["money"], practice["fees"] = 2.0, 0.25 * patients, 0.5 * patients
    ((me, what, other, _),) = region.settle()
    assert (me, what) == (region.party(Kind.PRACTICE, region.here[0]), Event.MONEY_DISPUTED)
    assert other == region.party(Kind.ORGANISATION, 0)
    assert practice["lost"] == pytest.approx(1.25 * patients, rel=1e-12)
    assert practice["trust"][0] == pytest.approx(0.6 * (1 - 0.378), rel=1e-12)


def test_a_mandate_is_withdrawn_where_the_loss_outweighs_membership() -> None:
    region = Region()
    i = region.here[1]
    practice = region.tables.practices[i]
    practice["mandate"] = True
    # A mandate that is worth much, and a lot that stays in doubt only by the loss.
    practice["trust"][0], region.rooms["quality"][0], region.rooms["engagement"][0] = 1.0, 1.0, 1.0
    review_mandate(region.tables, i, DECEMBER)
    assert practice["mandate"]
    practice["lost"] = 1e7
    region.tables.counter["event_lines"][0] = 0
    review_mandate(region.tables, i, DECEMBER)
    assert not practice["mandate"]
    line = region.tables.events[0]
    assert (line["what"], line["cause"]) == (Event.MANDATE_WITHDRAWN, Cause.LOSS)


def test_a_region_secures_what_a_hub_had() -> None:
    region = Region("policy.secured=0.8")
    giver, me = region.party(Kind.ORGANISATION, 0), region.party(Kind.HUB, 0)
    accounts = region.tables.accounts
    accounts["balance"][giver] = 10_000_00
    patients = int(region.hub["patients"])
    region.hub["before"], region.hub["oi"] = 4.0, 0.3 * patients
    region.hub["revenue"] = 0.3 * patients
    region.rooms["cost"][0] = 45_000.0
    # Four fifths of EUR 4 a year are .8 a quarter: .5 a head is made up, as far as income goes.
    events = region.settle()
    moved = min(0.5 * patients, 5_000.0)
    assert accounts["balance"][me] == pytest.approx(100 * moved, abs=1.0)
    assert region.hub["from_region"] == pytest.approx(moved, abs=0.01)
    assert region.hub["local_money"] == pytest.approx(moved, abs=0.01)
    assert region.rooms["cost"][0] == pytest.approx(45_000 + moved, abs=0.01)
    assert (me, Event.HUB_SECURED, giver, Cause.LOSS) in events
    # Nothing is left of the quarter's income: nothing is given.
    region.rooms["cost"][0] = 50_000.0
    region.hub["from_region"] = 0.0
    before = int(accounts["balance"][me])
    region.settle(60)
    assert accounts["balance"][me] == before


def test_off_switches_leave_nothing() -> None:
    for off in ({"transaction.losses": False}, {"transaction.redistribution": 0.0}):
        plain = series_of(start_of(4, values=off), 3, 71)
        other = series_of(start_of(4, values={**off, "transaction.quarrel": EAGER}), 3, 71)
        assert plain.tobytes() == other.tobytes()
    # Without a disputed share mergers have none either.
    assert not column(plain, "transaction_cost_redistribution").any()


def test_losses_of_the_transition_are_disputed_and_cost_trust() -> None:
    found = []
    for values in ({"transaction.losses": False}, {"transaction.quarrel": 0.1}):
        start = start_of(10, values=values)
        series = [series_of(start, seed) for seed in range(1, 9)]
        found.append([float(np.mean([column(s, name)[52:72].mean() for s in series]))
                      for name in ("transaction_cost_redistribution", "trust")])  # fmt: skip
    assert found[1][0] > found[0][0]
    assert found[1][1] < found[0][1]
    assert events_of(start_of(10), 1)["money-disputed"] > 0


def test_books_close_where_hubs_are_secured() -> None:
    quarters = Quarters(start_of(10, settings=("policy.secured@2018Q1=1",)), seed=2)
    secured = 0
    for _ in range(100):
        quarters.step()  # fails where books do not close
        secured += int((quarters.events()["what"] == Event.HUB_SECURED).sum())
    assert secured > 0
