"""Run a sweep from its experiment file to its finished folder, or go on where it stopped."""

from __future__ import annotations

import logging
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.compiling.kernels import is_warm, warm_up
from experiments.runs.arguments import Argument, BadArgument
from experiments.runs.twice import TWICE, check_repeated
from experiments.sweeps.file.experiment import Experiment, read_experiment
from experiments.sweeps.plan.plan import Plan
from experiments.sweeps.plan.planning import make_plan, size_for
from experiments.sweeps.store.earlier import Earlier, check_earlier, opened, warn_left
from experiments.sweeps.store.finish import close, finish, settle
from experiments.sweeps.store.folder import SweepFolder, at_work
from experiments.sweeps.store.growth import Growth
from experiments.sweeps.store.layout import batch_path, folder_name
from experiments.sweeps.store.stored import stored_sweep
from experiments.sweeps.work.compute import Computed
from experiments.sweeps.work.local import Crew
from experiments.sweeps.work.probe import probe
from results.store.batches import write_bytes
from results.store.claims import remove_asides
from results.store.reading import read
from sim.engines.threads import workers as cores
from sim.reading.numbers import is_whole

if TYPE_CHECKING:
    import pandas as pd

Executor = Callable[[Plan, list[int], Callable[[Computed], None]], int]
"""Computes batches and hands each to a function; returns how many processes died."""


FEW = 8
"""Runs in a batch, families apart, below which a run takes too long to probe factors unasked."""


@dataclass
class State:
    """How far a sweep is: runs in all and done, those of this session, failures.

    Of the runs done ``here`` were computed and ``taken`` came from earlier sweeps in this session;
    ``waiting`` are taken too, but not written yet.
    """

    runs: int
    done: int
    here: int = 0
    taken: int = 0
    waiting: int = 0
    failed: int = 0
    deaths: int = 0
    kernel: float = 0.0
    began: float = field(default_factory=time.perf_counter)

    @property
    def rate(self) -> float:
        """Runs a second in this session."""
        return self.here / max(1e-9, time.perf_counter() - self.began)

    @property
    def left(self) -> float | None:
        """Seconds that are left at this rate, or None before anything is done."""
        return (self.runs - self.done - self.waiting) / self.rate if self.here else None


Progress = Callable[[State], None]


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


def check_workers(workers: int | None) -> None:
    """Refuse a number of processes that cannot do anything.

    Raises:
        BadInput: there are none.
    """
    if workers is not None and workers < 1:
        raise BadArgument(Argument("workers", workers), "is out of range", allowed="1 or more")


def locally(count: int, state: State) -> Executor:
    """Return an executor over ``count`` processes of this machine."""

    def execute(plan: Plan, numbers: list[int], store: Callable[[Computed], None]) -> int:
        crew = Crew(plan, max(1, min(count, len(numbers))))

        def counted(found: Computed) -> None:
            state.deaths = crew.deaths
            store(found)

        crew.run(numbers, counted)
        return crew.deaths

    return execute


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

    Raises:
        BadInput: the experiment cannot be run, whole; nothing was made.
        FolderRefused: ``out`` holds something else, or another process works on it or on one of
            ``earlier``.
        StoreRefused: one of ``earlier`` is no sweep that can be read.
        OSError: a batch could not be written; those that were are safe.
    """
    plan = experiment if isinstance(experiment, Plan) else make_plan(_read(experiment))
    check_workers(workers)
    part, parts = shard_of(shard) if shard else (1, 1)
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
    with at_work(target, part, parts):
        if folder.finished:
            return _found(folder)
        with opened(sources, plan) as found:
            folder.open(lambda: _probed(plan))
            remove_asides(target, parts == 1)
            state = _work(folder, (part, parts), workers or cores(), progress, executor, found)
        if parts > 1:
            return Sweep(target, plan, state, False)
        began = time.perf_counter()
        state.failed = finish(target, stored_sweep(target))
        about = {
            "batches": began - state.began,
            "kernels": state.kernel,
            "finish": time.perf_counter() - began,
            "workers": workers or cores(),
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
    state = State(folder.plan.runs, folder.plan.runs, failed=found.failed)
    return Sweep(folder.target, folder.plan, state, True, found.reported)


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


def _work(
    folder: SweepFolder,
    shard: tuple[int, int],
    count: int,
    progress: Progress | None,
    executor: Callable[[State], Executor] | None,
    earlier: Sequence[Earlier],
) -> State:
    """Take or compute the batches of a shard that are not there yet."""
    plan = folder.plan
    there = folder.done()
    for path in folder.damaged:
        logging.getLogger("regiosim").warning("%s is damaged: its runs are done again", path)
    own = range(shard[0] - 1, plan.batches, shard[1])
    wanted = [number for number in own if number not in there]
    runs = sum(_runs_in(plan, number) for number in own)
    growth = Growth(plan, earlier, wanted)
    warn_left(earlier)
    left = sum(_runs_in(plan, number) for number in wanted)
    state = State(runs, runs - left, waiting=growth.taken())
    lock = threading.Lock()

    def store(found: Computed) -> None:
        data = growth.completed(found.number, found.data or None)
        write_bytes(data, batch_path(folder.target, found.number))
        taken = growth.count(found.number)
        with lock:
            state.done += found.runs + taken
            state.here += found.runs
            state.taken += taken
            state.waiting -= taken
            state.failed += found.failed
            state.kernel += found.kernel
            if progress:
                progress(state)

    computed = []
    for number in wanted:
        if growth.is_taken(number):
            store(Computed(number, b"", 0, 0, 0.0))
        else:
            computed.append(number)
    if computed:
        execute = executor(state) if executor else locally(count, state)
        state.deaths = execute(growth.rest, computed, store)
    return state


def _runs_in(plan: Plan, batch: int) -> int:
    return min(plan.size, plan.runs - batch * plan.size)
