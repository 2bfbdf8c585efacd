"""A class played natively: runs in which policy changes at the quarters of rounds.

A run goes up to a change, is handed the parameters and the rows of titles and policy that hold
from there on, and goes on. What a quarter knew of later quarters, it knew of what had been decided
by then: so a later decision never changes what was lived before it. ``Model`` of the page does the
same, to the bit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents.compiled.record import FloatArray
from experiments.classroom.game.standing import Change
from experiments.classroom.levers import lever_file
from experiments.classroom.offered import Ground, ground, settings_at
from experiments.classroom.tables import BUFFERS, DATED, shape_of, solid
from experiments.runs.scenario import Scenario
from experiments.runs.start import start_tables
from sim.engines.compiled import Recording, RunFailed, batch_of, blank_series, fresh, run_batch
from sim.errors import BadInput, nearest
from sim.ledger import FAILURES
from sim.measure.years import yearly
from sim.scratch import Scratch
from sim.tables import Tables

TURNED = ("params", *DATED)
"""Tables that a change may hand over: the others are the state of a run, or made with it."""


class Stretch(NamedTuple):
    """Quarters ``since`` to ``last`` under the same policy, with the tables of that policy."""

    since: int
    last: int
    tables: Tables


def play(region: str, regime: str, changes: Sequence[Change], seeds: Sequence[int]) -> FloatArray:
    """Return what a class lived through, by seed, year and outcome, for the whole region.

    Raises:
        BadInput: a lever is unknown, acts on the start of a run alone, or a change is out of order.
        RunFailed: a run stopped.
    """
    on = ground(region, regime)
    stretches = stretches_of(on, changes)
    recording = Recording(on.scenario.first, on.scenario.last, places=False, yearly=True)
    return np.stack([_once(stretches, seed, recording) for seed in seeds])


def stretches_of(on: Ground, changes: Sequence[Change]) -> list[Stretch]:
    """Return the stretches that changes cut a run into, the first as the regime is shipped."""
    last = on.scenario.last
    begins = [0, *(change.since for change in changes)]
    if any(after <= before for before, after in zip(begins, begins[1:], strict=False)):
        raise BadInput("changes", "are not in order of time, or begin with the run")
    if begins[-1] > last:
        raise BadInput("changes", "one begins after the last quarter")
    stands: dict[str, float] = {}
    tables = [on.start]
    for change in changes:
        stands = stands | change.levers
        tables.append(_tables_of(on, stands))
    ends = [since - 1 for since in begins[1:]] + [last]
    return [Stretch(*one) for one in zip(begins, ends, tables, strict=True)]


def _tables_of(on: Ground, levers: Mapping[str, float]) -> Tables:
    known = {lever.name: lever for lever in lever_file().lever}
    settings: list[str] = []
    for name, value in levers.items():
        if name not in known:
            raise BadInput("changes", f"unknown lever {name!r}", nearest=nearest(name, known))
        settings += settings_at(known[name], on, value)
    old = on.scenario
    scenario = Scenario(old.region, old.regime, settings=settings, record="yearly")
    tables = start_tables(scenario)
    for name, before, after in zip(Tables._fields, on.start, tables, strict=True):
        if isinstance(before, Scratch) or name in (*TURNED, *BUFFERS):
            continue
        if shape_of(before) != shape_of(after) or solid(before).tobytes() != solid(after).tobytes():
            names = ", ".join(levers)
            raise BadInput("changes", f"one of {names} acts on the start of a run ({name})")
    return tables


def _once(stretches: Sequence[Stretch], seed: int, recording: Recording) -> FloatArray:
    """Run once through all stretches, and return years and outcomes."""
    start = stretches[0].tables
    tables = fresh(start)._replace(**{name: getattr(start, name).copy() for name in TURNED})
    out = blank_series(tables, recording)[np.newaxis]
    rows, pair = np.zeros(len(tables.practices), np.int64), np.array([[seed, seed]], np.int64)
    for k, stretch in enumerate(stretches):
        first = max(recording.first, stretch.since)
        measured = out[:, max(0, first - recording.first) :]
        if k:
            _turn(tables, stretch)
            batch = batch_of(first, stretch.last, True, since=stretch.since)
        else:
            batch = batch_of(first, stretch.last, True)
        failed = run_batch(tables, start, pair, batch, rows, measured)
        if failed >= 0:
            raise RunFailed(seed, failed, FAILURES[int(tables.counter["failure"][0])])
    years, _ = yearly(out[0], recording.first)
    whole: FloatArray = years[:, 0]
    return whole


def _turn(tables: Tables, stretch: Stretch) -> None:
    """Hand over what holds from a stretch on; rows of quarters before it stay as they were."""
    for name in TURNED:
        own: NDArray[Any] = getattr(tables, name)
        since = stretch.since if name in DATED else 0
        own[since:] = getattr(stretch.tables, name)[since:]
