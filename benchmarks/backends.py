"""The back ends that are timed, behind one protocol: same start, same seed, same recording."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from agents.compiled.record import FloatArray
from benchmarks.plain.model import run_plain
from sim.engines.compiled import Recording, blank_series, run
from sim.engines.model import CareModel
from sim.tables import Tables


class Backend(Protocol):
    """Runs the model once and returns what it measured: ``(quarters, 1, outcomes)``."""

    def __call__(self, start: Tables, seed: int, recording: Recording) -> FloatArray:
        """Run once from ``start``; ``recording`` has the scope ``all`` only."""


def run_compiled(start: Tables, seed: int, recording: Recording) -> FloatArray:
    """Run as `regiosim run` does: one kernel."""
    return run(start, (seed, seed), recording)


def run_faces(start: Tables, seed: int, recording: Recording, engine: str = "mesa") -> FloatArray:
    """Step a ``CareModel``: compiled phases, with Mesa agents that are views on the rows."""
    model = CareModel(start, seed=seed, engine=engine)
    series = blank_series(start, recording)
    rows = np.zeros(len(start.practices), np.int64)
    for tick in range(recording.last + 1):
        model.step()
        if tick >= recording.first:
            model.measure(tick, rows, series[tick - recording.first])
    return series


def run_twin(start: Tables, seed: int, recording: Recording) -> FloatArray:
    """Step the twin of a ``CareModel``: the rules as written, in plain Python."""
    return run_faces(start, seed, recording, "python")


BACKENDS: dict[str, Backend] = {
    "compiled": run_compiled,
    "mesa": run_faces,
    "plain-mesa": run_plain,
    "twin": run_twin,
}
"""By name. ``twin`` is timed on small regions only: it is made for checking, not for speed."""
