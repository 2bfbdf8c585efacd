"""Factors of an experiment: what is varied, over which values, and what a value sets.

A lever is what someone could decide, an uncertainty what nobody knows; they are treated alike
and told apart in reports. What has ``values`` or ``alternatives`` is crossed with everything
else; what has a range (``low`` to ``high``) is sampled by the design.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from scipy.special import ndtr, ndtri

from agents.parameters import DECLARED
from agents.record import FloatArray
from sim.errors import BadInput, nearest
from sim.policy.overrides import is_policy_setting
from sim.policy.values import POLICY_SERIES, TITLE_SERIES, Strict

Value = bool | int | float | str
DISTRIBUTIONS = ("uniform", "log-uniform", "triangular", "normal")
LEAVES = (
    "keys", "values", "alternatives", "low", "high", "distribution", "mode", "mean", "sd",
    "levels", "text", "unit", "source",
)  # fmt: skip
"""Keys of a factor's table, by which it is told from a table of names."""


class Said(NamedTuple):
    """What is said of a factor, beside what it does."""

    text: str
    unit: str
    source: str


class FactorTable(Strict):
    """A factor as it is written: ``[levers."NAME"]`` or ``[uncertainties."NAME"]``."""

    keys: list[str] | None = None
    values: list[bool | int | float | str] | None = None
    alternatives: dict[str, list[str]] | None = None
    low: float | None = None
    high: float | None = None
    distribution: str | None = None
    mode: float | None = None
    mean: float | None = None
    sd: float | None = None
    levels: int | None = None
    text: str = ""
    unit: str | None = None
    source: str | None = None


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
    """

    name: str
    role: str
    keys: tuple[str, ...]
    values: tuple[Value, ...] = ()
    alternatives: Mapping[str, tuple[str, ...]] | None = None
    low: float = 0.0
    high: float = 0.0
    distribution: str = "values"
    shape: tuple[float, ...] = ()
    levels: int = 0
    whole: bool = False
    text: str = ""
    unit: str = ""
    source: str = ""

    @property
    def sampled(self) -> bool:
        """Whether it has a range, and no list of values."""
        return self.distribution != "values"

    @property
    def of_policy(self) -> bool:
        """Whether it sets titles or policy, which are checked together."""
        texts = self.keys or [t for many in (self.alternatives or {}).values() for t in many]
        return any(is_policy_setting(text) for text in texts)

    def settings(self, value: Value) -> tuple[str, ...]:
        """Return what ``value`` sets, as texts after ``--set``."""
        if self.alternatives is not None:
            return self.alternatives[str(value)]
        return tuple(f"{key}={written(value)}" for key in self.keys)

    def extremes(self) -> tuple[Value, ...]:
        """Return every listed value, or the ends of the range."""
        return self.values or tuple(self.at(np.array([0.0, 1.0])))

    def spread(self, count: int) -> tuple[Value, ...]:
        """Return ``count`` values of the range, even in it (in its logarithm where that is)."""
        if self.distribution == "log-uniform":
            found = np.geomspace(self.low, self.high, count)
        else:
            found = np.linspace(self.low, self.high, count)
        found[0], found[-1] = self.low, self.high
        if self.whole:
            return tuple(dict.fromkeys(round(float(x)) for x in found))
        return tuple(float(x) for x in found)

    def at(self, shares: FloatArray) -> list[Value]:
        """Return the values at ``shares`` (0..1) of the distribution, shape ``(points,)``."""
        if self.whole:
            least, most = int(self.low), int(self.high)
            steps = np.floor(shares * (most - least + 1)).astype(int)
            return [int(x) for x in np.clip(least + steps, least, most)]
        found = np.clip(self._quantile(shares), self.low, self.high)
        return [float(x) for x in found]

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
            mean, sd = self.shape
            ends = ndtr((low - mean) / sd), ndtr((high - mean) / sd)
            return np.asarray(mean + sd * ndtri(ends[0] + u * (ends[1] - ends[0])))
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
            else {name: list(texts) for name, texts in self.alternatives.items()},
        }


def written(value: Value) -> str:
    """Return a value as it is written after ``--set NAME=``, to the last bit."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value) if isinstance(value, float) else str(value)


