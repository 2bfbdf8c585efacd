"""Factors of an experiment: what is varied, over which values, and what a value sets.

A lever is what someone could decide, an uncertainty what nobody knows; they are treated alike
and told apart in reports. What has ``values`` or ``alternatives`` is crossed with everything
else; what has a range (``low`` to ``high``) is sampled by the design.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from agents.compiled.record import FloatArray
from experiments.runs.values import Setting, Value
from sim.policy.overrides import is_policy_setting

DISTRIBUTIONS = ("uniform", "log-uniform", "triangular", "normal")


@dataclass(frozen=True)
class Factor:
    """One factor, checked.

    Attributes:
        name: its table's name; without ``keys`` or ``alternatives`` also what it sets.
        role: ``lever`` or ``uncertainty``.
        keys: parameters, title or policy keys that all get its value.
        values: the values it is crossed over; empty where it is sampled.
        alternatives: settings per value, where a value is the name of several settings.
        low: smallest value sampled.
        high: largest value sampled.
        distribution: one of ``DISTRIBUTIONS``, or ``values``.
        shape: mode of a triangular, or mean and standard deviation of a normal distribution.
        levels: how many values a factorial design takes from the range; 0 where none.
        whole: whether only whole numbers are sampled.
        text: what it is, in words.
        unit: unit of its values.
        source: who says so, or ``assumed``.
        where: file and key it was read from, for messages.
        lines: of a points file, on which each of ``values`` stands first; empty for other files.
    """

    name: str
    role: str
    keys: tuple[str, ...]
    values: tuple[Value, ...] = ()
    alternatives: Mapping[str, tuple[Setting, ...]] | None = None
    low: float = 0.0
    high: float = 0.0
    distribution: str = "values"
    shape: tuple[float, ...] = ()
    levels: int = 0
    whole: bool = False
    text: str = ""
    unit: str = ""
    source: str = ""
    where: str = ""
    lines: tuple[int, ...] = ()

    @property
    def sampled(self) -> bool:
        """Whether it has a range, and no list of values."""
        return self.distribution != "values"

    @property
    def of_policy(self) -> bool:
        """Whether it sets titles or policy, which are checked together."""
        if self.alternatives is not None:
            return any(one.of_policy for many in self.alternatives.values() for one in many)
        return any(is_policy_setting(key) for key in self.keys)

    @property
    def place(self) -> str:
        """Where it was read from in its file: table and name."""
        return self.where.rpartition(": ")[2]

    def where_of(self, place: int) -> str:
        """Return file and key that a value was read from, by its place among ``extremes``.

        With its line, if each value has one.
        """
        if not self.lines:
            return self.where
        file, _, key = self.where.rpartition(": ")
        return f"{file}, line {self.lines[place]}: {key}"

    def settings(self, value: Value) -> tuple[Setting, ...]:
        """Return what ``value`` sets."""
        if self.alternatives is not None:
            return self.alternatives[str(value)]
        return tuple(Setting(key, value) for key in self.keys)

    def extremes(self) -> tuple[Value, ...]:
        """Return every listed value, or the ends of the range."""
        if not self.sampled:
            return self.values
        return (int(self.low), int(self.high)) if self.whole else (self.low, self.high)

    def spread(self, count: int) -> tuple[Value, ...]:
        """Return ``count`` values of the range, even in it (in its logarithm where that is)."""
        if self.distribution == "log-uniform":
            found = np.geomspace(self.low, self.high, count)
        else:
            found = np.linspace(self.low, self.high, count)
        found[0], found[-1] = self.low, self.high
        if self.whole:
            return tuple(round(float(x)) for x in found)
        return tuple(float(x) for x in found)

    def at(self, shares: FloatArray) -> list[Value]:
        """Return the values at ``shares`` (0..1) of the distribution, shape ``(points,)``."""
        if self.whole:
            least, most = int(self.low), int(self.high)
            steps = np.floor(shares * (most - least + 1)).astype(int)
            return [int(x) for x in np.clip(least + steps, least, most)]
        found = np.clip(self._quantile(shares), self.low, self.high)
        return [float(x) for x in found]

    def on_grid(self, shares: FloatArray) -> list[Value]:
        """Return the values at levels of a grid (0..1) that has even steps in the range."""
        if not self.whole:
            return self.at(shares)
        least, most = int(self.low), int(self.high)
        return [least + round(float(x) * (most - least)) for x in shares]

    def _quantile(self, u: FloatArray) -> FloatArray:
        low, high = self.low, self.high
        if self.distribution == "log-uniform":
            return np.asarray(np.exp(math.log(low) + u * (math.log(high) - math.log(low))))
        if self.distribution == "triangular":
            (mode,) = self.shape
            cut = (mode - low) / (high - low)
            up = low + np.sqrt(u * (high - low) * (mode - low))
            down = high - np.sqrt((1.0 - u) * (high - low) * (high - mode))
            return np.asarray(np.where(u < cut, up, down))
        if self.distribution == "normal":
            from scipy.special import ndtri

            mean, sd = self.shape
            side, first, last = normal_ends(low, high, mean, sd)
            return np.asarray(mean + side * sd * ndtri(first + u * (last - first)))
        return np.asarray(low + u * (high - low))

    def described(self) -> dict[str, Any]:
        """Return what a manifest says of it."""
        ranged = self.sampled
        return {
            "name": self.name,
            "role": self.role,
            "keys": list(self.keys),
            "unit": self.unit,
            "source": self.source,
            "text": self.text,
            "distribution": self.distribution,
            "shape": list(self.shape),
            "low": self.low if ranged else None,
            "high": self.high if ranged else None,
            "levels": self.levels or None,
            "values": None if ranged else list(self.values),
            "alternatives": None
            if self.alternatives is None
            else {name: [one.text for one in many] for name, many in self.alternatives.items()},
        }


def normal_ends(low: float, high: float, mean: float, sd: float) -> tuple[float, float, float]:
    """Return the side (1 or -1) and the shares of a normal distribution at both ends of a range.

    Above the mean, shares are counted from the upper tail (side -1): near 1 they would lack
    digits.
    """
    from scipy.special import ndtr  # where it is used: most sweeps go without

    side = -1.0 if low > mean else 1.0
    return side, float(ndtr(side * (low - mean) / sd)), float(ndtr(side * (high - mean) / sd))
