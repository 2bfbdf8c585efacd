"""Demand: growth and inclusion of patient groups, new chains, the frail, burden, urbanity."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from support import Quarters, Values, both, living, series_of, small, start_of

from agents.care import Chain
from agents.compiled.record import FloatArray, table_of
from agents.events import Event
from agents.sizes import CHAINS
from agents.words import Group
from sim.measure.outcomes import NAMES
from sim.phases.paths import follow_paths, part_of_way
from sim.tables import Tables

OFF: Values = {
    "demand.inclusion": False, "demand.chains": False, "demand.ggz_shift": 0.0,
    "demand.frail_anchor": False, "demand.parts": False, "demand.urban": 0.0, "demand.moves": False,
}  # fmt: skip
"""Demand as it was before."""

TOWN = 2


def after(year: int, values: Values | None = None, chains: Any = None) -> tuple[Tables, FloatArray]:
    """Follow the paths up to and with a year; return the tables and all growth since 2006."""
    tables = start_of(TOWN, values=values or {})
    tables = tables._replace(groups=tables.groups.copy())
    if chains is not None:
        tables = tables._replace(chains=chains)
    grown = np.ones(len(Group))
    for tick in range(4, 4 * (year - 2006) + 1, 4):
        follow_paths(tables, tick)
        grown = grown * tables.groups["growth"]
    return tables, grown


def test_a_way_is_gone_in_equal_steps() -> None:
    ways = [both(part_of_way, year, 2011, 2025) for year in (2006, 2011, 2018, 2025, 2030)]
    assert ways == [0.0, 0.0, 0.5, 1.0, 1.0]
    # No way at all is gone at once.
    assert [both(part_of_way, year, 2011, 2011) for year in (2011, 2012)] == [0.0, 1.0]


def test_inclusion_stands_until_2011_and_then_goes_half_the_way() -> None:
    values = {"demand.reached": 0.5, "demand.chains": False, "demand.ageing": 0.0}
    first = [0.65, 0.22, 0.40]
    assert after(2011, values)[0].groups["inclusion"][:CHAINS] == pytest.approx(first)
    # Half of half of what is missing: .35, .78 and .60 over four.
    middle = [0.7375, 0.415, 0.55]
    assert after(2018, values)[0].groups["inclusion"][:CHAINS] == pytest.approx(middle)
    tables, grown = after(2030, values)
    assert tables.groups["inclusion"][:CHAINS] == pytest.approx([0.825, 0.61, 0.70])
    assert grown[:CHAINS] == pytest.approx(1.0)
    # Others are not in programmes that grow.
    assert list(tables.groups["inclusion"][CHAINS:]) == [1.0, 1.0, 1.0]


def test_a_new_chain_joins_the_group_that_serves_it() -> None:
    # Asthma alone: of .03 a quarter, over .024 with COPD: .3125 joined by 2025;
    values = {
        "demand.inclusion": False, "population.chain_growth": 0.0, "chain.dementia.inclusion": 0.0,
    }  # fmt: skip
    tables, grown = after(2025, values)
    assert grown[Group.COPD] == pytest.approx(1.3125)
    assert tables.groups["inclusion"][Group.COPD] == pytest.approx((0.40 + 0.3125) / 1.3125)
    assert list(grown[: Group.COPD]) == [1.0, 1.0]
    assert after(2014, values)[1][Group.COPD] == 1.0
    assert after(2015, values)[1][Group.COPD] == pytest.approx(1.0 + 0.3125 / 11.0)


def test_there_may_be_any_number_of_chains() -> None:
    chains = table_of(Chain, 5)
    for n in range(5):
        chains[n] = (Group.DIABETES, 0.011 * (n + 1), 2010 + n, 2020, 0.5)
    # .011 * (1 + 2 + 3 + 4 + 5) * .5 = .0825 over .055.
    values = {"demand.inclusion": False, "population.chain_growth": 0.0}
    assert after(2020, values, chains)[1][Group.DIABETES] == pytest.approx(2.5)
    none = after(2020, values, table_of(Chain, 0))
    assert list(none[1][:CHAINS]) == [1.0, 1.0, 1.0]


def test_ggz_and_the_frail_grow_as_s1_says() -> None:
    _, before = after(2011)
    _, grown = after(2025)
    people = 1.0055**14
    assert before[Group.GGZ] == 1.0
    # F017: 150 to 210M beside demography, 140 to 210M with it.
    assert grown[Group.GGZ] == pytest.approx(1.4)
    assert grown[Group.GGZ] * people == pytest.approx(1.5, rel=0.02)
    # F018: 1.5 in all, growth of the insured included.
    frail = grown[Group.FRAIL] / before[Group.FRAIL]
    assert frail * people == pytest.approx(1.029**14)


def at(values: FloatArray, year: int, name: str) -> float:
    return float(values[4 * (year - 2006) + 3, 0, NAMES.index(name)])


def patients(values: FloatArray, year: int, name: str) -> float:
    return at(values, year, name) * at(values, year, "insured")


@pytest.mark.parametrize("name, values, ratio", [
    ("chain_patients_per_1000", {
        "demand.chains": False, "demand.ageing": 0.0, "population.growth": 0.0}, 1.9),  # F015
    ("chain_patients_per_1000", {}, 2.4),  # F016
    ("ggz_patients_per_1000", {"demand.ggz_shift": 0.0}, 1.07),  # F017
    ("ggz_patients_per_1000", {}, 1.5),  # F017
    ("frail_per_1000", {}, 1.5),  # F018
])  # fmt: skip
def test_patients_grow_from_2011_to_2025_as_the_sources_say(
    name: str, values: Values, ratio: float
) -> None:
    # Practices open and close meanwhile: no growth leaks away.
    grown = series_of(start_of(4, values=values), 1)
    assert patients(grown, 2025, name) / patients(grown, 2011, name) == pytest.approx(
        ratio, rel=0.02
    )


def test_as_many_are_frail_in_2022_as_age_says() -> None:
    region = small(4)
    people = sum(m.population for m in region.municipalities)
    elderly = sum(m.population * m.share_65 for m in region.municipalities) / people
    drawn = [at(series_of(start_of(4), seed), 2022, "frail_per_1000") for seed in range(1, 9)]
    assert np.mean(drawn) == pytest.approx(1000.0 * 0.2 * 0.42 * elderly, rel=0.05)
    late = [at(series_of(start_of(4, values=OFF), s), 2022, "frail_per_1000") for s in (1, 2)]
    assert min(late) > 1.3 * np.mean(drawn)


def test_burden_falls_as_the_parts_of_needed_support() -> None:
    # EUR M of F030-F033: chains 125, GGZ 30, frail 27.5, local cooperation, for all, 247.5.
    tables, grown = after(2011)
    weight = tables.groups["burden"]
    share = tables.groups["prevalence"][:-1] * grown[:-1]
    share[Group.FRAIL] = 0.2 * 0.42 * 0.2 * tables.groups["start"][Group.FRAIL]
    share[Group.FRAIL] *= grown[Group.FRAIL]
    more = share * (weight[:-1] - weight[Group.OTHER])
    parts = np.array([more[:CHAINS].sum(), more[Group.GGZ], more[Group.FRAIL], weight[Group.OTHER]])
    assert parts / parts.sum() == pytest.approx(
        np.array([125.0, 30.0, 27.5, 247.5]) / 430.0, abs=0.01
    )


def test_burden_as_it_was() -> None:
    groups = start_of(TOWN, values={"demand.parts": False}).groups
    assert list(groups["burden"]) == [1.0, 0.6, 1.0, 0.8, 2.0, 0.15]


def test_ggz_follows_urbanity() -> None:
    place = small(1)
    share = {}
    for urbanity in (1, 3, 5):
        town = replace(place, municipalities=(replace(place.municipalities[0], urbanity=urbanity),))
        practices = living(Quarters(start_of(town)).tables.practices)
        share[urbanity] = practices["groups"][:, Group.GGZ].sum() / practices["patients"].sum()
    assert share[1] / share[3] == pytest.approx(1.2)
    assert share[5] / share[3] == pytest.approx(0.8)


@pytest.mark.parametrize("moves", [True, False])
def test_patients_take_their_condition_to_a_new_practice(moves: bool) -> None:
    # Nobody else changes anything, and groups do not grow: what moves is kept, or drawn anew.
    still = {
        **OFF, "demand.moves": moves, "population.chain_growth": 0.0, "population.growth": 0.0,
        "population.frail_growth": 0.0, "population.open": 0.3,
    }  # fmt: skip
    run = Quarters(start_of(TOWN, values=still))
    before = living(run.tables.practices)["groups"].sum(axis=0)
    count = len(living(run.tables.practices))
    run.step(33)
    practices = living(run.tables.practices)
    assert len(practices) > count
    kept = bool(np.allclose(practices["groups"].sum(axis=0), before, rtol=1e-9))
    assert kept == moves
    for i in np.flatnonzero(practices["opened"]):
        assert practices["groups"][i].sum() == pytest.approx(practices["patients"][i])


def test_demand_is_as_it_was_without_any_of_it() -> None:
    tables, grown = after(2020, OFF)
    groups = tables.groups
    assert list(groups["growth"]) == [1.02, 1.02, 1.02, 1.0, 1.029, 1.0]
    assert list(groups["inclusion"]) == [0.65, 0.22, 0.40, 1.0, 1.0, 1.0]
    assert list(groups["start"]) == [1.0] * len(Group)
    assert list(tables.municipalities["ggz"]) == [1.0] * TOWN
    assert grown[Group.CVRM] == pytest.approx(1.02**14)


def test_programmes_are_widened_in_the_first_year_of_a_chain() -> None:
    run = Quarters(start_of(4, values={"chain.asthma.group": 0, "chain.dementia.group": 0}))
    years = []
    for _ in range(48):
        run.step()
        events = run.events()
        wider = events[events["what"] == Event.PROGRAMME_WIDENED]
        if len(wider):
            bodies = living(run.tables.organisations)
            assert len(wider) == int((bodies["programmes"][:, 0] == 1).sum())
            years.append(2006 + (run.tick - 1) // 4)
    assert years == [2015, 2016]


def test_every_run_starts_from_the_groups_of_2006() -> None:
    start = start_of(2)
    first = series_of(start, 1)
    assert series_of(start, 1).tobytes() == first.tobytes()
    assert list(start.groups["growth"]) == [1.0] * len(Group)
