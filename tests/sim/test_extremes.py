"""At the edges: every extreme runs 2006-2030, its books close, and its outcomes make sense."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from support import TICKS, Quarters, Values, column, small, start_of

from agents.compiled.record import FloatArray
from agents.events import Cause, Event
from sim.measure.measuring import measure_all
from sim.measure.outcomes import NAMES, OUTCOMES
from sim.place.region import Region

DESIGN = "design:component/practice/effort"


def whole_run(start: Any, seed: int = 1) -> FloatArray:
    """Run all quarters with every check on; return outcomes of the whole and the parts."""
    quarters = Quarters(start, seed)
    out = np.zeros((TICKS, 1 + len(start.municipalities), len(NAMES)))
    rows = np.zeros(len(start.practices), np.int64)
    for tick in range(TICKS):
        tables = quarters.step()  # fails where the kernel's own checks do
        accounts = tables.accounts
        closing = accounts["opening"] + accounts["inflow"] - accounts["outflow"]
        assert (closing == accounts["balance"]).all() and accounts["balance"].sum() == 0
        assert (accounts["balance"][1:] >= 0).all()
        measure_all(tables, tick, rows, out[tick])
    assert np.isfinite(out).all()
    for name in NAMES:
        unit = OUTCOMES[NAMES.index(name)].unit
        picked = out[:, :, NAMES.index(name)]
        if name == "premium_gain":
            # By how much a fee is below an earlier one: no further below zero than the fee itself.
            picked = picked + out[:, :, NAMES.index("regional_fee")]
        assert (picked >= -1e-9).all(), name
        if unit == "share" and name != "oi_share_of_gp_care":
            assert (picked <= 1.0 + 1e-9).all(), name
    return out


def one_practice() -> Region:
    """A village in which a single practice fits."""
    place = small(1)
    town = place.municipalities[0]
    district = replace(town.districts[0], population=3000)
    town = replace(town, population=3000, districts=(district,), hubs=())
    return replace(place, municipalities=(town,), neighbours=())


def one_insurer(region: Region) -> Region:
    towns = tuple(replace(m, shares=(1.0,), preferred="Only") for m in region.municipalities)
    return replace(region, insurers=("Only",), municipalities=towns)


CASES: dict[str, Values] = {
    "zero budget": {"money.scale": 0.0},
    "everyone refuses": {"choice.refuse": True},
    "nobody sees anyone": {"choice.vision": 0.0},
    "distance is everything": {"choice.distance": 10.0},
    "no trust to begin with": {"trust.start": -1.0},
    "full trust to begin with": {"trust.start": 1.0},
    "no noise": {"choice.noise": 0.0, "choice.taste": 0.0},
    "much noise": {"choice.noise": 5.0, "choice.taste": 3.0},
    "autonomy is everything": {"choice.autonomy": 10.0},
    "autonomy is nothing": {"choice.autonomy": 0.0},
    "no contact": {"trust.contact": 0.0},
    "only bad contacts": {"trust.bad": 1.0, "trust.contact": 1.0},
    "no fixed cost": {"supply.economies": 0.0},
    "no cost at all": {"supply.economies": 0.0, "supply.variable": 0.0},
    "free transactions": {"transaction.on": False},
    "large money": {"money.scale": 100.0},
    "everyone founds": {"organisation.found": 1.0, "organisation.minimum": 0},
    "practices come and go": {"population.close": 0.3, "population.open": 0.3,
                              "population.merge": 0.3, "population.grow": 0.3},
    "shrinking": {"population.growth": -0.02, "population.chain_growth": -0.05},
    "a link costs a fortune": {"coordination.link": 10_000.0, "coordination.structure": 0},
    "no reserves released": {"supply.release": 0.0},
    "all money to hubs": {"hub.share": 1.0},
}  # fmt: skip


@pytest.mark.parametrize("regime", ["historic-nl", DESIGN])
@pytest.mark.parametrize("case", sorted(CASES))
def test_extreme(case: str, regime: str) -> None:
    out = whole_run(start_of(2, regime, CASES[case]))
    assert (column(out, "practices") >= 1).all() and (column(out, "insured") > 0).all()


@pytest.mark.parametrize("regime", ["historic-nl", DESIGN])
def test_one_practice(regime: str) -> None:
    # Nobody to found with: one practice, no organisation, as long as no second one opens.
    values = {"population.open": 0.0}
    out = whole_run(start_of(one_practice(), regime, values))
    assert (column(out, "practices") == 1).all()
    assert (column(out, "hhi") == 1).all() and (column(out, "effective_organisations") == 1).all()
    assert (column(out, "organisations") == 0).all()
    assert (column(out, "misfit") == 0).all()


@pytest.mark.parametrize("regime", ["historic-nl", DESIGN])
def test_one_insurer(regime: str) -> None:
    start = start_of(one_insurer(small(2)), regime)
    out = whole_run(start)
    assert len(start.insurers) == 1
    assert column(out, "oi_spending").sum() > 0
    # With one insurer it does not matter whether the others follow.
    apart = start_of(one_insurer(small(2)), regime, {"insurer.own_terms": 1000.0})
    assert whole_run(apart).tobytes() == out.tobytes()


def test_where_nobody_joins_and_nothing_is_paid_every_outcome_is_its_empty_case() -> None:
    # Health centres and OWZ hold contracts of their own from the start: leave them out.
    region = small(4)
    towns = tuple(replace(m, hubs=()) for m in region.municipalities)
    values = {"choice.refuse": True, "money.scale": 0.0, "decide.insurer": False}
    out = whole_run(start_of(replace(region, municipalities=towns), "historic-nl", values))
    for outcome in OUTCOMES:
        if outcome.empty is not None:
            assert (column(out, outcome.name) == outcome.empty).all(), outcome.name
    assert sum(o.empty is not None for o in OUTCOMES) > 20


def test_zero_budget_pays_nothing() -> None:
    out = whole_run(start_of(4, values={"money.scale": 0.0}))
    for name in ("oi_spending", "oi_per_insured", "oi_share_of_gp_care"):
        assert (column(out, name) == 0.0).all()
    # What practices do by themselves remains.
    assert (column(out, "coverage") > 0.0).all()


def test_who_refuses_is_in_no_organisation_and_no_hub() -> None:
    out = whole_run(start_of(4, values={"choice.refuse": True}))
    for name in ("organisations", "affiliated_share", "mandate_share", "engagement"):
        assert (column(out, name) == 0.0).all()


def test_without_sight_nobody_joins_by_choice() -> None:
    # Founders join where they found; nobody else ever sees an organisation.
    quarters = Quarters(start_of(4, values={"choice.vision": 0.0}))

    joined = 0
    for _ in range(TICKS):
        quarters.step()
        events = quarters.events()
        mine = events[events["what"] == Event.JOINED]
        joined += len(mine)
        assert (mine["cause"] == Cause.ISOLATION).all()
    assert joined > 0


def test_trust_without_contact_stays_where_it_starts() -> None:
    # A dispute over money is a contact too, and a bad one.
    values = {"trust.contact": 0.0, "trust.start": 0.1, "governance.dialogue": 0.0}
    out = whole_run(start_of(2, values={**values, "transaction.losses": False}))
    # UNICUM starts at 0.5 everywhere (region.toml), shifted by 0.1.
    assert column(out, "trust") == pytest.approx(np.full(TICKS, 0.6), abs=1e-9)
    assert column(out, "trust_p10") == pytest.approx(np.full(TICKS, 0.6), abs=1e-9)


def test_trust_starts_within_bounds() -> None:
    for shift, expected in ((-1.0, 0.0), (1.0, 1.0)):
        tables = Quarters(start_of(2, values={"trust.start": shift})).tables
        rows = int(tables.counter["practices"][0])
        assert (tables.practices["hub_trust"][:rows] == expected).all()


def test_free_transactions_cost_nothing() -> None:
    out = whole_run(start_of(4, values={"transaction.on": False}))
    assert (column(out, "transaction_cost") == 0.0).all()
    assert (column(out, "transaction_hours") == 0.0).all()


def test_money_buys_full_coverage_where_there_is_enough() -> None:
    # 100 times the tariffs, no macro cap below it, everybody able to buy: local parts are full.
    out = whole_run(
        start_of(2, "design:bundled/practice/insured",
                 {"money.scale": 100.0, "supply.economies": 0.0, "choice.hours": 2000.0},
                 settings=("policy.macro=10000",), switch="2010Q1")
    )  # fmt: skip
    assert column(out, "coverage")[-1] == pytest.approx(1.0, abs=1e-9)


def test_growth_is_what_was_asked() -> None:
    out = whole_run(start_of(1, values={"population.growth": 0.03}))
    insured = column(out, "insured")
    # 24 yearly steps of 3%, each rounded to whole people: half a person a year at most.
    assert insured[-1] == pytest.approx(insured[0] * math.pow(1.03, 24), abs=24)
