"""Bargained fees in the town: Oak has one, for itself and for Pine, whose lead it is.

Of Oak 2,000 of 4,000 patients are Ash's, half; of Pine 3,000 of 12,000 are Birch's, a quarter.
"""

from __future__ import annotations

from agents.compiled.record import NONE
from sim.tables import Tables
from tests.town.checks import Case
from tests.town.room import NO_FEES
from tests.town.tables import ASH, BIRCH, OAK, PINE, put


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


def _small(t: Tables) -> None:
    _fee(t)
    t.organisations["fee"][OAK] = 0.5


def _pine_alone(t: Tables) -> None:
    _fee(t)
    t.organisations["lead"][PINE] = NONE


def _oak_elsewhere(t: Tables) -> None:
    _fee(t)
    t.organisations["patients"][OAK] = 0


def _one_patient(t: Tables) -> None:
    _fee(t)
    t.practices["patients"][ASH] = 1
    t.practices["organisation"][BIRCH] = NONE


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
    Case("a small fee", _small, {**WITH_FEE, "regional_fee": 0.5}),
    Case("Pine has its own fee", _pine_alone, {
        **WITH_FEE,
        "regional_fee": 63.4,  # (2,000*10 + 3,000*99)/5,000
        "premium_gain": 15.4,  # (2,000*2 + 3,000*50)/10,000
    }, only=True),
    Case("Oak has a fee, and nobody here", _oak_elsewhere, {
        **WITH_FEE,
        # All of Oak for each patient of Ash: work 16,009,000/5,000, support 8,006,000/3,201,500
        "support_cost": 3204.300702796,
        "gain_kept": 80.06,  # (400*2,000 + 600)/10,000
    }, only=True),
    Case("one patient under a fee", _one_patient, {
        **WITH_FEE,
        "support_cost": 4.5,  # of Oak 1/4,000: 2 of work, 1 of support over .4
        "gain_kept": 0.000012498,  # .1/8,001
        "premium_gain": 0.000249969,  # 2/8,001
    }, only=True),
    Case("fees rose", _above, {**WITH_FEE, "premium_gain": -0.5}),
)  # fmt: skip
"""Fees, and what they give to whom."""
