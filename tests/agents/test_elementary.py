"""exp and log of our own: right to a unit in the last place, equal in both languages, unfused."""

from __future__ import annotations

import math
import random
import re
import subprocess
import sys
from collections.abc import Callable
from decimal import Context, Decimal
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import both, plain

from agents.compiled import elementary, exact
from agents.compiled.record import FloatArray
from agents.compiled.rule import kernel

FEW = settings(max_examples=500, deadline=None, derandomize=True)
DIGITS = Context(prec=60, Emax=10**6, Emin=-(10**6))
TRUE: dict[str, Callable[[Decimal], Decimal]] = {"exp": DIGITS.exp, "log": DIGITS.ln}
"""Python's decimals round exp and ln correctly: a source that shares nothing with ours."""
HARD = [
    line.split()
    for line in (Path(__file__).parent / "hard_cases.txt").read_text().splitlines()
    if not line.startswith("#")
]


@kernel
def exp_of_all(values: FloatArray, out: FloatArray) -> None:
    for k in range(len(values)):
        out[k] = elementary_exp(values[k])


@kernel
def log_of_all(values: FloatArray, out: FloatArray) -> None:
    for k in range(len(values)):
        out[k] = elementary_log(values[k])


elementary_exp, elementary_log = elementary.exp, elementary.log


def units_off(name: str, value: float, found: float) -> float:
    """How far ``found`` is from the true value, in units in the last place."""
    true = TRUE[name](Decimal(value))
    return float(abs(Decimal(found) - true) / Decimal(math.ulp(float(true))))


@pytest.mark.parametrize(("name", "argument", "nearest"), HARD)
def test_hard_cases_are_right_to_a_unit(name: str, argument: str, nearest: str) -> None:
    value, wanted = float.fromhex(argument), float.fromhex(nearest)
    found = both(getattr(elementary, name), value)
    assert abs(found - wanted) <= math.ulp(wanted)
    assert units_off(name, value, found) <= 1.0


EXP_RANGES = [(-20.0, 20.0), (-1.0, 1.0), (-1e-3, 1e-3), (-690.0, 709.0), (709.0, 709.78),
              (-745.1, -690.0)]  # fmt: skip
LOG_RANGES = [(0.0, 1.0), (0.97, 1.03), (0.9999, 1.0001), (0.5, 2.0), (1.0, 1e6), (1e300, 1e308),
              (1e-308, 1e-300), (5e-324, 2e-308)]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "low", "high", "most"),
    [("exp", *r, 0.53 if r[0] >= -690.0 else 0.76) for r in EXP_RANGES]
    + [("log", *r, 0.53) for r in LOG_RANGES],
)
def test_random_arguments_are_right_to_a_unit(
    name: str, low: float, high: float, most: float
) -> None:
    values = np.random.default_rng(7).uniform(low, high, 5000)
    found = np.empty_like(values)
    (exp_of_all if name == "exp" else log_of_all)(values, found)
    worst = max(units_off(name, v, f) for v, f in zip(values.tolist(), found.tolist(), strict=True))
    assert worst < most


@FEW
@given(st.floats(allow_nan=False))
def test_exp_is_equal_in_both_languages(value: float) -> None:
    found = both(elementary.exp, value)
    if value > 709.782712893384:
        assert found == math.inf
    elif value < -745.1332191019412:
        assert found == 0.0
    else:
        assert math.isclose(found, math.exp(value), rel_tol=3e-16, abs_tol=5e-324)


@FEW
@given(st.floats(min_value=0.0, exclude_min=True))
def test_log_is_equal_in_both_languages(value: float) -> None:
    assert math.isclose(both(elementary.log, value), math.log(value), rel_tol=3e-16)


@pytest.mark.parametrize("function", [elementary.exp, elementary.log])
def test_not_a_number_stays_what_it_is(function: Callable[[float], float]) -> None:
    assert math.isnan(function(math.nan)) and math.isnan(plain(function)(math.nan))


@FEW
@given(st.floats(-800.0, 800.0), st.integers(0, 63))
def test_bits_and_floats_are_two_views_of_one_number(value: float, shift: int) -> None:
    assert both(elementary.float_of, both(elementary.bits_of, value)) == value
    power = float(2**shift)
    assert both(elementary.bits_of, power) == (1023 + shift) << 52


