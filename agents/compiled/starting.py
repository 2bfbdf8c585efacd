"""What Numba does at the start of every process, where a run has no use for it.

A run of a region takes a quarter of a second, to start it several times as long: what is left out
here was a sixth of that. Nothing that is computed depends on it.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import llvmlite.binding as llvm

_BLAS = "scipy.linalg.cython_blas"
_ENTRIES: set[tuple[str, str]] = set()


def never_linked(function: Callable[..., Any]) -> None:
    """Note that Python alone calls a kernel: nobody needs what others would link."""
    _ENTRIES.add((function.__module__, function.__qualname__))


def without_bitcode(function: Callable[..., Any], reduced: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return what Numba keeps of a compiled function, without what only linking needs.

    Beside machine code Numba keeps the code that it was made of, for callers to inline, and reads
    it at each start. Of a kernel that none calls there stays the name by which it is found.
    """
    if (function.__module__, function.__qualname__) not in _ENTRIES:
        return reduced
    (name, kind, data), described, *others = reduced
    if kind != "object":
        return reduced
    found = described.llvm_cpython_wrapper_name
    stub = llvm.parse_assembly(f'define void @"{found}"() {{ ret void }}').as_bitcode()
    return ((name, kind, (data[0], stub)), described, *others)


def answer_for_blas() -> None:
    """Tell Numba that SciPy is there by looking for it, not by importing its linear algebra.

    What needs it in a user's rules imports it when it is compiled.
    """
    if _BLAS in sys.modules or "numba.np.arraymath" in sys.modules or not find_spec("scipy"):
        return
    sys.modules[_BLAS] = None  # type: ignore[assignment]  # an ImportError, for this one question
    try:
        asked = importlib.import_module("numba.np.arraymath")
    finally:
        del sys.modules[_BLAS]
    vars(asked)["_HAVE_BLAS"] = True
