"""Whose value of policy each rule reads: that of the insurer that it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest
from support import NONE, Quarters, same_bits, series_of, small, start_of

from agents.events import Event
from agents.words import Kind
from benchmarks.backends import BACKENDS
from benchmarks.plain.model import run_plain
from sim.engines.compiled import Recording, fresh, reset
from sim.engines.model import CareModel
from sim.measure.outcomes import NAMES
from sim.phases.contracts.benchmark import benchmark_weight, compare_costs
from sim.phases.insurers import insurer_publishes
from sim.phases.organisations.governance import body_of
from sim.place.region import Region
from sim.policy.keys import INSURERS_KEYS
from sim.tables import Tables

ALIKE = {"insurer.alike": True}
OTHER = {
    "stance": "0.4", "multidisciplinary": "1", "benchmark": "0", "base_amount": "0.5",
    "projects": "0.5", "secured": "1",
}  # fmt: skip
"""Of each value that insurers may have of their own, one that moves what comes out."""

EASY = ("title.regiomanagement.mandate=0.01", "title.regiomanagement.minimum=1")


@lru_cache(maxsize=2)
def two(m: int = 0) -> Region:
    """The first four municipalities of UNICUM: Menzis is preferred in one, Achmea in three."""
    region = small(4)
    places = list(region.municipalities)
    places[m] = replace(places[m], preferred="Menzis")
    return replace(region, municipalities=tuple(places))


def at_start(settings: Sequence[str] = ()) -> Tables:
    """Return the tables of ``two`` before the first quarter."""
    start = start_of(two(), settings=settings)
    tables = fresh(start)
    reset(tables, start, (1, 1))
    return tables


MENZIS, ACHMEA = (two().insurers.index(name) for name in ("Menzis", "Achmea"))


def test_every_value_that_insurers_may_have_is_tried_here() -> None:
    assert set(OTHER) == set(INSURERS_KEYS)


@pytest.mark.parametrize("key", INSURERS_KEYS)
def test_where_one_insurer_is_preferred_its_value_is_that_of_all(key: str) -> None:
    one, all_of_them, others = (
        series_of(start_of(10, settings=(*EASY, f"policy.{name}={OTHER[key]}")))
        for name in (f"{key}@Achmea", key, f"{key}@CZ")
    )
    none = series_of(start_of(10, settings=EASY))
    assert np.array_equal(one, all_of_them, equal_nan=True)
    # To the bit nothing where nobody prefers it, and the value itself is not without effect.
    assert np.array_equal(others, none, equal_nan=True)
    assert not np.array_equal(one, none, equal_nan=True)


@pytest.mark.parametrize("key", INSURERS_KEYS)
def test_alike_is_the_value_of_whoever_most_people_prefer(key: str) -> None:
    alike, whole, other, none = (
        series_of(start_of(two(), values=values, settings=(*EASY, *more)), last=79)
        for values, more in (
            (ALIKE, (f"policy.{key}@Achmea={OTHER[key]}",)), ({}, (f"policy.{key}={OTHER[key]}",)),
            (ALIKE, (f"policy.{key}@Menzis={OTHER[key]}",)), ({}, ()),
        )
    )  # fmt: skip
    assert np.array_equal(alike, whole, equal_nan=True)
    assert np.array_equal(other, none, equal_nan=True)


def test_policy_is_a_row_for_each_insurer_and_one_for_all_of_them_is_spread() -> None:
    tables = at_start(("policy.stance@Menzis=0.4",))
    assert tables.policy.shape == (100, len(two().insurers)) and tables.policy.flags.c_contiguous
    assert tables.policy["stance"][0, MENZIS] == 0.4 and tables.policy["stance"][0, ACHMEA] == 0.0
    alike = start_of(two(), values=ALIKE, settings=("policy.stance@Menzis=0.4",))
    assert not alike.policy["stance"][:48].any()


def test_an_insurer_publishes_by_its_own_stance() -> None:
    run = Quarters(start_of(two()))
    pressure = {}
    for own in (0.0, 0.25):
        tables = run.tables if run.tick else run.step(8)
        tables.policy["stance"][:, MENZIS] = own
        for z in (MENZIS, ACHMEA):
            tables.insurers["pressure"][z] = 0.1
            pressure[own, z] = insurer_publishes(tables, z, 8)
    assert pressure[0.25, MENZIS] == pytest.approx(pressure[0.0, MENZIS] + 0.25, rel=1e-12)
    assert pressure[0.25, ACHMEA] == pressure[0.0, ACHMEA] > 0.0


def test_the_weight_of_the_benchmark_is_that_of_the_insurer_at_the_seat() -> None:
    # Weighs for Menzis from 2016 on: the tariff of 2017 is a year and a quarter on the path.
    tables = at_start(("policy.benchmark=0", "policy.benchmark@Menzis@2016Q1=0.6"))
    assert benchmark_weight(tables, 0, 6.0, 43) == pytest.approx(0.6 * 1.25 / 3, rel=1e-12)
    assert benchmark_weight(tables, 0, 6.0, 51) == 0.6
    assert benchmark_weight(tables, 1, 6.0, 51) == 0.0


@pytest.mark.parametrize(("weight", "measured"), [("0.6", True), ("0", False)])
def test_costs_are_compared_once_the_benchmark_weighs_for_one(weight: str, measured: bool) -> None:
    settings = ("policy.benchmark=0", f"policy.benchmark@Menzis={weight}", "policy.norm=11")
    tables = at_start(settings)
    tables.counter["quarter"], tables.counter["organisations"] = 44, 1
    rooms = tables.organisations
    rooms["alive"][0], rooms["fee"][0], rooms["insured"][0] = True, 1.0, 1000
    rooms["patients"][0], rooms["municipality"][0], rooms["lead"][0] = 1000, 1, NONE
    rooms["groups"][0] = [100.0, 0.0, 0.0, 0.0, 0.0, 900.0]
    compare_costs(tables)
    # Its own insurer does not weigh it, but it is one of those who are compared.
    assert (rooms["benchmark"][0] == pytest.approx(11.0)) == measured


def test_boards_are_asked_by_the_insurer_of_the_place() -> None:
    setting = ("policy.multidisciplinary@Menzis@2018Q1=1",)
    plainly, asked = (Quarters(start_of(two(), settings=more), seed=2) for more in ((), setting))
    for run in (plainly, asked):
        run.step(49)
    one, other = plainly.tables.hubs, asked.tables.hubs
    here = one["municipality"] == 0
    assert np.array_equal(one["disciplines"][~here], other["disciplines"][~here])
    assert (other["disciplines"][here] >= one["disciplines"][here]).all()
    assert (other["disciplines"][here] > one["disciplines"][here]).any()


def test_members_see_what_the_insurer_at_the_seat_asks() -> None:
    run = Quarters(start_of(two(), settings=("policy.multidisciplinary@Menzis=0.7",)))
    tables = run.step(40)
    for m, forced in ((0, 0.7), (1, 0.0)):
        tables.organisations["municipality"][0] = m
        assert body_of(tables, 0, 60).forced == forced


@pytest.mark.parametrize("m", [0, 3])
def test_hubs_are_secured_where_the_insurer_at_the_seat_of_their_region_wants_it(m: int) -> None:
    # The one region of these four municipalities has its seat in the last.
    for name in ("Menzis", "Achmea"):
        setting = f"policy.secured@{name}@2018Q1=1"
        run = Quarters(start_of(two(m), settings=(*EASY, setting)), seed=2)
        seats = seats_of_secured(run)
        assert set(seats) <= {3}
        assert (len(seats) > 5) == ((name == "Menzis") == (m == 3))


def seats_of_secured(run: Quarters) -> list[int]:
    """Return the municipality of whoever made up for what a hub had, for each time."""
    found: list[int] = []
    for _ in range(100):
        tables = run.step()
        lines = run.events()
        givers = lines["other"][lines["what"] == Event.HUB_SECURED]
        rows = givers - int(tables.offsets[Kind.ORGANISATION])
        found += tables.organisations["municipality"][rows].tolist()
    return found


MANY = tuple(f"policy.{key}@{name}={OTHER[key]}" for key, name in zip(
    INSURERS_KEYS, ("Menzis", "Achmea", "Menzis", "Achmea", "Menzis", "Achmea"), strict=True
))  # fmt: skip


@pytest.mark.parametrize("engine", ["mesa", "python"])
def test_engines_agree_where_insurers_have_values_of_their_own(engine: str) -> None:
    quarters = 56
    start = start_of(two(), values={"hub.cost": 2.0}, ticks=quarters, settings=(*EASY, *MANY))
    whole = Quarters(start, seed=4)
    whole.step(quarters)
    model = CareModel(start, seed=4, engine=engine)
    for _ in range(quarters):
        model.step()
    if model.twin:
        model.twin.write_back(model.tables)
    assert same_bits(whole.tables, model.tables) == []


def test_plain_mesa_gives_the_same_series() -> None:
    start = start_of(two(), ticks=56, settings=(*EASY, *MANY))
    recording = Recording(0, 55, False)
    compiled = BACKENDS["compiled"](start, 3, recording)
    assert np.array_equal(compiled, run_plain(start, 3, recording, keyed=True))
    other = BACKENDS["compiled"](start_of(two(), ticks=56, settings=EASY), 3, recording)
    assert not np.array_equal(compiled, other) and compiled[:, 0, NAMES.index("hub_stage")].any()