@pytest.mark.parametrize("value", [0.0, -0.0, -1.0, -math.inf])
def test_log_of_what_is_not_positive_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="not positive"):
        elementary.log(value)


def test_both_rise_over_the_joints_of_their_tables() -> None:
    for function, middle, step in (
        (exp_of_all, math.log(2.0) / 256.0, math.log(2.0) / 128.0),
        (log_of_all, 1.00390625, 1.0 / 128.0),
    ):
        for k in range(40):
            joint = middle + k * step
            values = joint * (1.0 + 1e-13 * np.arange(-500, 500))
            found = np.empty_like(values)
            function(values, found)
            assert np.all(np.diff(found) >= 0.0)


@FEW
@given(st.integers(-(2**20), 2**20), st.floats(0.01, 50.0))
def test_multiples_are_what_the_exact_remainder_says(quarters: int, step: float) -> None:
    value = quarters / 4.0
    assert both(elementary.is_multiple, value, step) == (math.fmod(value, step) == 0.0)
    assert both(elementary.is_multiple, step * 1024.0, step)


@pytest.mark.parametrize(("value", "step"), [(1.0, 0.0), (1.0, -1.0), (math.inf, 1.0),
                                             (math.nan, 1.0), (1.0, math.nan)])  # fmt: skip
def test_what_has_no_remainder_is_refused(value: float, step: float) -> None:
    with pytest.raises(ValueError, match="multiple"):
        elementary.is_multiple(value, step)


def test_exact_functions_agree_with_the_library_of_this_machine() -> None:
    for value in np.random.default_rng(3).uniform(-40.0, 40.0, 400).tolist():
        for name in ("exp", "sin", "cos"):
            ours, theirs = getattr(exact, name)(value), getattr(math, name)(value)
            assert math.isclose(ours, theirs, rel_tol=2.3e-16)
        assert math.isclose(exact.log(abs(value)), math.log(abs(value)), rel_tol=2.3e-16)
    assert [exact.sin(0.0), exact.cos(0.0), exact.exp(0.0), exact.log(1.0)] == [0.0, 1.0, 1.0, 0.0]
    assert exact.to_float(2 * exact.quarter_turn()) == math.pi


def test_exact_quantiles_of_the_normal_distribution() -> None:
    for u in [*np.random.default_rng(4).uniform(0.0, 1.0, 200).tolist(), 1e-9, 1.0 - 1e-9]:
        assert math.isclose(exact.normal(u), NormalDist().inv_cdf(u), rel_tol=1e-14)
    assert exact.normal(0.5) == 0.0


EMITTED = """
from agents.compiled import rule
rule.OPTIONS["cache"] = False  # what comes from the cache has no text
from agents.compiled import elementary
for function, given in ((elementary.exp, (0.5,)), (elementary.log, (0.5,)),
                        (elementary.is_multiple, (1.0, 0.5))):
    function(*given)
    for signature in function.signatures:
        print(function.inspect_asm(signature), function.inspect_llvm(signature))
"""


def test_nothing_is_fused_and_no_library_is_called() -> None:
    text = subprocess.run(
        [sys.executable, "-c", EMITTED], cwd=Path(__file__).parent.parent, check=True,
        capture_output=True, text=True,
    ).stdout  # fmt: skip
    assert "fmul double" in text and len(text) > 10_000
    assert not re.search(r"fmuladd|llvm\.fma|\bv?fn?m(add|sub)|\bcontract\b|\breassoc\b", text)
    assert not re.search(r"\b(exp|log|fmod|pow|ldexp|frexp)\b\s*\(", text)


def test_random_pairs_of_a_short_run_of_python_are_equal() -> None:
    drawn = random.Random(5)
    for _ in range(300):
        value = math.ldexp(drawn.uniform(0.5, 1.0), drawn.randrange(-1074, 1024))
        assert both(elementary.log, value) == plain(elementary.log)(value)
        value = drawn.uniform(-750.0, 712.0)
        assert both(elementary.exp, value) == plain(elementary.exp)(value)
