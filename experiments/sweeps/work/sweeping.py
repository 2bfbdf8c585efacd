"""Run a sweep from its experiment file to its finished folder, or go on where it stopped."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.beside import Begun
from experiments.compiling.kernels import is_warm, warm_up
from experiments.runs.arguments import Argument, BadArgument, check_language, whole_number
from experiments.runs.twice import TWICE, check_repeated
from experiments.sweeps.file.experiment import Experiment, read_experiment
from experiments.sweeps.plan.plan import Plan
from experiments.sweeps.plan.planning import make_plan, size_for
from experiments.sweeps.plan.stages import with_targets
from experiments.sweeps.store.earlier import check_earlier, opened, warn_left
from experiments.sweeps.store.finish import close, finish, settle
from experiments.sweeps.store.folder import SweepFolder, at_work
from experiments.sweeps.store.layout import folder_name
from experiments.sweeps.store.stages import as_finished
from experiments.sweeps.store.stored import stored_sweep
from experiments.sweeps.work.ahead import started
from experiments.sweeps.work.filling import Executor, Progress, State, fill, locally
from experiments.sweeps.work.probe import probe
from experiments.sweeps.work.until import fill_until
from results.statistics.until import known_means
from results.store.claims import remove_asides
from results.store.reading import manifest, read
from sim.engines.cores import cores
from sim.reading.numbers import is_whole

if TYPE_CHECKING:
    import pandas as pd

FEW = 8
"""Runs in a batch, families apart, below which a run takes too long to probe factors unasked."""


@dataclass(frozen=True, repr=False)
class Sweep:
    """A sweep's folder, and its tables as pandas frames.

    ``finished`` is False after a shard, or where it was stopped: then only ``status`` and
    another ``sweep`` have anything to say.

    Attributes:
        folder: where it is.
        plan: its experiment, arms and points.
        state: runs in all, done and failed.
        finished: whether all runs are in their final tables.
        reported: False where the report could not be drawn; the tables are whole all the same.
    """

    folder: Path
    plan: Plan
    state: State
    finished: bool
    reported: bool = True

    def __repr__(self) -> str:
        plan, failed = self.plan, self.state.failed
        how = "finished" if self.finished else f"{self.state.done:,} done"
        how += f", {failed:,} failed" if failed else ""
        return (
            f"<Sweep {plan.experiment.name!r} in {str(self.folder)!r}: {len(plan.points):,} points "
            f"x {plan.replicates:,} seeds, {how}>"
        )

    @property
    def runs(self) -> pd.DataFrame:
        """A row per run, failed ones too, with the value of every factor."""
        return read(self.folder, "runs")

    @property
    def series(self) -> pd.DataFrame:
        """Outcomes: run_id, tick, date, scope, outcome, value. Large sweeps: use ``query``."""
        return read(self.folder, "series")

    @property
    def points(self) -> pd.DataFrame:
        """A row per row of the design."""
        return read(self.folder, "points")

    @property
    def reached(self) -> bool:
        """Whether every target of ``until`` is reached at every point; True without targets."""
        return self.plan.stages is None or bool(manifest(self.folder)["until"]["reached"])

    @property
    def until(self) -> pd.DataFrame:
        """A row per point and target: seeds, mean, half of its 95% interval, what was asked."""
        return known_means(manifest(self.folder))


def default_folder(plan: Plan) -> Path:
    """Return ``runs/NAME-ID``."""
    return Path("runs") / folder_name(plan.experiment.name, plan.id)


def shard_of(text: str) -> tuple[int, int]:
    """Return shard and number of shards from ``i/n``.

    Raises:
        BadInput: it is not of that form, or i is not one of 1..n.
    """
    allowed = "i/n with i from 1 to n, such as 2/8"
    left, slash, right = text.partition("/")
    if not (slash and is_whole(left) and is_whole(right)) or "-" in text:
        raise BadArgument(Argument("shard", text), "cannot be read", allowed=allowed)
    shard, shards = int(left), int(right)
    if not 1 <= shard <= shards:
        problem = f"there is no shard {shard} of {shards}"
        raise BadArgument(Argument("shard", text, said=""), problem, allowed=allowed)
    return shard, shards


def check_most(most: int | None, until: object) -> None:
    """Refuse a largest number of seeds where nothing adds any.

    Raises:
        BadInput: there is one, and no target.
    """
    if most is not None and not until:
        raise BadArgument(
            Argument("most", most), "does nothing without {until}", allowed="beside a target"
        )


def check_alone(plan: Plan, **ways: object) -> None:
    """Refuse ways to spread a sweep over which no process sees all runs of a pilot.

    Args:
        plan: of the sweep.
        ways: what was asked for, by argument: ``shard``, ``array``.

    Raises:
        BadInput: one was, and the seeds of the plan's points follow from runs.
    """
    for name, value in ways.items():
        if plan.stages is not None and value:
            raise BadArgument(
                Argument(name, value, said=""), "does not go with {until}: which seeds a point "
                "gets follows from the runs of all parts",
                allowed="{workers}, or a sweep with more replicates in its file",
            )  # fmt: skip


def check_workers(workers: int | None) -> None:
    """Refuse a number of processes that cannot do anything.

    Raises:
        BadInput: there are none.
    """
    if workers is not None:
        whole_number(Argument("workers", workers), 1, allowed="1 or more")


def sweep(
    experiment: Experiment | Plan | Mapping[str, Any] | Path | str,
    out: Path | str | None = None,
    *,
    workers: int | None = None,
    shard: str = "",
    progress: Progress | None = None,
    executor: Callable[[State], Executor] | None = None,
    language: str = "en",
    earlier: Sequence[Path | str] | Path | str = (),
    until: Sequence[str] | str = (),
    most: int | None = None,
    ahead: list[Begun] | None = None,
) -> Sweep:
    """Run an experiment, or what is left of it.

    Args:
        experiment: an experiment file, the name of one that comes along, the same as a mapping
            (``{"name": ..., "question": ..., "runs": {...}, "uncertainties": {...}}``, files in
            it from the current folder), or what was read from one.
        out: the sweep's folder: new, or that of the same sweep, which then goes on; by default
            a temporary one.
        workers: processes; by default one per core that this process may use.
        shard: ``i/n``: only the batches of the i-th of n parts, to be merged later.
        progress: called after every batch.
        executor: another way to compute batches, such as over a cluster.
        language: of the report, ``en`` or ``nl``; empty: make none.
        earlier: folders of sweeps, finished or not, whose runs are taken where they are runs of
            this one; they are only read.
        until: targets, ``"OUTCOME +- WIDTH"``: points get seeds until their means are known so
            well, beginning with the replicates of the experiment.
        most: seeds of a point at most, with ``until``; by default 1,000.
        ahead: processes that wait for batches already (``experiments.sweeps.work.ahead``): once
            the sweep begins, they are taken out of this list and ended with it.

    Raises:
        BadInput: the experiment cannot be run, whole; nothing was made.
        FolderRefused: ``out`` holds something else, or another process works on it or on one of
            ``earlier``.
        StoreRefused: one of ``earlier`` is no sweep that can be read.
        OSError: a batch could not be written; those that were are safe.
    """
    check_language(Argument("language", language), none=True)
    plan = experiment if isinstance(experiment, Plan) else make_plan(_read(experiment))
    check_most(most, until)
    if until and plan.stages is None:
        plan = with_targets(plan, until, most)
    check_workers(workers)
    part, parts = shard_of(shard) if shard else (1, 1)
    check_alone(plan, shard=shard)
    target = Path(out) if out is not None else Path(tempfile.mkdtemp()) / plan.id
    folder = SweepFolder(target, plan)
    folder.check()
    sources = [earlier] if isinstance(earlier, Path | str) else list(earlier)
    check_earlier(sources, target)
    if not folder.finished:  # rules that cannot be used leave no folder behind
        if not is_warm():
            warm_up()
        if TWICE:
            check_repeated(plan.scenario(0))
    count = workers or cores()
    with at_work(target, part, parts):
        if folder.finished:
            return _found(folder)
        own = 0 if executor else min(count, len(range(part - 1, plan.batches, parts)))
        with started(own, ahead) as begun, opened(sources, plan) as found:
            folder.open(lambda: _probed(plan))
            remove_asides(target, parts == 1)
            warn_left(found)
            state = State(0, 0, progress=progress)
            execute = executor(state) if executor else locally(count, state, begun)
            if plan.stages is None:
                fill(folder, (part, parts), execute, found, state)
            else:
                plan = fill_until(folder, execute, found, state)
        if parts > 1:
            return Sweep(target, plan, state, False)
        began = time.perf_counter()
        state.failed = finish(target, stored_sweep(target))
        about = {
            "batches": began - state.began,
            "kernels": state.kernel,
            "finish": time.perf_counter() - began,
            "workers": count,
            "runs": state.here,
            "runs that were taken": state.taken,
            "processes that died": state.deaths,
        }
        reported = close(target, bool(language) and state.failed < plan.runs, about, language)
    return Sweep(target, plan, state, True, reported)


def _found(folder: SweepFolder) -> Sweep:
    """Return a sweep that is finished already, with what a kill may have left undone."""
    folder.check()
    found = settle(folder.target)
    plan = as_finished(folder.plan, folder.target)
    state = State(plan.runs, plan.runs, failed=found.failed)
    return Sweep(folder.target, plan, state, True, found.reported)


def _probed(plan: Plan) -> dict[str, Any]:
    """Return what a manifest says of factors that move nothing."""
    if size_for(plan.places) < FEW:
        names = [factor.name for factor in plan.experiment.factors]
        text = "not probed: a run of so large a region takes long; --plan probes it"
        return {"inert": [], "probed": text, "not_probed": names}
    found = probe(plan)
    return {"inert": list(found.inert), "probed": found.text, "not_probed": list(found.left)}


def _read(experiment: Experiment | Mapping[str, Any] | Path | str) -> Experiment:
    return experiment if isinstance(experiment, Experiment) else read_experiment(experiment)
