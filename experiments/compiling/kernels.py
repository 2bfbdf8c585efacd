"""Kernels are compiled once per machine and version."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from agents.compiled.rule import CACHE, OPTIONS, is_warm
from experiments.compiling.apart import compile_apart, smallest
from experiments.compiling.reuse import reuse_compiled
from experiments.compiling.trying import try_rules
from sim.engines.compiled import Recording, batch_of, blank_series, fresh, reset, run_batch
from sim.measure.measuring import measure_all
from sim.opening import begin_run

__all__ = ["COMPILING", "is_warm", "kept_in", "warm_up"]

COMPILING = (
    "Compiling the model once for this machine (one to two minutes); later runs start at once."
)


def kept_in() -> Path | None:
    """Return the folder that keeps compiled code, or None where nothing can be written."""
    return CACHE if OPTIONS["cache"] else None


def warm_up() -> None:
    """Compile the kernel of runs and that of measuring, and keep them on disk.

    ``run_batch`` comes last: ``is_warm`` asks for it, so a warm cache holds the others too.

    Raises:
        BadInput: a rule of a user's own does not compile.
    """
    try_rules()
    reuse_compiled()
    compile_apart()
    start = smallest()
    tables, recording = fresh(start), Recording(0, 0, True)
    out, rows = blank_series(tables, recording), np.zeros(len(tables.practices), np.int64)
    reset(tables, start, (0, 0))
    begin_run(tables)
    measure_all(tables, 0, rows, out[0])
    run_batch(tables, start, np.zeros((1, 2), np.int64), batch_of(0, 0), rows, out[None])
