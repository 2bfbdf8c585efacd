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
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

from agents.compiled import swaps
from agents.compiled.guard import general, guard
from agents.compiled.kept import (
    cache_root,
    holds_runs,
    holds_sound_runs,
    keep_checked,
    make_folder,
)
from agents.compiled.starting import never_linked

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


class _Inner(Mapping[tuple[str, str], Any]):
    """Dispatchers by module and name, each made when first asked for: warm runs ask for none."""

    def __init__(self) -> None:
        self._functions: dict[tuple[str, str], Callable[..., Any]] = {}
        self._made: dict[tuple[str, str], Any] = {}

    def add(self, function: Callable[..., Any], name: str) -> None:
        """Let there be one of a function under a name, in the place of any other."""
        key = function.__module__, name
        self._functions[key] = function
        self._made.pop(key, None)

    def __getitem__(self, key: tuple[str, str]) -> Any:
        if key not in self._made:
            self._made[key] = _inner(self._functions[key])
        return self._made[key]

    def __contains__(self, key: object) -> bool:
        return key in self._functions

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._functions)

    def __len__(self) -> int:
        return len(self._functions)


INNER = _Inner()
"""The dispatcher of a rule that other kernels call (see ``rule``), where there is compilation."""

TWINS: dict[tuple[str, str], Callable[..., Any]] = {}
"""Plain Python stand-ins for the few kernels that plain Python would compute differently."""

_ROOT = Path(__file__).resolve().parents[2]
_SOURCES = ("agents", "sim")
_NOT_COMPILED = ("policy", "place")
_OWN_RULES = "-"
_KEEP = 4


def source_hash() -> str:
    """Return a hash of all sources and options that can change a kernel.

    It has 16 hex digits, and with rules of a user's own a dash and 16 of their file.
    """
    digest = hashlib.sha256()
    # By text, unlike the ids of runs: a comment costs a compile, but code that is out of date would
    # give wrong results without a word. Numba drops by time what stands in an edited file, so that
    # ``is_warm`` could no longer tell from the names of files whether anything has to be compiled.
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
    own = f"{_OWN_RULES}{swaps.OWN.sha256[:16]}" if swaps.OWN else ""
    return f"{digest.hexdigest()[:16]}{own}"


def _prepare_cache() -> Path:
    folder = Path(os.devnull)
    try:
        root = cache_root()
        folder = root / source_hash()
        make_folder(folder)
        os.utime(folder)
        # Apart: who tries one file of rules after the other keeps the model itself compiled.
        own = _OWN_RULES in folder.name
        others = sorted(
            (p for p in root.iterdir()
             if p.is_dir() and p != folder and (_OWN_RULES in p.name) is own),
            # What was never compiled as a whole, for a mistake in it, goes before what was.
            key=lambda p: (holds_runs(p), p.stat().st_mtime),
        )  # fmt: skip
        for old in others[:-_KEEP]:
            shutil.rmtree(old, ignore_errors=True)
    except OSError:
        # A read-only home still runs: Numba then compiles in memory, once per process.
        OPTIONS["cache"] = False
    return folder


CACHE = _prepare_cache()
numba.config.CACHE_DIR = str(CACHE)
keep_checked()
# Sums of floats keep their order, so there is little to do side by side: a run took as long with
# it, and asking whether each loop could be took a third of the last step of compiling.
numba.config.LOOP_VECTORIZE = 0


def key_of(kernel: Any) -> tuple[str, str]:
    """Return the key in ``RULES`` of what ``rule`` or ``kernel`` made, wherever it is defined."""
    plain = getattr(kernel, "py_func", kernel)
    return plain.__module__, plain.__name__


def rule_named(name: str) -> Any:
    """Return the one rule of this name, whichever module holds it.

    Raises:
        KeyError: there is none yet (its module is not imported), or more than one.
    """
    found = [kernel for (_, known), kernel in RULES.items() if known == name]
    if len(found) != 1:
        raise KeyError(f"{len(found)} rules are called {name!r}")
    return found[0]


