"""The back ends that are timed, behind one protocol: same start, same seed, same recording."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import numpy as np

from agents.compiled.record import FloatArray
from benchmarks.contenders import Contender, Prepared, Work
from benchmarks.places import all_quarters, start_of
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


def _prepared(backend: Backend) -> Callable[[Work], Prepared]:
    def prepare(work: Work) -> Prepared:
        start, recording = start_of(work.practices, work.quarters), all_quarters(work.quarters)
        # Whatever is built once per process is built before the clock runs.
        backend(start_of(20, 1), 1, all_quarters(1))
        return lambda: backend(start, 1, recording)[None, :, 0]

    return prepare


CONTENDERS = (
    Contender("compiled", "what `regiosim run` uses: the whole run in one compiled kernel",
              _prepared(run_compiled), same=True),
    Contender("mesa", "a `CareModel`: the same kernels phase by phase, with Mesa agents that are "
              "views on the rows", _prepared(run_faces), same=True, needs=("mesa",)),
    Contender("plain-mesa", "ordinary Mesa agents and plain Python, made as fast as plain Python "
              "reasonably goes", _prepared(run_plain), same=False, needs=("mesa",)),
    Contender("twin", "`CareModel(engine=\"python\")`: the rules as written, in Python; made for "
              "checking, not for speed", _prepared(run_twin), same=True, needs=("mesa",), most=50),
)  # fmt: skip
"""One run of a region. ``plain-mesa`` draws from ``random``: the same model on other numbers."""
