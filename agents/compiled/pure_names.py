"""Names that a file of rules may use: what gives the same for the same arguments, every time.

A list of what is allowed, not of what is not: a module, a function or an attribute that nobody
thought of is refused.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]

MODULES = frozenset({"__future__", "cmath", "math"})
"""Python's own modules that neither draw, nor keep anything, nor read what is outside."""

BUILTINS = frozenset(
    "abs all any bool complex divmod enumerate float int isinstance len max min pow range reversed "
    "round sorted sum tuple zip list dict print ArithmeticError AssertionError Exception "
    "FloatingPointError IndexError KeyError OverflowError RuntimeError TypeError ValueError "
    "ZeroDivisionError False True None NotImplementedError".split()
)
"""Of what Python has without an import."""

NUMPY = frozenset(
    "abs absolute add all any arange arccos arccosh arcsin arcsinh arctan arctan2 arctanh argmax "
    "argmin argsort array asarray bool_ cbrt ceil clip copysign cos cosh cumprod cumsum deg2rad "
    "degrees diff divide dot dtype e equal exp exp2 expm1 fabs finfo float32 float64 floor "
    "floor_divide fmax fmin fmod full greater greater_equal hypot iinfo inf int16 int32 int64 int8 "
    "interp isclose isfinite isinf isnan ldexp less less_equal linspace log log10 log1p log2 "
    "logical_and logical_not logical_or logical_xor max maximum mean median min minimum mod modf "
    "multiply nan negative newaxis nextafter not_equal ones pi polyval power prod quantile "
    "rad2deg radians reciprocal remainder rint searchsorted sign signbit sin sinh sort sqrt square "
    "std subtract sum tan tanh true_divide trunc uint16 uint32 uint64 uint8 var where "
    "zeros".split()
)
"""Of NumPy: mathematics, types, and arrays that are filled when they are made."""

TYPING = frozenset(
    "Annotated Any Callable ClassVar Dict Final Iterable List Literal NamedTuple Optional Sequence "
    "TYPE_CHECKING Tuple Union".split()
)
NUMBA = frozenset({"boolean", "float32", "float64", "int32", "int64", "uint64"})

SOME = {"numpy": NUMPY, "numba": NUMBA, "typing": TYPING}
"""Modules of which these names may be used, and no others."""

ATTRIBUTES = frozenset(
    "ag_frame base cr_frame ctypes data dump dumps f_back f_builtins f_code f_globals f_locals "
    "flags format format_map gi_code gi_frame gi_yieldfrom model overloads pos py_func random "
    "recompile "
    "rng scenario setflags targetoptions tb_frame tb_next tofile unique_id".split()
)
"""Attributes that no column has, and that lead out of a rule's arguments or unlock a constant."""

_MACHINERY = (
    "agents.compiled.constants", "agents.compiled.guard", "agents.compiled.pure_names",
    "agents.compiled.purity", "agents.compiled.rules_file", "agents.compiled.swaps", "sim.engines",
    "sim.place", "sim.policy", "sim.start",
)  # fmt: skip
_DECORATORS = frozenset({"rule", "kernel"})
_RULE_MODULE = "agents.compiled.rule"


def of_model(module: str) -> bool:
    """Return whether a module is one of the model's."""
    return module.partition(".")[0] in ("agents", "sim")


def why_not(module: str, name: str) -> str:
    """Return what is wrong with importing ``name`` from a module of the model, or nothing."""
    if any(module == one or module.startswith(f"{one}.") for one in _MACHINERY):
        return f"imports from {module}, where there are no rules"
    if module == _RULE_MODULE and name not in _DECORATORS:
        return f"imports {name} from {module}, of which rules use {' and '.join(_DECORATORS)}"
    if name == "*":
        return f"imports everything of {module}"
    if _place_of(f"{module}.{name}") is not None:
        return f"imports the module {module}.{name}"
    if name in _foreign_in(module):
        return f"imports {name} from {module}, where it is itself imported from elsewhere"
    return ""


def _place_of(module: str) -> Path | None:
    """Return the file or folder of a module of the model, or None where there is none."""
    place = _ROOT.joinpath(*module.split("."))
    for found in (place.with_name(f"{place.name}.py"), place / "__init__.py"):
        if found.is_file():
            return found
    return None


@cache
def _foreign_in(module: str) -> frozenset[str]:
    """Return the names that a module of the model has from elsewhere than the model."""
    place = _place_of(module)
    if place is None:
        return frozenset()
    found: set[str] = set()
    for node in ast.parse(place.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Import):
            found |= {(one.asname or one.name).partition(".")[0] for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if not (of_model(module) or module in MODULES or module in SOME):
                found |= {one.asname or one.name for one in node.names}
    return frozenset(found)
