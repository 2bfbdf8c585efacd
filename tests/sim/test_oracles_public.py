"""Known answers on municipalities and insurers (model.md, 7)."""

from __future__ import annotations

import math

import pytest
from support import both, params, row

from agents.events import Cause
from agents.insurer import Insurer, set_pressure
from agents.municipality import Municipality, want_adviser


@pytest.mark.parametrize(
    ("counterparts", "utility", "cause"),
    [
        (1, -1 + 2 * 0.3 + 1, Cause.COUNTERPARTS),
        (0, -1 + 2 * 0.3, Cause.TRUST),
        (3, -1 + 2 * 0.3 - 0.5 * 2, Cause.COUNTERPARTS),
        (2, -1 + 2 * 0.3 - 0.5, Cause.TRUST),
    ],
)
def test_adviser_by_hand(counterparts: int, utility: float, cause: int) -> None:
    place = row(Municipality, trust=0.3, counterparts=counterparts)
    chance, why = both(want_adviser, place, 0.0, params())
    assert chance == pytest.approx(1 / (1 + math.exp(-utility)), rel=1e-12)
    assert why == cause
    # A crisis counts where there is one counterpart only.
    pressed = both(want_adviser, place, 0.5, params())[0]
    more = utility + (0.5 if counterparts == 1 else 0.0)
    assert pressed == pytest.approx(1 / (1 + math.exp(-more)), rel=1e-12)


@pytest.mark.parametrize(
    ("pressure", "effective", "unsupported", "stance", "expected", "cause"),
    [
        # .5*.4 + .3*(1 - 1/4) + .2*.5 + .05 = .2 + .225 + .1 + .05
        (0.4, 4.0, 0.5, 0.05, 0.575, Cause.FRAGMENTATION),
        (0.8, 1.0, 0.0, 0.0, 0.4, Cause.MEMORY),
        (0.0, 1.0, 1.0, 0.0, 0.2, Cause.UNSUPPORTED),
        (0.1, 1.0, 0.0, 0.3, 0.35, Cause.POLICY),
        (1.0, 1e9, 1.0, 1.0, 1.0, Cause.POLICY),  # .5+.3+.2+1 = 2: held at 1
        (0.0, 1.0, 0.0, -1.0, 0.0, Cause.POLICY),
    ],
)
def test_pressure_by_hand(
    pressure: float,
    effective: float,
    unsupported: float,
    stance: float,
    expected: float,
    cause: int,
) -> None:
    insurer = row(Insurer, pressure=pressure, effective=effective, unsupported=unsupported)
    after, why = both(set_pressure, insurer, stance, params())
    assert after == pytest.approx(expected, rel=1e-9)
    assert why == cause
