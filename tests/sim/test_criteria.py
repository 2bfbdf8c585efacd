"""Every criterion has a state that scores near 0 and one that scores near 1, in the town."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from support import plain

from agents.compiled.record import NONE
from agents.words import Kind
from sim.measure.measuring import measure_all
from sim.tables import Tables
from tests.town.checks import Case, measured, plain_tables_of
from tests.town.tables import ASH, BIRCH, CEDAR, OAK, PINE, party, supply

Change = Callable[[Tables], None]


def _score(criterion: int, change: Change, alternative: bool = False) -> float:
    def changed(t: Tables) -> None:
        change(t)
        t.params["criterion_alternative"] = alternative

    name = f"criterion {criterion} of {change.__name__}, {alternative}"
    found = measured(plain(measure_all), plain_tables_of(Case(name, changed, {}, only=True)))
    return found[0][f"criterion_{criterion}"]


def _all_by(t: Tables, supplier: int) -> None:
    for i in (ASH, BIRCH, CEDAR):
        supply(t, i, [supplier] * 7)
        t.practices["main"][i] = supplier


def _covered(t: Tables, share: float) -> None:
    for table in (t.units, t.hubs, t.organisations):
        table["coverage"] = share
    t.hubs["local"] = share
    t.hubs["service"] = 0.0


def nothing_delivered(t: Tables) -> None:
    _covered(t, 0.0)


def all_delivered(t: Tables) -> None:
    _covered(t, 1.0)
    _all_by(t, party(t, Kind.ORGANISATION, OAK))


def one_scale(t: Tables) -> None:
    _all_by(t, party(t, Kind.ORGANISATION, OAK))


def each_at_its_scale(t: Tables) -> None:
    oak, hub = party(t, Kind.ORGANISATION, OAK), party(t, Kind.HUB, 0)
    for i in (ASH, BIRCH, CEDAR):
        supply(t, i, [oak, oak, oak, oak, hub, oak, hub])
    t.organisations["clients"][OAK] = 12000.0


def everybody_another(t: Tables) -> None:
    """Every cell of Ash and Birch has a unit of its own, and Cedar nobody."""
    for i, first in ((ASH, 2), (BIRCH, 44)):
        for c in range(42):
            t.practices["supplier"][i][c] = party(t, Kind.UNIT, (first + c) % len(t.units))
        t.practices["main"][i] = t.practices["supplier"][i][0]
    t.units["coverage"] = 0.5


def one_hand(t: Tables) -> None:
    _all_by(t, party(t, Kind.ORGANISATION, OAK))


def nobody_acts(t: Tables) -> None:
    t.partners["agreement"] = NONE


def acts_and_lasts(t: Tables) -> None:
    _all_by(t, party(t, Kind.ORGANISATION, OAK))
    t.practices["organisation"][:3] = OAK
    t.partners["agreement"] = OAK
    t.partners["scope"] = 1.0
    t.municipalities["partners"] = 1
    t.practices["kept"] = 40
    t.practices["mandate"] = True
    t.organisations["invested"][OAK] = 1.0


def money_for_nothing(t: Tables) -> None:
    _covered(t, 0.0)
    t.practices["money"] = 0.0


def support_at_least_cost(t: Tables) -> None:
    all_delivered(t)
    for table in (t.practices, t.units, t.hubs, t.organisations):
        table["transaction"] = 0.0
    for table in (t.units, t.hubs, t.organisations):
        table["oi"] = 0.0
    t.organisations["unpaid"] = 0.0
    t.practices["money"] = 0.0
    # .4 of fixed and .72*2 of variable cost a year, and .28*2 locally: .6 a quarter.
    t.ros["revenue"] = [0.6 * 10000.0, 0.0]


def far_and_large(t: Tables) -> None:
    _all_by(t, party(t, Kind.ORGANISATION, PINE))
    t.practices["mandate"] = False


def by_the_own_unit(t: Tables) -> None:
    for i, unit in ((ASH, 1), (BIRCH, 1), (CEDAR, 0)):
        supply(t, i, [party(t, Kind.UNIT, unit)] * 7)
    t.params["engagement_half"] = 80.0


def nothing_new(t: Tables) -> None:
    t.practices["renewal"] = 0.0
    t.organisations["entrant"] = False


def renewed_and_entered(t: Tables) -> None:
    t.practices["renewal"] = 1.0
    t.practices["by_function"] = 1.0
    t.organisations["entrant"][PINE] = True
    t.practices["counterpart"][:3, 7] = PINE


def _trust(t: Tables, share: float) -> None:
    for name in ("trust", "payer_trust"):
        t.practices[name] = share
    t.municipalities["trust_start"] = share


def no_trust(t: Tables) -> None:
    _trust(t, 0.0)


def full_trust(t: Tables) -> None:
    _trust(t, 1.0)


STATES: tuple[tuple[int, Change, Change], ...] = (
    (1, nothing_delivered, all_delivered),
    (2, one_scale, each_at_its_scale),
    (3, everybody_another, one_hand),
    (4, nobody_acts, acts_and_lasts),
    (5, money_for_nothing, support_at_least_cost),
    (6, far_and_large, by_the_own_unit),
    (7, nothing_new, renewed_and_entered),
    (8, no_trust, full_trust),
)


@pytest.mark.parametrize(("criterion", "low", "high"), STATES)
def test_a_criterion_scores_near_0(criterion: int, low: Change, high: Change) -> None:
    assert 0.0 <= _score(criterion, low) < 0.1


@pytest.mark.parametrize(("criterion", "low", "high"), STATES)
def test_a_criterion_scores_near_1(criterion: int, low: Change, high: Change) -> None:
    assert 0.9 < _score(criterion, high) <= 1.0


@pytest.mark.parametrize(("criterion", "low", "high"), STATES)
def test_an_alternative_says_the_same_of_the_two(criterion: int, low: Change, high: Change) -> None:
    # Whatever its formula, it must prefer the second: by how much is its own.
    assert _score(criterion, low, True) < _score(criterion, high, True)


@pytest.mark.parametrize("criterion", range(1, 8))
def test_without_any_delivery_and_money_nothing_scores(criterion: int) -> None:
    def bare(t: Tables) -> None:
        money_for_nothing(t)
        nothing_new(t)

    assert _score(criterion, bare) < 0.1


def test_a_supplier_that_delivers_more_scores_higher_on_demand() -> None:
    def some(t: Tables) -> None:
        _all_by(t, party(t, Kind.ORGANISATION, OAK))

    def more(t: Tables) -> None:
        some(t)
        t.organisations["coverage"][OAK] = 0.9

    assert _score(1, some) < _score(1, more)


def test_the_same_support_scores_higher_where_all_need_has_it_alike() -> None:
    """Half of it to all, or all of it to half of the need."""

    def alike(t: Tables) -> None:
        all_delivered(t)
        _covered(t, 0.5)

    def apart(t: Tables) -> None:
        all_delivered(t)
        t.practices["burden"][:3] = [2500.0, 2500.0, 5000.0]
        supply(t, CEDAR, [NONE] * 7)
        t.hubs["local"][2] = 0.0

    assert _score(1, alike) == pytest.approx(0.5, rel=1e-12)
    assert _score(1, apart) == pytest.approx(0.25, rel=1e-12)
    assert _score(1, apart, alternative=True) == pytest.approx(0.5, rel=1e-12)


def test_waste_scores_lower_on_added_value() -> None:
    """Half the coverage for the same money: what slack comes to."""

    def lean(t: Tables) -> None:
        _all_by(t, party(t, Kind.ORGANISATION, OAK))

    def slack(t: Tables) -> None:
        lean(t)
        t.organisations["coverage"][OAK] = 0.25

    assert _score(5, slack) < _score(5, lean)
    # The alternative, cost of dealing alone, sees no waste.
    assert _score(5, slack, True) == _score(5, lean, True)


def test_the_own_supply_of_a_unit_does_not_hang_on_taking_part_in_the_hub() -> None:
    def aside(t: Tables) -> None:
        by_the_own_unit(t)
        t.practices["active"] = False

    assert _score(6, aside) == _score(6, by_the_own_unit)
