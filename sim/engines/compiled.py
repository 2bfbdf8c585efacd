"""The compiled engine: whole runs in one kernel."""

from __future__ import annotations

from collections.abc import Sequence
from enum import auto
from typing import Any, NamedTuple

import numpy as np

from agents.compiled.codes import Code
from agents.compiled.lookups import copy_first, copy_rows
from agents.compiled.record import NONE, FloatArray, IntArray
from agents.compiled.rule import entry, rule
from agents.compiled.starting import answer_for_blas
from sim.errors import BadInput
from sim.ledger import FAILURES, Failure
from sim.measure.measuring import measure_scopes
from sim.measure.outcomes import EVERY_THEME, OUTCOMES
from sim.opening import begin_run
from sim.quarter import last_quarter, run_quarter
from sim.scratch import copy_scratch
from sim.tables import Tables

answer_for_blas()

_KEPT = frozenset(
    "ledger events offsets params functions chains opening titles policy scratch".split()
)
"""Tables a run only reads, or writes before it reads: no need to clear them between runs."""

CHANGED = frozenset(Tables._fields) - _KEPT
"""Tables that hold what a run is between two quarters: with them it goes on from there."""

KERNEL_ERRORS = (ValueError, ArithmeticError, IndexError)
"""What a kernel raises where a value is out of all bounds."""


class Recording(NamedTuple):
    """What a run measures: quarters ``first`` to ``last`` (ticks), per municipality or not.

    With ``yearly`` only what the function ``yearly`` reads is sure to be there: flows of every
    quarter, stocks of the fourth. ``asked`` are the themes of which outcomes are wanted
    (``asked_for``); other outcomes, but for lists and cost, are 0. A run quarter by quarter
    measures all nevertheless.
    """

    first: int
    last: int
    places: bool
    yearly: bool = False
    asked: int = EVERY_THEME


class RunFailed(RuntimeError):
    """A run that stopped, with its seed, quarter and reason."""

    def __init__(self, seed: int, tick: int, reason: str) -> None:
        super().__init__(
            f"run with seed {seed} failed in {2006 + tick // 4}Q{tick % 4 + 1}: {reason}"
        )
        self.seed = seed
        self.tick = tick
        self.reason = reason


@rule
def restart(tables: Tables, start: Tables, seed: int, population_seed: int, again: bool) -> None:
    """Put ``tables`` back to ``start`` inside a kernel, and set both seeds (``reset`` compiled).

    Where they were put back to the same ``start`` before (``again``), rows that nobody has come to
    use since are as they were: of a table with room for many that is most.
    """
    practices = len(tables.practices)
    units = len(tables.units)
    organisations = len(tables.organisations)
    if again:
        practices = max(tables.counter[0].practices, start.counter[0].practices)
        units = max(tables.counter[0].units, start.counter[0].units)
        organisations = max(tables.counter[0].organisations, start.counter[0].organisations)
    copy_rows(tables.counter, start.counter)
    tables.counter[0].seed = seed
    tables.counter[0].population_seed = population_seed
    copy_rows(tables.groups, start.groups)
    copy_rows(tables.tariffs, start.tariffs)
    copy_rows(tables.municipalities, start.municipalities)
    copy_rows(tables.steerings, start.steerings)
    copy_rows(tables.insurers, start.insurers)
    copy_rows(tables.ros, start.ros)
    copy_first(tables.practices, start.practices, practices)
    copy_first(tables.units, start.units, units)
    copy_rows(tables.hubs, start.hubs)
    copy_first(tables.organisations, start.organisations, organisations)
    copy_rows(tables.partners, start.partners)
    copy_rows(tables.accounts, start.accounts)


class Batch(Code):
    """Cells of what a batch is to run: the run to start with, the quarters that are measured.

    ``SINCE`` is the quarter to go on with, or ``ANEW`` to begin with a new population. ``YEARLY``
    is 1 where stocks are measured at the ends of years only; ``ASKED`` has a bit for each theme.
    """

    RUN = auto()
    SINCE = auto()
    FIRST = auto()
    LAST = auto()
    YEARLY = auto()
    ASKED = auto()


ANEW = NONE
"""In ``Batch.SINCE``: a run begins before its first quarter, with the drawing of its population."""


def batch_of(
    first: int,
    last: int,
    yearly: bool = False,
    run: int = 0,
    since: int = ANEW,
    asked: int = EVERY_THEME,
) -> IntArray:
    """Return the cells of ``Batch``: measure quarters ``first`` to ``last``, begin with ``run``."""
    cells = np.zeros(len(Batch), np.int64)
    cells[Batch.ASKED] = asked
    cells[Batch.RUN], cells[Batch.SINCE], cells[Batch.YEARLY] = run, since, yearly
    cells[Batch.FIRST], cells[Batch.LAST] = first, last
    return cells


