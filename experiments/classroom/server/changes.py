"""Who waits for changes of a class, and how they are told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

SILENCE = 15.0
"""Seconds after which a stream says that it is still there: one that is gone is noticed so."""


class Changes:
    """Wakes all that wait for a class when it changes, and all at the end."""

    def __init__(self, silence: float = SILENCE) -> None:
        self._silence = silence
        self._waiting: dict[str, set[asyncio.Event]] = {}
        self._ended = False

    @property
    def waiting(self) -> int:
        """How many wait."""
        return sum(len(events) for events in self._waiting.values())

    def tell(self, code: str) -> None:
        """Wake those that wait for a class."""
        for event in self._waiting.get(code, ()):
            event.set()

    def end(self) -> None:
        """Let every stream end: the server stops."""
        self._ended = True
        for events in self._waiting.values():
            for event in events:
                event.set()

    async def of(self, code: str, version: Callable[[], int]) -> AsyncIterator[int | None]:
        """Give the version of a class, now and after each change; None where nothing happens.

        Changes that come faster than they are read are one.
        """
        event = asyncio.Event()
        self._waiting.setdefault(code, set()).add(event)
        try:
            yield version()
            while not self._ended:
                try:
                    await asyncio.wait_for(event.wait(), self._silence)
                except TimeoutError:
                    yield None
                    continue
                event.clear()
                if not self._ended:
                    yield version()
        finally:
            held = self._waiting[code]
            held.discard(event)
            if not held:
                del self._waiting[code]
