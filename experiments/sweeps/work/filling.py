"""Fill the folder of a sweep with the batches that are not there yet."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from experiments.beside import Begun
from experiments.sweeps.plan.plan import Plan
from experiments.sweeps.store.earlier import Earlier
from experiments.sweeps.store.folder import SweepFolder
from experiments.sweeps.store.growth import Growth
from experiments.sweeps.store.layout import batch_path
from experiments.sweeps.work.compute import Computed
from experiments.sweeps.work.local import Crew
from results.store.batches import write_bytes

Executor = Callable[[Plan, list[int], Callable[[Computed], None]], int]
"""Computes batches and hands each to a function; returns how many processes died."""


@dataclass
class State:
    """How far a sweep is: runs in all and done, those of this session, failures.

    Of the runs done ``here`` were computed and ``taken`` came from earlier sweeps in this session;
    ``waiting`` are taken too, but not written yet. ``progress`` is called after every batch.
    """

    runs: int
    done: int
    here: int = 0
    taken: int = 0
    waiting: int = 0
    failed: int = 0
    deaths: int = 0
    kernel: float = 0.0
    began: float = field(default_factory=time.perf_counter)
    progress: Progress | None = field(default=None, repr=False)

    @property
    def rate(self) -> float:
        """Runs a second in this session."""
        return self.here / max(1e-9, time.perf_counter() - self.began)

    @property
    def left(self) -> float | None:
        """Seconds that are left at this rate, or None before anything is done."""
        return (self.runs - self.done - self.waiting) / self.rate if self.here else None


Progress = Callable[[State], None]


def locally(count: int, state: State, ahead: list[Begun]) -> Executor:
    """Return an executor over ``count`` processes of this machine, first those begun ``ahead``."""

    def execute(plan: Plan, numbers: list[int], store: Callable[[Computed], None]) -> int:
        crew = Crew(plan, max(1, min(count, len(numbers))), ahead)

        def counted(found: Computed) -> None:
            state.deaths = before + crew.deaths
            store(found)

        before = state.deaths
        crew.run(numbers, counted)
        return crew.deaths

    return execute


def fill(
    folder: SweepFolder,
    shard: tuple[int, int],
    executor: Executor,
    earlier: Sequence[Earlier],
    state: State,
) -> None:
    """Take or compute the batches of a shard that are not there yet.

    Args:
        folder: of the sweep, begun.
        shard: which part of how many.
        executor: computes them.
        earlier: sweeps whose runs are taken.
        state: how far the sweep is; it is kept up to date.

    Raises:
        OSError: a batch could not be written; those that were are safe.
    """
    plan = folder.plan
    there = folder.done()
    for path in folder.damaged:
        logging.getLogger("regiosim").warning("%s is damaged: its runs are done again", path)
    own = range(shard[0] - 1, plan.batches, shard[1])
    wanted = [number for number in own if number not in there]
    growth = Growth(plan, earlier, wanted)
    state.runs = sum(len(plan.stretch(number)) for number in own)
    state.done = state.runs - sum(len(plan.stretch(number)) for number in wanted)
    state.waiting = growth.taken()
    lock = threading.Lock()

    def store(found: Computed) -> None:
        data = growth.completed(found.number, found.data or None)
        write_bytes(data, batch_path(folder.target, found.number))
        taken = growth.count(found.number)
        with lock:
            state.done += found.runs + taken
            state.here += found.runs
            state.taken += taken
            state.waiting -= taken
            state.failed += found.failed
            state.kernel += found.kernel
            if state.progress:
                state.progress(state)

    computed = []
    for number in wanted:
        if growth.is_taken(number):
            store(Computed(number, b"", 0, 0, 0.0))
        else:
            computed.append(number)
    if computed:
        before = state.deaths
        state.deaths = before + executor(growth.rest, computed, store)
