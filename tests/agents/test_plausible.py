"""Plausible ranges lie within what is allowed, hold the default, and are narrower."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

import pytest

import agents.care  # noqa: F401  (declares the parameters of functions and groups)
from agents.parameters import DECLARED
from agents.parameters.plausible import BY_NAME, plausible_range


@pytest.mark.parametrize("name", sorted(DECLARED))
def test_a_plausible_range_is_allowed_and_holds_the_default(name: str) -> None:
    one = DECLARED[name]
    assert one.low <= one.least <= one.value <= one.most <= one.high
    if one.kind != "?":
        assert one.least < one.most


def test_plausible_is_narrower_than_allowed_but_for_switches_codes_and_shares() -> None:
    as_wide = {
        name for name, one in DECLARED.items()
        if one.kind != "?" and (one.least, one.most) == (one.low, one.high)
    }  # fmt: skip
    codes = {name for name in as_wide if DECLARED[name].unit == "code"}
    assert as_wide == codes


def test_every_range_of_its_own_is_of_a_parameter() -> None:
    assert set(BY_NAME) <= set(DECLARED)


@pytest.mark.parametrize(
    ("value", "source", "kind", "expected"),
    [
        (2.0, "assumed; C55", "f8", (1.0, 3.0)),
        (2.0, "F039", "f8", (1.6, 2.4)),
        (-3.0, "assumed", "f8", (-4.0, -2.0)),
        (8.0, "assumed", "f8", (4.0, 10.0)),
        (3.0, "assumed", "i8", (2.0, 4.0)),
        (1.0, "switch", "?", (-5.0, 10.0)),
    ],
)
def test_without_a_range_of_its_own_the_rule_gives_one(
    value: float, source: str, kind: str, expected: tuple[float, float]
) -> None:
    assert plausible_range("none.such", value, (-5.0, 10.0), source, kind) == expected
