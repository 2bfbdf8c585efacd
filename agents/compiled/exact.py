"""Elementary functions in whole numbers: the same on every machine, slow, and nearly exact.

A fixed-point number here is a whole number of units of 2**-160. Python's whole numbers have no
rounding of their own, so what follows from them is the same everywhere; what is cut off stays
far below what a float64 shows. For the tables of ``agents.compiled.elementary`` and for places,
of which there are thousands at most. What returns a float64 returns that nearest to the truth.
"""

from __future__ import annotations

import math
from functools import cache

BITS = 160
"""Binary digits after the point."""

ONE = 1 << BITS


def from_float(value: float) -> int:
    """Return a float64 as a fixed-point number; what lies below 2**-160 is cut off."""
    top, below = value.as_integer_ratio()
    return top * ONE // below


def to_float(number: int) -> float:
    """Return the float64 nearest to a fixed-point number (Python divides whole numbers so)."""
    return number / ONE


def split(number: int, digits: int) -> tuple[float, float]:
    """Return a number in two: ``digits`` binary digits after the point, and what is left."""
    unit = 1 << (BITS - digits)
    head = (number + unit // 2) // unit * unit
    return to_float(head), to_float(number - head)


def root_of_two(count: int) -> int:
    """Return 2**(1/count) for a power of two ``count``, by square roots."""
    found = 2 * ONE
    while count > 1:
        found = math.isqrt(found * ONE)
        count //= 2
    return found


def _odd_series(t: int, sign: int) -> int:
    """Return t + s t**3/3 + t**5/5 + s t**7/7 + ... of 0 <= t <= 1/2: atanh (1) or atan (-1)."""
    power, total, n = t, 0, 1
    while power:
        total += power // n if n % 4 == 1 else sign * (power // n)
        power = (power * t >> BITS) * t >> BITS
        n += 2
    return total


def log_near_one(number: int) -> int:
    """Return the natural logarithm of a fixed-point number between 1/2 and 2."""
    found = 2 * _odd_series(abs(number - ONE) * ONE // (number + ONE), 1)
    return found if number > ONE else -found


@cache
def ln2() -> int:
    """Return the natural logarithm of 2."""
    return 2 * log_near_one(root_of_two(2))


@cache
def quarter_turn() -> int:
    """Return half of pi (Machin: pi / 4 = 4 atan(1/5) - atan(1/239))."""
    return 2 * (4 * _odd_series(ONE // 5, -1) - _odd_series(ONE // 239, -1))


def log(value: float) -> float:
    """Return the natural logarithm of a positive number."""
    mantissa, exponent = math.frexp(value)
    if mantissa < 0.75:  # next to 1 nothing may cancel
        mantissa, exponent = 2.0 * mantissa, exponent - 1
    return to_float(log_near_one(from_float(mantissa)) + exponent * ln2())


def _exp(number: int) -> tuple[int, int]:
    """Return e to the power of a fixed-point number: one between 1 and 2, and how often doubled."""
    doublings, left = divmod(number, ln2())
    term, total, n = ONE, 0, 0
    while term:
        total += term
        n += 1
        term = (term * left >> BITS) // n
    return total, doublings


def exp(value: float) -> float:
    """Return e to the power ``value``, for ``value`` between -700 and 700."""
    total, doublings = _exp(from_float(value))
    return math.ldexp(to_float(total), doublings)


def normal(lot: float) -> float:
    """Return the standard normal quantile of ``lot``, for ``lot`` between 2**-40 and 1 - 2**-40.

    An approximation of Hastings (1955), good to 0.003, and three steps of Halley. The area
    between 0 and x is phi(x) (x + x**3/3 + x**5/(3 5) + x**7/(3 5 7) + ...).
    """
    if lot == 0.5:
        return 0.0
    tail = min(lot, 1.0 - lot)
    t = math.sqrt(-2.0 * log(tail))
    guess = t - (2.30753 + 0.27061 * t) / (1.0 + 0.99229 * t + 0.04481 * t * t)
    x, wanted = from_float(guess), ONE // 2 - from_float(tail)
    for _ in range(3):
        square = x * x >> BITS
        term, total, n = x, 0, 1
        while term:
            total += term
            n += 2
            term = (term * square >> BITS) // n
        top, doublings = _exp(-square // 2)
        density = (top * ONE // math.isqrt(4 * quarter_turn() * ONE)) >> -doublings
        off = (total * density >> BITS) * ONE // density - wanted * ONE // density
        x -= off * ONE // (ONE + (x * off >> BITS) // 2)
    return to_float(x if lot > 0.5 else -x)


def _wave(angle: float, ahead: int) -> float:
    """Return the sine of an angle (radians) and ``ahead`` quarters of a turn."""
    number = from_float(angle)
    turns = (2 * number + quarter_turn()) // (2 * quarter_turn())
    left = number - turns * quarter_turn()
    quarter = (turns + ahead) % 4
    square = left * left >> BITS
    term, n = (ONE, 0) if quarter % 2 else (abs(left), 1)
    total, sign = 0, 1
    while term:
        total += sign * term
        sign = -sign
        term = (term * square >> BITS) // ((n + 1) * (n + 2))
        n += 2
    if quarter % 2 == 0 and left < 0:
        total = -total
    return to_float(total if quarter < 2 else -total)


def sin(angle: float) -> float:
    """Return the sine of an angle in radians, below a thousand million."""
    return _wave(angle, 0)


def cos(angle: float) -> float:
    """Return the cosine of an angle in radians, below a thousand million."""
    return _wave(angle, 1)
