"""Processes for a sweep, begun before it is known what is to be computed.

Python with all that a run needs takes a second to start. This module needs little of it, so that
the processes start while the command that wants them does so itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from experiments import beside
from experiments.beside import Begun
from experiments.sweeps.work.children import variables

MOST = 4
"""Processes begun before it is known how many batches there are: each takes some 160 MB."""


def begin() -> Begun:
    """Start a process. Until it has imported what it needs, it only takes a plan."""
    return beside.begin("experiments.sweeps.work.worker", variables())


@contextmanager
def started(count: int, ahead: list[Begun] | None = None) -> Iterator[list[Begun]]:
    """Give processes that will compute batches; those that are left at the end are ended.

    Args:
        count: how many.
        ahead: those that run already; all are taken out of this list, and those beyond ``count``
            ended at once.
    """
    found: list[Begun] = []
    try:
        while ahead:
            found.append(ahead.pop())
        while len(found) > max(0, count):
            found.pop().end()
        while len(found) < count:
            found.append(begin())
        yield found
    finally:
        for begun in found:
            begun.end()
