"""From the tables ``[levers]`` and ``[uncertainties]`` to factors, or one message on what is wrong.

Names may be quoted or nested: ``[levers."choice.money"]`` and ``[levers.choice.money]`` are one.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any, NamedTuple

from agents.parameters import DECLARED
from experiments.runs.values import Setting, Value, value_of, written
from experiments.sweeps.file.factors import DISTRIBUTIONS, Factor, normal_ends
from experiments.sweeps.file.plausible import RangedTable, with_plausible
from sim.errors import BadInput, nearest
from sim.policy.keys import POLICY_SERIES, TITLE_SERIES
from sim.policy.read import names_of, validate
from sim.policy.values import usual_unit
from sim.reading.numbers import is_ambiguous, two_readings, two_spellings

MOST_LEVELS = 1000
MOST_NUMBER = 2**53
"""Larger whole numbers are not kept exactly."""
DEEPEST = 6
"""Parts of a dotted name; ``title.NAME.functions.PART`` has four."""

_SHAPES = {"triangular": ("mode",), "normal": ("mean", "sd")}
_SAID = ("text", "unit", "source")


class FactorTable(RangedTable):
    """A factor as it is written: ``[levers."NAME"]`` or ``[uncertainties."NAME"]``."""

    values: list[Any] | None = None
    alternatives: dict[str, list[str]] | None = None
    distribution: str | None = None
    mode: float | None = None
    mean: float | None = None
    sd: float | None = None
    levels: int | None = None
    text: str = ""
    unit: str | None = None
    source: str | None = None


LEAVES = tuple(names_of(FactorTable))
"""Keys of a factor's table, by which it is told from a table of names."""


class Known(NamedTuple):
    """What is known of a key: unit and source, whether it is a whole number or a switch, limits."""

    unit: str = ""
    source: str = ""
    whole: bool = False
    switch: bool = False
    low: float = -math.inf
    high: float = math.inf
    units: tuple[str, ...] = ()


def known_of(key: str) -> Known:
    """Return what is known of a key that a factor sets: a parameter, or of a title or policy."""
    if key.strip() in DECLARED:
        one = DECLARED[key.strip()]
        return Known(
            one.unit, one.source, one.kind == "i8", one.kind == "?", one.low, one.high, (one.unit,)
        )  # fmt: skip
    parts = key.partition("@")[0].strip().split(".")
    rule = {"title": TITLE_SERIES, "policy": POLICY_SERIES}.get(parts[0], {}).get(parts[-1])
    if rule is None:
        return Known("share" if "functions" in parts else "")
    unit = rule.units[0] if len(rule.units) == 1 else ""
    return Known(unit, whole=rule.whole, low=rule.low, high=rule.high, units=rule.units)


def read_factors(raw: dict[str, Any], role: str, where: str, above: str = "") -> list[Factor]:
    """Return the factors of a table ``[levers]`` or ``[uncertainties]``, in its order.

    Args:
        raw: the table.
        role: ``lever`` or ``uncertainty``.
        where: file and table, for messages.
        above: what names in a nested table begin with.

    Raises:
        BadInput: a table is no factor.
    """
    found = []
    for key, table in raw.items():
        name = f"{above}{key}"
        if not isinstance(table, dict):
            raise BadInput(
                f"{where}.{name}", f"{table!r} does not fit",
                allowed='a table, such as { values = [1, 2] } or { low = 0, high = 1 }',
            )  # fmt: skip
        if _holds_names(table) and name.count(".") < DEEPEST:
            found += read_factors(table, role, where, f"{name}.")
        else:
            found.append(_factor(name, role, table, f"{where}.{name}"))
    return found


def _holds_names(table: dict[str, Any]) -> bool:
    """Return whether a table holds tables of factors, and is none itself."""
    if not table or any(key.startswith("alternat") for key in table):
        return False
    return all(isinstance(value, dict) for value in table.values())


def _factor(name: str, role: str, raw: dict[str, Any], where: str) -> Factor:
    for key in raw:
        if key not in LEAVES:
            raise BadInput(
                f"{where}.{key}", "unknown key", allowed=", ".join(LEAVES),
                nearest=nearest(key, LEAVES),
            )  # fmt: skip
    table = with_plausible(name, validate(FactorTable, raw, where, "."), where)
    return make_factor(name, role, table, where)


