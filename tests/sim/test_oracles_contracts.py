"""Known answers on areas, eligibility and contracts (model.md, 7)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from areas import area_tables, region_title
from support import Quarters, both, column, row, series_of, small, start_of

from agents.compiled.record import NONE
from agents.events import Cause
from agents.organisation.regio_organisatie import RegioOrganisatie
from agents.words import Kind
from sim.measure.outcomes import NAMES
from sim.phases.contracts.areas import measure_areas
from sim.phases.contracts.contracts import meet_conditions
from sim.policy.load import load_regime

# Areas and eligibility (model f)


@pytest.mark.parametrize(
    ("held", "whole"),
    [
        # Borders of UNICUM (region.toml): Zeist 0 - De Bilt 1; Lopik 8 touches IJsselstein 7
        # and Vijfheerenlanden 9 only.
        ({0, 1}, True),
        ({0}, True),
        ({0, 8}, False),
        ({1, 4}, False),
        ({1, 0, 3, 4}, True),
        ({0, 1, 7, 8, 9}, False),
        (set(range(10)), True),
    ],
)
def test_an_area_is_contiguous_or_not(held: set[int], whole: bool) -> None:
    borders = set(small(10).neighbours)
    assert (0, 1) in borders and {b for p in borders if 8 in p for b in p} == {7, 8, 9}
    tables = area_tables(dict.fromkeys(held, 0))
    measure_areas(tables, 0)
    organisation = tables.organisations[0]
    assert organisation["held"] == len(held)
    assert bool(organisation["contiguous"]) is whole
    people = sum(int(tables.municipalities["population"][m]) for m in held)
    assert organisation["area_insured"] == people
    assert organisation["area_mandated"] == organisation["area_practices"] > 0


def test_a_municipality_is_held_by_whoever_has_half_of_its_practices() -> None:
    tables = area_tables({})
    here = np.flatnonzero(tables.practices["municipality"] == 0)
    here = here[tables.practices["alive"][here]]
    half = -(-len(here) // 2)
    tables.practices["organisation"][here[: half - 1]] = 1
    measure_areas(tables, 0)
    assert tables.municipalities["lead"][0] == NONE
    tables.practices["organisation"][here[:half]] = 1
    measure_areas(tables, 0)
    assert tables.municipalities["lead"][0] == 1
    assert tables.organisations["area_practices"][1] == len(here)
    assert tables.organisations["area_mandated"][1] == 0
    # An ally's practices count for the lead.
    tables.organisations["lead"][1] = 2
    measure_areas(tables, 0)
    assert tables.municipalities["lead"][0] == 2 and tables.organisations["held"][1] == 0


ELIGIBLE = {
    "area_practices": 50, "area_mandated": 40, "area_insured": 100_000,
    "area_mandated_insured": 90_000, "contiguous": True, "regioplan": True,
    "legal": 1,
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        ({}, Cause.NONE),  # 40 of 50 is 80%, and 100,000 is enough: both bounds included
        ({"area_mandated": 39}, Cause.MANDATE),
        ({"area_insured": 99_999}, Cause.AREA),
        ({"contiguous": False}, Cause.CONTIGUITY),
        ({"legal": 0}, Cause.FORM),
        ({"regioplan": False}, Cause.PLAN),
        ({"area_mandated_insured": 0}, Cause.NONE),  # the mandate is of practices
    ],
)
def test_each_condition_of_the_region_titles_alone(change: dict[str, Any], cause: int) -> None:
    organisation = row(RegioOrganisatie, **{**ELIGIBLE, **change})
    assert both(meet_conditions, organisation, region_title()) == cause


def test_a_network_becomes_a_legal_person_only_where_payers_ask_for_one() -> None:
    for asked in (True, False):
        settings = [] if asked else [
            f"title.{name}.legal_person=false"
            for name in (
                "keten-dbc", "regiomanagement", "wijkmanagement", "ondersteuning-ketenzorg"
            )
        ]  # fmt: skip
        quarters = Quarters(start_of(4, settings=settings), seed=3)
        quarters.step(20)
        tables = quarters.step(80)
        found = tables.organisations[tables.organisations["alive"]]
        assert len(found) > 0
        assert bool((found["legal"] > 0).any()) is asked
        chain = load_regime("historic-nl").names().index("keten-dbc")
        held = found["contract"][:, chain] != NONE
        assert not (held & (found["legal"] == 0)).any() or not asked
    never = series_of(start_of(4, values={"organisation.incorporate": 0.0}), 3)
    assert never[-1, 0, NAMES.index("eligible_share")] == 0.0


def test_a_mandate_of_inhabitants_or_of_both() -> None:
    title = region_title()
    for mandate_of, practices, insured, cause in (
        (1, 0, 80_000, Cause.NONE), (1, 50, 79_999, Cause.MANDATE),
        (2, 40, 80_000, Cause.NONE), (2, 39, 80_000, Cause.MANDATE), (2, 40, 79_999, Cause.MANDATE),
    ):  # fmt: skip
        title.mandate_of = mandate_of
        organisation = row(
            RegioOrganisatie,
            **{**ELIGIBLE, "area_mandated": practices, "area_mandated_insured": insured},
        )
        assert both(meet_conditions, organisation, title) == cause, (mandate_of, practices, insured)


# Contracts (model i): counts are identities


def alone(followers: bool) -> dict[str, float | int | bool]:
    """Own terms worth nothing, or more than any contract costs."""
    return {"insurer.own_terms": 0.0 if followers else 1000.0}


def contracts_with_insurers(regime: str, followers: bool) -> tuple[Any, int]:
    # Units as drawn: one that was formed this quarter has its contracts from the next on.
    values = {**alone(followers), "decide.unit": False}
    quarters = Quarters(start_of(2, regime, values, switch="2010Q1"), seed=1)
    quarters.step(44)
    tables = quarters.tables
    involved = 1
    if not followers:
        # Market shares of UNICUM are positive for this many insurers.
        involved = int((tables.municipalities["shares"][0] > 0).sum())
        assert involved > 1
    return tables, involved


@pytest.mark.parametrize("followers", [True, False])
@pytest.mark.parametrize(("bundling", "titles"), [("bundled", 1), ("component", 7)])
def test_contracts_via_units(bundling: str, titles: int, followers: bool) -> None:
    # Bundled: every unit contracts once with each insurer, I*U; per component K = 7 times as
    # many, I*U*K. With suppliers one for each that it buys from (itself it needs no contract with).
    tables, involved = contracts_with_insurers(f"design:{bundling}/practice/insured", followers)
    units = tables.units[tables.units["alive"]]
    assert len(units) > 3
    assert (units["contracts"] == titles * involved).all()
    for unit in units:
        row = int(np.flatnonzero(tables.units["id"] == unit["id"])[0])
        mine = int(tables.offsets[Kind.UNIT]) + row
        chair = tables.practices[unit["chair"]]
        bought = {int(s) for s in chair["supplier"]} - {mine, NONE}
        assert unit["supplies"] == len(bought)


def test_without_supply_contracts_for_all_units_have_one_per_function_they_buy() -> None:
    for bundling in ("bundled", "component"):
        start = start_of(
            2, f"design:{bundling}/practice/insured",
            {"transaction.supply": False, "decide.unit": False}, switch="2010Q1",
        )  # fmt: skip
        tables = Quarters(start, seed=1).step(44)
        assert not tables.practices["supplies"].any() and not tables.organisations["supplies"].any()
        for u in np.flatnonzero(tables.units["alive"]):
            mine = int(tables.offsets[Kind.UNIT]) + int(u)
            chair = tables.practices[tables.units["chair"][u]]
            bought = sum(int(chair["supplier"][f]) not in (mine, NONE) for f in range(7))
            assert tables.units["supplies"][u] == (bought if bundling == "component" else 0)


@pytest.mark.parametrize("followers", [True, False])
@pytest.mark.parametrize(("bundling", "titles"), [("bundled", 1), ("component", 7)])
def test_contracts_via_the_organisation(bundling: str, titles: int, followers: bool) -> None:
    # I*O bundled, I*O*K per component. Conditions are lifted so that every organisation holds.
    names = ["bundled"] if bundling == "bundled" else [
        "ict", "operations", "quality", "innovation", "care-management", "agreements", "housing"
    ]  # fmt: skip
    settings = [
        f"title.design-{name}.{key}"
        for name in names
        for key in (
            "mandate=0",
            "minimum=0",
            "contiguous=false",
            "regioplan=false",
            "legal_person=false",
        )
    ]
    start = start_of(
        2, f"design:{bundling}/organisation/insured", alone(followers),
        settings=settings, switch="2010Q1",
    )  # fmt: skip
    for seed in range(1, 30):
        quarters = Quarters(start, seed=seed)
        tables = quarters.step(44)
        found = tables.organisations[tables.organisations["alive"]]
        found = found[found["founded"] < 35]
        if len(found):
            break
    involved = 1 if followers else int((tables.municipalities["shares"][0] > 0).sum())
    assert len(found) > 0
    assert (found["contracts"] == titles * involved).all()


def test_memberships_are_contracts() -> None:
    # "+ n": one per member, in the regime of today.
    start = start_of(4)
    for seed in range(1, 20):
        quarters = Quarters(start, seed=seed)
        tables = quarters.step(40)
        practices = tables.practices[tables.practices["alive"]]
        members = int((practices["organisation"] != NONE).sum())
        if members:
            break
    assert members > 0
    bodies = tables.organisations[tables.organisations["members"] > 0]
    held = bodies["contracts"].sum() + bodies["supplies"].sum()
    held += tables.hubs["contracts"].sum() + tables.hubs["supplies"].sum()
    held += practices["supplies"].sum()
    series = series_of(start, seed=seed, last=39)
    assert column(series, "contracts")[-1] == pytest.approx(float(held) + members, rel=1e-12)
