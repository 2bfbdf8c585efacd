"""One report at a time: Matplotlib keeps fonts and settings for the whole process."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
_ONE = threading.RLock()


def alone(write: Callable[P, R]) -> Callable[P, R]:
    """Let who writes a report wait until no other thread does: two at once spoil both."""

    @functools.wraps(write)
    def waiting(*args: P.args, **kwargs: P.kwargs) -> R:
        with _ONE:
            return write(*args, **kwargs)

    return waiting
