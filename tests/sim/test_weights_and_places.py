"""Two-part payment by insured and patients of weight, and housing by what it costs in a place."""

from __future__ import annotations

import numpy as np
import pytest
from desk import Y2018, Desk
from support import NONE, Quarters, plain, row, small, start_of

from agents.title import Title
from agents.words import Function, Group, Kind, PayUnit
from sim.common.cost import local_cost
from sim.common.volumes import title_volume
from sim.phases.contracts.registering import counts_patients, is_registered

ALL = [1.0] * len(Group)


def two_part(step: float) -> Title:
    made: Title = row(Title, unit=PayUnit.TWO_PART, above=100_000.0, patient_step=step, groups=ALL)
    return made


def test_a_step_by_insured_and_by_patients_of_weight() -> None:
    tables = Quarters(start_of(1)).tables
    tables.groups["inclusion"] = [0.5, 0.2, 0.4, 1.0, 1.0, 1.0]
    tables.groups["burden"] = [1.0, 0.6, 1.0, 0.5, 2.0, 0.2]
    groups = np.array([1000.0, 2000.0, 500.0, 1000.0, 300.0, 90_000.0])
    title = tables.titles[0, 0]
    title["unit"], title["above"], title["groups"] = PayUnit.TWO_PART, 100_000.0, ALL
    # 500*1 + 400*.6 + 200*1 + 1,000*.5 + 300*2 = 2,040; the 90,000 that are left count as insured.
    for step, insured, counted in (
        (0.0, 104_000, 4000.0),
        (1.5, 104_000, 4000.0 + 1.5 * 2040.0),
        # Below the base the insured do not count; patients of weight do.
        (1.0, 50_000, 2040.0),
    ):
        title["patient_step"] = step
        assert title_volume(tables, title, insured, groups, 0.0) == pytest.approx(counted)


def test_patients_of_weight_are_registered() -> None:
    assert plain(is_registered)(two_part(1.0)) and plain(counts_patients)(two_part(1.0))
    assert not plain(is_registered)(two_part(0.0))
    other = two_part(1.0)
    other.unit = PayUnit.INSURED
    assert not plain(counts_patients)(other)


def test_a_design_pays_the_same_whatever_counts() -> None:
    totals = []
    for step in (0.0, 2.0):
        desk = Desk(
            "design:bundled/practice/two-part", 3, (f"title.design-bundled.patient_step={step}",)
        )
        for unit in range(int(desk.tables.counter["units"][0])):
            desk.contract("units", unit, "design-bundled")
        desk.pay(Y2018)
        totals.append(desk.total("design-bundled"))
    assert totals[0] > 0
    assert totals[1] == pytest.approx(totals[0], rel=1e-5)


def test_housing_costs_what_it_does_in_a_place() -> None:
    tables = Quarters(start_of(3, values={"housing.local": 0.4})).tables
    tables.municipalities["housing"][:2] = [1.4, 0.6]
    whole = float((tables.functions["variable"] * tables.functions["local"]).sum())
    housing = float(tables.functions["variable"][Function.HOUSING])
    for m, factor in ((0, 1.4), (1, 0.6)):
        cost = 17.0 * 1000.0 * (whole + (factor - 1.0) * housing)
        assert local_cost(tables, 1000.0, m) == pytest.approx(cost, rel=1e-12)


def test_classes_of_urbanity_make_it() -> None:
    # 1 + .4 * (3 - class)/2: 1.4 in class 1, .6 in class 5.
    start = start_of(10, values={"housing.local": 0.4})
    found = start.municipalities["housing"].tolist()
    by_hand = [1.0 + 0.4 * (3 - m.urbanity) / 2.0 for m in small(10).municipalities]
    assert found == pytest.approx(by_hand, rel=1e-12)
    assert len(set(found)) > 1
    assert set(start_of(10, values={"housing.local": 0.0}).municipalities["housing"]) == {1.0}


def test_a_title_may_pay_housing_by_place() -> None:
    # gez: EUR 20 for 8,000, of which 5% for housing, which costs 1.4 times as much here.
    desk = Desk("historic-nl", 1, ("title.gez.housing_by_place=1",))
    desk.clear()
    desk.tables.hubs["listed"][0] = 8000
    desk.tables.municipalities["housing"][0] = 1.4
    desk.tables.municipalities["run_down"][0] = NONE
    desk.contract("hubs", 0, "gez")
    desk.pay(20)
    assert desk.cents("gez", Kind.HUB, 0) == round(4_000_000 * (1.0 + 0.05 * 0.4))
