"""Titles of an insurer hold where it is preferred, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
import pytest
from support import Quarters, column, series_of, small, start_of, title_names_of

from agents.compiled.record import NONE
from agents.words import Kind
from sim.common.claims import count_claims
from sim.common.in_force import in_force_at, title_holds_at
from sim.errors import BadInput
from sim.place.load import load_region
from sim.place.region import Region
from sim.policy.load import load_regime
from sim.start import leading_insurer

ALIKE = {"insurer.alike": True}


@lru_cache(maxsize=1)
def two() -> Region:
    """The first four municipalities of UNICUM, one of Menzis and three of Achmea."""
    region = small(4)
    first, *others = region.municipalities
    return replace(region, municipalities=(replace(first, preferred="Menzis"), *others))


def test_a_title_holds_where_its_insurer_is_preferred() -> None:
    tables = start_of(two(), "per-insurer")
    names = title_names_of("per-insurer")
    k = {name: names.index(name) for name in names}
    for name, here, there in (
        ("menzis-regio", True, False), ("gez", False, True), ("gez-elsewhere", True, False),
        ("regiomanagement", False, True), ("s3-plus", False, False), ("ros", True, True),
    ):  # fmt: skip
        title = tables.titles[60][k[name]]
        assert [title_holds_at(tables, title, m) for m in (0, 1)] == [here, there], name
    assert [in_force_at(tables, k["gez"], m, 40) for m in (0, 1)] == [0.0, 1.0]


def test_alike_is_the_policy_of_whoever_most_people_prefer() -> None:
    region = two()
    assert leading_insurer(region) == "Achmea"
    tables = start_of(region, "per-insurer", ALIKE)
    insurer = region.insurers.index("Achmea")
    assert tables.municipalities["policy_of"].tolist() == [insurer] * 4
    assert start_of(region, "per-insurer").municipalities["policy_of"][0] != insurer


def money_elsewhere(region: Any, quarters: int) -> tuple[dict[str, int], dict[str, int]]:
    """Cents under titles of some insurers: where none of them is preferred, and in all."""
    run = Quarters(start_of(region, "per-insurer"))
    named = {k: t for k, t in enumerate(load_regime("per-insurer").titles) if t.insurers}
    elsewhere = dict.fromkeys((title.name for title in named.values()), 0)
    total = dict(elsewhere)
    for _ in range(quarters):
        tables = run.step()
        towns = {"hub": tables.hubs, "organisation": tables.organisations}
        preferred = np.array(region.insurers)[tables.municipalities["preferred"]]
        lines = run.ledger()
        for k, title in named.items():
            mine = lines[lines["title"] == k]
            rows = mine["receiver"] - tables.offsets[Kind.of(title.receiver)]
            whose = preferred[towns[title.receiver]["municipality"][rows]]
            total[title.name] += int(mine["cents"].sum())
            elsewhere[title.name] += int(mine["cents"][~np.isin(whose, title.insurers)].sum())
    return elsewhere, total


def test_money_flows_only_where_the_insurer_is_preferred() -> None:
    elsewhere, total = money_elsewhere(load_region("synthetic:40:1"), 80)
    assert set(elsewhere.values()) == {0}
    # No hub of a made country is a neighbourhood partnership, and Achmea's OWZ is not drawn in it.
    assert {name for name, cents in total.items() if cents == 0} == {"owz", "wsv"}


def test_nobody_holds_a_contract_of_another_insurer() -> None:
    run = Quarters(start_of(two(), "per-insurer"))
    names = title_names_of("per-insurer")
    region, menzis = names.index("regiomanagement"), names.index("menzis-regio")
    for _ in range(100):
        tables = run.step()
        live = tables.organisations[tables.organisations["alive"]]
        here = live["municipality"] == 0
        assert (live["contract"][here, region] == NONE).all()
        assert (live["contract"][~here, menzis] == NONE).all()


def test_claims_of_practices_and_the_ros_follow_the_place_too() -> None:
    settings = ("title.praktijkmanagement.insurers=Menzis", "title.ros.insurers=Menzis")
    run = Quarters(start_of(two(), settings=settings))
    tables = run.step(60)
    names = title_names_of("historic-nl")
    count_claims(tables, names.index("praktijkmanagement"), 0, 59)
    rows = np.flatnonzero(tables.practices["alive"])
    here = tables.practices["municipality"][rows] == 0
    claims = tables.scratch.claims[rows]
    assert (claims[here] > 0.0).all() and (claims[~here] == 0.0).all()


@pytest.mark.parametrize(("region", "regime"), [("unicum", "per-insurer"), ("two", "historic-nl")])
def test_one_policy_is_alike_already(region: str, regime: str) -> None:
    place = two() if region == "two" else small(3)
    one, other = start_of(place, regime), start_of(place, regime, ALIKE)
    assert np.array_equal(series_of(one), series_of(other), equal_nan=True)


def test_policy_per_insurer_moves_what_is_paid() -> None:
    one, other = (
        column(series_of(start_of(two(), "per-insurer", values)), "oi_per_insured")
        for values in ({}, ALIKE)
    )
    assert not np.array_equal(one, other)


def test_an_unknown_insurer_is_refused() -> None:
    with pytest.raises(BadInput, match="Did you mean 'Menzis'"):
        load_regime("historic-nl", settings=["title.gez.insurers=Menzies"])
    none = load_regime("historic-nl", settings=["title.gez.insurers=[]"])
    assert none.content() == load_regime("historic-nl").content()