def numbers_of(names: list[str]) -> list[Value]:
    """Return names of alternatives as numbers where all of them are, so that they have an order."""
    try:
        found = [float(name) for name in names]
    except ValueError:
        return list(names)
    if not all(math.isfinite(x) for x in found):
        return list(names)
    return [int(x) if x.is_integer() and "." not in n else x for x, n in zip(found, names)]  # noqa: B905


def known_of(key: str) -> tuple[str, str, bool, bool]:
    """Return unit, source, whether whole and whether a switch, of what a key sets."""
    if key in DECLARED:
        one = DECLARED[key]
        return one.unit, one.source, one.kind == "i8", one.kind == "?"
    parts = key.partition("@")[0].split(".")
    series = {"title": TITLE_SERIES, "policy": POLICY_SERIES}.get(parts[0], {})
    rule = series.get(parts[-1])
    if rule is None:
        return ("share" if "functions" in parts else ""), "", False, False
    return rule.units[0] if len(rule.units) == 1 else "", "", rule.whole, False


def make_factor(name: str, role: str, table: FactorTable, where: str) -> Factor:
    """Return a factor out of its table, or say what is wrong with it.

    Raises:
        BadInput: it has no values, two kinds of them, or a range that cannot be sampled.
    """
    given = [k for k in ("values", "alternatives") if getattr(table, k) is not None]
    given += ["low and high"] if table.low is not None or table.high is not None else []
    if len(given) != 1:
        problem = "has nothing to vary" if not given else f"has {' and '.join(given)}"
        raise BadInput(where, problem, allowed="one of: values, alternatives, low with high")
    if table.alternatives is not None:
        return _of_alternatives(name, role, table, where)
    keys = tuple(table.keys) if table.keys is not None else (name,)
    if not keys or len(set(keys)) < len(keys):
        raise BadInput(f"{where}.keys", "is empty or names a key twice", allowed="keys to set")
    unit, source, whole, switch = known_of(keys[0])
    said = Said(
        table.text,
        unit if table.unit is None else table.unit,
        source if table.source is None else table.source,
    )
    if table.values is not None:
        _only(table, where, ("keys", "values"))
        found = _values(table.values, f"{where}.values")
        return Factor(name, role, keys, found, text=said.text, unit=said.unit, source=said.source)
    if switch:
        raise BadInput(where, "is a switch: it has no range", allowed="values = [false, true]")
    return _ranged(name, role, keys, table, where, whole, said)


def _only(table: FactorTable, where: str, allowed: tuple[str, ...]) -> None:
    """Refuse keys that would silently do nothing beside those in ``allowed``."""
    extra = set(table.model_fields_set) - {*allowed, "text", "unit", "source"}
    if extra:
        raise BadInput(
            f"{where}.{sorted(extra)[0]}", f"does nothing beside {allowed[-1]}",
            allowed=", ".join([*allowed, "text", "unit", "source"]),
        )  # fmt: skip


def _values(values: list[Value], where: str) -> tuple[Value, ...]:
    if len(values) < 2:
        raise BadInput(where, f"has {len(values)} values", allowed="two or more; one is a constant")
    for place, value in enumerate(values):
        if isinstance(value, float) and not math.isfinite(value):
            raise BadInput(where, f"{value} is not finite", allowed="finite numbers")
        if any(value == other for other in values[:place]):
            raise BadInput(where, f"{written(value)} occurs twice", allowed="each value once")
    kinds = {"number" if type(v) in (int, float) else type(v).__name__ for v in values}
    if len(kinds) > 1:
        raise BadInput(where, "mixes numbers, texts and switches", allowed="values of one kind")
    return tuple(values)


