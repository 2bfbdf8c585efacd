"""How many cores there are for us."""

from __future__ import annotations

import os


def cores() -> int:
    """Return how many cores this process may use (affinity and Slurm are respected)."""
    allowed = os.environ.get("SLURM_CPUS_PER_TASK")
    if allowed and allowed.isdigit() and int(allowed) > 0:
        return int(allowed)
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)
