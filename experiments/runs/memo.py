"""What was made of the last few objects, kept as long as they are among the last few."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

Made = TypeVar("Made")


class ByObject(Generic[Made]):
    """Calls ``make(one, *more)`` once for each of the last objects ``one``.

    Objects that do not change and cannot be hashed are told apart as objects, not by what they
    hold. The points of a sweep share regions and regimes, and what is made of these.
    """

    def __init__(self, make: Callable[..., Made], most: int = 8) -> None:
        self._make = make
        self._most = most
        self._known: dict[tuple[Hashable, ...], tuple[Any, Made]] = {}

    def __call__(self, one: Any, *more: Hashable) -> Made:
        """Return what is made of ``one`` and ``more``."""
        key = (id(one), *more)
        known = self._known.get(key)
        if known is None:
            known = (one, self._make(one, *more))  # holds it: its id is not given away
            for old in list(self._known)[: 1 - self._most]:
                self._known.pop(old, None)
            self._known[key] = known
        return known[1]
