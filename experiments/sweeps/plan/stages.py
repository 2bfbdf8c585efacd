"""Points with seeds of their own number: a pilot of all, then stages of those that need more.

A run keeps its number whatever the stages: its point and replicate, among as many replicates as a
point may have. Each stage begins a new batch, so that batches which are there stay what they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from agents.compiled.record import IntArray
from experiments.runs.identity import hash_of
from experiments.sweeps.file.until import most_seeds, read_targets
from experiments.sweeps.plan.order import Order
from experiments.sweeps.plan.plan import Plan
from experiments.sweeps.plan.seeds import Stages


def with_targets(plan: Plan, until: str | Sequence[str], most: int | None = None) -> Plan:
    """Return the pilot of a plan whose points then get more seeds until targets are reached.

    Args:
        plan: of the experiment, whose replicates are the pilot.
        until: targets, ``OUTCOME +- WIDTH``.
        most: seeds of a point at most; by default 1,000.

    Raises:
        BadInput: a target cannot be used, or does not go with the experiment.
    """
    targets = read_targets(until, plan.experiment)
    points, pilot = len(plan.points), plan.replicates
    most = most_seeds(most, plan.experiment, points)
    said = {"plan": plan.id, "until": sorted(one.text for one in targets), "most": most}
    stages = Stages(targets, most, pilot, np.full(points, pilot, np.int64), (plan.runs,))
    if plan.order is None:
        runs = np.arange(plan.runs, dtype=np.int64)
        family, largest = np.arange(points, dtype=np.int64), 1
    else:
        runs, family, largest = plan.order
    order = Order(runs // pilot * most + runs % pilot, family, largest)
    return replace(plan, id=hash_of(said), order=order, stages=stages)


def grown(plan: Plan, counts: IntArray) -> Plan:
    """Return a plan with one stage more, in which points have so many seeds as ``counts`` says."""
    assert plan.stages is not None and plan.order is not None
    new = _new(plan.order, plan.stages, counts)
    runs = np.concatenate([plan.order.runs, new])
    ends = (*plan.stages.ends, len(runs))
    stages = replace(plan.stages, counts=np.asarray(counts, dtype=np.int64), ends=ends)
    return replace(plan, order=plan.order._replace(runs=runs), stages=stages)


def _new(order: Order, stages: Stages, counts: IntArray) -> IntArray:
    """Return the numbers of the runs of a new stage: family by family, seed by seed."""
    added = counts - stages.counts
    if order.largest == 1:
        start = np.cumsum(added) - added
        seed = np.arange(int(added.sum())) - np.repeat(start - stages.counts, added)
        new: IntArray = np.repeat(np.arange(len(counts)) * stages.most, added) + seed
        return new
    points = order.runs[: stages.ends[0]] // stages.most
    points = points[np.sort(np.unique(points, return_index=True)[1])]  # in the pilot's order
    parts = [np.zeros(0, np.int64)]
    for family in np.split(points, np.flatnonzero(np.diff(order.family[points])) + 1):
        low, high = int(stages.counts[family].min()), int(counts[family].max())
        seed = np.arange(low, high)[:, None]
        asked = (stages.counts[family] <= seed) & (seed < counts[family])
        parts.append((family * stages.most + seed)[asked])
    return np.concatenate(parts)
