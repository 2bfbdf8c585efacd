"""Parameter values from ``--set name=value``: defaults, checked and replaced by dotted name."""

from __future__ import annotations

from collections.abc import Sequence

import agents.care as _functions  # declares the parameters of functions and patient groups
from agents.parameters import DECLARED, DROPPED, Declared
from sim.errors import BadInput, nearest
from sim.policy.overrides import is_policy_setting
from sim.reading.numbers import as_percent, number_in

__all__ = ["assumed_parameters", "parameter_values", "read_value"]

_ = _functions
_BOOLS = {"true": True, "on": True, "1": True, "false": False, "off": False, "0": False}
_ALLOWED = (
    "a name that `regiosim parameters` lists, or title.NAME.KEY[@DATE] or "
    "policy.KEY[@INSURER][@DATE] for policy (`regiosim titles NAME`)"
)


def parameter_values(settings: Sequence[str] = ()) -> dict[str, float | int | bool]:
    """Return the value of every parameter by its dotted name.

    Args:
        settings: ``name=value`` texts, applied in this order. Texts about titles and policy
            are left to ``sim.policy.load.load_regime``.

    Raises:
        BadInput: a text cannot be read, or its name, value or date is not allowed.
    """
    values = {name: declared.value for name, declared in DECLARED.items()}
    for setting in settings:
        if not is_policy_setting(setting):
            declared, value = _read(setting)
            values[declared.name] = value
    return values


def assumed_parameters() -> tuple[Declared, ...]:
    """Return the parameters whose source says that their default is an assumption."""
    return tuple(d for d in DECLARED.values() if d.source.lower().startswith("assumed"))


def _read(setting: str) -> tuple[Declared, float | int | bool]:
    where = f"--set {setting}"
    left, sign, text = setting.partition("=")
    name, at, _date = (part.strip() for part in left.partition("@"))
    if not sign or not name or not text.strip():
        raise BadInput(where, "cannot be read", allowed="name=value, such as choice.money=1.2")
    if name in DROPPED:
        raise BadInput(where, f"{name} is no longer there: {DROPPED[name]}")
    if name not in DECLARED:
        known = [*DECLARED, "title.", "policy."]
        raise BadInput(
            where, f"unknown name {name!r}", allowed=_ALLOWED, nearest=nearest(name, known)
        )
    if at:
        raise BadInput(
            where,
            f"{name} is about behaviour and holds for the whole run: it takes no date",
            allowed=f"{name}=value; only title. and policy. keys are dated",
        )
    return DECLARED[name], read_value(DECLARED[name], text, where)


def read_value(declared: Declared, text: str, where: str) -> float | int | bool:
    """Return the value written in ``text``, of the declared type and inside the range.

    Args:
        declared: the parameter.
        text: what was written.
        where: what to name in the message.

    Raises:
        BadInput: it has another type, is not finite or lies outside the range.
    """
    written = text.strip()
    if declared.kind == "?":
        if written.lower() not in _BOOLS:
            raise BadInput(where, f"{written!r} is not a switch", allowed=", ".join(_BOOLS))
        return _BOOLS[written.lower()]
    span = f"{declared.low:.10g} .. {declared.high:.10g}"
    allowed = span if declared.unit == "1" else f"{span} {declared.unit}".rstrip()
    number = number_in(written, declared.low, declared.high, where, allowed)
    if not declared.low <= number <= declared.high:
        share = declared.unit in ("share", "1")
        looks = as_percent(number, declared.low, declared.high) if share else ""
        raise BadInput(where, f"{written} is out of range{looks}", allowed=allowed)
    if declared.kind == "i8":
        if number != int(number):
            allowed = f"whole numbers {allowed}"
            raise BadInput(where, f"{written} is not a whole number", allowed=allowed)
        return int(number)
    return number
