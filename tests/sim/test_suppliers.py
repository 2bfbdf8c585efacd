"""Suppliers for a reason: claims once, contracts per supplier, chance within the stake, buying."""

from __future__ import annotations

import numpy as np
import pytest
from support import NONE, Quarters, Values, both, column, params, series_of, start_of

from agents.sizes import ENTRANT
from agents.unit import scale_noise
from agents.words import CostKind, Kind
from sim.common.cost import full_cost, promise
from sim.phases.contracts.registering import claim_cost
from sim.phases.organisations.entrants import could_gain, enter, note_members, note_money, note_own
from sim.phases.suppliers.members import organisation_buys
from sim.phases.suppliers.orders import Order, promise_of
from sim.tables import Tables

UNITS = "design:component/practice/act"
MEMBERS = "design:bundled/organisation/insured"
SEVEN = "design:component/organisation/insured"


# Claims


def claims_of(regime: str, once: float) -> tuple[Tables, list[float]]:
    """EUR a year per title, in the order of titles, of a payee with these patients per group."""
    tables = start_of(1, regime, {"transaction.once": once})
    held = np.array([0 if title["active"] else NONE for title in tables.titles[63]])
    held[tables.titles[63]["receiver"] != Kind.UNIT] = NONE
    held = np.concatenate([held, np.full(32 - len(held), NONE)])
    patients = np.array([100.0, 50.0, 20.0, 30.0, 10.0, 900.0])
    keys = [k for k in range(len(tables.tariffs)) if held[k] != NONE]
    return tables, [both_tables(tables, k, held, patients) for k in keys]


def both_tables(tables: Tables, k: int, held: np.ndarray, patients: np.ndarray) -> float:
    return float(claim_cost(tables, k, held, patients, patients, 63))


def test_seven_titles_are_one_registration() -> None:
    tables, costs = claims_of(UNITS, 1.0)
    assert len(costs) == 7
    # Acts: EUR .75 twice, four acts for each chain patient who is included.
    included = sum(
        n * float(tables.groups["inclusion"][g]) for g, n in enumerate([100.0, 50.0, 20.0])
    )
    assert costs[0] == pytest.approx(1.5 * 4.0 * included, rel=1e-12)
    assert costs[1:] == [0.0] * 6


def test_with_the_switch_off_each_title_costs_its_own() -> None:
    _, once = claims_of(UNITS, 1.0)
    _, each = claims_of(UNITS, 0.0)
    assert each == [once[0]] * 7
    _, half = claims_of(UNITS, 0.5)
    assert half == pytest.approx([once[0]] + [0.5 * once[0]] * 6, rel=1e-12)


def test_a_bundle_is_registered_as_seven_components_are() -> None:
    _, one = claims_of("design:bundled/practice/act", 1.0)
    _, seven = claims_of(UNITS, 1.0)
    assert one == [pytest.approx(sum(seven), rel=1e-12)]


def test_titles_in_other_units_of_payment_are_registered_apart() -> None:
    tables, costs = claims_of(UNITS, 1.0)
    held = np.full(32, NONE)
    first, second = [k for k in range(len(tables.tariffs))
                     if tables.titles[63, k]["receiver"] == Kind.UNIT][:2]  # fmt: skip
    held[[first, second]] = 0
    tables.titles["unit"][63, second] = tables.titles["unit"][63, first] + 1
    patients = np.array([100.0, 50.0, 20.0, 30.0, 10.0, 900.0])
    assert both_tables(tables, second, held, patients) == pytest.approx(costs[0], rel=1e-12)


# Chance


def test_chance_is_kept_to_what_is_to_be_gained() -> None:
    # A fifth of the money, .05 of utility to be gained: .05; half kept: (.2 + .05)/2; off: .2.
    assert both(scale_noise, 0.2, 0.05, params()) == pytest.approx(0.05, rel=1e-12)
    assert both(scale_noise, 0.2, 7.0, params()) == pytest.approx(0.2, rel=1e-12)
    half = params(**{"choice_supplier_gain": 0.5})
    assert both(scale_noise, 0.2, 0.05, half) == pytest.approx(0.125, rel=1e-12)
    assert both(scale_noise, 0.2, 0.0, params(choice_supplier_gain=0.0)) == pytest.approx(0.2)
    assert both(scale_noise, 0.2, 0.0, params()) == 0.0


# Entrants


