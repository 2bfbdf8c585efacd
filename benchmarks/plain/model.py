"""The plain Mesa model: one quarter a step, outcomes measured each quarter."""

from __future__ import annotations

import random
from array import array
from typing import Any

import mesa

from agents.compiled.record import FloatArray
from agents.compiled.rule import key_of
from benchmarks.plain.replacements import replacements
from benchmarks.plain.rewrite import plain_functions
from benchmarks.plain.rows import AGENTS, plain_tables
from sim.engines.compiled import Recording, RunFailed, blank_series
from sim.ledger import FAILURES
from sim.measure.outcomes import OUTCOMES
from sim.measure.practices import EVERYWHERE
from sim.opening import begin_run
from sim.quarter import run_quarter
from sim.tables import Tables

_BUILT: dict[bool, Any] = {}


def _functions(keyed: bool) -> Any:
    """Return the plain functions, built once per process as an import would be."""
    if keyed not in _BUILT:
        _BUILT[keyed] = plain_functions(keyed, random.random, replacements())
    return _BUILT[keyed]


class PlainModel(mesa.Model):
    """Primary care in one region, in plain Python.

    Args:
        start: tables before the population is drawn.
        seed: of everything.
        keyed: draw as the compiled engine does (slower), for the same trajectory.
    """

    def __init__(self, start: Tables, seed: int, keyed: bool = False) -> None:
        super().__init__(rng=seed)
        random.seed(seed)
        self.functions = _functions(keyed)
        self.tables = plain_tables(start)
        counter = self.tables.counter[0]
        counter.seed = counter.population_seed = seed
        self.living: dict[str, dict[int, Any]] = {name: {} for name in AGENTS}
        self.tick = int(start.counter["quarter"][0])
        self.rows = [0] * len(self.tables.practices)
        self.out = memoryview(array("d", [0.0] * len(OUTCOMES)))
        self.functions[key_of(begin_run)](self.tables)
        self.follow()

    def step(self) -> None:
        """Run one quarter."""
        self.functions[key_of(run_quarter)](self.tables, self.tick)
        failure = self.tables.counter[0].failure
        if failure:
            raise RunFailed(self.tables.counter[0].seed, self.tick, FAILURES[failure])
        self.tick += 1
        self.follow()

    def follow(self) -> None:
        """Let agents join that were born, and remove those that ended."""
        for name, living in self.living.items():
            for row, agent in enumerate(getattr(self.tables, name)):
                if agent.alive:
                    if row not in living:
                        living[row] = agent
                        agent.join(self)
                elif row in living:
                    living.pop(row).remove()

    def measure(self) -> memoryview:
        """Return the outcomes of the last quarter, whole region."""
        measure = self.functions["sim.measure.measuring", "measure"]
        measure(self.tables, EVERYWHERE, self.tick - 1, self.rows, self.out)
        return self.out


def run_plain(start: Tables, seed: int, recording: Recording, keyed: bool = False) -> FloatArray:
    """Run once and return what was measured: ``(quarters, 1, outcomes)``."""
    model = PlainModel(start, seed, keyed)
    series = blank_series(start, recording)
    for tick in range(model.tick, recording.last + 1):
        model.step()
        if tick >= recording.first:
            series[tick - recording.first, 0] = model.measure()
    return series
