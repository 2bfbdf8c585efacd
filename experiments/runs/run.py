"""Run a scenario: all replicates, what they measured, and a folder that is whole or absent."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from agents.compiled.record import FloatArray
from experiments.compiling.kernels import COMPILING, is_warm, warm_up
from experiments.compiling.trying import try_rules
from experiments.runs.drawing import is_drawn
from experiments.runs.frames import Names, declared_outcomes, series_of, tables_of
from experiments.runs.manifest import manifest_of, runs_of
from experiments.runs.scenario import Scenario
from experiments.runs.start import start_tables
from experiments.runs.steps import Recorded, nothing, record_run
from experiments.runs.twice import TWICE, refuse_unlike
from results.reports.crate import Made, write_crate
from results.store.folder import RunFolder
from results.store.reading import to_frame
from sim.engines.compiled import Recording, RunFailed
from sim.engines.threads import run_many, workers
from sim.measure.outcomes import NAMES
from sim.measure.years import yearly
from sim.tables import Tables

if TYPE_CHECKING:
    import pandas as pd

Progress = Callable[[int, int], None]
"""Called with how many quarters are done, and how many there are."""


@dataclass(repr=False)
class Result:
    """What a scenario gave: tables by the name of their file, as frames by attribute.

    ``series`` and ``runs`` hold every replicate; the others the recorded ones: the first, or
    all with ``record="all"``. Units: ``regiosim outcomes`` for outcomes; of every column of a
    table, ``tables[NAME].schema.field(COLUMN).metadata``.

    Attributes:
        tables: the tables as they are written, by name.
        manifest: the scenario in full, id, seeds, versions, what was assumed or is old.
        timings: seconds of each part, and quarters run.
        failed: replicates that stopped; ``runs`` has the reasons.
        reported: False where the report could not be drawn; all else is written all the same.
    """

    tables: dict[str, pa.Table]
    manifest: dict[str, Any]
    timings: dict[str, Any]
    failed: int = 0
    reported: bool = True
    _frames: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False)

    def frame(self, name: str) -> pd.DataFrame:
        """Return one table as a pandas frame."""
        if name not in self._frames:
            self._frames[name] = to_frame(self.tables[name])
        return self._frames[name]

    @property
    def series(self) -> pd.DataFrame:
        """Outcomes: run_id, tick, date, scope, outcome, value."""
        return self.frame("series")

    @property
    def yearly(self) -> pd.DataFrame:
        """Outcomes of the whole region by year, flows summed: run_id, year, outcome, value.

        What reports, ``compare`` and the view ``yearly`` of queries show.
        """
        from results.statistics.reduce import yearly as by_year
        from results.words.outcomes import Words

        if "yearly" not in self._frames:
            self._frames["yearly"] = by_year(self.series, Words(declared_outcomes()))
        return self._frames["yearly"]

    @property
    def runs(self) -> pd.DataFrame:
        """A row per replicate, failed ones too."""
        return self.frame("runs")

    @property
    def practices(self) -> pd.DataFrame:
        """Open practices at each recorded tick."""
        return self.frame("practices")

    @property
    def hubs(self) -> pd.DataFrame:
        """Hub areas at each recorded tick."""
        return self.frame("hubs")

    @property
    def organisations(self) -> pd.DataFrame:
        """Living organisations at each recorded tick."""
        return self.frame("organisations")

    @property
    def municipalities(self) -> pd.DataFrame:
        """Municipalities at each recorded tick."""
        return self.frame("municipalities")

    @property
    def insurers(self) -> pd.DataFrame:
        """Insurers at each recorded tick."""
        return self.frame("insurers")

    @property
    def partners(self) -> pd.DataFrame:
        """External parties at each recorded tick."""
        return self.frame("partners")

    @property
    def ledger(self) -> pd.DataFrame:
        """Every posting of every quarter from the first recorded one."""
        return self.frame("ledger")

    @property
    def events(self) -> pd.DataFrame:
        """Everything that happened from the first recorded quarter on."""
        return self.frame("events")

    def __repr__(self) -> str:
        about = self.manifest["scenario"]
        runs = len(self.tables["runs"])
        many = f"{runs} run{'s'[: runs > 1]}" + (f", {self.failed} failed" if self.failed else "")
        years = f"{about['from']} to {about['to']}"
        own = f" with {len(about['settings'])} set" if about["settings"] else ""
        return (
            f"<Result {self.manifest['id']}: {about['region']} under {about['regime']}{own}, "
            f"{years}, {many}>"
        )

    def write(self, out: Path | str, report: str = "en") -> Path:
        """Write tables, manifest, figures and the report, as ``regiosim run --out`` does.

        Args:
            out: a new or empty folder; it appears whole or not at all.
            report: language of figures and report, ``en`` or ``nl``; empty: make neither.

        Returns:
            The folder.

        Raises:
            FolderRefused: ``out`` cannot take a run; nothing was written.
        """
        with RunFolder(out) as folder:
            self.fill(folder, report)
        return Path(out)

    def fill(self, folder: RunFolder, report: str = "en") -> None:
        """Write everything into a run's folder that is open; ``report`` as in ``write``."""
        began = time.perf_counter()
        for name, table in self.tables.items():
            folder.table(name, table)
        folder.json("manifest", self.manifest)
        if report and self.failed < len(self.tables["runs"]):
            self.reported = is_drawn(folder.folder, report, folder.target)
        folder.json("timings", {**self.timings, "write": time.perf_counter() - began})
        spent = sum(float(self.timings[part]) for part in ("prepare", "run", "tables"))
        ended = time.time()
        made = Made(ended - spent - (time.perf_counter() - began), ended)
        write_crate(folder.folder, self.manifest, made)


class _Work:
    """The replicates of one scenario, and how far they are."""

    def __init__(self, scenario: Scenario, progress: Progress | None, threads: int | None) -> None:
        self.scenario = scenario
        self.progress = progress
        self.threads = threads or workers()
        self.recording = Recording(scenario.first, scenario.last, True, scenario.record == "yearly")
        self.quarters = scenario.last + 1 - scenario.opens
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
        try:
            return record_run(self.start, seeds, self.recording, engine, keep, self.advance)
        except RunFailed as failure:
            return failure

    def many(self, seeds: list[tuple[int, int]]) -> list[FloatArray | RunFailed]:
        """Run over threads; a run that fails is its failure."""

        def finished() -> None:
            self.advance(self.quarters)

        return run_many(self.start, seeds, self.recording, self.threads, finished)


def _simulate(scenario: Scenario, progress: Progress | None, threads: int | None) -> Result:
    began = time.perf_counter()
    scenario.check()
    about = manifest_of(scenario)  # before the run: what is edited meanwhile was not run
    work = _Work(scenario, progress, threads)
    names = Names(scenario.place, scenario.policy.names())
    seeds = scenario.seeds()
    ids = [scenario.run_id(seed) for seed, _ in seeds]
    keep = "yearly" if scenario.record == "yearly" else "quarterly"
    kept = len(seeds) if scenario.record == "all" else 1
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
    return Result(joined, about, timings, failed)


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

    Raises:
        BadInput: the scenario cannot be run.
        FolderRefused: ``out`` cannot take a run; this is checked before any work.
    """
    if out is None:
        return _simulate(scenario, progress, threads)
    scenario.check()
    with RunFolder(out) as folder:
        result = _simulate(scenario, progress, threads)
        result.fill(folder, report)
    return result
