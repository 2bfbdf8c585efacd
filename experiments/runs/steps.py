"""One run, quarter by quarter from Python, keeping what passes: books, events and tables.

The kernels are those of a whole run, so recording changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from agents.compiled.record import FloatArray, IntArray
from agents.kinds import KINDS, RECORDED
from agents.words import Kind
from sim.engines.compiled import (
    KERNEL_ERRORS,
    Recording,
    RunFailed,
    advance,
    blank_series,
    fresh,
    populate,
)
from sim.errors import BadInput
from sim.ledger import FAILURES
from sim.measure.measuring import measure_all
from sim.tables import Tables


class Stepper(Protocol):
    """A model that advances one quarter at a time; its population is drawn when it is made.

    After ``quarter`` the structured ``tables`` hold its state.
    """

    tables: Tables

    def quarter(self, tick: int) -> None:
        """Run one quarter."""

    def measure(self, tick: int, rows: IntArray, out: FloatArray) -> None:
        """Fill ``out`` (shape ``(scopes, outcomes)``), as ``measure_all`` does."""


class Compiled:
    """The compiled kernels, one quarter at a time."""

    def __init__(self, start: Tables, seeds: tuple[int, int]) -> None:
        self.tables = fresh(start)
        populate(self.tables, start, seeds)

    def quarter(self, tick: int) -> None:
        """Run one quarter."""
        advance(self.tables, tick)

    def measure(self, tick: int, rows: IntArray, out: FloatArray) -> None:
        """Fill ``out`` with the outcomes of every scope."""
        measure_all(self.tables, tick, rows, out)


def make_stepper(engine: str, start: Tables, seeds: tuple[int, int]) -> Stepper:
    """Return a model of the asked engine."""
    if engine == "compiled":
        return Compiled(start, seeds)
    from sim.engines.model import stepper

    made: Stepper = stepper(engine, start, seeds)
    return made


class Rows(NamedTuple):
    """Living rows of one table: their cells, tick and row number, ticks one after the other."""

    cells: NDArray[Any]
    ticks: IntArray
    rows: IntArray


class Recorded(NamedTuple):
    """What one run left. Without ``keep`` only the series is filled."""

    series: FloatArray
    tables: dict[str, Rows]
    ledger: NDArray[Any]
    events: NDArray[Any]
    end: Tables


class Keeper:
    """Copies what a run shows, quarter after quarter."""

    def __init__(self, tables: Tables, recording: Recording, yearly: bool) -> None:
        self.tables = tables
        self.recording = recording
        self.yearly = yearly
        self.parts: dict[str, list[Rows]] = {}
        self.ledger: list[NDArray[Any]] = [tables.ledger[:0].copy()]
        self.events: list[NDArray[Any]] = [tables.events[:0].copy()]
        for name in RECORDED:
            empty = np.zeros(0, np.int64)
            self.parts[name] = [Rows(getattr(tables, name)[:0].copy(), empty, empty)]

    def look(self, tick: int) -> None:
        """Copy the quarter's books and events, and the living rows where they are due."""
        if tick < self.recording.first:
            return
        counter = self.tables.counter[0]
        self.ledger.append(self.tables.ledger[: int(counter["ledger_lines"])].copy())
        self.events.append(self.tables.events[: int(counter["event_lines"])].copy())
        if self.yearly and tick % 4 != 3:
            return
        for name in RECORDED:
            table = getattr(self.tables, name)
            rows = np.flatnonzero(table["alive"]).astype(np.int64)
            self.parts[name].append(Rows(table[rows], np.full(len(rows), tick, np.int64), rows))

    def recall(self, past: Recorded) -> None:
        """Take what was kept of the quarters before those that are looked at."""
        for name in RECORDED:
            self.parts[name].append(past.tables[name])
        self.ledger.append(past.ledger)
        self.events.append(past.events)

    def kept(self) -> Iterator[tuple[str, Rows]]:
        """Give every table in one piece, and let go of the pieces."""
        for name in RECORDED:
            parts = self.parts.pop(name)
            yield name, Rows(*(np.concatenate([p[c] for p in parts]) for c in range(3)))


Resume = Callable[[Tables, FloatArray, Keeper | None], int | None]
"""Puts the past of a run into its tables, into what it measures and into its keeper; returns the
quarter to go on with, or None where there is no past."""


def nothing(start: Tables, recording: Recording) -> Recorded:
    """Return a record without rows: what a failed run leaves."""
    tables = fresh(start)
    kept = dict(Keeper(tables, recording, False).kept())
    return Recorded(np.zeros((0, 0, 0)), kept, tables.ledger[:0], tables.events[:0], tables)


def record_run(
    start: Tables,
    seeds: tuple[int, int],
    recording: Recording,
    engine: str = "compiled",
    keep: str = "",
    advance: Callable[[int], None] | None = None,
    resume: Resume | None = None,
) -> Recorded:
    """Run once, quarter by quarter.

    Args:
        start: starting tables; they stay as they are.
        seeds: of behaviour and population.
        recording: what to measure.
        engine: ``compiled``, ``mesa`` or ``python``.
        keep: ``quarterly`` or ``yearly`` tables, or empty for none and no books.
        advance: called with 1 after each quarter.
        resume: puts a past in its place; without it a run begins at its start.

    Raises:
        RunFailed: the run stopped.
    """
    out = blank_series(start, recording)
    rows = np.zeros(len(start.practices), np.int64)
    tick = 0
    try:
        model = make_stepper(engine, start, seeds)
        keeper = Keeper(model.tables, recording, keep == "yearly")
        since = resume(model.tables, out, keeper if keep else None) if resume else None
        begin = int(start.counter["quarter"][0]) if since is None else since
        for tick in range(begin, recording.last + 1):
            model.quarter(tick)
            failure = int(model.tables.counter["failure"][0])
            if failure:
                raise RunFailed(seeds[0], tick, FAILURES[failure])
            if tick >= recording.first:
                model.measure(tick, rows, out[tick - recording.first])
            if keep:
                keeper.look(tick)
            if advance:
                advance(1)
    except BadInput:
        raise
    except KERNEL_ERRORS as error:
        reason = f"{type(error).__name__}: {error}"
        raise RunFailed(seeds[0], tick, reason) from error
    ledger, events = np.concatenate(keeper.ledger), np.concatenate(keeper.events)
    return Recorded(out, dict(keeper.kept()), ledger, events, model.tables)


def party_names(tables: Tables) -> list[str]:
    """Return ``kind:id`` of every party, by its number."""
    names = [f"{Kind.OUTSIDE.word}:0"]
    for kind in KINDS:
        names += [f"{kind.word}:{number}" for number in getattr(tables, kind.table)["id"].tolist()]
    if len(names) != int(tables.offsets[-1]):
        raise RuntimeError(f"{len(names)} parties, {int(tables.offsets[-1])} accounts")
    return names
