"""Instructions per phase: ``python -m benchmarks.instructions [PRACTICES ...]``.

Unlike time, a count of instructions is the same on a busy machine. The quarters of 2018 are
counted, after twelve years that are not. Needs valgrind and a C compiler. Valgrind knows no
AVX-512, so kernels are compiled for a generic processor, in a cache of their own: that takes
minutes the first time, and counts are somewhat higher than those of a modern one. What Python
needs for a call, some ten thousand instructions, is in the count of each kernel.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

from agents.compiled.rule import CACHE, rule_named
from benchmarks.phases import COUNTRY, REGION
from benchmarks.places import all_quarters, start_of
from sim.engines.compiled import blank_series, fresh, reset
from sim.measure.measuring import measure_all
from sim.plan import due
from sim.population import draw_population

FIRST, LAST = 48, 51
"""2018Q1 and 2018Q4."""
SOURCE = """\
#include <valgrind/callgrind.h>
void begin(void) { CALLGRIND_START_INSTRUMENTATION; }
void clear(void) { CALLGRIND_ZERO_STATS; }
void dump(const char *name) { CALLGRIND_DUMP_STATS_AT(name); }
"""
GENERIC = {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": "", "OPENBLAS_NUM_THREADS": "1"}


def count_in(practices: int, library: str) -> None:
    """Run up to the end of 2018; where it runs under valgrind, dump a count per kernel."""
    marks = ctypes.CDLL(library)
    start, recording = start_of(practices, LAST + 1), all_quarters(LAST + 1)
    tables, out = fresh(start), blank_series(start, recording)
    rows = np.zeros(len(start.practices), np.int64)

    def counted(name: str, kernel: Any, *arguments: Any) -> None:
        marks.clear()
        kernel(*arguments)
        if tick >= FIRST:
            marks.dump(name.encode())

    reset(tables, start, (1, 1))
    draw_population(tables)
    for tick in range(LAST + 1):
        if tick == FIRST:
            marks.begin()
        for name, more in due(tick):
            counted(name, rule_named(name), tables, *more)
        counted("(measure)", measure_all, tables, tick, rows, out[tick])


def read_counts(folder: Path) -> dict[str, int]:
    """Return instructions per kernel out of callgrind's dumps."""
    found: dict[str, int] = defaultdict(int)
    for path in folder.glob("out.*"):
        text = path.read_text(encoding="utf-8", errors="replace")
        name = re.search(r"^desc: Trigger: Client Request: (.*)$", text, re.MULTILINE)
        total = re.search(r"^(?:summary|totals): (\d+)", text, re.MULTILINE)
        if name and total:
            found[name[1]] += int(total[1])
    return dict(found)


def counts_of(practices: int, folder: Path) -> dict[str, int]:
    """Return instructions per kernel in 2018, in a region of about this many practices."""
    source, library = folder / "marks.c", folder / "marks.so"
    source.write_text(SOURCE, encoding="utf-8")
    subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", library, source], check=True)
    environment = {**os.environ, **GENERIC, "REGIOSIM_CACHE": f"{CACHE}-generic"}
    child = [sys.executable, "-m", "benchmarks.instructions", str(practices), "--count", library]
    # The first time only compiles: without valgrind the marks do nothing.
    subprocess.run(child, check=True, env=environment)
    out = f"--callgrind-out-file={folder / 'out'}"
    watch = ["valgrind", "-q", "--tool=callgrind", "--instr-atstart=no", out]
    subprocess.run([*watch, *child], check=True, env=environment)
    return read_counts(folder)


def main() -> int:
    """Print a table per size: kernel, share, instructions per practice and quarter."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.instructions", description=__doc__)
    parser.add_argument("practices", nargs="*", type=int, default=[REGION, COUNTRY])
    parser.add_argument("--count", help=argparse.SUPPRESS)
    given = parser.parse_args()
    for practices in given.practices:
        if given.count:
            count_in(practices, given.count)
            continue
        with tempfile.TemporaryDirectory() as folder:
            found = counts_of(practices, Path(folder))
        total, each = sum(found.values()), practices * (LAST - FIRST + 1)
        print(f"about {practices} practices, 2018")
        for name, count in sorted(found.items(), key=lambda pair: -pair[1]):
            print(f"{name}\t{100 * count / total:.1f}%\t{count / each:,.0f}")
        print(f"all, called one by one\t100%\t{total / each:,.0f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
