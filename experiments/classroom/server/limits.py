"""How much one visitor may send: buckets of tokens that fill up with time."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

MOST_BODY = 16_384
"""Bytes of what is posted."""

MOST_DRAINED = 64 * 1024 * 1024
"""Bytes that are read and thrown away before a post that is too large is answered."""

MOST_CLASSES = 20
MOST_MEMBERS = 200
"""Devices in one class."""

MOST_ENTRIES = 20_000
"""Lines in the log of one class: days of deciding, and a few megabytes."""

MOST_STREAMS = 400
"""Pages that wait for changes at the same time."""


class Buckets:
    """A bucket per key: it holds ``burst`` posts and gains ``rate`` a second."""

    def __init__(
        self,
        rate: float,
        burst: float,
        most: int = 2000,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._rate, self._burst, self._most, self._clock = rate, burst, most, clock
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str) -> bool:
        """Take one from the bucket of ``key``; False where it is empty."""
        now = self._clock()
        held, since = self._held.pop(key, (self._burst, now))
        held = min(self._burst, held + (now - since) * self._rate)
        enough = held >= 1.0
        self._held[key] = (held - 1.0 if enough else held, now)
        while len(self._held) > self._most:  # the one that has waited longest is full again
            self._held.popitem(last=False)
        return enough
