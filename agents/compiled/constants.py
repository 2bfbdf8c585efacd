"""What a file of rules holds once it was executed: values that no rule can change.

The text of the file (``agents.compiled.purity``) does not tell what an expression gives. A value
that can be changed would be kept from one run to the next, by the compiled engine not at all.
"""

from __future__ import annotations

import types
from collections.abc import Container
from typing import Any

import numpy as np

from agents.compiled.pure_names import MODULES, SOME, of_model

_PLAIN = (bool, int, float, complex, str, bytes, np.generic, type(None), np.ufunc)
_FROM_MODEL = frozenset({"rule", "kernel", "stream"})
"""Functions of the model that are no rules, and that a file uses while it is executed."""
_SPOKEN = {"module": "a module", "function": "a function that is no rule"}


def wrong_in(value: Any, home: str, rules: Container[tuple[str, str]]) -> str:
    """Return what is wrong with a value that a rule sees, or nothing.

    An array is locked on the way: whoever writes to it gets an error, in plain Python as compiled.

    Args:
        value: of a name of the file, or of the module whose rule is replaced.
        home: name of the user's file as a module.
        rules: every rule by module and name.
    """
    if isinstance(value, _PLAIN):
        return ""
    if isinstance(value, tuple | frozenset):
        return next(filter(None, (wrong_in(one, home, rules) for one in value)), "")
    if isinstance(value, np.ndarray):
        value.setflags(write=False)
        return "an array of objects" if value.dtype.hasobject else ""
    if isinstance(value, type) or type(value).__module__ in ("typing", "types", "__future__"):
        return _wrong_type(value)
    if isinstance(value, types.ModuleType):
        return "" if value.__name__ in MODULES or value.__name__ in SOME else _spoken(value)
    return _wrong_function(value, home, rules)


def _wrong_type(value: Any) -> str:
    module = getattr(value, "__module__", "")
    fine = of_model(module) or module.partition(".")[0] in ("builtins", "numpy", "typing")
    return "" if fine or not isinstance(value, type) else f"the class {value.__name__}"


def _wrong_function(value: Any, home: str, rules: Container[tuple[str, str]]) -> str:
    plain = getattr(value, "py_func", value)
    module = getattr(plain, "__module__", None) or ""
    name = getattr(plain, "__name__", "")
    if module == home and isinstance(plain, types.FunctionType):
        return _kept_by(plain, home, rules)
    if (module, name) in rules or (of_model(module) and name in _FROM_MODEL):
        return ""
    top = module.partition(".")[0]
    if callable(value) and (top in MODULES or name in SOME.get(top, ())):
        return ""
    return "" if type(value).__module__.startswith("numba.core.types") else _spoken(value)


def _kept_by(function: types.FunctionType, home: str, rules: Container[tuple[str, str]]) -> str:
    """Return what a function of the file carries from one call to the next, or nothing."""
    defaults = (*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values())
    if function.__closure__ or any(wrong_in(one, home, rules) for one in defaults):
        return "a function that keeps something from one call to the next"
    return ""


def _spoken(value: Any) -> str:
    name = type(value).__name__
    return _SPOKEN.get(name, f"{'an' if name[:1] in 'aeiou' else 'a'} {name}")
