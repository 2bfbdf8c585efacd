"""A process that runs batches for a sweep: ``python -m experiments.sweeps.work.worker``.

It takes a plan, then batch after batch of it, or the next plan.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from experiments.serving import serve


def work() -> Callable[[Any], Any]:
    """Return what answers a plan, and numbers of batches of the last one with runs to leave out."""
    from experiments.sweeps.plan.plan import Plan
    from experiments.sweeps.work.compute import compute

    plan: Any = None

    def answer(asked: Any) -> Any:
        nonlocal plan
        if isinstance(asked, Plan):
            plan = asked
            return "ready"
        number, dead = asked
        return compute(plan, number, dead)

    return answer


if __name__ == "__main__":
    serve(work)
