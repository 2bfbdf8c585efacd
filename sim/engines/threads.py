"""Many runs of the compiled engine, over threads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Any

from agents.compiled.record import FloatArray
from sim.engines.compiled import Recording, RunFailed, fresh, run_in
from sim.engines.cores import cores
from sim.tables import Tables

MOST_IN_BATCH = 8
"""Runs that a thread takes at a time: few calls, and no thread left with a long tail alone."""


def run_many(
    start: Tables,
    seeds: Sequence[tuple[int, int]],
    recording: Recording,
    threads: int | None = None,
    done: Callable[[], None] | None = None,
) -> list[FloatArray | RunFailed]:
    """Run once per pair of seeds, in batches over threads; kernels release Python's lock.

    Results are in the order of ``seeds``, whatever the batches; a failed run is its
    ``RunFailed``. ``done`` is called once per run, in this thread, as batches finish.
    """
    results: list[FloatArray | RunFailed | None] = [None] * len(seeds)
    count = max(1, min(threads or cores(), len(seeds)))
    size = max(1, min(MOST_IN_BATCH, len(seeds) // (2 * count)))
    rooms = [fresh(start) for _ in range(count)]

    def work(room: Tables, first: int) -> list[FloatArray | RunFailed]:
        return run_in(room, start, seeds[first : first + size], recording)

    queue: Iterator[int] = iter(range(0, len(seeds), size))
    with ThreadPoolExecutor(count) as pool:
        running: dict[Future[Any], tuple[int, Tables]] = {}
        for room in rooms:
            first = next(queue, None)
            if first is not None:
                running[pool.submit(work, room, first)] = (first, room)
        while running:
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                first, room = running.pop(future)
                batch = future.result()
                results[first : first + len(batch)] = batch
                for _ in batch:
                    if done:
                        done()
                following = next(queue, None)
                if following is not None:
                    running[pool.submit(work, room, following)] = (following, room)
    return [r for r in results if r is not None]
