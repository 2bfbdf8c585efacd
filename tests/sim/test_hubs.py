"""Hubs in runs: starts, managers, agreements, gemeentehubs, attendance, money and help."""

from __future__ import annotations

import numpy as np
import pytest
from support import NONE, Quarters, Values, living, series_of, start_of, with_partnership

from agents.events import Event
from agents.words import Kind, Manager, Origin
from sim.ledger import Posting
from sim.measure.outcomes import NAMES
from sim.phases.hubs.hubs import unit_carries
from sim.phases.public.municipal import count_counterparts
from sim.tables import Tables

KEPT: Values = {"contract.sanction": 0.0}
"""Contracts, and with them money of hubs, are not lost by failed checks."""


def field(values: Values | None = None, quarters: int = 76, seed: int = 2) -> Quarters:
    run = Quarters(start_of(10, values={**KEPT, **(values or {})}), seed=seed)
    run.step(quarters)
    return run


def happened(run: Quarters, quarters: int) -> dict[str, int]:
    counts = dict.fromkeys(Event.words(), 0)
    for _ in range(quarters):
        run.step()
        for code in run.events()["what"]:
            counts[Event.words()[code]] += 1
    return counts


def test_hubs_take_managers_sign_agreements_and_form_gemeentehubs() -> None:
    counts = happened(Quarters(start_of(10), seed=2), 100)
    for name in ("manager-appointed", "agreement-signed", "agreement-ended", "gemeentehub-formed"):
        assert counts[name] > 0, name
    frozen = happened(Quarters(start_of(10, values={"decide.hub": False}), seed=2), 100)
    assert not any(frozen[name] for name in ("manager-appointed", "agreement-signed"))


def test_a_unit_carries_a_start_where_it_is_large_and_most_take_part() -> None:
    run = Quarters(start_of(1), seed=1)
    tables = run.step(4)
    h = int(np.flatnonzero(tables.hubs["practices"] >= 3)[0])
    here = np.flatnonzero(tables.practices["alive"] & (tables.practices["hub"] == h))[:3]
    tables.practices["active"][:] = False
    tables.practices["active"][here] = True
    tables.practices["patients"][here] = (4000, 2000, 3000)
    tables.practices["unit"][here] = (0, 0, 1)
    # Six of nine thousand are of unit 0, three of unit 1.
    for units, share, expected in (
        ((8000, 8000), 0.6, True),
        ((8000, 8000), 0.7, False),
        ((7000, 8000), 0.6, False),
        ((7000, 8000), 0.3, True),
        ((7000, 7000), 0.0, False),
    ):
        tables.units["patients"][:2] = units
        tables.params["hub_unit_share"][0] = share
        assert unit_carries(tables, h) == expected, (units, share)
    tables.practices["active"][here] = False
    assert not unit_carries(tables, h)


def test_hubs_start_from_units_where_these_are_large_enough() -> None:
    started = field(quarters=60).tables.hubs
    origins = set(started["origin"][started["stage"] > 0])
    assert {Origin.NEW, Origin.UNIT} <= origins
    none = field({"hub.unit_least": 100_000}, quarters=60).tables.hubs
    assert not (none["origin"] == Origin.UNIT).any()


def test_managers_are_paid_by_who_employs_them() -> None:
    run = field()
    tables = run.tables
    hubs = tables.hubs
    paid = hubs["manager"] == Manager.REGION
    assert paid.any() and ((hubs["fte"] > 0) == (hubs["manager"] != Manager.NONE)).all()
    employer = np.where(hubs["agreement"] != NONE, hubs["agreement"], hubs["employer"])
    assert (employer[paid] != NONE).all()
    payroll = np.zeros(len(tables.organisations))
    np.add.at(payroll, employer[paid], 90_000.0 * hubs["fte"][paid])
    assert tables.organisations["payroll"] == pytest.approx(payroll, rel=1e-12)


def test_a_gemeentehub_is_one_party_and_divides_per_head_to_the_cent() -> None:
    for seed in range(1, 12):
        run = field(seed=seed)
        tables = run.tables
        joint = np.flatnonzero(tables.municipalities["joint"])
        if len(joint):
            break
    m = int(joint[0])
    assert count_counterparts(tables, m) == 1
    run.step()
    lines = run.ledger()
    pool = lines[lines["title"] == Posting.POOL]
    town = int(tables.offsets[Kind.MUNICIPALITY]) + m
    into = int(pool["cents"][pool["receiver"] == town].sum())
    out = pool[pool["payer"] == town]
    assert into == int(out["cents"].sum()) > 0
    # Per head, to a cent.
    row_of = out["receiver"] - tables.offsets[Kind.HUB]
    patients = tables.hubs["patients"][row_of]
    assert np.abs(out["cents"] - into * patients / patients.sum()).max() <= 1.0


