"""Figures of a report drawn on other cores: drawing is most of what a report takes."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from queue import SimpleQueue
from typing import TYPE_CHECKING

from experiments.beside import Begun, begin
from sim.engines.cores import cores

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from results.figures.drawing import Picture

MOST = 3
"""Processes that draw beside this one: a report has some five figures, and each takes a start."""


class Artists:
    """Processes that draw, each with a thread that waits for it."""

    def __init__(self, begun: list[Begun]) -> None:
        self._pool = ThreadPoolExecutor(len(begun))
        self._free: SimpleQueue[Begun] = SimpleQueue()
        for one in begun:
            self._free.put(one)

    def begin(self, figure: Figure) -> Future[Picture]:
        """Have a figure drawn (``results.figures.drawing.Hands``)."""
        return self._pool.submit(self._draw, figure)

    def _draw(self, figure: Figure) -> Picture:
        begun = self._free.get()
        try:
            answer = begun.exchange(figure)
        finally:
            self._free.put(begun)
        if isinstance(answer, Exception):
            raise answer
        found: Picture = answer
        return found

    def end(self) -> None:
        """End the threads, each of which waits for a process: those have to be ended before."""
        self._pool.shutdown(cancel_futures=True)


@contextmanager
def artists() -> Iterator[Artists | None]:
    """Start processes that draw, as many as there are cores beside this one's; none on one core.

    They import what they need while the report does so. Where the system gives no more processes,
    fewer draw.
    """
    begun: list[Begun] = []
    found: Artists | None = None
    try:
        with suppress(OSError):
            for _ in range(min(cores() - 1, MOST)):
                begun.append(begin("experiments.runs.artist"))
        found = Artists(begun) if begun else None
        yield found
    finally:
        for one in begun:
            one.end()
        if found:
            found.end()
