"""Sweeps whose outcomes are a function of their factors: what an answer should be is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from experiments.sweeps.file.experiment import read_experiment
from experiments.sweeps.plan.plan import Plan
from experiments.sweeps.plan.planning import make_plan
from experiments.sweeps.store.layout import batch_path
from experiments.sweeps.work.compute import Computed
from experiments.sweeps.work.filling import Executor, State
from experiments.sweeps.work.sweeping import sweep
from results.store.batches import Kept, Label, batch_table, to_bytes

Rule = Callable[[Mapping[str, Any], np.random.Generator], Mapping[str, float | None]]
"""Outcomes of a run by its factors and its seed; None: the run fails."""
OUTCOMES = ["organisations", "trust", "coverage"]


def about(
    design: Mapping[str, Any], factors: Mapping[str, Any], replicates: int = 5, **more: Any
) -> dict[str, Any]:
    """Return an experiment of a small place."""
    runs = {
        "regions": ["synthetic:1:3"], "regimes": ["historic-nl"], "from": "2010Q1", "to": "2010Q4",
        "replicates": replicates, **more,
    }  # fmt: skip
    return {
        "name": "made", "question": "Which?", "runs": runs, "record": {"outcomes": OUTCOMES},
        "uncertainties": dict(factors), "design": dict(design),
    }  # fmt: skip


def computed(plan: Plan, number: int, rule: Rule) -> Computed:
    """Return a batch of runs that follow the rule."""
    kept, failed = [], 0
    names = [factor.name for factor in plan.experiment.factors]
    for run in plan.batch(number):
        point = plan.points[run.point]
        arm = plan.arms[point.arm]
        factors = {**dict(zip(names, point.values, strict=True)), "regime": arm.called}
        random = np.random.default_rng([run.point, run.seeds[0]])
        found = rule(factors, random)
        values = np.array([[[found.get(one, 0.5) for one in OUTCOMES]]], dtype=object)
        fails = any(value is None for value in values.flat)
        failed += fails
        kept.append(
            Kept(
                run.number, f"{plan.id}-{run.number}", run.point + 1, run.replicate, run.seeds,
                np.array([19], dtype=np.int64), ["all"],
                None if fails else values.astype(float), "it was made to" if fails else "",
            )
        )  # fmt: skip
    table = batch_table(kept, OUTCOMES, Label(plan.id, number, len(kept)))
    return Computed(number, to_bytes(table), len(kept), failed, 0.0)


def made_sweep(experiment: Mapping[str, Any], out: Path, rule: Rule) -> Path:
    """Leave a finished sweep in ``out``, whose runs follow the rule."""
    plan = make_plan(read_experiment(experiment))

    def follow(state: State) -> Executor:
        def execute(plan: Plan, numbers: list[int], store: Callable[[Computed], None]) -> int:
            for number in numbers:
                store(computed(plan, number, rule))
            return 0

        return execute

    sweep(plan, out, executor=follow, language="")
    return out


def begun_sweep(experiment: Mapping[str, Any], out: Path, rule: Rule, batches: int) -> Path:
    """Leave a sweep in ``out`` of which only so many batches are done."""
    plan = make_plan(read_experiment(experiment))
    assert batches < plan.batches

    class Stopped(Exception):
        pass

    def stop(state: State) -> Executor:
        def execute(plan: Plan, numbers: list[int], store: Callable[[Computed], None]) -> int:
            for number in numbers[:batches]:
                store(computed(plan, number, rule))
            raise Stopped

        return execute

    try:
        sweep(plan, out, executor=stop, language="")
    except Stopped:
        pass
    assert batch_path(out, 0).is_file()
    return out