def test_attendance_fees_reach_who_takes_part_and_nobody_else() -> None:
    run = field()
    run.step()
    lines = run.ledger()
    fees = lines[lines["title"] == Posting.ATTENDANCE]
    assert len(fees) > 0
    practices = run.tables.practices
    paid = fees["receiver"] - int(run.tables.offsets[Kind.PRACTICE])
    assert practices["active"][paid].all()
    # 6 h a quarter at EUR 60.
    assert fees["cents"].max() == 36_000
    none = field({"hub.attendance": 0.0})
    none.step()
    assert not (none.ledger()["title"] == Posting.ATTENDANCE).any()


def test_money_keeps_a_partnership_going() -> None:
    # Without the money of its insurer a partnership of 2006 has no means, and falls back, where
    # its municipality has none for it either.
    stages = []
    none: Values = {"municipality.cofunding": 0.0}
    for regime in ("zorg-en-zekerheid", "historic-nl"):
        found = []
        for seed in range(1, 9):
            start = start_of(with_partnership(2), regime, none)
            tables = Quarters(start, seed=seed).step(40)
            found += list(tables.hubs["stage"][tables.hubs["origin"] == Origin.WSV])
        stages.append(float(np.mean(found)))
    assert stages[0] > stages[1] + 1.0


def test_under_the_eemland_rule_small_hubs_get_a_base_amount() -> None:
    # Per head money follows patients to the cent; with a base amount small hubs get more of it.
    spread = []
    for rule in ((), ("policy.base_amount=0.5", "policy.projects=0.5")):
        # Plans are approved as early as can be, so that few hubs are left to share the purse.
        values: Values = {**KEPT, "hub.attendance": 0.0, "plan.funded": False}
        run = Quarters(start_of(10, values=values, settings=rule), seed=2)
        run.step(92)
        hubs = run.tables.hubs
        funded = hubs[(hubs["from_region"] > 0)]
        assert len(funded) > 3
        per_head = funded["from_region"] / funded["patients"]
        spread.append(float(np.corrcoef(funded["patients"], per_head)[0, 1]))
    assert spread[1] < -0.5 and spread[1] < spread[0]


def test_dependence_without_an_agreement_costs_trust() -> None:
    trust = NAMES.index("trust")
    means = []
    for chance, bad in ((0.0, 0.5), (1.0, 0.5), (0.0, 0.0)):
        values = {"hub.agreement": chance, "trust.bad_dependence": bad}
        means.append(
            np.mean([
                series_of(start_of(10, values=values), s)[-12:, 0, trust].mean()
                for s in range(2, 22)
            ])
        )  # fmt: skip
    assert means[0] < means[1] and means[0] < means[2]


def test_hubs_without_autonomy_find_fewer_who_take_part() -> None:
    def stage(values: Values) -> float:
        held: Values = {"hub.agreement": 0.0, "governance.hub_rights": False,
                        "governance.forms": False, **values}  # fmt: skip
        column = NAMES.index("hub_stage")
        start = start_of(10, values=held)
        return float(np.mean([series_of(start, s)[-20:, 0, column].mean() for s in range(1, 7)]))

    assert stage({}) < stage({"hub.autonomy": 0.0, "hub.payroll": 0.0})


def test_forced_boards_need_organised_disciplines() -> None:
    # Forcing helps disciplines organise, and stalls boards where one of them is weak.
    stage = NAMES.index("hub_stage")

    def last(values: Values, forced: int) -> float:
        settings = (f"policy.multidisciplinary={forced}",)
        return float(
            np.mean([
                series_of(start_of(10, values=values, settings=settings), s)[-8:, 0, stage].mean()
                for s in (2, 3, 4)
            ])
        )  # fmt: skip

    weak: Values = {
        "hub.disciplines": 0.2, "hub.discipline_forced": 0.0, "governance.forced": 0.0,
    }  # fmt: skip
    strong: Values = {"hub.disciplines": 0.9, "hub.discipline_spread": 0.0, "hub.welfare": 1.0}
    assert last(weak, 1) < last(weak, 0)
    assert last(strong, 1) >= 0.9 * last(strong, 0)


def test_disciplines_of_old_centres_have_worked_together() -> None:
    alone = Quarters(start_of(10, values={"hub.together": 0.0})).tables.hubs
    hubs = Quarters(start_of(10)).tables.hubs
    old = hubs["origin"] >= Origin.OWZ
    assert 0 < old.sum() < len(hubs)
    # Half of what each lacked is made good, and is what it goes back to; others are as they were.
    lacks = 1.0 - alone["rooted"][old]
    assert hubs["rooted"][old] == pytest.approx(alone["rooted"][old] + 0.5 * lacks, rel=1e-12)
    assert np.array_equal(hubs["rooted"][~old], alone["rooted"][~old])
    assert np.array_equal(hubs["disciplines"], hubs["rooted"])


def guided(tables: Tables) -> np.ndarray:
    return np.asarray(living(tables.hubs)["guided"])


def test_guidance_by_the_ros_organises_disciplines() -> None:
    run = field(quarters=40)
    hubs = living(run.tables.hubs)
    gained = (hubs["disciplines"] - hubs["rooted"]).mean(axis=1)
    helped = guided(run.tables)
    assert helped.any() and gained[helped].mean() > gained[~helped].mean() > -1e-12
