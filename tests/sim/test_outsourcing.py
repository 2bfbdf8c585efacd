"""Single functions that a larger body does for an organisation."""

from __future__ import annotations

import numpy as np
import pytest
from support import NONE, Quarters, Values, column, events_of, series_of, start_of

from agents.words import Function, Kind, LegalForm
from sim.common.buyers import served_at_home
from sim.ledger import Posting
from sim.phases.contracts.supplies import contract_apart, supplied_apart
from sim.phases.suppliers.clients import count_clients
from sim.phases.suppliers.larger import does_for_others, joint_promise
from sim.phases.supply.bought import pay_entrant
from sim.tables import Tables

DESIGN = "design:bundled/organisation/insured"


def two_bodies() -> tuple[Tables, int, int]:
    """UNICUM in 2010, with a small body and a larger one 10 km from it, both cooperatives."""
    tables = Quarters(start_of(10, values={"organisation.found": 1.0})).step(20)
    small, large = np.flatnonzero(tables.organisations["alive"])[:2].tolist()
    for o, km, patients in ((small, 0.0, 20_000), (large, 10.0, 60_000)):
        body = tables.organisations[o]
        body["x"], body["y"], body["patients"] = km, 0.0, patients
        body["clients"] = float(patients)
        body["legal"], body["hosts"], body["bought"], body["entrant"] = (
            LegalForm.COOPERATIVE, 0, NONE, False,
        )  # fmt: skip
        body["level"], body["outside"] = 1.0, 0.0
    return tables, small, large


def test_who_may_do_a_function_for_whom() -> None:
    tables, small, large = two_bodies()
    f = int(Function.ICT)
    assert does_for_others(tables, small, large, f)
    assert not does_for_others(tables, large, small, f)  # the smaller does nothing for the larger
    assert not does_for_others(tables, small, small, f)
    tables.organisations["x"][large] = 26.0
    assert not does_for_others(tables, small, large, f)  # out of reach: choice.vision is 25 km
    tables.organisations["x"][large] = 10.0
    tables.organisations["legal"][large] = LegalForm.NETWORK
    assert not does_for_others(tables, small, large, f)
    tables.organisations["legal"][large] = LegalForm.COOPERATIVE
    # Work is handed on once: who does something for others has nothing done by an organisation.
    tables.organisations["hosts"][small] = 1
    assert not does_for_others(tables, small, large, f)
    tables.organisations["hosts"][small] = 0
    tables.organisations["bought"][large, Function.QUALITY] = (
        int(tables.offsets[Kind.ORGANISATION]) + small
    )
    assert not does_for_others(tables, small, large, f)
    tables.organisations["entrant"][large] = True
    assert does_for_others(tables, small, large, f)


def test_joint_scale_by_hand() -> None:
    tables, small, large = two_bodies()
    # ICT of 80,000: fixed 600,000 * .35 (of 1) = 210,000, variable 17 * .12/1 * .8 = 1.632 each,
    # 130,560: together 340,560, or 4.257 each. EUR 2 less a margin of a tenth buys 1.8/4.257.
    f = int(Function.ICT)
    tables.params["supply_host_margin"] = 0.1
    assert joint_promise(tables, small, large, f, 2.0) == pytest.approx(1.8 / 4.257, rel=1e-9)
    tables.organisations["entrant"][large] = True
    assert joint_promise(tables, small, large, f, 2.0) == pytest.approx(2.0 / 4.257, rel=1e-9)


def test_a_host_keeps_a_margin_for_all_its_functions() -> None:
    tables, small, large = two_bodies()
    first = int(tables.offsets[Kind.ORGANISATION])
    tables.organisations["bought"][small, Function.ICT] = first + large
    tables.accounts["balance"][first + small] = 100_000
    before = float(tables.organisations["money"][large, Function.ICT])
    revenue = float(tables.organisations["revenue"][large])
    assert pay_entrant(tables, small, int(Function.ICT), 500.0, 21) == 500.0
    assert tables.organisations["money"][large, Function.ICT] == pytest.approx(before + 450.0)
    assert tables.organisations["revenue"][large] == pytest.approx(revenue + 500.0)


def test_a_member_buys_itself_what_its_body_does_not_buy_there() -> None:
    tables, small, large = two_bodies()
    first = int(tables.offsets[Kind.ORGANISATION])
    member = int(np.flatnonzero(tables.practices["alive"])[0])
    practice = tables.practices[member]
    practice["organisation"] = small
    tables.organisations["bought"][small, Function.ICT] = first + large
    tables.units["chosen"][practice["unit"]] = NONE
    functions = len(tables.functions)
    for own, contracts in ((Function.ICT, 0), (Function.OPERATIONS, 1), (Function.QUALITY, 1)):
        # ICT by way of its own body, in all groups; beside it what the larger one does directly.
        practice["supplier"] = NONE
        practice["supplier"][Function.ICT :: functions] = first + large
        practice["supplier"][int(own) :: functions] = first + large
        count_clients(tables)
        contract_apart(tables, member, 20)
        assert practice["supplies"] == contracts


@pytest.mark.parametrize("regime", ["historic-nl", "design:component/practice/act", DESIGN])
def test_who_is_served_at_home_has_no_contract_apart(regime: str) -> None:
    run = Quarters(start_of(10, regime, values={"organisation.found": 1.0}))
    found = {True: 0, False: 0}
    apart = 0
    for _ in range(25):
        tables = run.step(4)
        for i in np.flatnonzero(tables.practices["alive"]).tolist():
            home = served_at_home(tables, i)
            found[home] += 1
            others = [
                supplied_apart(tables, i, c) for c in range(tables.practices["supplier"].shape[1])
            ]
            assert not home or others == [NONE] * len(others)
            apart += any(who != NONE for who in others)
    assert min(found.values()) > 0 and apart > 0


OFF: Values = {"supply.outsource": False}
SEED = 3
"""With this seed a small body and a larger one are left in reach of each other."""


def test_functions_are_done_by_others_and_paid() -> None:
    run = Quarters(start_of(10, DESIGN), seed=SEED)
    paid = 0
    done = False
    for _ in range(20):
        tables = run.step(4)
        lines = run.ledger()
        first = int(tables.offsets[Kind.ORGANISATION])
        sold = (lines["title"] == Posting.PURCHASE) & (lines["payer"] >= first)
        paid += int(lines[sold]["cents"].sum())
        bodies = tables.organisations[tables.organisations["alive"]]
        for body in bodies[bodies["hosts"] > 0]:
            if not body["entrant"]:
                done = True
                assert not any(
                    s != NONE and not tables.organisations[int(s) - first]["entrant"]
                    for s in body["bought"]
                )
    assert done and paid > 0


def test_the_switch_ends_it() -> None:
    assert events_of(start_of(10, DESIGN), SEED)["outsourced"] > 0
    assert events_of(start_of(10, DESIGN, OFF), SEED)["outsourced"] == 0


def test_joint_scale_shows() -> None:
    on = column(series_of(start_of(10, DESIGN), SEED), "scale_ict")
    off = column(series_of(start_of(10, DESIGN, OFF), SEED), "scale_ict")
    assert on[-40:].mean() > off[-40:].mean()