def make_factor(name: str, role: str, table: FactorTable, where: str) -> Factor:
    """Return a factor out of its table.

    Raises:
        BadInput: it has no values, two kinds of them, or a range that cannot be sampled.
    """
    if name != name.strip() or not name.isprintable() or not name:
        raise BadInput(where, f"{name!r} is no name", allowed="words on one line")
    given = [k for k in ("values", "alternatives") if getattr(table, k) is not None]
    given += ["low and high"] if table.low is not None or table.high is not None else []
    if len(given) != 1:
        problem = "has nothing to vary" if not given else f"has {' and '.join(given)}"
        raise BadInput(where, problem, allowed="one of: values, alternatives, low with high")
    if table.alternatives is not None:
        return _of_alternatives(name, role, table, where)
    keys = (name,) if table.keys is None else tuple(table.keys)
    if not keys:
        raise BadInput(f"{where}.keys", "is empty", allowed="one key to set, or more")
    for place, key in enumerate(keys):
        if key in keys[:place]:
            raise BadInput(f"{where}.keys", f"{key!r} occurs twice", allowed="each key once")
    known = [known_of(key) for key in keys]
    unit = None if table.unit is None else usual_unit(table.unit)
    for key, one in zip(keys, known, strict=True):
        if unit is not None and one.units and unit not in one.units:
            raise BadInput(
                f"{where}.unit", f"{table.unit!r} is not the unit of {key}",
                allowed=" or ".join(repr(unit) for unit in one.units),
            )  # fmt: skip
    factor = Factor(
        name, role, keys, text=table.text, where=where,
        unit=known[0].unit if unit is None else unit,
        source=known[0].source if table.source is None else table.source,
    )  # fmt: skip
    if table.values is not None:
        _only(table, where, ("keys", "values"))
        return replace(factor, values=_values(table.values, f"{where}.values"))
    if any(one.switch for one in known):
        raise BadInput(where, "is a switch: it has no range", allowed="values = [false, true]")
    return _ranged(replace(factor, whole=any(one.whole for one in known)), table)


def _only(table: FactorTable, where: str, allowed: tuple[str, ...]) -> None:
    """Refuse keys that would silently do nothing beside those in ``allowed``."""
    extra = set(table.model_fields_set) - {*allowed, *_SAID}
    if extra:
        raise BadInput(
            f"{where}.{sorted(extra)[0]}", f"does nothing beside {allowed[-1]}",
            allowed=", ".join([*allowed, *_SAID]),
        )  # fmt: skip


def _values(given: list[Any], where: str) -> tuple[Value, ...]:
    """Return a list of values: two or more, different, of one kind."""
    values = [v.isoformat() if hasattr(v, "isoformat") else v for v in given]
    if len(values) < 2:
        many = "no values" if not values else "one value"
        raise BadInput(where, f"has {many}", allowed="two or more; one is a constant")
    for place, value in enumerate(values):
        if type(value) not in (bool, int, float, str):
            raise BadInput(where, f"{value!r} does not fit", allowed="numbers, texts or switches")
        if isinstance(value, float) and not math.isfinite(value):
            raise BadInput(where, f"{value} is not finite", allowed="finite numbers")
        if isinstance(value, str) and not isinstance(value_of(value), str):
            raise BadInput(where, f"{value!r} is a text", allowed=f"{value} without quotes")
        if any(value == other for other in values[:place]):
            raise BadInput(where, f"{written(value)} occurs twice", allowed="each value once")
    kinds = {"number" if type(v) in (int, float) else type(v).__name__ for v in values}
    if len(kinds) > 1:
        raise BadInput(where, "mixes numbers, texts and switches", allowed="values of one kind")
    return tuple(values)


def _of_alternatives(name: str, role: str, table: FactorTable, where: str) -> Factor:
    _only(table, where, ("alternatives",))
    found = table.alternatives or {}
    where_all = f"{where}.alternatives"
    if len(found) < 2:
        many = "none" if not found else "only one"
        raise BadInput(where_all, f"has {many}", allowed="two or more, by their names")
    for label, texts in found.items():
        if not label.strip() or not label.isprintable():
            raise BadInput(where_all, f"{label!r} is no name", allowed="words on one line")
        if is_ambiguous(label):
            raise BadInput(where_all, two_readings(label), allowed=two_spellings(label))
        for text in texts:
            if "=" not in text:
                raise BadInput(
                    f"{where_all}.{label}", f"{text!r} cannot be read",
                    allowed='settings, such as "title.gez.in_force@2019Q1=0.5"',
                )  # fmt: skip
    values = numbers_of(list(found))
    if len(set(values)) < len(values):
        raise BadInput(where_all, "names a number twice", allowed="each once")
    settings = {
        str(value): tuple(Setting.read(text) for text in texts)
        for value, texts in zip(values, found.values(), strict=True)
    }
    return Factor(
        name, role, (), tuple(values), settings, text=table.text, unit=table.unit or "",
        source=table.source or "", where=where,
    )  # fmt: skip


