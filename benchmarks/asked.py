"""What a run takes where a sweep asks for some outcomes: ``python -m benchmarks.asked``.

The same seeds with all outcomes, with those of ``benchmarks.large``, and with lists and cost only,
in turn in one process; of processor time the median ratio to measuring all.
"""

from __future__ import annotations

import sys
import time
import tomllib

import numpy as np

from benchmarks.large import EXPERIMENT
from experiments.runs.scenario import Scenario
from experiments.runs.start import start_tables
from sim.engines.compiled import Recording, run
from sim.measure.outcomes import EVERY_THEME, asked_for

REGIONS = (("unicum", 40), ("synthetic:100:1", 5))
"""Regions, and how many seeds of each."""


def ratios_of(region: str, seeds: int, yearly: bool) -> list[float]:
    """Return the median ratio of some outcomes, and of none, to all of them."""
    text = EXPERIMENT.format(region=region, points=1)
    names = tomllib.loads(text)["record"]["outcomes"]
    scenario = Scenario(region, "historic-nl", start="2011Q1", end="2030Q4")
    start = start_tables(scenario)
    asked = (EVERY_THEME, asked_for(names), 0)
    spent = np.zeros((seeds, len(asked)))
    for seed in range(seeds + 1):
        for k, themes in enumerate(asked):
            recording = Recording(scenario.first, scenario.last, False, yearly, themes)
            began = time.thread_time()
            run(start, (seed, seed), recording)
            if seed:  # the first is to load the kernel
                spent[seed - 1, k] = time.thread_time() - began
    return [float(np.median(spent[:, k] / spent[:, 0])) for k in range(1, len(asked))]


def main() -> int:
    """Print the table of docs/performance.md."""
    print("region\trecorded\tsome outcomes\tlists and cost only")
    for region, seeds in REGIONS:
        for yearly in (True, False):
            some, none = ratios_of(region, seeds, yearly)
            print(f"{region}\t{'years' if yearly else 'quarters'}\t{some:.2f}\t{none:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
