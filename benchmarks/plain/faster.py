"""Hand-written replacements of rules that plain Python would write another way.

Each gives the same values as the rule it replaces; ``tests/test_benchmarks.py`` compares whole
runs. It is rebuilt in the namespace of that rule, so it may use what that module knows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

FASTER: dict[tuple[str, str], Callable[..., Any]] = {}
"""By (module, name) of the rule replaced."""


def instead_of(module: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a replacement of the rule of the same name in ``module``."""

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        FASTER[module, function.__name__] = function
        return function

    return register
