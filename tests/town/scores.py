"""Changes in what criteria, contracts and scale look at, each worked out by hand.

What a case does not name must stay as it is in the town.
"""

from __future__ import annotations

from collections.abc import Callable

from agents.compiled.record import NONE
from sim.tables import Tables
from tests.town.checks import Case
from tests.town.outcomes import by_kind
from tests.town.tables import (
    ASH,
    BARGAINED,
    CHAIN,
    MANDATED,
    OAK,
    PINE,
    ROWAN,
    TICK,
)


def _title(name: str, value: float) -> Callable[[Tables], None]:
    """Return a change of the title that asks a mandate."""

    def change(t: Tables) -> None:
        t.titles[name][TICK, MANDATED] = value

    return change


def _chain_asks(t: Tables) -> None:
    t.titles["mandate"][TICK, CHAIN] = 0.5


def _unit_holds(t: Tables) -> None:
    t.units["contract"][1, BARGAINED] = 2


def _bargained(t: Tables) -> None:
    t.organisations["contract"][OAK, MANDATED] = NONE
    t.organisations["contract"][PINE, BARGAINED] = 1


def _no_oi(t: Tables) -> None:
    t.titles["oi"] = False


def _both_mixed(t: Tables) -> None:
    t.organisations["seats"][PINE] = 0.4


def _oak_is_small(t: Tables) -> None:
    t.organisations["clients"][OAK] = 1000.0


def _oak_has_the_size(t: Tables) -> None:
    t.organisations["clients"][OAK] = 11000.0


def _all_local(t: Tables) -> None:
    t.functions["level"] = 0


def _all_regional(t: Tables) -> None:
    t.functions["level"] = 1


def _nothing_moves(t: Tables) -> None:
    t.functions["local"] = 1.0


def _no_delivery(t: Tables) -> None:
    for table in (t.units, t.hubs, t.organisations):
        table["coverage"] = 0.0


def _no_sale(t: Tables) -> None:
    t.organisations["sold"][ROWAN] = 0.0


def _no_entrant(t: Tables) -> None:
    t.organisations["entrant"][ROWAN] = False


def _no_council(t: Tables) -> None:
    t.organisations["council"][OAK] = False


def _not_active(t: Tables) -> None:
    t.practices["active"][ASH] = False


def _full_hub(t: Tables) -> None:
    t.hubs["local"][0] = 0.9


def no_money(t: Tables) -> None:
    for table in (t.practices, t.units, t.hubs, t.organisations):
        table["transaction"] = 0.0
    for table in (t.units, t.hubs, t.organisations):
        table["oi"] = 0.0
    t.practices["money"] = 0.0
    t.organisations["unpaid"] = 0.0
    t.ros["revenue"] = 0.0


def _few_per_set(t: Tables) -> None:
    t.params["supply_capacity"] = 5000.0


def _half_a_patient(t: Tables) -> None:
    t.hubs["clients"][0] = 0.5


NOTHING_OFFERED = {"regional_contract_share": 0.0, "years_without_contract": 0.25}
"""Only the bargained title is for a region, which nobody holds."""

NO_MONEY = {
    "oi_spending": 0.0,
    "oi_per_insured": 0.0,
    "oi_share_of_gp_care": 0.0,
    "transaction_cost": 0.0,
    "transaction_cost_per_insured": 0.0,
    "transaction_hours": 0.0,
    **by_kind(0.0),
}

