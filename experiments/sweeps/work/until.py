"""Give points seeds until the targets of a sweep are reached: a pilot, then stage after stage.

What a stage holds follows from the runs before it alone, so a sweep that was stopped goes on with
the stages that it would have had.
"""

from __future__ import annotations

from collections.abc import Sequence

from experiments.sweeps.plan.plan import Plan
from experiments.sweeps.plan.stages import grown
from experiments.sweeps.store.earlier import Earlier
from experiments.sweeps.store.folder import SweepFolder
from experiments.sweeps.store.stages import judged, wanted, write_stage
from experiments.sweeps.work.filling import Executor, State, fill


def fill_until(
    folder: SweepFolder, executor: Executor, earlier: Sequence[Earlier], state: State
) -> Plan:
    """Take or compute runs until each point has the seeds that it needs; return the plan then.

    Raises:
        OSError: a batch could not be written; those that were are safe.
    """
    while True:
        plan = folder.plan
        fill(folder, (1, 1), executor, earlier, state)
        found = judged(folder.target, plan)
        counts = wanted(plan, found)
        assert plan.stages is not None
        last = bool((counts == plan.stages.counts).all())
        if last:
            write_stage(folder.target, plan, found, last)
            return plan
        plan = grown(plan, counts)
        write_stage(folder.target, plan, found, last)
        folder = SweepFolder(folder.target, plan)
