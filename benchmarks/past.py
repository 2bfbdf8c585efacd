"""What levers of 2018 take that share their past: ``python -m benchmarks.past``.

The same runs of UNICUM, recorded by year from 2018 on, with what they have in common computed once,
and each by itself, in turn in one process; the median ratio of processor time, and its range.
"""

from __future__ import annotations

import sys
import time

import numpy as np

from benchmarks.many import lever_starts
from sim.engines.branches import run_branches
from sim.engines.compiled import Recording

ENDS = {"2022Q4": 68, "2030Q4": 100}
"""Last quarters, and how many quarters such a run has."""
FIRST = 48
COUNTS = (4, 24)
ROUNDS, SEEDS = 5, 8


def ratios_of(quarters: int, count: int) -> list[float]:
    """Return per round, each of seeds of its own, the time of runs together over that apart."""
    starts = lever_starts(quarters, count)
    recording = Recording(FIRST, quarters - 1, False, True)
    found = []
    for turn in range(ROUNDS + 1):
        pairs = [(seed, seed) for seed in range(SEEDS * turn, SEEDS * (turn + 1))]
        began = time.thread_time()
        together = run_branches(starts, pairs, recording)
        between = time.thread_time()
        apart = [run_branches([start], pairs, recording)[0] for start in starts]
        ended = time.thread_time()
        for one, other in zip(together, apart, strict=True):
            np.testing.assert_array_equal(np.array(one), np.array(other))
        if turn:  # the first is to load the kernel
            found.append((between - began) / (ended - between))
    return found


def main() -> int:
    """Print the table of docs/performance.md."""
    print("until\tpolicies\tmedian\tlowest\thighest")
    for end, quarters in ENDS.items():
        for count in COUNTS:
            ratios = ratios_of(quarters, count)
            cuts = (np.median(ratios), min(ratios), max(ratios))
            print(end, count, *(f"{cut:.2f}" for cut in cuts), sep="\t")
    return 0


if __name__ == "__main__":
    sys.exit(main())
