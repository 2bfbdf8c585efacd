"""Run a scenario: all replicates, what they measured, and a folder that is whole or absent."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path

import numpy as np
import pyarrow as pa

from agents.compiled.record import FloatArray
from experiments.compiling.kernels import COMPILING, is_warm, warm_up
from experiments.compiling.trying import try_rules
from experiments.runs.arguments import Argument, check_language
from experiments.runs.each import Ended, run_each
from experiments.runs.frames import Names, series_of, tables_of
from experiments.runs.manifest import manifest_of, runs_of
from experiments.runs.past import Arrays, Past, arrays_of
from experiments.runs.result import Result
from experiments.runs.scenario import Scenario
from experiments.runs.start import start_tables
from experiments.runs.states import digest_of, state_of
from experiments.runs.steps import Recorded, nothing, record_run
from experiments.runs.twice import TWICE, refuse_unlike
from results.store.folder import RunFolder
from sim.engines.compiled import Recording, RunFailed
from sim.engines.cores import cores
from sim.engines.threads import run_many
from sim.errors import BadInput
from sim.measure.outcomes import NAMES
from sim.measure.years import yearly
from sim.tables import Tables

Progress = Callable[[int, int], None]
"""Called with how many quarters are done, and how many there are."""


class _Work:
    """The replicates of one scenario, and how far they are."""

    def __init__(
        self,
        scenario: Scenario,
        progress: Progress | None,
        threads: int | None,
        past: Past | None = None,
    ) -> None:
        self.scenario = scenario
        self.past = past
        self.keeps = bool(scenario.horizon)
        self.recorded: dict[tuple[int, int], Recorded] = {}
        self.ended: dict[tuple[int, int], Ended] = {}
        self.progress = progress
        self.threads = threads or cores()
        self.recording = Recording(scenario.first, scenario.last, True, scenario.record == "yearly")
        begin = scenario.opens if past is None else past.until
        self.quarters = scenario.last + 1 - begin
        self.total = (scenario.replicates + TWICE) * self.quarters
        self.done = 0

    @cached_property
    def start(self) -> Tables:
        return start_tables(self.scenario)

    def advance(self, quarters: int) -> None:
        self.done += quarters
        if self.progress:
            self.progress(self.done, self.total)

    def step(self, seeds: tuple[int, int], keep: str) -> Recorded | RunFailed:
        engine = self.scenario.engine
        resume = None if self.past is None else partial(self.past.resume, seeds, self.start)
        try:
            found = record_run(
                self.start, seeds, self.recording, engine, keep, self.advance, resume
            )
        except RunFailed as failure:
            return failure
        if self.keeps:
            self.recorded[seeds] = found
            self.ended[seeds] = Ended(found.series, state_of(found.end, self.start))
        return found

    def many(self, seeds: list[tuple[int, int]]) -> list[FloatArray | RunFailed]:
        """Run over threads; a run that fails is its failure."""

        def finished() -> None:
            self.advance(self.quarters)

        if self.past is None and not self.keeps:
            return run_many(self.start, seeds, self.recording, self.threads, finished)
        found = run_each(
            self.start, seeds, self.recording, self.threads, finished, self.past, self.keeps
        )
        self.ended |= dict(zip(seeds, found, strict=True))
        return [one.series for one in found]

    def kept(self) -> Arrays | None:
        """Return what runs that go on from here need, where the scenario keeps it."""
        if not self.keeps:
            return None
        states, series = {}, {}
        for pair, one in self.ended.items():
            if one.state is not None and not isinstance(one.series, RunFailed):
                states[pair], series[pair] = one.state, one.series
        return arrays_of(states, series, self.recorded)


def _simulate(
    scenario: Scenario, progress: Progress | None, threads: int | None, past: Past | None
) -> Result:
    began = time.perf_counter()
    scenario.check()
    about = manifest_of(scenario)  # before the run: what is edited meanwhile was not run
    if past is not None:
        about["continued"] = past.told
    work = _Work(scenario, progress, threads, past)
    names = Names(scenario.place, scenario.policy.names())
    seeds = scenario.seeds()
    ids = [scenario.run_id(seed) for seed, _ in seeds]
    keep = "yearly" if scenario.record == "yearly" else "quarterly"
    kept = len(seeds) if scenario.record == "all" else 1
    if scenario.horizon:
        about["state"] = {"quarter": scenario.end, "start": digest_of(work.start)}
    _ = work.start
    if scenario.engine == "compiled" and not is_warm():
        logging.getLogger("regiosim").warning(COMPILING)
        warm_up()
    elif scenario.engine == "mesa":
        try_rules()
    prepared = time.perf_counter()
    tables: dict[str, list[pa.Table]] = {}
    results: list[FloatArray | RunFailed] = []
    for k, pair in enumerate(seeds[: kept if scenario.engine == "compiled" else None]):
        found = work.step(pair, keep if k < kept else "")
        results.append(found if isinstance(found, RunFailed) else found.series)
        if k < kept:
            if isinstance(found, RunFailed):
                recorded = nothing(work.start, work.recording)
            else:
                recorded = found
            for name, table in tables_of(recorded, ids[k], names).items():
                tables.setdefault(name, []).append(table)
    if len(results) < len(seeds):
        results += work.many(seeds[len(results) :])
    if TWICE:  # after all others: what rules keep from one run to the next shows too
        again = work.step(seeds[0], "")
        refuse_unlike(results[0], again if isinstance(again, RunFailed) else again.series)
    ran = time.perf_counter()
    joined = {name: _joined(parts) for name, parts in tables.items()}
    joined["runs"] = runs_of(scenario, ids, results)
    joined["series"] = _series(scenario, ids, results, names)
    timings = {
        "prepare": prepared - began,
        "run": ran - prepared,
        "tables": time.perf_counter() - ran,
        "unit": "s",
        "quarters": work.total,
        "threads": work.threads if scenario.engine == "compiled" else 1,
        "finished": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
    }
    failed = sum(isinstance(result, RunFailed) for result in results)
    return Result(joined, about, timings, failed, past=work.kept())


def _joined(parts: list[pa.Table]) -> pa.Table:
    return parts[0] if len(parts) == 1 else pa.concat_tables(parts).unify_dictionaries()


def _series(
    scenario: Scenario, ids: list[str], results: list[FloatArray | RunFailed], names: Names
) -> pa.Table:
    done = [(i, r) for i, r in zip(ids, results, strict=True) if not isinstance(r, RunFailed)]
    ticks = np.arange(scenario.first, scenario.last + 1, dtype=np.int64)
    values = [series for _, series in done]
    if scenario.record == "yearly":
        skip = (-scenario.first) % 4
        ticks = ticks[skip + 3 :: 4]
        values = [yearly(series, scenario.first)[0] for series in values]
    shape = (len(values), len(ticks), len(names.scopes()), len(NAMES))
    stacked = np.stack(values) if values else np.zeros(shape)
    return series_of([i for i, _ in done], ticks, names, stacked)


def run(
    scenario: Scenario,
    *,
    out: Path | str | None = None,
    progress: Progress | None = None,
    threads: int | None = None,
    report: str = "en",
    past: Past | None = None,
) -> Result:
    """Run every replicate of a scenario.

    The same scenario gives the same results, whatever is recorded, on however many threads.

    Args:
        scenario: what to run.
        out: a new or empty folder for all files; it appears whole or not at all.
        progress: called with the quarters done and the quarters in all.
        threads: how many runs at once; by default as many as there are cores.
        report: language of the report and the figures in ``out``, ``en`` or ``nl``; empty: make
            neither.
        past: of the same runs, from a base that kept it: they go on from there.

    Raises:
        BadInput: the scenario cannot be run, or another argument not be used.
        FolderRefused: ``out`` cannot take a run; this is checked before any work.
    """
    check_language(Argument("report", report), none=True)
    if past is not None and not isinstance(past, Past):
        raise BadInput(
            "past", "is none that runs can go on from",
            allowed="none here; `regiosim run --continue DIR` goes on from a run's folder",
        )  # fmt: skip
    if out is None:
        return _simulate(scenario, progress, threads, past)
    scenario.check()
    with RunFolder(out) as folder:
        result = _simulate(scenario, progress, threads, past)
        result.fill(folder, report)
    return result