def test_what_a_new_supplier_would_better_by_hand() -> None:
    tables = Quarters(start_of(10, SEVEN, {"entry.rate": 0.0}), seed=1).step(60)
    i = int(np.flatnonzero(tables.practices["alive"])[0])
    tables.practices["supplier"][i] = NONE
    people = float(tables.municipalities["population"][tables.practices["municipality"][i]])
    size = 100_000.0 + people
    shares = [0.22, 0.25, 0.13, 0.05, 0.20, 0.10, 0.05]
    gain = 0.0
    assert note_members(tables, int(tables.practices["organisation"][i]), 59) > 0.0
    note_money(tables, note_own(tables, i, 59), 59)
    for f, share in enumerate(shares):
        assert tables.scratch.money_for[f] == pytest.approx(6.6 * share, rel=1e-9)
        central = 1.0 - float(tables.functions["local"][f])
        if central == 0.0:
            continue
        promised = min(1.0, 6.6 * share * size / full_cost(tables, f, size, 1.0, 0.0))
        gain += float(tables.functions["variable"][f]) * central * promised
    assert could_gain(tables, i, 59) == pytest.approx(gain, rel=1e-9)
    # Who is supplied in full by an organisation gains nothing.
    first = int(tables.offsets[Kind.ORGANISATION])
    tables.practices["supplier"][i] = first
    tables.organisations["coverage"][0] = 1.0
    assert could_gain(tables, i, 59) == 0.0


def entered(regime: str, factor: float) -> tuple[Tables, int, int]:
    """A region with an entrant at this cost factor, and the largest organisation beside it."""
    # No larger body and no umbrella of centres has what the entrant sells.
    alone = {"entry.rate": 0.0, "supply.outsource": False, "centre.members": False}
    run = Quarters(start_of(10, regime, alone), seed=1)
    tables = run.step(60)
    e = int(tables.counter["organisations"][0])
    enter(tables, 0, 59)
    tables.organisations["level"][e] = factor
    tables.municipalities["trust_start"][:] = 0.5
    o = int(np.argmax(np.where(tables.organisations["alive"], tables.organisations["patients"], 0)))
    for name in ("x", "y"):
        tables.organisations[name][e] = tables.organisations[name][o]
    return tables, o, e


def test_an_organisation_buys_where_the_same_money_promises_more() -> None:
    tables, o, e = entered(MEMBERS, 0.5)
    who = int(tables.offsets[Kind.ORGANISATION]) + e
    # Its contract began in 2018; it is renewed in 2021, quarter 60.
    organisation_buys(tables, o, 60)
    assert tables.organisations["bought"][o].tolist() == [who] * 7
    assert tables.organisations["id"][e] >= ENTRANT


def test_an_organisation_buys_nothing_of_who_is_dearer_or_within_its_term() -> None:
    tables, o, _ = entered(MEMBERS, 3.0)
    organisation_buys(tables, o, 60)
    assert (tables.organisations["bought"][o] == NONE).all()
    tables, o, _ = entered(MEMBERS, 0.5)
    organisation_buys(tables, o, 61)
    assert (tables.organisations["bought"][o] == NONE).all()


def test_what_members_get_is_what_their_organisation_buys() -> None:
    run = Quarters(start_of(10, MEMBERS, {"entry.rate": 0.0}), seed=1)
    tables = run.step(60)
    e = int(tables.counter["organisations"][0])
    enter(tables, 0, 59)
    tables.organisations["cost_factor"][e] = 0.3
    tables.organisations["level"][e] = 0.3
    run.step(2)
    who = int(tables.offsets[Kind.ORGANISATION]) + e
    buyers = np.flatnonzero((tables.organisations["bought"] == who).all(axis=1))
    buyers = [o for o in buyers if tables.organisations["alive"][o]]
    assert buyers
    for o in buyers:
        members = (tables.practices["organisation"] == o) & tables.practices["alive"]
        assert (tables.practices["supplier"][members] == who).any()
        # One contract for seven functions, and the coverage of its supplier is its own.
        assert tables.organisations["supplies"][o] == 1
        assert (tables.organisations["coverage"][o] == tables.organisations["coverage"][e]).all()
    assert tables.organisations["sold"][e] > 0.0
    assert tables.organisations["clients"][e].sum() > 0.0


def test_promises_of_a_bundle_are_weighted_by_cost() -> None:
    tables = start_of(1)
    whole = promise_of(tables, Order(group=NONE, function=NONE), 50_000.0, 1.0, 6.6)
    parts = [promise(tables, f, 50_000.0, 1.0, 6.6 * float(tables.functions["variable"][f]))
             for f in range(7)]  # fmt: skip
    weights = tables.functions["variable"]
    assert whole == pytest.approx(float(np.dot(parts, weights)), rel=1e-12)


# Off is as it was


def test_without_entrants_the_money_of_organisations_and_their_buying_change_nothing() -> None:
    none: Values = {"entry.rate": 0.0, "centre.umbrella": 0.0}
    one = series_of(start_of(4, MEMBERS, none), seed=3)
    for off in ("entry.organisations", "entry.gain"):
        other = series_of(start_of(4, MEMBERS, {**none, off: False}), seed=3)
        assert one.tobytes() == other.tobytes()


def test_supply_contracts_cost_something_under_a_bundle_too() -> None:
    regime = "design:bundled/practice/insured"
    more = series_of(start_of(10, regime), seed=1)
    less = series_of(start_of(10, regime, {"transaction.supply": False}), seed=1)
    assert column(more, "contracts")[-20:].mean() > column(less, "contracts")[-20:].mean()
    name = f"transaction_cost_{CostKind.SEARCH.word}"
    assert column(more, name)[-20:].mean() > column(less, name)[-20:].mean()
