"""Runs that share a past: computed once per seed until they part, then one after the other.

Which quarters they share is told by ``sim.engines.shared``; the results are those of single runs,
to the bit. A state is kept in memory from where runs part until the last of them has gone on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from agents.compiled.record import FloatArray
from sim.engines.compiled import (
    ANEW,
    CHANGED,
    Recording,
    RunFailed,
    batch_of,
    blank_series,
    run_in,
    run_on,
)
from sim.engines.shared import Said, agree, said
from sim.engines.state import Room, State
from sim.tables import Tables

WORTH = 8
"""Quarters that runs must share to be computed together: to keep a state costs some of them."""

Seeds = tuple[int, int]


class Stretch(NamedTuple):
    """Quarters ``first`` up to ``until`` that some runs share, and how these go on.

    ``runs`` are places in the list of starts; the first of them is run. Where nothing follows they
    are the same run to its end.
    """

    runs: tuple[int, ...]
    first: int
    until: int
    then: tuple[Stretch, ...]


def stretches(starts: Sequence[Tables]) -> tuple[Stretch, ...]:
    """Return what runs of one seed from each of ``starts`` (one or more) have in common."""
    return _all_parts(said(starts), len(starts[0].titles))


def _all_parts(starts: Sequence[Said], ends: int) -> tuple[Stretch, ...]:
    """Return the same of runs up to quarter ``ends``."""
    begin = int(starts[0].start.counter["quarter"][0])  # the quarter in which a run starts
    return _part(tuple(range(len(starts))), begin, ends, starts)


def _part(
    runs: tuple[int, ...], first: int, ends: int, starts: Sequence[Said]
) -> tuple[Stretch, ...]:
    """Return the stretches of runs that are the same up to quarter ``first``."""
    out = []
    left = list(runs)
    while left:
        lead = left.pop(0)
        length = {run: min(ends, agree(starts[lead], starts[run])) for run in left}
        along = [run for run in left if length[run] - first >= WORTH]
        until = min([length[run] for run in along], default=ends)
        left = [run for run in left if run not in along]
        then: tuple[Stretch, ...] = ()
        if until < ends:
            then = _part((lead, *along), until, ends, starts)
        out.append(Stretch((lead, *along), first, until, then))
    return tuple(out)


class Together:
    """Runs from some starts: what those of one seed have in common is found once, and run once.

    Whoever runs the same starts with more and more seeds keeps it. One thread at a time.

    Args:
        starts: starting tables, of one recording's length.
        recording: what to measure.
    """

    def __init__(self, starts: Sequence[Tables], recording: Recording) -> None:
        self.starts = starts
        self.recording = recording
        each = said(starts)
        self.plan = _all_parts(each, recording.last + 1)
        self.kin = [one.kin for one in each]
        self.known = [one.known for one in each]
        self.rooms: dict[tuple[int, ...], Room] = {}
        self.results: list[list[FloatArray | RunFailed]] = []
        self.rows = np.zeros(max(len(start.practices) for start in starts), np.int64)

    def run(self, pairs: Sequence[Seeds]) -> list[list[FloatArray | RunFailed]]:
        """Run every start with every pair of seeds, of behaviour and population.

        Returns:
            For each start a result per pair: the series, or the failure.
        """
        self.results = [[] for _ in self.starts]
        for stretch in self.plan:
            self._run(stretch, pairs)
        return self.results

    def _run(self, stretch: Stretch, pairs: Sequence[Seeds]) -> None:
        """Run a stretch from the start, and all that follows, with every pair of seeds."""
        lead = stretch.runs[0]
        if not stretch.then:  # one run to its end: all seeds in one kernel
            room = self._room(lead)
            room.kin = None
            found = run_in(self._tables(room, lead), self.starts[lead], pairs, self.recording)
            for run in stretch.runs:
                self.results[run] = list(found)
            return
        for pair in pairs:
            out = blank_series(self.starts[lead], self.recording)
            self._go(stretch, pair, None, out)

    def _go(self, stretch: Stretch, pair: Seeds, state: State | None, out: FloatArray) -> None:
        """Run a stretch and all that follows; ``out`` holds what was measured before it."""
        lead = stretch.runs[0]
        start, room, kin = self.starts[lead], self._room(lead), self.kin[lead]
        tables = self._tables(room, lead)
        if state is not None:
            state.put(room, tables, start, kin, self.known[lead], pair)
        since = ANEW if state is None else stretch.first
        first, yearly, asked = self.recording.first, self.recording.yearly, self.recording.asked
        batch = batch_of(first, stretch.until - 1, yearly, since=since, asked=asked)
        failure = run_on(tables, start, np.array([pair], np.int64), batch, self.rows, out[None])
        # One that failed may have begun with a row that is not counted yet.
        room.kin = kin if failure is None else None
        if failure is not None or not stretch.then:
            for run in stretch.runs:
                self.results[run].append(failure if failure is not None else out.copy())
            return
        kept = State(tables, start, stretch.until)
        for follows in stretch.then:
            self._go(follows, pair, kept, out.copy())

    def _room(self, run: int) -> Room:
        """Return where runs from a start are run: all of one shape in the same tables."""
        start = self.starts[run]
        shape = tuple(len(table) for table in start[:-1]) + start.titles.shape
        if shape not in self.rooms:
            self.rooms[shape] = Room(start)
        return self.rooms[shape]

    def _tables(self, room: Room, run: int) -> Tables:
        """Return the tables of a room, with all that runs only read as a start has it."""
        start, own = self.starts[run], room.tables
        shared = {name: getattr(start, name) for name in Tables._fields if name not in CHANGED}
        shared |= {name: getattr(own, name) for name in ("ledger", "events", "scratch")}
        return own._replace(**shared)


def run_branches(
    starts: Sequence[Tables], pairs: Sequence[Seeds], recording: Recording
) -> list[list[FloatArray | RunFailed]]:
    """Run every start with every pair of seeds, once: see ``Together``."""
    return Together(starts, recording).run(pairs)
