"""Over syntax trees: nothing that a machine's library may round in its own way reaches a run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import agents

ROOT = Path(agents.__file__).resolve().parent.parent
SAME_EVERYWHERE = {
    "sqrt": "IEEE 754 rounds it correctly",
    "isqrt": "of whole numbers",
    "fsum": "the sum is exact before it is rounded once",
    "ceil": "exact",
    "floor": "exact",
    "frexp": "exact",
    "ldexp": "exact",
    "isfinite": "a question",
    "radians": "one product with a constant",
    "degrees": "one product with a constant",
    "pi": "a constant",
    "inf": "a constant",
    "nan": "a constant",
}
"""What may be used of ``math``, with the reason."""

OF_NUMPY = {"exp", "expm1", "exp2", "log", "log1p", "log2", "log10", "sin", "cos", "tan", "power",
            "arctan", "arctan2", "hypot", "dot", "matmul", "inner", "einsum", "vdot", "linalg",
            "logaddexp", "float_power", "cbrt", "tanh", "sinh", "cosh", "mean", "std", "var",
            "sum", "fft", "trapezoid", "convolve", "interp", "percentile",
            "quantile"}  # fmt: skip
"""What may not be used of NumPy: vector code of the processor, or sums in its own order."""

ALLOWED = {
    ("sim/measure/years.py", ".sum"): "four quarters are added one after the other",
    ("sim/measure/years.py", ".mean"): "four quarters are added one after the other",
    ("sim/place/synthetic.py", ".normal"): "libraries differ in the last bit of one draw in 3,000 "
    "at most, and areas are rounded to 0.1 km2, shares to 0.01",
}
"""What is used nevertheless, with the reason."""

METHODS = {"sum", "mean", "std", "var", "dot", "prod", "normal", "lognormal", "exponential",
           "gamma", "beta", "standard_normal", "poisson"}  # fmt: skip


@cache
def modules() -> dict[str, ast.Module]:
    paths = [p for package in ("agents", "sim") for p in sorted((ROOT / package).rglob("*.py"))]
    assert len(paths) > 60
    return {p.relative_to(ROOT).as_posix(): ast.parse(p.read_text(encoding="utf-8")) for p in paths}


def float_powers(node: ast.AST) -> bool:
    """Whether a power has an exponent that is not a whole constant."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
        right = node.right.operand if isinstance(node.right, ast.UnaryOp) else node.right
        return not (isinstance(right, ast.Constant) and isinstance(right.value, int))
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "pow"


def findings(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and name of everything that machines may do differently."""
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.ImportFrom) and node.module in ("math", "cmath", "statistics"):
            yield line, f"from {node.module}"
        elif isinstance(node, ast.Import):
            for name in node.names:
                if name.name.split(".")[0] in ("cmath", "statistics", "scipy"):
                    yield line, f"import {name.name}"
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
            yield line, "@"
        elif isinstance(node, ast.Attribute):
            owner = node.value.id if isinstance(node.value, ast.Name) else ""
            if owner == "math" and node.attr not in SAME_EVERYWHERE:
                yield line, f"math.{node.attr}"
            elif owner == "np" and node.attr in OF_NUMPY:
                yield line, f"np.{node.attr}"
            elif owner not in ("math", "np", "exact") and node.attr in METHODS:
                yield line, f".{node.attr}"
        if float_powers(node):
            yield line, "**"


def test_no_function_that_machines_round_differently_reaches_a_run() -> None:
    found = {
        (path, name): line for path, tree in modules().items() for line, name in findings(tree)
    }
    assert {k: v for k, v in found.items() if k not in ALLOWED} == {}
    assert sorted(k for k in ALLOWED if k not in found) == [], "allowed for nothing"


@pytest.mark.parametrize(
    "text",
    ["math.exp(1.0)", "np.log(x)", "math.hypot(x, y)", "x @ y", "x ** 0.5", "x ** y", "x.sum()",
     "from math import exp", "import statistics", "math.fmod(x, y)", "np.dot(x, y)", "pow(x, y)",
     "rng.normal(0.0, 1.0)"],
)  # fmt: skip
def test_the_search_finds_what_it_looks_for(text: str) -> None:
    assert list(findings(ast.parse(text)))


@pytest.mark.parametrize("text", ["math.sqrt(x)", "x ** 2", "2.0 ** -52", "2**63", "x * y"])
def test_the_search_lets_pass_what_is_exact(text: str) -> None:
    assert not list(findings(ast.parse(text)))


def test_no_kernel_takes_a_remainder_of_floats() -> None:
    """``%`` of floats is a call to the library; of whole numbers a whole one stands behind it."""
    found = [
        (path, node.lineno)
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Mod)
        and not whole(node.right if isinstance(node, ast.BinOp) else node.value)
    ]  # fmt: skip
    assert found == []


def whole(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, int)
    if isinstance(node, ast.BinOp):
        return whole(node.left) and whole(node.right)
    return isinstance(node, ast.Name) and node.id.isupper()
