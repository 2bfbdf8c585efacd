"""Need that differs between districts of a municipality: elderly and low incomes, by hand."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from support import Quarters, Values, both, living, params, plain, row, small, start_of

from agents.compiled.draws import normal
from agents.hub import Hub
from agents.words import Group
from sim.common.groups import compose_groups, elderly_of, more_ill, poor_of, set_local_need
from sim.place.region import Region
from sim.tables import Tables

ALIKE: Values = {"demand.local": 0.0, "demand.ses": 0.0}
ILL = [Group.DIABETES, Group.CVRM, Group.COPD, Group.GGZ]


def test_elderly_are_listed_or_drawn_or_alike() -> None:
    listed, unknown = row(Hub, old=1.4), row(Hub)
    assert both(elderly_of, listed, 0.5, params()) == 1.4
    # The middle of a lognormal with mean 1 and a coefficient of variation of .3: 1/sqrt(1.09).
    assert both(elderly_of, unknown, 0.5, params()) == pytest.approx(0.957826285, rel=1e-9)
    # One standard deviation up: e to the power .293560379 - .043088848.
    assert both(elderly_of, unknown, 0.841344746, params()) == pytest.approx(1.284631, rel=1e-6)
    for hub in (listed, unknown):
        assert both(elderly_of, hub, 0.9, params(demand_local=0.0)) == 1.0


def test_low_incomes_are_listed_or_drawn() -> None:
    assert both(poor_of, row(Hub, poor=0.55), 0.9, params()) == 0.55
    assert both(poor_of, row(Hub), 0.5, params()) == pytest.approx(0.4, rel=1e-12)
    up = 0.4 + 0.08 * plain(normal)(0.9)
    assert both(poor_of, row(Hub), 0.9, params()) == pytest.approx(up, rel=1e-12)
    # 40% less four times 20% are none, and never less than one in a hundred.
    assert both(poor_of, row(Hub), 1e-4, params(demand_ses_spread=0.2)) == 0.01
    assert both(poor_of, row(Hub), 1.0 - 1e-4, params(demand_ses_spread=0.4)) == 1.0


@pytest.mark.parametrize(
    ("poor", "ses", "factor"),
    [
        (0.4, 0.8, 1.0),  # as in the country
        (0.65, 0.8, 1.1515151515),  # 1.52/1.32
        (0.0, 0.8, 0.7575757576),  # 1/1.32
        (0.65, 0.0, 1.0),
    ],
)
def test_who_has_little_is_ill_more_often(poor: float, ses: float, factor: float) -> None:
    assert both(more_ill, poor, params(demand_ses=ses)) == pytest.approx(factor, rel=1e-9)


def two(old: tuple[float, float], poor: tuple[float, float], values: Values | None = None) -> Any:
    """Zeist with two hub areas that matter: 6,000 and 2,000 patients, in a practice each."""
    tables = Quarters(start_of(1, values={"demand.urban": 0.0, **(values or {})})).tables
    practices, hubs = tables.practices, tables.hubs
    practices["patients"] = 0
    rows = [int(np.flatnonzero(practices["hub"] == h)[0]) for h in (0, 1)]
    practices["patients"][rows] = 6000, 2000
    hubs["old"], hubs["poor"] = 0.0, 0.0
    hubs["old"][:2], hubs["poor"][:2] = old, poor
    tables.municipalities["hubs"][0] = 2
    set_local_need(tables, 0)
    for i in rows:
        compose_groups(tables, i, 1.0)
    return tables, rows


def test_listed_elderly_keep_those_of_the_municipality() -> None:
    # 6,000 * .8 + 2,000 * 1.6 = 8,000: the mean is 1 as it is.
    tables, (a, b) = two((0.8, 1.6), (0.4, 0.4))
    assert list(tables.hubs["old"][:2]) == pytest.approx([0.8, 1.6], rel=1e-12)
    # Twice as much, and it is brought back.
    doubled, _ = two((1.6, 3.2), (0.4, 0.4))
    assert list(doubled.hubs["old"][:2]) == pytest.approx([0.8, 1.6], rel=1e-12)
    # A fifth of those of 75 or over are frail: 21% * .42 * .2, of 2006.
    part = 0.21 * 0.42 * 0.2 * float(tables.groups["start"][Group.FRAIL])
    frail = tables.practices["groups"][:, Group.FRAIL]
    assert frail[a] == pytest.approx(6000 * part * 0.8, rel=1e-9)
    assert frail[b] == pytest.approx(2000 * part * 1.6, rel=1e-9)


def test_listed_incomes_make_a_municipality_more_or_less_ill() -> None:
    # 1.52/1.32 and 1.16/1.32 times as many as in the country; all four groups, and the frail.
    tables, (a, b) = two((1.0, 1.0), (0.65, 0.2))
    for i, factor in ((a, 1.52 / 1.32), (b, 1.16 / 1.32)):
        people = float(tables.practices["patients"][i])
        usual = tables.groups["prevalence"][ILL] * people
        assert tables.practices["groups"][i][ILL] == pytest.approx(usual * factor, rel=1e-9)
    frail = tables.practices["groups"][[a, b], Group.FRAIL] / np.array([6000.0, 2000.0])
    assert frail[0] / frail[1] == pytest.approx(1.52 / 1.16, rel=1e-9)


def test_drawn_incomes_keep_the_patients_of_a_municipality() -> None:
    tables, rows = two((1.0, 1.0), (0.0, 0.0))
    status = tables.hubs["status"][:2]
    assert status[0] != status[1]
    assert (6000 * status[0] + 2000 * status[1]) / 8000 == pytest.approx(1.0, rel=1e-12)
    for g in ILL:
        usual = 8000 * float(tables.groups["prevalence"][g])
        assert tables.practices["groups"][rows, g].sum() == pytest.approx(usual, rel=1e-9)


def spread(tables: Tables, g: int) -> float:
    """How far hub areas of Zeist differ in the part of their patients that is in a group."""
    practices = living(tables.practices)
    areas = np.unique(practices["hub"])
    shares = [
        practices["groups"][practices["hub"] == h, g].sum()
        / practices["patients"][practices["hub"] == h].sum()
        for h in areas
    ]  # fmt: skip
    return float(np.std(shares) / np.mean(shares))


def test_the_switches_make_areas_alike_again() -> None:
    still: Values = {"population.need_spread": 0.0}
    alike = Quarters(start_of(1, values={**still, **ALIKE})).tables
    assert set(alike.hubs["old"]) == {1.0} == set(alike.hubs["status"])
    for g in (*ILL, Group.FRAIL):
        assert spread(alike, g) < 1e-9
    old = Quarters(start_of(1, values={**still, "demand.ses": 0.0})).tables
    assert spread(old, Group.FRAIL) > 0.05 and spread(old, Group.COPD) < 1e-9
    poor = Quarters(start_of(1, values={**still, "demand.local": 0.0})).tables
    assert spread(poor, Group.COPD) > 0.01


def listing(**need: Any) -> Region:
    """Zeist with the need of its districts listed: shares by district, or None."""
    town = small(1).municipalities[0]
    parts = tuple(
        replace(d, **{name: value[k] for name, value in need.items()})
        for k, d in enumerate(town.districts)
    )
    return replace(small(1), municipalities=(replace(town, districts=parts),))


def test_what_a_region_lists_stands_in_the_start() -> None:
    count = len(small(1).municipalities[0].districts)
    old, poor = [0.0, *[0.42] * (count - 1)], [0.3, *[0.5] * (count - 1)]
    tables = start_of(listing(share_65=old, low_income=poor))
    # Of 21%; none at all is next to none, since zero stands for what nobody says.
    assert list(tables.hubs["old"]) == pytest.approx([0.001 / 0.21, *[2.0] * (count - 1)])
    assert list(tables.hubs["poor"]) == pytest.approx(poor)
    unknown = start_of(1)
    assert set(unknown.hubs["old"]) == {0.0} == set(unknown.hubs["poor"])


def test_draws_are_those_of_the_population_seed() -> None:
    def drawn(seed: int, population: int) -> list[float]:
        tables = Quarters(start_of(1), seed, population).tables
        return [*tables.hubs["old"], *tables.hubs["poor"]]

    assert drawn(1, 7) == drawn(2, 7) != drawn(1, 8)
