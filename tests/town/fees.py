"""Bargained fees in the town: Oak has one, for itself and for Pine, whose lead it is.

Of Oak 2,000 of 4,000 patients are Ash's, half; of Pine 3,000 of 12,000 are Birch's, a quarter.
"""

from __future__ import annotations

from sim.tables import Tables
from tests.town.checks import Case
from tests.town.outcomes import NO_FEES
from tests.town.tables import OAK, PINE, put


def _fee(t: Tables) -> None:
    put(t.organisations, {
        # What Pine has of its own does not count: Oak contracts for it.
        "fee": [10.0, 99.0, 70.0], "passed": [2.0, 50.0, 30.0],
        "work_cost": [8000.0, 36000.0, 700.0], "support_cost": [4000.0, 24000.0, 900.0],
        "delivered": [1600.0, 6000.0, 300.0], "gain": [400.0, 2400.0, 800.0],
    })  # fmt: skip


def _of_pine_alone(t: Tables) -> None:
    _fee(t)
    t.organisations["fee"][OAK] = 0.0


def _nothing_delivered(t: Tables) -> None:
    _fee(t)
    t.organisations["delivered"][: PINE + 1] = 0.0


def _above(t: Tables) -> None:
    _fee(t)
    t.organisations["passed"][OAK] = -1.0


WITH_FEE = {
    # Work 8,000*.5 + 36,000*.25 = 13,000 over 5,000 patients, 2.6, and support 2,000 + 6,000 over
    # 800 + 1,500 delivered, 3.478260870
    "support_cost": 6.078260870,
    "regional_fee": 10.0,
    "gain_kept": 0.08,  # (400*.5 + 2,400*.25)/10,000
    "premium_gain": 1.0,  # 2*5,000/10,000
}

CASES_OF_FEES = (
    Case("Oak has a fee", _fee, WITH_FEE),
    Case("Pine has a fee, and Oak, its lead, none", _of_pine_alone, NO_FEES),
    Case("nothing is delivered for a fee", _nothing_delivered, {**WITH_FEE, "support_cost": 0.0}),
    Case("fees rose", _above, {**WITH_FEE, "premium_gain": -0.5}),
)
"""Fees, and what they give to whom."""