def is_warm() -> bool:
    """Return whether compiled kernels of exactly these sources are on disk already."""
    return holds_sound_runs(CACHE)


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


def _widen(dispatcher: Any, key: tuple[str, str]) -> None:
    """Let kernels call the inner one, compiled once for all constants, not anew for each."""

    def template(args: Any, kws: Any) -> Any:
        named = {name: general(kind) for name, kind in kws.items()}
        return INNER[key].get_call_template([general(kind) for kind in args], named)

    def overload(signature: Any) -> Any:
        return INNER[key].get_overload(signature)

    dispatcher.get_call_template = template
    dispatcher.get_overload = overload


def fill() -> None:
    """Complete the rules of a user's own (``agents.compiled.swaps``); without them do nothing."""
    swaps.fill(RULES)


def _register(function: Callable[..., Any], name: str, apart: bool, inline: str = "never") -> Any:
    """Register ``function`` under ``name``; ``apart`` with a dispatcher of its own for kernels."""
    compiled = numba.njit(**OPTIONS, inline=inline)(function)
    if apart and hasattr(compiled, "get_call_template"):
        INNER.add(function, name)
        _widen(compiled, (function.__module__, name))
    RULES[function.__module__, name] = compiled
    return compiled


def _decorated(function: Callable[..., Any], apart: bool, inline: str = "never") -> Any:
    """Register a function, or what replaces it in the user's file; return what was registered.

    What replaces it is never written out in its callers: an error in it has to name it.
    """
    name = function.__name__
    if swaps.is_only_written(function):
        return function
    found = swaps.replacement(function)
    if found is None:
        compiled = _register(function, name, apart, inline)
        if swaps.is_helper(function):
            _watch(function.__module__, name, None)
        return compiled
    made, written = found
    _register(function, swaps.original_name(written.name), apart)
    compiled = _register(made, name, apart)
    _watch(function.__module__, name, written)
    return compiled


def _watch(module: str, name: str, written: swaps.Written | None) -> None:
    """Guard every dispatcher of a helper, or of a function ``written`` in the place of a rule."""
    for table in (RULES, INNER):
        if swaps.OWN and (module, name) in table:
            beside = written and (written, table[module, swaps.original_name(written.name)])
            guard(table[module, name], swaps.OWN, fill, beside)


def rule(function: F) -> F:
    """Compile ``function`` on first use and register it, so that the twin can rebuild it."""
    return cast(F, _decorated(function, apart=True))


def kernel(function: F) -> F:
    """Compile and register ``function`` as ``rule`` does, but once for Python and kernels alike.

    For the few large ones that Python calls: compiling those twice costs more than their face.
    """
    return cast(F, _decorated(function, apart=False))


def entry(function: F) -> F:
    """Compile and register ``function`` as ``kernel`` does, for one that no kernel calls."""
    never_linked(function)
    return kernel(function)


def inlined(function: F) -> F:
    """Register ``function`` as ``kernel`` does, and write it out in the kernels that call it.

    For what is little itself and calls nearly everything. Compiled apart, all that it calls would
    be optimised once for it and once more for its caller; only who calls it from Python pays that.
    And for what hands much over to one loop that asks it of every row: there most of it is known.
    """
    return cast(F, _decorated(function, apart=False, inline="always"))


def twin_of(kernel: Any) -> Callable[[F], F]:
    """Register a plain Python stand-in for ``kernel`` (same arguments, same bits)."""

    def register(function: F) -> F:
        TWINS[key_of(kernel)] = function
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
    fill()
    spaces: dict[int, dict[str, Any]] = {}
    functions: dict[tuple[str, str], Callable[..., Any]] = {}
    for (module, name), kernel in RULES.items():
        plain = getattr(kernel, "py_func", kernel)
        # One for each module, and one for each rule of a user's own, which sees more.
        seen = plain.__globals__
        space = spaces.setdefault(id(seen), dict(seen))
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
