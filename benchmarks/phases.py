"""Where a run's time goes, phase by phase: ``python -m benchmarks.phases [PRACTICES ...]``.

Every kernel of a quarter is called from Python in the order of ``sim.quarter`` and timed by
itself; the sum is set beside whole runs in one kernel, so that what the calls themselves cost is
seen. Only the processor's time for this thread counts; still a busy machine, whose caches others
use too, makes all phases slower, and then shares are what counts.
"""

from __future__ import annotations

import argparse
import sys
import time
from typing import Any

import numpy as np

from agents.compiled.rule import rule_named
from benchmarks.places import all_quarters, start_of
from sim.engines.compiled import blank_series, fresh, reset, run
from sim.measure.measuring import measure_all
from sim.plan import due
from sim.population import draw_population
from sim.tables import Tables

QUARTERS = 60
REGION, COUNTRY = 119, 5_000


def times_of(start: Tables, quarters: int, seed: int) -> dict[str, float]:
    """Return seconds per kernel, over all quarters of one run."""
    tables, recording = fresh(start), all_quarters(quarters)
    out, rows = blank_series(start, recording), np.zeros(len(start.practices), np.int64)
    spent: dict[str, float] = {}

    def timed(name: str, kernel: Any, *arguments: Any) -> None:
        began = time.thread_time()
        kernel(*arguments)
        spent[name] = spent.get(name, 0.0) + time.thread_time() - began

    timed("(start)", reset, tables, start, (seed, seed))
    timed("(population)", draw_population, tables)
    for tick in range(quarters):
        for name, more in due(tick):
            timed(name, rule_named(name), tables, *more)
        timed("(measure)", measure_all, tables, tick, rows, out[tick])
    return spent


def table_of(practices: int, quarters: int, rounds: int) -> list[tuple[str, str, str]]:
    """Return rows of text: kernel, share, microseconds per practice and quarter."""
    start = start_of(practices, quarters)
    times_of(start, 8, 1)  # compiles what Python calls
    found = [times_of(start, quarters, seed) for seed in range(1, rounds + 1)]
    mean = {name: float(np.median([one[name] for one in found])) for name in found[0]}
    total = sum(mean.values())
    run(start, (1, 1), all_quarters(1))  # loads the kernel of whole runs
    began = time.thread_time()
    for seed in range(1, rounds + 1):
        run(start, (seed, seed), all_quarters(quarters))
    whole = (time.thread_time() - began) / rounds
    rows = [
        (name, f"{100 * spent / total:.1f}%", f"{1e6 * spent / practices / quarters:.3f}")
        for name, spent in sorted(mean.items(), key=lambda pair: -pair[1])
    ]
    per = 1e6 / practices / quarters
    rows.append(("all, called one by one", "100%", f"{per * total:.3f}"))
    rows.append(("a whole run in one kernel", "", f"{per * whole:.3f}"))
    return rows


def main() -> int:
    """Print a table per size."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.phases", description=__doc__)
    parser.add_argument("practices", nargs="*", type=int, default=[REGION, COUNTRY])
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    for practices in given.practices:
        print(f"about {practices} practices, {QUARTERS} quarters")
        for row in table_of(practices, QUARTERS, given.rounds):
            print("\t".join(row))
    return 0


if __name__ == "__main__":
    sys.exit(main())
