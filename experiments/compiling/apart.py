"""Compile the kernels side by side, in processes that leave them on disk.

The phases of a quarter do not call each other, so several processes can compile them side by
side. Whoever compiles the whole quarter after them finds its parts there.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from typing import Any

import numba
import numpy as np

from agents.compiled.rule import INNER, OPTIONS
from experiments.own_modules import command_of
from sim.engines.compiled import Recording, blank_series, fresh
from sim.measure.measuring import measure_all
from sim.parameters import parameter_values
from sim.place.synthetic import synthetic
from sim.plan import calls
from sim.policy.load import load_regime
from sim.population import draw_population
from sim.start import make_tables
from sim.tables import Tables


def smallest() -> Tables:
    """Return starting tables of the smallest region: kernels care for types, not for sizes."""
    titles, policy, _ = load_regime("historic-nl").tables(1)
    return make_tables(synthetic(1, 0), parameter_values(), titles, policy)


def jobs() -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Yield what can be compiled apart: dispatchers with the types of their arguments."""
    tables = fresh(smallest())
    kind, whole = numba.typeof(tables), numba.types.int64
    inner = {name: dispatcher for (_, name), dispatcher in INNER.items()}
    for call in calls():
        more = [whole if text == "tick" else numba.types.boolean for text in call.arguments]
        yield inner[call.phase.kernel], (kind, *more)
    out = blank_series(tables, Recording(0, 0, True))
    rows = np.zeros(len(tables.practices), np.int64)
    yield draw_population, (kind,)
    yield measure_all, (kind, whole, numba.typeof(rows), numba.typeof(out[0]))


def compile_apart() -> None:
    """Compile all jobs in as many processes as there are cores, and wait for them.

    One that fails leaves its share to whoever needs it: nothing is lost but time.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    count = min(cores, 4)
    if count < 2 or not OPTIONS["cache"]:
        return
    # They end when what they would read ends, which is when this process does.
    streams: dict[str, Any] = {
        "stdin": subprocess.PIPE, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL,
    }  # fmt: skip
    running = [
        subprocess.Popen(command_of("experiments.compiling", str(i), str(count)), **streams)
        for i in range(count)
    ]
    try:
        for process in running:
            process.wait()
    finally:
        for process in running:
            process.kill()
            if process.stdin is not None:
                process.stdin.close()
