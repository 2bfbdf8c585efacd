"""Compile the share I (from 0) of N of the kernels: ``python -m experiments.compiling I N``."""

from __future__ import annotations

import os
import sys
import threading


def _end_with_parent() -> None:
    """End once stdin ends: whoever started this process is gone, and so is what it was for."""
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from experiments.compiling.apart import jobs

    share, shares = int(sys.argv[1]), int(sys.argv[2])
    for dispatcher, types in list(jobs())[share::shares]:
        dispatcher.compile(types)
