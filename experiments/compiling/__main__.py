"""Compile the share I (from 0) of N of the kernels: ``python -m experiments.compiling I N``."""

from __future__ import annotations

import sys

from experiments.compiling.apart import jobs

if __name__ == "__main__":
    share, shares = int(sys.argv[1]), int(sys.argv[2])
    for dispatcher, types in list(jobs())[share::shares]:
        dispatcher.compile(types)
