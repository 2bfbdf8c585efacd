"""Run batches on this machine: a process per core, each replaced when it dies.

A process that is killed takes only its own batch with it. The batch is tried once more, then its
runs one by one; a run that ends its process alone three times is a failed run with a reason.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from experiments.beside import Begun
from experiments.sweeps.plan.plan import Plan
from experiments.sweeps.work.ahead import begin
from experiments.sweeps.work.compute import Computed

BATCH_TRIES = 2
RUN_TRIES = 3
START_TRIES = 3
GRACE = 0.3
"""Seconds that batches in hand get to finish once a sweep is told to stop: it ends within one."""


class Stopped(Exception):
    """The sweep was told to stop: nobody needs an answer any more."""


class CannotStart(RuntimeError):
    """A worker's process ends before it can take work."""


class Worker:
    """One process that computes batches, started anew when it dies."""

    def __init__(self, plan: Plan, ahead: list[Begun] | None = None) -> None:
        """Work on a plan by a process taken from those started ``ahead``, or by one of its own."""
        self.plan = plan
        self.ahead = [] if ahead is None else ahead
        self.begun: Begun | None = None
        self.deaths = 0
        self.stopped = False

    def ask(self, number: int, dead: frozenset[int]) -> Computed | None:
        """Return the batch, or None when the process died over it.

        Raises:
            CannotStart: no process can be started.
            Exception: what went wrong in it, if that was no death.
        """
        begun = self.begun or self._start()  # ``end`` may take it from another thread meanwhile
        try:
            answer = begun.exchange((number, dead))
        except (EOFError, OSError):
            self.end()
            if self.stopped:
                raise Stopped from None
            self.deaths += 1
            return None
        if isinstance(answer, Exception):
            raise answer
        found: Computed = answer
        return found

    def _start(self) -> Begun:
        """Take or start a process, and wait until it has taken the plan."""
        said = b""
        for _ in range(START_TRIES):
            if self.stopped:
                raise Stopped
            self.begun = begun = self.ahead.pop() if self.ahead else begin()
            try:
                begun.exchange(self.plan)
                return begun
            except (EOFError, OSError):
                said = self.end()
        last = said.decode(errors="replace").strip().splitlines()[-1:] or ["it said nothing"]
        raise CannotStart(f"a worker process ends as soon as it starts: {last[0]}")

    def end(self) -> bytes:
        """Kill the process, if there is one; return what it said of errors."""
        begun, self.begun = self.begun, None
        return begun.end() if begun else b""

    def let_go(self) -> None:
        """Leave the process, which waits for work, to who comes next."""
        begun, self.begun = self.begun, None
        if begun:
            self.ahead.append(begun)


class Asked(Protocol):
    """Whoever can be asked for a batch, and may die over it."""

    plan: Plan

    def ask(self, number: int, dead: frozenset[int]) -> Computed | None:
        """Return the batch without the runs in ``dead``, or None when its process died."""


def insist(worker: Asked, number: int) -> Computed:
    """Return a batch however often its process dies; runs that cause it are left out at last."""
    for _ in range(BATCH_TRIES):
        found = worker.ask(number, frozenset())
        if found is not None:
            return found
    runs = [run.number for run in worker.plan.batch(number)]
    dead: set[int] = set()
    for run in runs:
        others = frozenset(runs) - {run}
        if all(worker.ask(number, others) is None for _ in range(RUN_TRIES)):
            dead.add(run)
    while True:  # the others ran well alone, so only chance can end this one
        found = worker.ask(number, frozenset(dead))
        if found is not None:
            return found


class Crew:
    """Workers that share a list of batches."""

    def __init__(self, plan: Plan, count: int, ahead: list[Begun]) -> None:
        """Make workers that take the processes started ``ahead``, and leave theirs there."""
        self.workers = [Worker(plan, ahead) for _ in range(count)]
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._errors: list[BaseException] = []

    def run(self, numbers: Iterable[int], store: Callable[[Computed], None]) -> None:
        """Compute all batches and hand each to ``store``, from the thread that computed it.

        Returns when all are stored or ``stop`` was called; raises the first error.
        """
        queue = iter(numbers)
        threads = [
            threading.Thread(target=self._work, args=(worker, queue, store), daemon=True)
            for worker in self.workers
        ]
        for thread in threads:
            thread.start()
        try:
            for thread in threads:
                while thread.is_alive():
                    thread.join(0.1)  # short, so that signals get through
        except BaseException:
            self.stop(threads)
            raise
        finally:
            for worker in self.workers:
                worker.stopped = True
                if self._stop.is_set():
                    worker.end()
                else:
                    worker.let_go()
        if self._errors:
            raise self._errors[0]

    def stop(self, threads: list[threading.Thread]) -> None:
        """Let batches in hand finish for a short while, then end the processes."""
        self._stop.set()
        ends = GRACE
        for thread in threads:
            while thread.is_alive() and ends > 0.0:
                thread.join(0.1)
                ends -= 0.1
        for worker in self.workers:
            worker.stopped = True
            worker.end()
        for thread in threads:
            thread.join(5.0)

    @property
    def deaths(self) -> int:
        """How many processes died so far."""
        return sum(worker.deaths for worker in self.workers)

    def _next(self, queue: Iterator[int]) -> int | None:
        with self._lock:
            return None if self._stop.is_set() else next(queue, None)

    def _work(
        self, worker: Worker, queue: Iterator[int], store: Callable[[Computed], None]
    ) -> None:
        try:
            while (number := self._next(queue)) is not None:
                store(insist(worker, number))
        except Stopped:
            pass
        except BaseException as error:
            with self._lock:
                self._errors.append(error)
            self._stop.set()
