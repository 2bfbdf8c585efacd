"""How the program ends when a signal asks it to: within a second, and nothing half-written left.

The exception that a signal becomes is enough nearly always: what is open closes itself. It comes
late where Python waits for something else (a query, a compiler, kernels in threads) and is lost
where a library catches it. So a thread watches, and ends the process after a moment's grace.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn

UNREACHED = 3
"""Exit code of a sweep that is whole, and in which a target of ``--until`` is not reached."""
INTERRUPTED = 130
"""Exit code of whatever a signal ended."""
GRACE = 0.6
"""Seconds that the program gets to end by itself."""
NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGUSR1")
"""Ctrl-C, the system, a closed terminal, and a cluster before a job's time is over."""


class Ended(BaseException):
    """Someone asked the program to end: an exception, so that nothing stays behind."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number
        self.kept = ""

    @property
    def words(self) -> str:
        """What the user is told."""
        how = "stopped" if self.number == signal.SIGINT else "ended by the system"
        return f"{how}; {self.kept or 'nothing half-written was left behind'}"


class _Watch:
    """What this process knows of its end."""

    def __init__(self) -> None:
        self.ended: Ended | None = None
        self.over = threading.Event()
        self.leaving = threading.Lock()
        self.stops: list[Callable[[], object]] = []
        self.patient = False

    def listen(self) -> None:
        """Take signals from here on."""
        reading, writing = os.pipe()
        os.set_blocking(writing, False)
        signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
        threading.Thread(target=self._watch, args=(reading,), daemon=True).start()
        for number in numbers():
            signal.signal(number, self._handle)

    def _handle(self, number: int, frame: FrameType | None) -> NoReturn | None:
        if self.ended is not None or self.over.is_set():
            return None
        if self.patient:
            raise KeyboardInterrupt
        self.ended = Ended(number)
        raise self.ended

    def _watch(self, reading: int) -> None:
        """End the process if it has not ended soon after a signal."""
        wanted = {int(number) for number in numbers()}
        while not wanted & set(os.read(reading, 64)) or self.patient:
            pass
        for stop in list(self.stops):
            with suppress(Exception):
                stop()
        if not self.over.wait(GRACE):
            self.leave(self.ended or Ended(signal.SIGINT))

    def leave(self, ended: Ended) -> NoReturn:
        """Undo what is half-written, say so, and end, whatever other threads are at."""
        self.leaving.acquire()  # for good: one thread says it
        store = sys.modules.get("results.store.asides")
        if store is not None:
            store.undo_all()
        with suppress(Exception):
            os.write(2, f"regiosim: {ended.words}\n".encode(errors="backslashreplace"))
        os._exit(INTERRUPTED)


WATCH = _Watch()


def numbers() -> list[signal.Signals]:
    """Return the signals that end the program: those there are, and that nobody told it to ignore.

    A shell lets what it runs in the background ignore Ctrl-C, and nohup the end of a terminal.
    """
    found = [getattr(signal, name) for name in NAMES if hasattr(signal, name)]
    return [number for number in found if signal.getsignal(number) is not signal.SIG_IGN]


def stopped_by(stop: Callable[[], object]) -> None:
    """Have ``stop`` called, from another thread, as soon as the program is to end."""
    WATCH.stops.append(stop)


@contextmanager
def ends_in_order() -> Iterator[None]:
    """Leave the end to what serves meanwhile: a signal is a plain Ctrl-C for it, without haste."""
    WATCH.patient = True
    try:
        yield
    finally:
        WATCH.patient = False


def is_ending() -> bool:
    """Return whether a signal has asked the program to end."""
    return WATCH.ended is not None