SCORES = (
    Case("the mandated title is no O&I", _title("oi", 0.0), NOTHING_OFFERED),
    Case("the mandated title needs no contract", _title("contract", 0.0), NOTHING_OFFERED),
    Case("the mandated title is not in force", _title("in_force", 0.0), NOTHING_OFFERED),
    Case("the mandated title is not there", _title("active", 0.0), NOTHING_OFFERED),
    # Pine holds it, and Cedar's unit.
    Case("chain care asks a mandate", _chain_asks, {
        "regional_contract_share": 1.0,
        "years_without_contract": 0.0,
    }),
    Case("the unit of Ash and Birch has the bargained title", _unit_holds, {}),
    Case("Pine has the bargained title, Oak none", _bargained, {
        "regional_contract_share": 0.3,
        "years_without_contract": 0.175,
    }),
    Case("no title is O&I", _no_oi, {
        "regional_contract_share": 0.0,
        "years_without_contract": 0.0,  # nobody waits for what is not offered
    }),
    Case("others vote in Pine too", _both_mixed, {"multidisciplinary_share": 1.0}),
    # Oak, with 2,000, is a fifth of a region: Ash 4.7*.2 = .94, Birch 2*.2 + 1.5 = 1.9.
    Case("Oak serves few", _oak_is_small, {
        "criterion_2": 0.091772666,  # root of .066666667*(.2*.94 + .3*1.9)/6
        # Its fixed cost is 10*.8 = 8 instead of 2, times 1.2: for ict 7.2*.35 = 2.52 more, by .8,
        # operations 1.8, quality .864 by .9, innovation .576, care .72: 5.8896; for Birch 1.8
        "oi_needed_per_insured": 5.44094,  # 3.72302 + .2*5.8896 + .3*1.8
        "scale_ict": 20040.0,  # (1,600*2,000 + 400*2,500 + 96,000,000)/5,000
        "scale_operations": 2000.0,
        "scale_quality": 20750.0,  # (1,800*2,000 + 96,000,000)/4,800
        "scale_innovation": 20000.0,  # (2,000*2,000 + 96,000,000)/5,000
        "scale_care_management": 20000.0,
    }),
    # Oak, with 12,000, is a region: Ash 4.7, Birch 2 + 1.5.
    Case("Oak is of the size of a region", _oak_has_the_size, {
        "criterion_2": 0.148698053,  # root of .066666667*(.2*4.7 + .3*3.5)/6
        # Its fixed cost is 1.333333333 instead of 2: .8*.35 less for ict, by .8, and so on
        "oi_needed_per_insured": 3.53214,  # 3.72302 - .2*.6544 - .3*.2
        "scale_ict": 23240.0,
        "scale_operations": 12000.0,
        "scale_quality": 24500.0,
        "scale_innovation": 24000.0,
        "scale_care_management": 24000.0,
    }),
    # By hub or unit Ash has agreements, housing and .2 of ict: 2.2 of nine.
    Case("every function is best local", _all_local, {
        "criterion_2": 0.221108319,  # root of .2*2.2/9
    }),
    # Oak and Pine then have care and housing too: Ash 6.7*.8 = 5.36, Birch 1.6 + 6*.5 = 4.6.
    Case("every function is best regional", _all_regional, {
        "criterion_2": 0.521962110,  # root of (.2*5.36 + .3*4.6)/9
    }),
    Case("nothing can move up", _nothing_moves, {
        "criterion_1": 0.413903201,  # what hubs do, .6*root of .5 + .4*root of .3, squared
        "criterion_2": 1.0,  # no function asks for a level
        "criterion_3": 0.0,
        "criterion_4": 0.0,
        "criterion_6": 0.0,
        # Only fixed cost: Ash .1904*500 and .3*1,000 + 100, Birch .154*750 and .3*1,500 + 200,
        # Cedar .2*2,500 + 300: (495.2 + 765.5 + 800)/5,902
        "criterion_5": 0.349152830,
        # Without the variable cost: Ash 3.4732, Birch 1.425, Cedar 1.5
        "oi_needed_per_insured": 1.87214,
    }),
    Case("nobody delivers", _no_delivery, {
        # Locally .14 in Aarle, .084 in Beek: .6*.374165739 + .4*.289827535 = .340430457, squared
        "criterion_1": 0.115892896,
        "criterion_2": 0.0,
        "criterion_3": 0.0,
        "criterion_4": 0.0,
        "criterion_6": 0.0,
        "criterion_5": 0.160962386,  # (184 + 326 + 440)/5,902
    }),
    Case("Rowan sells nothing", _no_sale, {"criterion_7": 0.216}),  # - .3*.25
    Case("Rowan did not enter", _no_entrant, {"criterion_7": 0.216}),
    Case("Oak has no council of users", _no_council, {
        "criterion_6": 0.093711111,  # - .3*.192/9
    }),
    Case("Ash takes no part in the hub", _not_active, {
        "criterion_6": 0.066777778,  # - .2*1.5/9
    }),
    # The hub helps at most in full. Ash .46 + .14 = .6, .608 and .56, Birch .552, Cedar .084:
    # .25*.772999526 + .35*.742967025 + .115931014 = .569219355
    Case("the hub does nearly all local work", _full_hub, {
        "criterion_1": 0.324010673,
        "criterion_5": 0.351796001,  # locally full, 280 and 420: (1,886.3 + 96 + 94)/5,902
    }),
    Case("no money", no_money, {**NO_MONEY, "criterion_5": 0.0}),
    # Four EUR of fixed cost per patient: Ash 2.5392*500, Birch 2.084*750. Oak needs two sets, Pine
    # seven, Cedar's unit four.
    Case("a set of fixed cost serves few", _few_per_set, {
        "criterion_5": 0.640901389,  # (1,269.6 + 184 + 1,563 + 326 + 440)/5,902
        "oi_needed_per_insured": 7.13066,  # .2*7.2628 + .3*5.327 + .5*8.16
    }),
    Case("the hub serves half a patient", _half_a_patient, {
        "oi_needed_per_insured": 1203.57302,  # agreements (4,000 + .16)*1.5 = 6,000.24 for .99
        "scale_agreements": 0.5,
        "scale_housing": 19200.2,  # (2,000*.5 + 96,000,000)/5,000
    }),
)  # fmt: skip
"""Titles, scale, delivery and entrants."""
