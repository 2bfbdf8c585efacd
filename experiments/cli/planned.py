"""What ``regiosim sweep --plan`` says: runs, time and disk, and what earlier sweeps give."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from experiments.cli.console import print_json, say_error, show, waiting

if TYPE_CHECKING:
    from experiments.sweeps.plan.plan import Plan
    from experiments.sweeps.work.slurm import Jobs


def tell_plan(
    plan: Plan,
    earlier: Sequence[str],
    workers: int | None,
    jobs: Jobs | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Write what a sweep will take and what earlier sweeps give of it; nothing is left on disk."""
    from experiments.sweeps.work.probe import cost_of, probe
    from sim.engines.cores import cores

    count = jobs.tasks if jobs else workers or cores()
    given = _given(plan, earlier, quiet)
    left = given.get("runs_to_do", plan.runs)
    with waiting("Running the first batch and probing every factor", quiet):
        found = probe(plan)  # first: it loads the kernels, which the first batch then need not
        cost = cost_of(plan)
    about: dict[str, Any] = {
        "name": plan.experiment.name,
        "id": plan.id,
        "arms": len(plan.arms),
        "points": len(plan.points),
        "replicates": plan.replicates,
        "runs": plan.runs,
        **given,
        **_until(plan),
        "batches": plan.batches,
        "runs_per_batch": plan.size,
        "seconds_per_run": cost.seconds_per_run,
        "workers": count,
        "seconds": cost.seconds_per_run * left / count,
        "disk_bytes": cost.batches + cost.finished,
        "disk_bytes_when_finished": cost.finished,
        "inert": list(found.inert),
        "not_probed": list(found.left),
    }
    if as_json:
        print_json({**about, **({"commands": jobs.written()} if jobs else {})})
    elif not quiet:
        _show(about, jobs)
    warn_inert(found.inert)


def _until(plan: Plan) -> dict[str, Any]:
    """Return what is asked of a plan that begins with a pilot, and how large it may become."""
    stages = plan.stages
    if stages is None:
        return {}
    return {
        "until": [one.text for one in stages.targets],
        "most_seeds": stages.most,
        "runs_at_most": stages.most * len(plan.points),
    }


def _given(plan: Plan, earlier: Sequence[str], quiet: bool) -> dict[str, Any]:
    """Return what earlier sweeps give, and what is left to do; nothing where there are none."""
    if not earlier:
        return {}
    from experiments.sweeps.store.earlier import opened
    from experiments.sweeps.store.growth import Growth

    with waiting("Looking for runs that are there", quiet), opened(earlier, plan) as sources:
        growth = Growth(plan, sources, range(plan.batches))
        return {
            "runs_taken": growth.taken(),
            "runs_to_do": plan.runs - growth.taken(),
            "new_points": growth.new_points(),
            "from": growth.described(),
        }


def _show(about: dict[str, Any], jobs: Jobs | None) -> None:
    shown: dict[str, Any] = {
        **about,
        "seconds_per_run": f"{about['seconds_per_run']:.3g}",
        "seconds": spoken(about["seconds"]),
        "disk_bytes": size(about["disk_bytes"]),
        "disk_bytes_when_finished": size(about["disk_bytes_when_finished"]),
        **({"until": "; ".join(about["until"])} if "until" in about else {}),
        "inert": ", ".join(about["inert"]) or "none",
        "not_probed": ", ".join(about["not_probed"]) or "none",
    }
    names = {
        "seconds": "time, about", "disk_bytes": "disk while it runs, about",
        "disk_bytes_when_finished": "disk when finished, about",
        "inert": "factors that moved nothing", "not_probed": "factors not probed",
        "new_points": "points without a run that is taken",
        "runs_at_most": "runs at most; after the pilot, those that pay",
        "most_seeds": "seeds of a point at most",
    }  # fmt: skip
    rows = []
    for key, value in shown.items():
        if key == "from":
            rows += [{"what": f"from {one['folder']}", "value": _source(one)} for one in value]
        else:
            rows.append({"what": names.get(key, key.replace("_", " ")), "value": value})
    what = " It is that of the pilot: what comes after follows from it." if "until" in about else ""
    show(rows, False, f"Plan. Nothing was run but a probe.{what}")
    for line in jobs.written() if jobs else ():
        print(line)


def _source(one: dict[str, Any]) -> str:
    """Return in words what an earlier sweep gives."""
    parts = [f"{one['taken']:,} of {one['runs']:,} runs"]
    if one["not_asked"]:
        parts.append(f"{one['not_asked']:,} are not needed")
    parts += [f"{left['runs']:,} not taken: {left['why']}" for left in one["not_taken"]]
    return "; ".join(parts)


def warn_inert(names: tuple[str, ...] | list[str]) -> None:
    """Say which factors moved nothing."""
    if names:
        say_error(f"note: these factors moved no recorded outcome in a probe: {', '.join(names)}")


def spoken(seconds: float) -> str:
    """Return a time as people say it."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"


def size(count: float) -> str:
    """Return a number of bytes as people say it."""
    for unit in ("B", "kB", "MB", "GB"):
        if count < 1000 or unit == "GB":
            return f"{count:.3g} {unit}" if unit != "B" else f"{count:.0f} B"
        count /= 1000
    raise AssertionError