def numbers_of(names: list[str]) -> list[Value]:
    """Return names of alternatives as numbers where all of them are, so that they have an order."""
    found = [value_of(name) for name in names]
    for value in found:
        if isinstance(value, bool | str) or not abs(value) <= MOST_NUMBER:
            return list(names)
    return found


def _ranged(factor: Factor, table: FactorTable) -> Factor:
    """Return a factor with the range and distribution of its table."""
    where, kind = factor.where, table.distribution or "uniform"
    if kind not in DISTRIBUTIONS:
        raise BadInput(
            f"{where}.distribution", f"{kind!r} is unknown", allowed=", ".join(DISTRIBUTIONS),
            nearest=nearest(kind, DISTRIBUTIONS),
        )  # fmt: skip
    low, high = _limits(table, where)
    if kind == "log-uniform" and low <= 0.0:
        raise BadInput(f"{where}.low", f"{low} has no logarithm", allowed="above 0")
    if factor.whole:
        _check_whole(table, kind, where)
    if table.levels is not None:
        most = min(MOST_LEVELS, int(high - low) + 1) if factor.whole else MOST_LEVELS
        if not 2 <= table.levels <= most:
            raise BadInput(f"{where}.levels", f"{table.levels} do not fit", allowed=f"2 .. {most}")
    return replace(
        factor, low=low, high=high, distribution=kind, shape=_shape(table, kind, where),
        levels=table.levels or 0,
    )  # fmt: skip


def _limits(table: FactorTable, where: str) -> tuple[float, float]:
    for key in ("low", "high"):
        if getattr(table, key) is None:
            raise BadInput(f"{where}.{key}", "is missing", allowed="low and high")
    low, high = (_finite(getattr(table, k), f"{where}.{k}") for k in ("low", "high"))
    if not low < high:
        problem = f"{low:.10g} is not below high, {high:.10g}"
        raise BadInput(f"{where}.low", problem, allowed="low < high")
    if not math.isfinite(high - low):
        raise BadInput(
            f"{where}.high", "is too far from low", allowed="a range that can be sampled"
        )
    return low, high


def _finite(value: float, where: str) -> float:
    if not math.isfinite(value):
        raise BadInput(where, f"{value} is not finite", allowed="a finite number")
    return float(value)


def _check_whole(table: FactorTable, kind: str, where: str) -> None:
    """Refuse a range that is no range of whole numbers."""
    if kind != "uniform":
        raise BadInput(f"{where}.distribution", f"{kind} of whole numbers", allowed="uniform")
    for key in ("low", "high"):
        if not float(getattr(table, key)).is_integer():
            raise BadInput(
                f"{where}.{key}", f"{getattr(table, key)} is not a whole number",
                allowed="whole numbers",
            )  # fmt: skip


def _shape(table: FactorTable, kind: str, where: str) -> tuple[float, ...]:
    """Return mode, or mean and standard deviation, where a distribution has them."""
    needs = _SHAPES.get(kind, ())
    shape = []
    for key in ("mode", "mean", "sd"):
        value = getattr(table, key)
        if (value is not None) != (key in needs):
            problem = f"is missing for {kind}" if key in needs else f"does nothing for {kind}"
            raise BadInput(f"{where}.{key}", problem, allowed=", ".join(needs) or "no shape")
        if value is not None:
            shape.append(_finite(value, f"{where}.{key}"))
    low, high = float(table.low or 0.0), float(table.high or 0.0)
    if kind == "triangular" and not low <= shape[0] <= high:
        problem = f"{shape[0]:.10g} is outside"
        raise BadInput(f"{where}.mode", problem, allowed=f"{low:.10g} .. {high:.10g}")
    if kind == "normal":
        if shape[1] <= 0.0:
            raise BadInput(f"{where}.sd", f"{shape[1]:.10g} does not fit", allowed="above 0")
        _, first, last = normal_ends(low, high, shape[0], shape[1])
        if first == last:
            raise BadInput(
                f"{where}.mean", f"{shape[0]:.10g} lies too far outside the range",
                allowed=f"{low:.10g} .. {high:.10g}",
            )  # fmt: skip
    return tuple(shape)
