"""What says nothing changes nothing, and a design is its base until the switch."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

import pytest
from support import Values, start_of

from sim.engines.compiled import Recording, run

NOTHING: dict[str, tuple[str, tuple[str, ...], Values]] = {
    "a rate set to what it is": ("historic-nl", ("title.s1-oi.rate=0.5", "title.ros.rate=1.3"), {}),
    "an amount of a title that has ended": ("historic-nl", ("title.gez.rate@2025Q1=99",), {}),
    "a lump sum of a title paid per insured": ("historic-nl", ("title.gez.lump=5000",), {}),
    "parameters at their defaults": ("historic-nl", (), {"choice.money": 0.15, "hub.fall": 0.1}),
}


@pytest.mark.parametrize("case", sorted(NOTHING))
def test_a_package_that_changes_nothing_changes_nothing(case: str) -> None:
    regime, settings, values = NOTHING[case]
    plain = run(start_of(3, regime), (2, 2), Recording(0, 99, True))
    same = run(start_of(3, regime, values, settings=settings), (2, 2), Recording(0, 99, True))
    assert plain.tobytes() == same.tobytes()


def test_a_package_that_changes_something_does() -> None:
    plain = run(start_of(3), (2, 2), Recording(0, 99, True))
    other = run(start_of(3, settings=("title.s1-oi.rate=0.75",)), (2, 2), Recording(0, 99, True))
    assert plain.tobytes() != other.tobytes()


def test_a_regime_is_its_base_until_the_switch() -> None:
    # A design leaves historic-nl in 2018: contracts for 2018 are agreed in 2017Q4, so all is
    # equal up to and with 2017Q3.
    before = 4 * 11 + 3
    base = run(start_of(3), (2, 2), Recording(0, 99, True))
    other = run(start_of(3, "design:bundled/practice/insured"), (2, 2), Recording(0, 99, True))
    assert base[:before].tobytes() == other[:before].tobytes()
    assert base[before + 1 :].tobytes() != other[before + 1 :].tobytes()
