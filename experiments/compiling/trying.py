"""Compile the rules of a user's own by themselves: what is wrong shows in seconds.

Compiling the whole model would meet the same mistakes, after a minute or two.
"""

from __future__ import annotations

from typing import Any, get_args, get_origin, get_type_hints

import numba

from agents.compiled.record import FloatArray, IntArray, Record, dtype_of
from agents.compiled.rule import INNER, RULES, fill
from agents.compiled.swaps import SWAPPED, original_name
from experiments.compiling.apart import smallest
from sim.tables import Tables

_KINDS: dict[Any, Any] = {
    int: numba.types.int64,
    float: numba.types.float64,
    bool: numba.types.boolean,
    FloatArray: numba.types.Array(numba.types.float64, 1, "C"),
    IntArray: numba.types.Array(numba.types.int64, 1, "C"),
}


def try_rules() -> None:
    """Compile every replaced rule for the types that the rule it replaces declares.

    Raises:
        BadInput: one does not compile, or returns another type.
    """
    if not SWAPPED:
        return
    fill()
    tables = numba.typeof(smallest())
    known = {**RULES, **INNER}
    for (module, name), written in SWAPPED.items():
        beside = module, original_name(written.name)
        if not hasattr(RULES[beside], "py_func"):  # compilation is off
            continue
        types = argument_types(RULES[beside].py_func, tables)
        try:
            known[beside].compile(types)
        except numba.errors.NumbaError:
            continue  # the annotations do not tell: arrays of more than one dimension
        known[module, name].compile(types)


def argument_types(rule: Any, tables: Any) -> tuple[Any, ...]:
    """Return the compiler's types of a rule's arguments, from its annotations."""
    hints = get_type_hints(rule)
    hints.pop("return", None)
    return tuple(_type_of(hint, tables) for hint in hints.values())


def _type_of(hint: Any, tables: Any) -> Any:
    if hint is Tables:
        return tables
    if hint in _KINDS:
        return _KINDS[hint]
    if get_origin(hint) is tuple:
        return numba.types.BaseTuple.from_types([_type_of(one, tables) for one in get_args(hint)])
    if issubclass(hint, Record):
        return numba.from_dtype(dtype_of(hint))
    inside = get_type_hints(hint).values()
    return numba.types.NamedTuple([_type_of(one, tables) for one in inside], hint)
