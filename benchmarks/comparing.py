"""Contenders of one work, prepared, timed in turn, and ended again."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from benchmarks.contenders import Contender, Prepared, Work
from benchmarks.timing import Clock, Times, interleave


@contextmanager
def prepared(
    contenders: Sequence[Contender], work: Work, runs: Mapping[str, int] | None = None
) -> Iterator[dict[str, Prepared]]:
    """Prepare each contender that can do so many practices; end afterwards what they started.

    ``runs`` are those of one call, by contender; one where none are given.
    """
    able = [one for one in contenders if work.practices <= one.most]
    try:
        yield {one.name: one.prepare(work._replace(runs=(runs or {}).get(one.name, 1)))
               for one in able}  # fmt: skip
    finally:
        for one in able:
            one.close()


def compare(
    contenders: Sequence[Contender], work: Work, rounds: int, clock: Clock = time.perf_counter
) -> dict[str, Times]:
    """Time the same work of each contender in turn."""
    with prepared(contenders, work) as asked:
        return interleave(asked, rounds, clock)