@entry
def run_batch(
    tables: Tables, start: Tables, seeds: IntArray, batch: IntArray, rows: IntArray, out: FloatArray
) -> int:
    """Run once per row of ``seeds`` (shape ``(runs, 2)``), one after the other, in one kernel.

    A run begins (``begin_run``) in the quarter that ``start`` names, runs to the last, and measures
    from the first on. One that goes on takes ``tables`` as they are.
    ``batch`` says what to run (its cells are those of ``Batch``); the run at hand is in it, so
    that an error can be put down to it. ``out`` has shape ``(runs, quarters, scopes, outcomes)``.
    Returns -1, or the quarter in which the run at hand failed.
    """
    first = int(batch[Batch.RUN])
    for k in range(first, len(seeds)):
        batch[Batch.RUN] = k
        since = batch[Batch.SINCE]
        if since == ANEW:
            restart(tables, start, seeds[k, 0], seeds[k, 1], k > first)
            begin_run(tables)
            since = tables.counter[0].quarter
        for tick in range(since, batch[Batch.LAST] + 1):
            # Nobody reads the ledger before a batch returns: what is left is its last quarter.
            tables.counter[0].unread = tick < batch[Batch.LAST]
            run_quarter(tables, tick)
            if tables.counter[0].failure != Failure.NONE:
                return tick
            if tick >= batch[Batch.FIRST]:
                stocks = batch[Batch.YEARLY] == 0 or last_quarter(tick)
                room = out[k, tick - batch[Batch.FIRST]]
                measure_scopes(tables, tick, rows, room, stocks, batch[Batch.ASKED])
    batch[Batch.RUN] = len(seeds)
    return -1


def fresh(start: Tables) -> Tables:
    """Return a copy of starting tables that a run may write into."""
    buffers = ("ledger", "events")
    shared = _KEPT - {*buffers, "scratch"}
    columns: dict[str, Any] = {}
    for name, table in zip(Tables._fields, start, strict=True):
        if name in buffers:
            # Large, and read only as far as it was written: nothing to copy.
            columns[name] = np.empty_like(table)
        elif name == "scratch":
            columns[name] = copy_scratch(table)
        else:
            columns[name] = table if name in shared else table.copy()
    return Tables(**columns)


def reset(tables: Tables, start: Tables, seeds: tuple[int, int]) -> None:
    """Put ``tables`` back to ``start`` and set the seeds of behaviour and population."""
    for name in Tables._fields:
        if name not in _KEPT:
            np.copyto(getattr(tables, name), getattr(start, name))
    tables.counter["seed"][0], tables.counter["population_seed"][0] = seeds


def populate(tables: Tables, start: Tables, seeds: tuple[int, int]) -> None:
    """Put ``tables`` back to ``start``, set both seeds and let the run begin."""
    _take(tables, start, seeds, batch_of(0, -1))


def advance(tables: Tables, tick: int) -> None:
    """Run quarter ``tick`` on ``tables`` as they stand. A failure is in ``tables.counter``."""
    _take(tables, tables, (0, 0), batch_of(tick + 1, tick, since=tick))


def _take(tables: Tables, start: Tables, seeds: tuple[int, int], batch: IntArray) -> None:
    """Run one run without measuring, in the kernel that runs whole ones: no other is compiled."""
    rows, out = np.zeros(0, np.int64), np.zeros((1, 0, 0, len(OUTCOMES)))
    run_batch(tables, start, np.array([seeds], np.int64), batch, rows, out)


def scopes_of(tables: Tables, recording: Recording) -> int:
    """Return how many scopes a recording has: the whole, and perhaps each municipality."""
    return 1 + (len(tables.municipalities) if recording.places else 0)


def blank_series(tables: Tables, recording: Recording) -> FloatArray:
    """Return room for what one run measures: ``(quarters, scopes, outcomes)``."""
    quarters = recording.last - recording.first + 1
    return np.zeros((quarters, scopes_of(tables, recording), len(OUTCOMES)))


def run(start: Tables, seeds: tuple[int, int], recording: Recording) -> FloatArray:
    """Run once from ``start`` and return what it measured; raise ``RunFailed`` where it stops."""
    (result,) = run_in(fresh(start), start, [seeds], recording)
    if isinstance(result, RunFailed):
        raise result
    return result


def run_in(
    tables: Tables, start: Tables, seeds: Sequence[tuple[int, int]], recording: Recording
) -> list[FloatArray | RunFailed]:
    """Run a batch in one kernel; a run that fails is its ``RunFailed``, the others go on."""
    out = np.stack([blank_series(tables, recording) for _ in seeds])
    rows = np.zeros(len(tables.practices), np.int64)
    batch = batch_of(recording.first, recording.last, recording.yearly, asked=recording.asked)
    pairs = np.array(seeds, np.int64).reshape(-1, 2)
    results: list[FloatArray | RunFailed] = list(out)
    while batch[Batch.RUN] < len(pairs):
        failure = run_on(tables, start, pairs, batch, rows, out)
        if failure is not None:
            k = int(batch[Batch.RUN])
            results[k] = failure
            batch[Batch.RUN] = k + 1
    return results


def run_on(
    tables: Tables, start: Tables, pairs: IntArray, batch: IntArray, rows: IntArray, out: FloatArray
) -> RunFailed | None:
    """Run a batch from the run at hand on, as ``run_batch``; return the failure that ended it."""
    try:
        failed = run_batch(tables, start, pairs, batch, rows, out)
        reason = FAILURES[int(tables.counter["failure"][0])]
    except BadInput:
        raise  # no failure of a run: a rule of a user's own does not compile
    except KERNEL_ERRORS as error:
        # A kernel's error has no line: name the run and the quarter, the twin can replay it.
        failed = int(tables.counter["quarter"][0])
        reason = f"{type(error).__name__}: {error}"
    if failed < 0:
        return None
    return RunFailed(int(pairs[int(batch[Batch.RUN]), 0]), failed, reason)
