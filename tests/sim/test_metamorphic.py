"""What must not matter does not: order of rows, strangers far away, units, recording."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from support import (
    HUGE_MACRO,
    NONE,
    TICKS,
    Quarters,
    Values,
    both,
    living,
    params,
    row,
    small,
    start_of,
)

from agents.organisation.regio_organisatie import RegioOrganisatie, bargain_fee
from agents.practice import Contact, Practice, expect_money, value_membership
from agents.unit import value_supplier
from agents.words import Kind
from sim.engines.compiled import Recording, run
from sim.measure.measuring import measure, measure_all
from sim.measure.outcomes import NAMES
from sim.measure.practices import EVERYWHERE
from sim.place.load import load_region
from sim.place.region import Region

# Fields that hold rows of tables or parties: the number of a row says nothing by itself.
ROWS = {
    "practices": {"municipality", "hub", "unit", "next_in_hub", "organisation", "main",
                  "next_member", "counterpart", "supplier", "trust", "chain", "centre"},
    "hubs": {"municipality", "first", "agreement", "employer", "umbrella"},
    "organisations": {"founder", "municipality", "first", "lead", "by_insurer", "bought"},
    "municipalities": {"preferred", "ros", "shares", "neighbours", "first_hub", "lead",
                       "partners", "horizon"},
}  # fmt: skip
NAMED = {
    "practices": {"organisation": "organisations", "hub": "hubs", "centre": "hubs"},
    "hubs": {
        "agreement": "organisations",
        "employer": "organisations",
        "umbrella": "organisations",
    },
}  # such rows that are compared by the id of whom they point to


def by_id(table: NDArray[Any]) -> NDArray[Any]:
    """Rows of those alive, in the order of their ids."""
    used: NDArray[Any] = table[table["alive"]]
    return used[np.argsort(used["id"], kind="stable")]


def names_of(tables: Any, kind: str, rows: NDArray[Any]) -> NDArray[Any]:
    """Ids of the agents in these rows; NONE stays."""
    ids = getattr(tables, kind)["id"]
    return np.array([NONE if r == NONE else ids[r] for r in rows])


def sellers_of(tables: Any, rows: NDArray[Any]) -> list[list[int]]:
    """Ids of the entrants that these organisations buy each function from; NONE stays."""
    first = int(tables.offsets[Kind.ORGANISATION])
    ids = tables.organisations["id"]
    return [[NONE if p == NONE else int(ids[p - first]) for p in r["bought"]] for r in rows]


def compare(one: Any, other: Any, inside: set[int] | None = None, close: float = 0.0) -> list[str]:
    """Fields in which agents of two runs differ, matched by id (municipalities in ``inside``)."""
    out = []
    for kind in ("municipalities", "hubs", "practices", "organisations"):
        a, b = by_id(getattr(one, kind)), by_id(getattr(other, kind))
        if inside is not None:
            if kind == "municipalities":
                b = b[np.isin(b["id"], list(inside))]
            else:
                b = b[np.isin(other.municipalities["id"][b["municipality"]], list(inside))]
        if a["id"].tolist() != b["id"].tolist():
            out.append(f"{kind}.id")
            continue
        for field in a.dtype.names or ():
            if field in ROWS[kind]:
                continue
            same = a[field] == b[field]
            if close and a[field].dtype.kind == "f":
                scale = np.maximum(1.0, np.abs(a[field]))
                # An account without its purse, and what a purse lost: as exact as these.
                if field in ("reserves", "set_aside"):
                    scale = np.maximum(scale, np.abs(a["purse"]))
                # What is kept of income: a small difference of two amounts that are as exact as it.
                if kind == "organisations" and field == "gain":
                    scale = np.maximum(scale, np.abs(a["revenue"]))
                same = np.abs(a[field] - b[field]) <= close * scale
            if not np.all(same):
                out.append(f"{kind}.{field}")
        if kind == "organisations" and sellers_of(one, a) != sellers_of(other, b):
            out.append("organisations.bought")
        for field, table in NAMED.get(kind, {}).items():
            mine, theirs = (names_of(t, table, r[field]) for t, r in ((one, a), (other, b)))
            if mine.tolist() != theirs.tolist():
                out.append(f"{kind}.{field}")
    return out


# A region far away


def far_away(region: Region) -> Region:
    """A second region beyond the horizon, with an insurer and people of its own."""
    strangers = load_region("synthetic:7:3")
    count = len(region.municipalities)
    names = (*region.insurers, "Stranger")
    nobody = (0.0,) * len(region.insurers)
    moved = tuple(
        replace(m, code=f"GM{9000 + i}", x=m.x + 5000.0, preferred="Stranger",
                shares=(*nobody, 1.0),
                districts=tuple(replace(d, x=d.x + 5000.0) for d in m.districts))
        for i, m in enumerate(strangers.municipalities)
    )  # fmt: skip
    near = tuple(replace(m, shares=(*m.shares, 0.0)) for m in region.municipalities)
    borders = tuple((a + count, b + count) for a, b in strangers.neighbours)
    return replace(
        region, municipalities=near + moved, insurers=names, neighbours=region.neighbours + borders
    )


@pytest.mark.parametrize("seed", [1, 2])
def test_a_region_beyond_the_horizon_changes_nobody(seed: int) -> None:
    # Twenty municipalities share a ROS: a first region of exactly twenty has its own.
    region = load_region("synthetic:20:5")
    # Norms that the country shares are off: the macro budget and the benchmark.
    apart = (HUGE_MACRO, "policy.benchmark=0")
    quarters = Quarters(start_of(region, settings=apart), seed=seed)
    others = Quarters(start_of(far_away(region), settings=apart), seed=seed)
    inside = {int(i) for i in quarters.tables.municipalities["id"]}
    assert len(inside) == 20
    for _ in range(20):
        quarters.step(5)
        others.step(5)
        assert compare(quarters.tables, others.tables, inside) == [], quarters.tick
    # There was something to compare, on both sides.
    assert by_id(quarters.tables.organisations).size > 1
    assert by_id(others.tables.organisations).size > by_id(quarters.tables.organisations).size


# Rows in another order


def shuffled(region: Region, order: Sequence[int]) -> Region:
    """The same region with its municipalities in another order."""
    place = {old: new for new, old in enumerate(order)}
    borders = sorted(
        (min(place[a], place[b]), max(place[a], place[b])) for a, b in region.neighbours
    )
    return replace(
        region,
        municipalities=tuple(region.municipalities[i] for i in order),
        neighbours=tuple(borders),
    )


ORDER = [3, 7, 0, 9, 5, 1, 8, 2, 6, 4]
FIRST = {"municipalities": 2, "practices": 4, "units": 5, "hubs": 6, "organisations": 7}


def cents_of(tables: Any) -> dict[str, list[tuple[int, ...]]]:
    """Id, balance, inflow and outflow in cents of every living party."""
    out = {}
    for kind, code in FIRST.items():
        table = getattr(tables, kind)
        rows = np.flatnonzero(table["alive"])
        accounts = tables.accounts[tables.offsets[code] + rows]
        money = zip(
            table["id"][rows], accounts["balance"], accounts["inflow"], accounts["outflow"],
            strict=True,
        )  # fmt: skip
        out[kind] = sorted(tuple(int(n) for n in line) for line in money)
    return out


def in_two_orders(regime: str, seed: int, values: Values | None = None) -> int:
    """Compare a run with one whose municipalities come in another order, quarter by quarter.

    Returns how many organisations are alive at the end.
    """
    one = Quarters(start_of(10, regime, values), seed=seed)
    other = Quarters(start_of(shuffled(small(10), ORDER), regime, values), seed=seed)
    rows = np.zeros(len(one.tables.practices), np.int64)
    for _ in range(TICKS):
        one.step()
        other.step()
        # Sums over agents run in another order: floats agree to rounding, the rest to the bit.
        assert compare(one.tables, other.tables, close=1e-12) == [], one.tick
        mine, theirs = cents_of(one.tables), cents_of(other.tables)
        assert [k for k in mine if mine[k] != theirs[k]] == [], one.tick
        out = np.zeros((2, len(NAMES)))
        measure(one.tables, EVERYWHERE, one.tick - 1, rows, out[0])
        measure(other.tables, EVERYWHERE, other.tick - 1, rows, out[1])
        far = np.abs(out[0] - out[1]) > 1e-12 * np.maximum(1.0, np.abs(out[0]))
        assert [NAMES[c] for c in np.flatnonzero(far)] == [], one.tick
    return int(living(one.tables.organisations).size)


@pytest.mark.parametrize("regime", ["historic-nl", "design:component/practice/act"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_municipalities_does_not_matter(regime: str, seed: int) -> None:
    assert in_two_orders(regime, seed) > 0


@pytest.mark.parametrize("seed", [2, 4])
def test_the_order_does_not_matter_where_many_found_in_one_quarter(seed: int) -> None:
    # With seed 4 bodies that may do functions for each other decide in one quarter.
    assert in_two_orders("historic-nl", seed, {"organisation.found": 1.0}) > 0


def test_closed_doors_do_not_depend_on_the_order() -> None:
    assert in_two_orders("historic-nl", 1, {"organisation.admission": 1}) > 0


def test_alliances_do_not_depend_on_the_order() -> None:
    # Founding depends on nobody (its distance is tiny), so that only the choice of a lead is left.
    values = {
        "organisation.found": 0.5, "organisation.found_distance": 0.01, "organisation.minimum": 0,
        "organisation.lead": 5.0,
    }  # fmt: skip
    led = False
    for seed in (1, 2, 3):
        one = Quarters(start_of(10, values=values), seed=seed)
        other = Quarters(start_of(shuffled(small(10), ORDER), values=values), seed=seed)
        one.step(44)
        other.step(44)
        for _ in range(8):
            one.step(4)
            other.step(4)
            leads = []
            for tables in (one.tables, other.tables):
                rows = by_id(tables.organisations)
                found = names_of(tables, "organisations", rows["lead"])
                leads.append(dict(zip(rows["id"].tolist(), found.tolist(), strict=True)))
            assert leads[0] == leads[1], (seed, one.tick)
            led = led or any(lead != NONE for lead in leads[0].values())
    assert led


# Units of money


@pytest.mark.parametrize("power", [-3, -1, 1, 5])
def test_money_in_other_coins(power: int) -> None:
    # All amounts in a currency 2**k times smaller, and the weight per 1,000 of it 2**k times
    # lighter: the same utilities to the bit, as powers of two only move the exponent.
    coin = 2.0**power
    practice = row(Practice, patients=2717, autonomy=0.37, x=1.1, y=2.3)
    cells: dict[str, Any] = {
        "quality": 0.61,
        "engagement": 0.43,
        "say": 0.2,
        "x": 5.0,
        "coherence": 0.9,
    }
    organisation = row(RegioOrganisatie, margin=3.1, legacy=2.7, **cells)
    scaled = row(RegioOrganisatie, margin=3.1 * coin, legacy=2.7 * coin, **cells)
    here = params()
    there = params(
        choice_money=here.choice_money / coin,
        choice_relief=here.choice_relief * coin,
        supply_wage=here.supply_wage * coin,
        contract_value=here.contract_value * coin,
    )
    contact = Contact(
        trust=0.61, taste=0.2, neighbours=0.3, pressure=0.4, switching=1.0, crisis=0.0
    )
    assert both(value_membership, practice, organisation, contact, here) == both(
        value_membership, practice, scaled, contact, there
    )
    assert both(expect_money, practice, scaled, there) == coin * both(
        expect_money, practice, organisation, here
    )
    assert both(bargain_fee, scaled, there) == coin * both(bargain_fee, organisation, here)
    assert both(value_supplier, 0.7, 0.4, 3.0, 12345.6 * coin, there) == both(
        value_supplier, 0.7, 0.4, 3.0, 12345.6, here
    )


# Recording, and packages that change nothing


def test_recording_more_changes_nothing() -> None:
    start = start_of(3)
    everything = run(start, (5, 6), Recording(0, 99, True))
    late = run(start, (5, 6), Recording(90, 99, False))
    assert late[:, 0].tobytes() == everything[90:, 0].tobytes()
    quarters = Quarters(start, 5, 6)
    quarters.step(TICKS)
    measured = Quarters(start, 5, 6)
    rows = np.zeros(len(start.practices), np.int64)
    for tick in range(TICKS):
        measured.step()
        measure_all(measured.tables, tick, rows, np.zeros((4, len(NAMES))))
    assert compare(quarters.tables, measured.tables) == []
    assert quarters.tables.accounts.tobytes() == measured.tables.accounts.tobytes()
