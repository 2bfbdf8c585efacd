"""Timing in pairs: what is compared alternates within one run, so that both meet the same noise."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple


class Times(NamedTuple):
    """Seconds of one contender, round by round."""

    seconds: list[float]

    @property
    def best(self) -> float:
        """The quickest round: least disturbed by others."""
        return min(self.seconds)

    @property
    def median(self) -> float:
        """The median round."""
        return float(median(self.seconds))


class Ratio(NamedTuple):
    """Ratios of two contenders, round by round: median, lowest and highest."""

    median: float
    low: float
    high: float


Clock = Callable[[], float]


def seconds_of(work: Callable[[], Any], clock: Clock = time.perf_counter) -> float:
    """Return how long ``work`` takes."""
    before = clock()
    work()
    return clock() - before


def interleave(
    contenders: Mapping[str, Callable[[], Any]], rounds: int, clock: Clock = time.perf_counter
) -> dict[str, Times]:
    """Time all contenders ``rounds`` times, in turn, and in the opposite order every other time.

    ``clock`` may be ``time.thread_time`` for what computes in this thread alone: others do not
    count then, but for the caches they share.
    """
    found: dict[str, list[float]] = {name: [] for name in contenders}
    for turn in range(rounds):
        names = list(contenders)
        for name in names if turn % 2 == 0 else names[::-1]:
            found[name].append(seconds_of(contenders[name], clock))
    return {name: Times(seconds) for name, seconds in found.items()}


def ratio(slow: Times, quick: Times) -> Ratio:
    """Return how many times ``slow`` takes what ``quick`` takes, in each round."""
    each = [a / b for a, b in zip(slow.seconds, quick.seconds, strict=True)]
    return Ratio(float(median(each)), min(each), max(each))


def _processor() -> str:
    path = Path("/proc/cpuinfo")
    if path.exists():
        for line in path.read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def load() -> str:
    """Return the machine's load over the last minute, where it tells."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def machine() -> dict[str, str]:
    """Return what the figures depend on: processor, cores, versions."""
    return {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "system": platform.system(),
        "Python": platform.python_version(),
        **{name: version(name) for name in ("mesa", "numba", "numpy")},
    }
