"""exp and log of our own: the same bits on every machine, compiled and in plain Python.

Libraries of C differ in the last bit of exp and log, and a choice that hangs on that bit sends a
whole run another way. Here only + - * on float64, shifts and conversions are used, which are
fixed to the bit (IEEE 754), and the compiler may fuse nothing. A table brings the argument near 0
(exp) or 1 (log), a Taylor polynomial does the rest. Errors against the true value are below 0.53
units in the last place; below the smallest normal number, 0.76.
"""

from __future__ import annotations

import struct
from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from agents.compiled import exact
from agents.compiled.rule import rule, twin_of

_STEPS = 128
"""Steps in which a factor of two is divided."""

_LN2 = exact.ln2()

# exp: 128 / ln 2, and ln 2 / 128 in two parts, the first so short that its products are exact.
_PER_LN2 = exact.to_float(exact.ONE * exact.ONE * _STEPS // _LN2)
_STEP_HIGH, _STEP_LOW = exact.split(_LN2 // _STEPS, 42)
_SIXTH, _TWENTY_FOURTH, _HUNDRED_TWENTIETH = 1.0 / 6.0, 1.0 / 24.0, 1.0 / 120.0
_ROUNDER = 1.5 * 2.0**52
"""Added and taken away again, it leaves a number rounded to a whole one."""


def _powers() -> tuple[list[float], list[float]]:
    """Return 2**(k/128) and, relative to it, what rounding took from it."""
    root, power = exact.root_of_two(_STEPS), exact.ONE
    rounded, left = [], []
    for _ in range(_STEPS):
        near = exact.to_float(power)
        rounded.append(near)
        left.append(exact.to_float((power - exact.from_float(near)) * exact.ONE // power))
        power = power * root >> exact.BITS
    return rounded, left


_POWER, _POWER_LOW = (np.array(column) for column in _powers())


@intrinsic
def _to_bits(context: Any, value: Any) -> Any:
    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], ir.IntType(64))

    return types.int64(types.float64), build


@intrinsic
def _to_float(context: Any, bits: Any) -> Any:
    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], ir.DoubleType())

    return types.float64(types.int64), build


@rule
def bits_of(value: float) -> int:
    """Return the 64 bits of a float64 as a signed whole number."""
    bits: int = _to_bits(value)
    return bits


@twin_of(bits_of)
def _bits_of(value: float) -> int:
    found: int = struct.unpack("<q", struct.pack("<d", value))[0]
    return found


@rule
def float_of(bits: int) -> float:
    """Return the float64 that has these 64 bits."""
    value: float = _to_float(bits)
    return value


@twin_of(float_of)
def _float_of(bits: int) -> float:
    found: float = struct.unpack("<d", struct.pack("<q", bits))[0]
    return found


@rule
def exp(value: float) -> float:
    """Return e to the power ``value``: infinite above 709.78, 0 below -745.13; NaN stays NaN."""
    if not -690.0 < value < 709.0:
        return _exp_far(value)
    rounded = (value * _PER_LN2 + _ROUNDER) - _ROUNDER
    return _exp_scaled(value, rounded, float_of(((int(rounded) >> 7) + 1023) << 52))


@rule
def _exp_scaled(value: float, rounded: float, scale: float) -> float:
    """Return e to the power ``value``, less a power of two; ``scale`` is another to add.

    ``rounded`` is ``value`` in steps of ln 2 / 128, of which the fraction of 128 counts here.
    """
    i = int(rounded) & 127
    r = (value - rounded * _STEP_HIGH) - rounded * _STEP_LOW
    square = r * r
    low = r + (square * (0.5 + r * _SIXTH) + float(_POWER_LOW[i]))
    low = low + square * square * (_TWENTY_FOURTH + r * _HUNDRED_TWENTIETH)
    power = float(_POWER[i]) * scale
    return power + power * low


@rule
def _exp_far(value: float) -> float:
    """Return ``exp`` where 2**k is no float64, or the result has fewer digits than others."""
    if value != value:
        return value
    if value > 710.0:
        return np.inf
    if value < -746.0:
        return 0.0
    rounded = (value * _PER_LN2 + _ROUNDER) - _ROUNDER
    k = int(rounded) >> 7
    half = k >> 1
    scaled = _exp_scaled(value, rounded, float_of((half + 1023) << 52))
    return scaled * float_of((k - half + 1023) << 52)


# log: the mantissa lies between 11/16 and 11/8, in 128 intervals, 1.0 in the middle of one.
_SMALLEST = 2.2250738585072014e-308
_HALF_STEP = 1 << 44
_OFFSET = 0x3FE6_0000_0000_0000 - _HALF_STEP
"""The bits of 11/16, less half a step."""
_LN2_HIGH, _LN2_LOW = exact.split(_LN2, 40)


def _logs() -> list[tuple[float, float, float]]:
    """Return, for the middle of each interval, one over it and minus the logarithm of that.

    One over it is rounded to 25 binary digits after the point, so that its products with half a
    mantissa are exact; the logarithm, in two parts, is that of the rounded number.
    """
    found = []
    for k in range(_STEPS):
        inverse = round(2**25 / _float_of(_OFFSET + (2 * k + 1) * _HALF_STEP)) / 2**25
        high, low = exact.split(-exact.log_near_one(exact.from_float(inverse)), 40)
        found.append((inverse, high, low))
    return found


_INVERSE, _LOG, _LOG_LOW = (np.array(column) for column in zip(*_logs(), strict=True))


@rule
def log(value: float) -> float:
    """Return the natural logarithm of a positive number; infinity and NaN stay what they are.

    Raises:
        ValueError: the number is 0 or below.
    """
    shifted = 0.0
    if not _SMALLEST <= value < np.inf:
        if value != value or value > 1.0:
            return value
        if value <= 0.0:
            raise ValueError("logarithm of a number that is not positive")
        value = value * 4503599627370496.0
        shifted = 52.0
    bits = bits_of(value)
    above = bits - _OFFSET
    i = (above >> 45) & 127
    power = float(above >> 52) - shifted
    bits = bits - ((above >> 52) << 52)
    front = float_of((bits >> 27) << 27)
    # Both products are exact, and so is the difference: r and what rounding took from it.
    ahead = front * float(_INVERSE[i]) - 1.0
    behind = (float_of(bits) - front) * float(_INVERSE[i])
    r = ahead + behind
    left = (ahead - r) + behind
    high = power * _LN2_HIGH + float(_LOG[i])
    total = high + r
    low = ((high - total) + r) + (power * _LN2_LOW + (float(_LOG_LOW[i]) + left))
    square = r * r
    p = 1.0 / 3.0 + r * -0.25 + square * ((0.2 + r * (-1.0 / 6.0)) + square * (1.0 / 7.0))
    return (low + square * (-0.5 + r * p)) + total


@rule
def is_multiple(value: float, step: float) -> bool:
    """Return whether ``value`` is a whole number of times ``step``, without any rounding.

    What is taken away is never less than half of what is there, so that each difference is exact;
    the remainder of C (``%``) would be a call to a library.

    Raises:
        ValueError: ``step`` is not above 0, or ``value`` is no finite number.
    """
    left = abs(value)
    if not (step > 0.0 and left < np.inf):
        raise ValueError("no multiple can be told")
    while left >= step:
        part = step
        while part + part <= left:
            part = part + part
        left = left - part
    return left == 0.0
