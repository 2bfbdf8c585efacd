"""Runs of one scenario over threads, one by one: those that go on from a past, or leave a state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from queue import SimpleQueue
from typing import NamedTuple

import numpy as np

from agents.compiled.record import FloatArray
from experiments.runs.past import Past, Seeds
from experiments.runs.states import State, state_of
from sim.engines.compiled import (
    ANEW,
    Recording,
    RunFailed,
    batch_of,
    blank_series,
    fresh,
    run_on,
)
from sim.tables import Tables


class Ended(NamedTuple):
    """What one run measured, or its failure; and its state at the end, where that is kept."""

    series: FloatArray | RunFailed
    state: State | None


def run_each(
    start: Tables,
    seeds: Sequence[Seeds],
    recording: Recording,
    threads: int,
    done: Callable[[], None],
    past: Past | None,
    keeps: bool,
) -> list[Ended]:
    """Run once per pair of seeds, as ``run_many`` does, each from its past on.

    Args:
        start: starting tables.
        seeds: of behaviour and population.
        recording: what to measure.
        threads: how many runs at once.
        done: called once per run, in this thread.
        past: what comes before, or None: each run begins at its start.
        keeps: whether each gives its state at the end.

    Returns:
        In the order of ``seeds`` what each run left.
    """
    count = max(1, min(threads, len(seeds)))
    rooms: SimpleQueue[Tables] = SimpleQueue()
    for _ in range(count):
        rooms.put(fresh(start))

    def work(pair: Seeds) -> Ended:
        room = rooms.get()
        try:
            return _run_one(room, start, pair, recording, past, keeps)
        finally:
            rooms.put(room)

    with ThreadPoolExecutor(count) as pool:
        futures = [pool.submit(work, pair) for pair in seeds]
        try:
            _follow(futures, done)
        except BaseException:  # interrupted: what has not begun is not begun
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return [future.result() for future in futures]


def _follow(futures: Sequence[Future[Ended]], done: Callable[[], None]) -> None:
    left = set(futures)
    while left:
        finished, left = wait(left, return_when=FIRST_COMPLETED)
        for future in finished:
            future.result()
            done()


def _run_one(
    room: Tables, start: Tables, pair: Seeds, recording: Recording, past: Past | None, keeps: bool
) -> Ended:
    out = blank_series(start, recording)
    since = None if past is None else past.resume(pair, start, room, out, None)
    since = ANEW if since is None else since
    batch = batch_of(
        recording.first, recording.last, recording.yearly, since=since, asked=recording.asked
    )
    rows = np.zeros(len(start.practices), np.int64)
    failure = run_on(room, start, np.array([pair], np.int64), batch, rows, out[None])
    if failure is not None:
        return Ended(failure, None)
    return Ended(out, state_of(room, start) if keeps else None)
