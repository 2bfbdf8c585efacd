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
    fresh,
    populate,
    run_in,
    run_on,
)
from sim.engines.shared import Flags, Said, agree, said
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


def run_branches(
    starts: Sequence[Tables], pairs: Sequence[Seeds], recording: Recording
) -> list[list[FloatArray | RunFailed]]:
    """Run every start with every pair of seeds; what runs of one seed have in common, once.

    Args:
        starts: starting tables, of one recording's length.
        pairs: seeds of behaviour and population.
        recording: what to measure.

    Returns:
        For each start a result per pair: the series, or the failure.
    """
    work = _Work(starts, recording)
    for stretch in work.plan:
        work.run(stretch, pairs)
    return work.results


class _Work:
    """The runs of some starts."""

    def __init__(self, starts: Sequence[Tables], recording: Recording) -> None:
        self.starts = starts
        self.recording = recording
        self.said = said(starts)
        self.plan = _all_parts(self.said, recording.last + 1)
        self.rooms: dict[tuple[int, ...], Tables] = {}
        self.results: list[list[FloatArray | RunFailed]] = [[] for _ in starts]
        self.rows = np.zeros(max(len(start.practices) for start in starts), np.int64)

    def run(self, stretch: Stretch, pairs: Sequence[Seeds]) -> None:
        """Run a stretch from the start, and all that follows, with every pair of seeds."""
        lead = stretch.runs[0]
        if not stretch.then:  # one run to its end: all seeds in one kernel
            found = run_in(self._room(lead), self.starts[lead], pairs, self.recording)
            for run in stretch.runs:
                self.results[run] = list(found)
            return
        for pair in pairs:
            out = blank_series(self.starts[lead], self.recording)
            self._go(stretch, pair, None, out)

    def _go(self, stretch: Stretch, pair: Seeds, state: _State | None, out: FloatArray) -> None:
        """Run a stretch and all that follows; ``out`` holds what was measured before it."""
        lead = stretch.runs[0]
        start, tables = self.starts[lead], self._room(lead)
        if state is not None:
            state.put(tables, start, self.said[lead].known, pair)
        since = ANEW if state is None else stretch.first
        first, yearly, asked = self.recording.first, self.recording.yearly, self.recording.asked
        batch = batch_of(first, stretch.until - 1, yearly, since=since, asked=asked)
        failure = run_on(tables, start, np.array([pair], np.int64), batch, self.rows, out[None])
        if failure is not None or not stretch.then:
            for run in stretch.runs:
                self.results[run].append(failure if failure is not None else out.copy())
            return
        kept = _State(tables, start, stretch.until)
        for follows in stretch.then:
            self._go(follows, pair, kept, out.copy())

    def _room(self, run: int) -> Tables:
        """Return tables to run in, with the titles and policy of one start."""
        start = self.starts[run]
        shape = tuple(len(table) for table in start[:-1]) + start.titles.shape
        if shape not in self.rooms:
            self.rooms[shape] = fresh(start)
        shared = {name: getattr(start, name) for name in Tables._fields if name not in CHANGED}
        room = self.rooms[shape]
        shared |= {name: getattr(room, name) for name in ("ledger", "events", "scratch")}
        return room._replace(**shared)


class _State:
    """What a run holds between two quarters, to go on from more than once."""

    def __init__(self, tables: Tables, start: Tables, until: int) -> None:
        self.kept = {name: getattr(tables, name).copy() for name in CHANGED}
        self.start = start
        self.until = until

    def put(self, tables: Tables, start: Tables, known: Flags, pair: Seeds) -> None:
        """Write it into tables of a run from ``start`` that was the same run until now.

        Titles that nobody has read yet have tariffs as ``start`` begins with them; ``known`` is
        that of ``Said``.
        """
        read = known[self.until - 1]
        width = start.titles.shape[1]
        own = None
        if not read.all() and not self._alike(start, read):
            populate(tables, start, pair)
            own = tables.tariffs.copy()
        for name in CHANGED - {"tariffs"}:
            np.copyto(getattr(tables, name), self.kept[name])
        both = min(width, len(self.kept["tariffs"]))
        tables.tariffs[:both] = self.kept["tariffs"][:both]
        if own is not None:
            tables.tariffs[~read] = own[~read]
        tables.tariffs["run_down"] = start.tariffs["run_down"]

    def _alike(self, start: Tables, read: Flags) -> bool:
        """Return whether tariffs of titles nobody has read yet begin as here: solved to no sum."""
        width = start.titles.shape[1]
        if width > len(self.kept["tariffs"]):
            return False
        sums = start.titles["neutral"][-1], self.start.titles["neutral"][-1, :width]
        return not any(bool((one[~read] > 0.0).any()) for one in sums)
