"""The rule decorator: one function, compiled for speed and kept as plain Python for the twin.

The cache of compiled code lives in a folder named by a hash of every source that can reach a
kernel, because Numba itself does not notice that an imported function or constant changed.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., Any])

OPTIONS: dict[str, Any] = {
    "nogil": True,
    "cache": True,
    "boundscheck": True,
    "error_model": "python",
    "no_cfunc_wrapper": True,
    # Kernels make no arrays of their own, so nothing is counted: arrays passed in are borrowed.
    # With reference counting a run of one region takes about a hundred times as long.
    "_nrt": False,
}

RULES: dict[tuple[str, str], Any] = {}
"""Every decorated function by (module, name): a Numba dispatcher, or plain Python with
compilation switched off."""

INNER: dict[tuple[str, str], Any] = {}
"""The dispatcher of a rule that other kernels call (see ``rule``), where there is compilation."""

TWINS: dict[tuple[str, str], Callable[..., Any]] = {}
"""Plain Python stand-ins for the few kernels that plain Python would compute differently."""

_ROOT = Path(__file__).resolve().parent.parent
_SOURCES = ("agents", "sim")
_NOT_COMPILED = ("policy", "place")
_KEEP = 4


def source_hash() -> str:
    """Return a hash of all sources and options that can change a kernel (16 hex digits)."""
    digest = hashlib.sha256()
    # Numba files compiled code by path as well: another checkout compiles for itself.
    digest.update(str(_ROOT).encode())
    digest.update(repr(sorted(OPTIONS.items())).encode())
    digest.update(f"{numba.__version__} {platform.python_version()} {platform.machine()}".encode())
    for package in _SOURCES:
        for path in sorted((_ROOT / package).rglob("*.py")):
            relative = path.relative_to(_ROOT)
            if relative.parts[1] not in _NOT_COMPILED:
                digest.update(str(relative.as_posix()).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def cache_root() -> Path:
    """Return the folder that holds the compiled code of this user (``REGIOSIM_CACHE`` moves it)."""
    chosen = os.environ.get("REGIOSIM_CACHE")
    if chosen:
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "regiosim"


def _prepare_cache() -> Path:
    folder = cache_root() / source_hash()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        os.utime(folder)
        others = sorted(
            (p for p in cache_root().iterdir() if p.is_dir() and p != folder),
            key=lambda p: p.stat().st_mtime,
        )
        for old in others[:-_KEEP]:
            shutil.rmtree(old, ignore_errors=True)
    except OSError:
        # A read-only home still runs: Numba then compiles in memory, once per process.
        OPTIONS["cache"] = False
    return folder


CACHE = _prepare_cache()
numba.config.CACHE_DIR = str(CACHE)


def is_warm() -> bool:
    """Return whether compiled kernels of exactly these sources are on disk already."""
    return any(CACHE.rglob("*run_batch*.nbi"))


def _general(kind: Any) -> Any:
    """Return a Numba type without the constants in it: ``Literal[int](3)`` is an int64."""
    if isinstance(kind, numba.types.BaseTuple) and not isinstance(kind, numba.types.BaseNamedTuple):
        return numba.types.BaseTuple.from_types([_general(t) for t in kind.types])
    return numba.types.unliteral(kind)


def _inner(function: Callable[..., Any]) -> Any:
    """Return the dispatcher that other kernels call: without a face to Python.

    The code that unpacks Python arguments is twenty times the size of a typical rule, and only
    the few kernels called from Python need it. A name of its own keeps the caches apart.
    """
    copied = types.FunctionType(
        function.__code__,
        function.__globals__,
        function.__name__,
        function.__defaults__,
        function.__closure__,
    )
    copied.__qualname__ = f"{function.__qualname__}_inner"
    copied.__module__ = function.__module__
    return numba.njit(**OPTIONS, no_cpython_wrapper=True)(copied)


def _widen(dispatcher: Any, inner: Any) -> None:
    """Let kernels call ``inner``, compiled once for all constants, not anew for each of them."""

    def template(args: Any, kws: Any) -> Any:
        general = {name: _general(kind) for name, kind in kws.items()}
        return inner.get_call_template([_general(kind) for kind in args], general)

    dispatcher.get_call_template = template
    dispatcher.get_overload = inner.get_overload


def rule(function: F) -> F:
    """Compile ``function`` on first use and register it, so that the twin can rebuild it."""
    compiled = numba.njit(**OPTIONS)(function)
    if hasattr(compiled, "get_call_template"):
        inner = INNER[function.__module__, function.__name__] = _inner(function)
        _widen(compiled, inner)
    RULES[function.__module__, function.__name__] = compiled
    return cast(F, compiled)


def kernel(function: F) -> F:
    """Compile and register ``function`` as ``rule`` does, but once for Python and kernels alike.

    For the few large ones that Python calls: compiling those twice costs more than their face.
    """
    compiled = numba.njit(**OPTIONS)(function)
    RULES[function.__module__, function.__name__] = compiled
    return cast(F, compiled)


def twin_of(kernel: Any) -> Callable[[F], F]:
    """Register a plain Python stand-in for ``kernel`` (same arguments, same bits)."""

    def register(function: F) -> F:
        plain = getattr(kernel, "py_func", kernel)
        TWINS[plain.__module__, plain.__name__] = function
        return function

    return register


def plain_functions(
    wrappers: dict[tuple[str, str], Callable[[Callable[..., Any]], Callable[..., Any]]]
    | None = None,
) -> dict[tuple[str, str], Callable[..., Any]]:
    """Rebuild every rule as plain Python in namespaces of its own, in this same process.

    ``wrappers`` maps (module, name) to a function that wraps that rule: this is how the twin
    hands a call to a subclass that overrides the rule. The compiled functions stay as they are.
    """
    import sys

    spaces: dict[str, dict[str, Any]] = {}
    functions: dict[tuple[str, str], Callable[..., Any]] = {}
    for (module, name), kernel in RULES.items():
        space = spaces.setdefault(module, dict(vars(sys.modules[module])))
        plain = getattr(kernel, "py_func", kernel)
        rebuilt = TWINS.get((module, name)) or types.FunctionType(
            plain.__code__, space, name, plain.__defaults__, plain.__closure__
        )
        wrap = (wrappers or {}).get((module, name))
        functions[module, name] = wrap(rebuilt) if wrap else rebuilt
    by_kernel = {id(kernel): functions[key] for key, kernel in RULES.items()}
    for space in spaces.values():
        for name, value in space.items():
            if id(value) in by_kernel:
                space[name] = by_kernel[id(value)]
    return functions
