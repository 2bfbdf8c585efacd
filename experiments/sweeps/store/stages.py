"""What a sweep with targets says of itself: how many seeds each point has, and what is known then.

While it is at work its manifest is in no list of checksums, so that it may be written anew at the
end of each stage; the last time it is listed, and from there on the sweep is one like any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from agents.compiled.record import FloatArray, IntArray
from experiments.sweeps.plan.plan import Plan
from experiments.sweeps.plan.seeds import Stages
from experiments.sweeps.plan.stages import grown
from experiments.sweeps.store.layout import MANIFEST, POINTS, batch_path
from results.statistics.until import LEVEL, REACHED, VERDICTS, Judged, judge
from results.store.batches import read_batch
from results.store.checksums import is_listed
from results.store.folder import to_json, whole_file
from results.store.keeping import note_checksums
from results.store.reading import manifest
from results.store.schema import FIRST_YEAR, QUARTERS


def judged(folder: Path, plan: Plan) -> tuple[Judged, ...]:
    """Return what the runs of a plan, all of which are there, say of each of its targets.

    Raises:
        StoreRefused: a batch is damaged.
    """
    stages = _stages(plan)
    values = _values(folder, plan)
    return tuple(
        judge(values[k], stages.counts, stages.pilot, one.width, stages.most)
        for k, one in enumerate(stages.targets)
    )


def wanted(plan: Plan, found: Sequence[Judged]) -> IntArray:
    """Return how many seeds each point should have: those of its most demanding target."""
    counts = _stages(plan).counts
    for one in found:
        counts = np.maximum(counts, one.seeds)
    return counts


def _stages(plan: Plan) -> Stages:
    assert plan.stages is not None
    return plan.stages


def _values(folder: Path, plan: Plan) -> FloatArray:
    """Return what each run gave, shape ``(targets, points, replicates)``; NaN where it failed."""
    stages = _stages(plan)
    found = np.full((len(stages.targets), len(plan.points), plan.replicates), np.nan)
    for number in range(plan.batches):
        table = read_batch(batch_path(folder, number))
        point, replicate = (table[name].to_numpy() - 1 for name in ("point", "replicate"))
        # A failed run has one row, without a tick and a scope.
        tick = table["tick"].fill_null(-1).to_numpy()
        whole = np.array([scope == "all" for scope in table["scope"].to_pylist()])
        for k, target in enumerate(stages.targets):
            rows = whole & (tick == (target.year - FIRST_YEAR + 1) * QUARTERS - 1)
            found[k, point[rows], replicate[rows]] = table[target.outcome].to_numpy()[rows]
    return found


def until_entry(plan: Plan, found: Sequence[Judged] = ()) -> dict[str, Any]:
    """Return what a manifest says of targets: what was asked, and what is known of each point."""
    stages = _stages(plan)
    targets = []
    for place, target in enumerate(stages.targets):
        about: dict[str, Any] = {
            "asked": target.text, "outcome": target.outcome, "year": target.year,
            "width": target.width.size, "relative": target.width.relative,
        }  # fmt: skip
        if found:
            one = found[place]
            about["mean"], about["half_width"] = _plain(one.mean), _plain(one.half)
            about["verdict"] = [VERDICTS[verdict] for verdict in one.verdict]
        targets.append(about)
    entry: dict[str, Any] = {
        "level": LEVEL, "most": stages.most, "pilot": stages.pilot,
        "seeds": stages.counts.tolist(), "ends": list(stages.ends), "targets": targets,
    }  # fmt: skip
    if found:
        entry["reached"] = all(bool((one.verdict == REACHED).all()) for one in found)
    return entry


def _plain(values: FloatArray) -> list[float | None]:
    return [float(value) if np.isfinite(value) else None for value in values]


def write_stage(folder: Path, plan: Plan, found: Sequence[Judged], last: bool) -> None:
    """Write in the manifest how far a sweep is; the ``last`` time it is listed, and stays."""
    path = folder / MANIFEST
    if is_listed(path):
        return
    about = {
        **manifest(folder), "replicates": plan.replicates,
        "seeds": _seeds(plan), "runs": plan.runs, "batches": plan.batches,
        "until": until_entry(plan, found if last else ()),
    }  # fmt: skip
    with whole_file(path) as aside:
        aside.write_text(to_json(about), encoding="utf-8", newline="\n")
    if last:
        note_checksums(folder, [MANIFEST, POINTS])


def _seeds(plan: Plan) -> list[int]:
    first = int(plan.experiment.runs["seed"])
    return [first, first + plan.replicates - 1]


def as_finished(plan: Plan, folder: Path) -> Plan:
    """Return the plan of a finished sweep, with the seeds that its points got."""
    return plan if plan.stages is None else as_stored(plan, manifest(folder)["until"]["seeds"])


def as_stored(plan: Plan, seeds: Sequence[int]) -> Plan:
    """Return a pilot's plan grown to so many seeds of each point, in one stage."""
    counts = np.array(seeds, dtype=np.int64)
    return grown(plan, counts) if (counts > _stages(plan).counts).any() else plan
