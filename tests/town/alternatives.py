"""The criteria by their alternative formulas, each case worked out by hand.

What a case does not name must stay as it is in the town. Criteria 5 and 8 are .6925 =
1 - 41*36/4,800 and half the mean trust, .5*(1.75 + 1.8)/3.
"""

from __future__ import annotations

from collections.abc import Callable

from agents.compiled.record import NONE
from agents.words import Kind
from sim.tables import Tables
from tests.town.amounts import costly, hardly_any_money, hardly_any_support, no_dealings
from tests.town.checks import Case
from tests.town.outcomes import by_kind
from tests.town.scores import NO_MONEY, no_money
from tests.town.tables import ASH, BIRCH, CEDAR, CLOSED, OAK, PINE, party, supply
from tests.town.ties import birch_mandates, opens


def _alternative(t: Tables) -> None:
    t.params["criterion_alternative"] = True


def _alternatively(change: Callable[[Tables], None]) -> Callable[[Tables], None]:
    def both(t: Tables) -> None:
        change(t)
        _alternative(t)

    return both


def _unled(t: Tables) -> None:
    t.organisations["lead"][PINE] = NONE
    t.practices["main"][CEDAR] = NONE
    t.practices["burden"] = 0.0


def _long_kept(t: Tables) -> None:
    t.practices["kept"][ASH] = 15
    t.practices["main"][BIRCH] = NONE
    t.practices["mandate"][BIRCH] = True


def _neighbour(t: Tables) -> None:
    opens(t)
    t.practices["main"][CLOSED] = party(t, Kind.ORGANISATION, OAK)


def _by_others(t: Tables) -> None:
    hub, oak, unit = party(t, Kind.HUB, 0), party(t, Kind.ORGANISATION, OAK), party(t, Kind.UNIT, 0)
    supply(t, CEDAR, [party(t, Kind.PRACTICE, CEDAR), hub, hub, oak, unit, NONE, hub])
    t.practices["main"][CEDAR] = hub


OTHERWISE = {
    # Ash .7*.46 + .2*.468 + .1*.42 = .4576: .25*.4576 + .35*.412 + .4*.084
    "criterion_1": 0.2922,
    # Ash .8 + .2*.6 + 2 + .9 + 1 + 2*.6 + .6 + 1 = 7.62, Birch 1 + 2 + 1 + 1 + 1.2 + .6 = 6.8
    "criterion_2": 0.396,  # (.2*7.62 + .3*6.8)/9
    # Inside as else, 7.5 and 8 of 9; neighbours all alike: .2*(.625 + .25) + .3*(2/3 + .25) + .125
    "criterion_3": 0.575,
    "criterion_4": 0.316227766,  # only Ash mandates: root of .2 * 5 of 10 quarters
    "criterion_5": 0.6925,
    # Ash 6.7*(.64 + .5 + 1)/3 + 2*2.75/3 + .2*2.84/3 = 6.802, Birch 6*1.11/3 + 2*1.44/3 = 3.18
    "criterion_6": 0.257155556,  # (.2*6.802 + .3*3.18)/9
    # Ash .4*(.4 + .6*.3) = .232, Birch .4*(.4 + .6*.2) = .208, Cedar .8*(.4 + .6*.6) = .608
    "criterion_7": 0.4128,
    "criterion_8": 0.591666667,
}

ALTERNATIVES = (
    Case("by alternative formulas", _alternative, OTHERWISE),
    # Cedar has .332 (ties.py), 5.8 ninths with hub, Oak and unit at their levels, inside 4.6.
    Case("by alternative formulas, Cedar by others", _alternatively(_by_others), {
        **OTHERWISE,
        "suppliers_without_hubs": 1.333333333,
        "trust": 0.516666667,
        "trust_p10": 0.25,
        "criterion_1": 0.3914,  # .2586 + .4*.332
        "criterion_2": 0.718222222,  # .396 + .5*5.8/9
        "criterion_3": 0.766666667,  # .45 + .5*(.75*4.6/9 + .25)
        # Its unit, alone, 2*(.952941176 + 2)/3, Oak .48: .5*2.448627451/9 more
        "criterion_6": 0.393190414,
        "oi_needed_per_insured": 6.436686667,
        "scale_operations": 6000.0,
        "scale_quality": 13306.122448980,
        "scale_innovation": 15200.0,
        "scale_care_management": 11650.0,
        "scale_housing": 12400.0,
    }),
    Case("by alternative formulas, no lead and no need", _alternatively(_unled), {
        "transferred": 0.085,  # Pine by its own: .25*(.5*2,000 + .8*3,000)/10,000
        **OTHERWISE,
        "shared_tables": 0.114,
        "substitution": 5360.0,
        "eligible_share": 0.7,
        "regional_contract_share": 0.2,
        "years_without_contract": 0.2,
        "criterion_1": 0.0,
        "criterion_3": 0.275,  # neighbours in two hands: .2*.625 + .3*.75*6/9
    }),
    Case("by alternative formulas, long kept", _alternatively(_long_kept), {
        **OTHERWISE,
        "mandate_share": 0.666666667,
        "criterion_3": 0.25,  # Ash .2*.625, Birch nothing
        "criterion_4": 0.447213595,  # root of .2; Birch has no main supplier
        "criterion_6": 0.290488889,  # Birch mandates Pine: 6*.5/3 = 1 more, .3/9
    }),
    Case("by alternative formulas, two neighbours", _alternatively(_neighbour), {
        **OTHERWISE,  # both neighbours of Ash and Birch are in the hand of Oak
        "practices": 4.0,
        "contracts_per_practice": 4.25,
        "suppliers_per_practice": 1.5,
        "suppliers_without_hubs": 1.25,
        "mandate_share": 0.25,
        "trust": 0.525,
        "trust_p10": 0.35,
        "criterion_8": 0.5875,  # .5*(.525 + 2.6/4)
    }),
    Case("by alternative formulas, Birch mandates", _alternatively(birch_mandates), {
        **OTHERWISE,
        "mandate_share": 0.666666667,
        "criterion_4": 0.556776436,  # root of .2*.5 + .3*.7
        "criterion_6": 0.290488889,
    }),
    Case("by alternative formulas, hardly any need", _alternatively(hardly_any_support), {
        **OTHERWISE,
        "coverage": 0.000032,
        "substitution": 0.5648,
    }),
    Case("by alternative formulas, hardly any money", _alternatively(hardly_any_money), {
        **OTHERWISE,
        **NO_MONEY,
        "oi_spending": 0.8,
        "oi_per_insured": 0.00008,
        "oi_share_of_gp_care": 0.000026667,
        "transaction_cost": 0.2,
        "transaction_cost_per_insured": 0.00002,
        "transaction_hours": 0.002439024,
        "transaction_cost_search": 0.00002,
        "criterion_5": 0.75,  # 1 - .2/.8
    }),
    Case("by alternative formulas, costly", _alternatively(costly), {
        **OTHERWISE,
        "transaction_cost_coordination": 0.4328,
        "criterion_5": 0.0,  # 5,476 is more than 4,800
    }),
    Case("by alternative formulas, no dealings", _alternatively(no_dealings), {
        **OTHERWISE,
        "transaction_cost": 0.0,
        "transaction_cost_per_insured": 0.0,
        "transaction_hours": 0.0,
        **by_kind(0.0),
        "criterion_5": 1.0,
    }),
    Case("by alternative formulas, no money", _alternatively(no_money), {
        **OTHERWISE,
        **NO_MONEY,
        "criterion_5": 0.0,
    }),
)  # fmt: skip
"""The town by other formulas, and what their parts look at."""