def _of_alternatives(name: str, role: str, table: FactorTable, where: str) -> Factor:
    _only(table, where, ("alternatives",))
    found = table.alternatives or {}
    if len(found) < 2:
        raise BadInput(
            f"{where}.alternatives", f"has {len(found)}", allowed="two or more, by their names"
        )
    for label, texts in found.items():
        for text in texts:
            if "=" not in text:
                raise BadInput(
                    f"{where}.alternatives.{label}", f"{text!r} cannot be read",
                    allowed='settings, such as "title.gez.phase@2019Q1=0.5"',
                )  # fmt: skip
    labels = list(found)
    values = numbers_of(labels)
    settings = {str(v): tuple(found[n]) for v, n in zip(values, labels, strict=True)}
    if len(settings) < len(labels):
        raise BadInput(f"{where}.alternatives", "names a number twice", allowed="each once")
    return Factor(
        name, role, (), tuple(values), settings, text=table.text, unit=table.unit or "",
        source=table.source or "",
    )  # fmt: skip


def _ranged(
    name: str,
    role: str,
    keys: tuple[str, ...],
    table: FactorTable,
    where: str,
    whole: bool,
    said: Said,
) -> Factor:
    kind = table.distribution or "uniform"
    if kind not in DISTRIBUTIONS:
        raise BadInput(
            f"{where}.distribution", f"{kind!r} is unknown", allowed=", ".join(DISTRIBUTIONS),
            nearest=nearest(kind, DISTRIBUTIONS),
        )  # fmt: skip
    needs = {"triangular": ("mode",), "normal": ("mean", "sd")}.get(kind, ())
    low, high = _limits(table, where)
    shape = []
    for key in ("mode", "mean", "sd"):
        value = getattr(table, key)
        if (value is not None) != (key in needs):
            problem = f"is missing for {kind}" if key in needs else f"does nothing for {kind}"
            raise BadInput(f"{where}.{key}", problem, allowed=", ".join(needs) or "no shape")
        if value is not None:
            shape.append(_finite(value, f"{where}.{key}"))
    if kind == "triangular" and not low <= shape[0] <= high:
        raise BadInput(f"{where}.mode", f"{shape[0]} is outside", allowed=f"{low} .. {high}")
    if kind == "normal" and shape[1] <= 0.0:
        raise BadInput(f"{where}.sd", f"{shape[1]}", allowed="above 0")
    if kind == "normal" and ndtr((high - shape[0]) / shape[1]) <= ndtr((low - shape[0]) / shape[1]):
        raise BadInput(
            f"{where}.mean", "lies too far outside the range", allowed=f"{low} .. {high}"
        )
    if kind == "log-uniform" and low <= 0.0:
        raise BadInput(f"{where}.low", f"{low} has no logarithm", allowed="above 0")
    if whole and kind != "uniform":
        raise BadInput(f"{where}.distribution", f"{kind} of whole numbers", allowed="uniform")
    if whole and not (low.is_integer() and high.is_integer()):
        raise BadInput(f"{where}.low", "is not a whole number", allowed="whole numbers")
    if table.levels is not None and not 2 <= table.levels <= 1000:
        raise BadInput(f"{where}.levels", f"{table.levels}", allowed="2 .. 1000")
    return Factor(
        name, role, keys, (), None, low, high, kind, tuple(shape), table.levels or 0, whole,
        said.text, said.unit, said.source,
    )  # fmt: skip


def _finite(value: float, where: str) -> float:
    if not math.isfinite(value):
        raise BadInput(where, f"{value} is not finite", allowed="a finite number")
    return float(value)


def _limits(table: FactorTable, where: str) -> tuple[float, float]:
    for key in ("low", "high"):
        if getattr(table, key) is None:
            raise BadInput(f"{where}.{key}", "is missing", allowed="low and high")
    low, high = (_finite(getattr(table, k), f"{where}.{k}") for k in ("low", "high"))
    if not low < high:
        raise BadInput(f"{where}.low", f"{low:.10g} is not below high", allowed="low < high")
    return low, high


def value_of(text: str) -> Value:
    """Return a cell of a points file: a number, true, false, or the text as it stands."""
    plain = text.strip()
    if plain.lower() in ("true", "false"):
        return plain.lower() == "true"
    for kind in (int, float):
        try:
            return kind(plain)
        except ValueError:
            continue
    return plain
