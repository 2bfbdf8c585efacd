"""How large organisations become in a toy setting, against known results.

Equal lists, no chain margin, no tastes, one tariff per insured, flat links.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
import pytest
from support import NONE, Quarters, Values, living, small, start_of

from sim.common.membership import count_members
from sim.common.worth import gain_of, worth_at
from sim.phases.organisations.mergers import reorganise
from sim.place.region import District, Region
from sim.tables import Tables

SIZE, LIST, BEST = 400, 3403, 80
FARE = 6.6  # EUR per insured that the title pays
# One more member brings FARE * LIST and costs n links: best where that is just below 80.
LINK = FARE * LIST / 79.5
TOY: Values = {
    "population.growth": 0.0, "population.open": 0.0, "population.close": 0.0,
    "population.merge": 0.0, "population.grow": 0.0, "population.solo": 1.0,
    "population.list_spread": 0.0, "population.need_spread": 0.0,
    "choice.taste": 0.0, "choice.noise": 0.0, "choice.distance": 0.0, "choice.conformity": 0.0,
    "choice.trust": 0.0, "choice.autonomy": 0.0, "choice.pressure": 0.0, "choice.vision": 500.0,
    "choice.switching": 0.01, "choice.review": 1.0, "choice.quality": 0.0, "choice.place": 0.0,
    "choice.consider": 1.0, "choice.autonomy_spread": 0.0, "choice.member_hours": 0.0,
    "engagement.floor": 1.0, "transaction.on": False, "coordination.structure": 0,
    "coordination.link": LINK, "coordination.municipality": 0.0, "coordination.mixed": 0.0,
    "coordination.distance": 0.0, "supply.spread": 0.02, "supply.fixed": 1e6,
    "supply.capacity": 1e9, "supply.variable": 1e-6, "supply.drift": 0.0,
    "organisation.found": 1.0, "organisation.found_distance": 0.01, "organisation.minimum": 0,
    "organisation.subregions": False, "organisation.lead": -20.0,
    "merge.on": False, "merge.absorb": False, "merge.split": False, "merge.hap": False,
    "merge.vision": 500.0,
    # Plans of one's own cost work as members do not: nobody writes one.
    "plan.own": False,
    # Cost that falls as support is renewed would move the best size.
    "innovation.saves": 0.0,
}  # fmt: skip


@lru_cache(maxsize=1)
def toy_region() -> Region:
    """One municipality of 400 equal practices in 8 hub areas, a few km across."""
    town = small(1).municipalities[0]
    people = SIZE * LIST
    districts = tuple(
        District(f"D{d}", people // 8, 0.1 * (d % 4), 0.1 * (d // 4), 0.05) for d in range(8)
    )
    town = replace(town, population=people, districts=districts, hubs=())
    return replace(small(1), municipalities=(town,), neighbours=())


def toy(**more: Any) -> Quarters:
    settings = [
        *(f"title.design-bundled.{k}" for k in ("mandate=0", "minimum=0", "contiguous=false",
                                                "regioplan=false", "legal_person=false")),
        "title.keten-zorg.margin=0",
        "policy.macro=10000",
    ]  # fmt: skip
    values = {**TOY, **{name.replace("__", "."): value for name, value in more.items()}}
    regime = "design:bundled/organisation/insured"
    start = start_of(toy_region(), regime, values, settings=settings, switch="2006Q1")
    return Quarters(start, seed=1)


def sizes(tables: Tables) -> list[int]:
    found = living(tables.organisations)["members"]
    return sorted((int(n) for n in found if n > 0), reverse=True)


def test_the_toy_is_best_at_eighty() -> None:
    run = toy()
    run.step(40)
    tables = run.tables
    o = int(np.flatnonzero(tables.organisations["alive"])[0])
    worth = [worth_at(tables, o, n, float(n * LIST), FARE) for n in range(1, 200)]
    assert 1 + int(np.argmax(worth)) == BEST and max(worth) < tables.params["choice_relief"][0]


def test_open_entry_ends_in_one_organisation_far_above_the_best_size() -> None:
    run = toy()
    assert sizes(run.step(100)) == [SIZE]


def test_host_consent_ends_in_five_of_eighty() -> None:
    run = toy(organisation__admission=1)
    assert sizes(run.step(100)) == [BEST] * 5


def test_where_only_groups_may_leave_nobody_moves_house() -> None:
    run = toy(organisation__exit=1, organisation__found=0.3)
    run.step(24)
    before = run.tables.practices["organisation"].copy()
    run.step(40)
    member = before != NONE
    assert member.any()
    assert (run.tables.practices["organisation"][member] == before[member]).all()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_bilateral_mergers_from_solo_average_about_the_best_size(seed: int) -> None:
    run = toy(decide__practice=False, merge__on=True, merge__review=1.0, merge__base=20.0)
    run.step(4)
    tables = run.tables
    # Every practice an organisation of its own: what founding never makes is made by hand.
    rooms = tables.organisations
    assert len(rooms) >= 200
    count = min(len(rooms), SIZE)
    tables.counter["organisations"][0] = count
    tables.counter["seed"][0] = seed
    rooms["alive"][:count], rooms["id"][:count] = True, np.arange(count) + 1
    rooms["lead"][:count] = NONE
    rooms["level"][:count] = rooms["cost_factor"][:count] = 1.0
    rooms["contract"][:count], rooms["agreed"][:count] = NONE, NONE
    tables.practices["organisation"][:] = NONE
    tables.practices["organisation"][:count] = np.arange(count)
    tables.practices["alive"][count:] = False
    tables.practices["patients"][:count] = LIST
    rooms["yearly"][:count] = FARE * LIST
    count_members(tables)
    for year in range(60):
        tables.counter["event_lines"][0] = tables.counter["ledger_lines"][0] = 0
        reorganise(tables, 4 * year + 3)
    alive = np.flatnonzero(rooms["alive"])
    found = rooms["members"][alive]
    assert found.sum() == count
    # No two are left who would both gain, and nobody is larger than two equal halves make it:
    # halves of m gain while m < (79.5 + .5) / 1.5 = 53.3, so 106 at most.
    for a in alive:
        for b in alive:
            if a < b:
                gain_a, gain_b, _ = gain_of(tables, int(a), int(b), 43)
                assert gain_a <= 0.0 or gain_b <= 0.0
    assert found.max() <= 106
    # As in the known result for equal-cost mergers: none above sqrt(2) times the best size, at
    # most one below it divided by sqrt(2), and the mean between the two.
    assert found.max() <= math.sqrt(2) * BEST
    assert (found < BEST / math.sqrt(2)).sum() <= 1
    assert BEST / math.sqrt(2) <= found.mean() <= math.sqrt(2) * BEST
