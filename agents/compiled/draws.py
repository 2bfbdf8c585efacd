"""Keyed draws and clamped mathematics: equal to the bit in compiled code and in plain Python.

A draw is a hash of (seed, stream, agent, other, tick). It has no state, so one more agent, or
one more draw, changes nobody else's: every decision has a stream named in words.
"""

from __future__ import annotations

import hashlib
import math

import numpy as np

from agents.compiled.elementary import exp, log
from agents.compiled.rule import rule, twin_of

_MASK = (1 << 64) - 1
_SEED, _STREAM, _AGENT, _OTHER, _TICK = (
    0x9E3779B97F4A7C15,
    0xD1B54A32D192ED03,
    0xABC98388FB8FAC03,
    0x8CB92BA72F3D8DD7,
    0xF1357AEA2E62A9C5,
)
_MIX1, _MIX2 = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
_SCALE = 2.0**-52

_USEED, _USTREAM, _UAGENT, _UOTHER, _UTICK = (
    np.uint64(n) for n in (_SEED, _STREAM, _AGENT, _OTHER, _TICK)
)
_UMIX1, _UMIX2 = np.uint64(_MIX1), np.uint64(_MIX2)
_U30, _U27, _U31, _U12 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(12)


def stream(name: str) -> int:
    """Return the number of the random stream with this written name (stable, below 2**31)."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big") >> 1


@rule
def draw(seed: int, stream_number: int, agent: int, other: int, tick: int) -> float:
    """Return a uniform draw in the open interval (0, 1) for this key (multiples of 2**-53)."""
    x = np.uint64(seed) * _USEED + np.uint64(stream_number) * _USTREAM
    x = x + np.uint64(agent) * _UAGENT + np.uint64(other) * _UOTHER + np.uint64(tick) * _UTICK
    # The SplitMix64 finaliser, twice: keys that differ in one low bit must not resemble each other.
    x = (x ^ (x >> _U30)) * _UMIX1
    x = (x ^ (x >> _U27)) * _UMIX2
    x = x ^ (x >> _U31)
    x = (x ^ (x >> _U30)) * _UMIX1
    x = (x ^ (x >> _U27)) * _UMIX2
    x = x ^ (x >> _U31)
    # A whole number with a sign is made a float in one step; 52 bits have none.
    return (float(np.int64(x >> _U12)) + 0.5) * _SCALE


@twin_of(draw)
def _draw_plain(seed: int, stream_number: int, agent: int, other: int, tick: int) -> float:
    x = int(seed) * _SEED + int(stream_number) * _STREAM
    x = (x + int(agent) * _AGENT + int(other) * _OTHER + int(tick) * _TICK) & _MASK
    for _ in range(2):
        x = ((x ^ (x >> 30)) * _MIX1) & _MASK
        x = ((x ^ (x >> 27)) * _MIX2) & _MASK
        x = x ^ (x >> 31)
    return (float(x >> 12) + 0.5) * _SCALE


@rule
def clip(value: float, low: float, high: float) -> float:
    """Return ``value`` held between ``low`` and ``high``; not-a-number is refused."""
    if low <= value <= high:
        return value  # mostly: what is not a number is nowhere
    if value != value:
        raise ValueError("not a number")
    return low if value < low else high


@rule
def logistic(value: float) -> float:
    """Return 1/(1+exp(-value)), the argument held within +-700 so that exp never overflows."""
    return 1.0 / (1.0 + exp(-clip(value, -700.0, 700.0)))


@rule
def safe_log(value: float) -> float:
    """Return the natural logarithm, of at least the smallest normal double."""
    return log(clip(value, 2.3e-308, 1.7e308))


@rule
def whole(value: float) -> int:
    """Return ``value`` rounded to the nearest whole number (halves away from zero), checked."""
    value = clip(value, -9.0e15, 9.0e15)
    if value < 0.0:
        return -int(0.5 - value)
    return int(value + 0.5)


@rule
def gumbel(lot: float) -> float:
    """Return the standard Gumbel quantile of ``lot`` in (0, 1): noise of a logit choice."""
    return -safe_log(-safe_log(lot))


@rule
def normal(lot: float) -> float:
    """Return the standard normal quantile of ``lot`` in (0, 1).

    Rational approximation by P. J. Acklam, relative error below 1.2e-9. Built from + * / sqrt
    and log only, so that compiled and plain Python agree to the bit.
    """
    low = 0.02425
    if lot < low or lot > 1.0 - low:
        tail = lot if lot < low else 1.0 - lot
        q = math.sqrt(-2.0 * safe_log(tail))
        top = -7.784894002430293e-03 * q - 3.223964580411365e-01
        top = (top * q - 2.400758277161838) * q - 2.549732539343734
        top = (top * q + 4.374664141464968) * q + 2.938163982698783
        below = (7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996
        below = (below * q + 3.754408661907416) * q + 1.0
        return top / below if lot < low else -top / below
    q = lot - 0.5
    r = q * q
    top = -3.969683028665376e01 * r + 2.209460984245205e02
    top = (top * r - 2.759285104469687e02) * r + 1.383577518672690e02
    top = ((top * r - 3.066479806614716e01) * r + 2.506628277459239) * q
    below = -5.447609879822406e01 * r + 1.615858368580409e02
    below = (below * r - 1.556989798598866e02) * r + 6.680131188771972e01
    below = (below * r - 1.328068155288572e01) * r + 1.0
    return top / below


@rule
def lognormal(lot: float, mean: float, cv: float) -> float:
    """Return the quantile of a lognormal with this mean and coefficient of variation."""
    variance = safe_log(1.0 + cv * cv)
    return mean * exp(math.sqrt(variance) * normal(lot) - 0.5 * variance)


@rule
def beta33(seed: int, stream_number: int, agent: int) -> float:
    """Return a Beta(3, 3) draw: the median of five uniforms, keyed to ``agent``."""
    lowest = 2.0
    middle = 2.0
    third = 2.0
    for k in range(5):
        lot = draw(seed, stream_number, agent, k, 0)
        if lot < lowest:
            third = middle
            middle = lowest
            lowest = lot
        elif lot < middle:
            third = middle
            middle = lot
        elif lot < third:
            third = lot
    return third
