"""With rules of a user's own, take over what was compiled without them and cannot reach them.

A rule is compiled into every kernel that calls it, and into no other: of the model as it is, all
but the callers of a replaced rule hold good. That saves most of the time.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from agents.compiled.rule import CACHE, INNER, OPTIONS, RULES
from agents.compiled.swaps import HOME, SWAPPED

Key = tuple[str, str]


def reuse_compiled() -> None:
    """Copy compiled code of the model as it is into the cache of this process, where it holds."""
    plain = CACHE.with_name(CACHE.name.partition("-")[0])
    if not SWAPPED or not OPTIONS["cache"] or not plain.is_dir():
        return
    changed = reached()
    for table in (RULES, INNER):
        for key, dispatcher in table.items():
            if key not in changed:
                _copy(dispatcher, plain)


def reached() -> set[Key]:
    """Return the rules whose compiled code may hold that of the user's: who calls them at last."""
    names = {id(rule): key for key, rule in RULES.items()}
    calls = {key: set(_called(rule, names)) for key, rule in RULES.items()}
    found = {key for key in RULES if key in SWAPPED or key[0] == HOME}
    while True:
        more = {key for key, called in calls.items() if called & found} - found
        if not more:
            return found
        found |= more


def _called(rule: Any, names: dict[int, Key]) -> Iterator[Key]:
    """Yield every rule that another names; of a whole module of the model, all rules."""
    plain = getattr(rule, "py_func", rule)
    for name in _names(plain.__code__):
        value = plain.__globals__.get(name)
        if id(value) in names:
            yield names[id(value)]
        elif isinstance(value, ModuleType):
            yield from (key for key in RULES if key[0] == value.__name__)


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _names(inner)


def _copy(dispatcher: Any, plain: Path) -> None:
    """Copy the files of one dispatcher. What is not found is compiled: only time is lost."""
    function = dispatcher.py_func
    folder = Path(dispatcher.stats.cache_path)
    stem = f"{function.__module__.rpartition('.')[2]}.{function.__qualname__}"
    pattern = f"{stem}-{function.__code__.co_firstlineno}.py*"
    # Compiled code first, then the index (.nbi) that refers to it.
    for source in sorted((plain / folder.relative_to(CACHE)).glob(pattern)):
        target = folder / source.name
        if target.exists():
            continue
        try:
            folder.mkdir(parents=True, exist_ok=True)
            made = target.with_name(f"{target.name}.{os.getpid()}")
            shutil.copy2(source, made)
            os.replace(made, target)
        except OSError:
            return
