"""A large sweep: time, rate, memory, disk and overhead: ``python -m benchmarks.large [RUNS ...]``.

UNICUM (or ``--region``), 2011-2030, 20 outcomes a year, 20 seeds a point, two factors sampled.
The overhead is what ``regiosim sweep`` takes, from its start to its end, over the bare kernel: the
same runs of a few of its batches, in one call after the other on the same machine, just before and
just after.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import numpy as np

from agents.compiled.record import FloatArray
from benchmarks.processes import variables
from experiments.runs.scenario import Scenario
from experiments.runs.start import start_tables
from experiments.sweeps.file.experiment import read_experiment
from experiments.sweeps.plan.plan import Plan
from experiments.sweeps.plan.planning import make_plan
from experiments.sweeps.store.layout import TIMINGS
from experiments.sweeps.work.compute import recording_of
from sim.engines.compiled import Recording, batch_of, fresh, run_batch, scopes_of
from sim.engines.cores import cores
from sim.measure.outcomes import NAMES

EXPERIMENT = """\
name = "large"
question = "How long does a large sweep take?"

[runs]
regions = ["{region}"]
regimes = ["historic-nl"]
replicates = 20

[record]
outcomes = [
    "organisations", "effective_organisations", "organisation_size_mean", "hhi", "misfit",
    "organisation_size_weighted", "affiliated_share", "hubs_running", "hub_stage", "coverage",
    "contracts_per_practice", "suppliers_per_practice", "unsupported_share", "engagement", "trust",
    "transaction_cost_per_insured", "oi_per_insured", "mandate_share", "unspent", "eligible_share",
]

[uncertainties."choice.trust"]
low = 0.5
high = 2.0

[uncertainties."merge.short"]
low = 0.5
high = 0.9

[design]
kind = "latin-hypercube"
points = {points}
"""
SAMPLE = 4
"""Batches whose runs are timed as bare kernel calls."""
FIRST = 60
"""Runs of a sweep that nobody times: its processes parse what is kept from then on."""


class Alone(NamedTuple):
    """Seconds of a kernel call, and what it measured."""

    seconds: float
    series: FloatArray


class Found(NamedTuple):
    """What one sweep took: seconds, MB at most in all processes, MB on disk, seconds a run bare."""

    runs: int
    seconds: float
    own: float
    all: float
    disk: float
    bare: float
    kernels: float


def alone(scenario: Scenario, pairs: list[tuple[int, int]], recording: Recording) -> Alone:
    """Run a scenario once per pair of seeds in one call of the kernel, and time that call only."""
    start = start_tables(scenario)
    tables = fresh(start)
    quarters = recording.last - recording.first + 1
    out = np.zeros((len(pairs), quarters, scopes_of(start, recording), len(NAMES)))
    rows = np.zeros(len(tables.practices), np.int64)
    batch = batch_of(recording.first, recording.last, recording.yearly, asked=recording.asked)
    began = time.perf_counter()
    failed = run_batch(tables, start, np.array(pairs, np.int64), batch, rows, out)
    spent = time.perf_counter() - began
    if failed >= 0:
        raise RuntimeError(f"a run failed in quarter {failed}: it cannot be timed")
    return Alone(spent, out)


def bare(plan: Plan) -> float:
    """Return seconds per run of kernel calls alone, over a few batches of a plan."""
    spent, runs = 0.0, 0
    for number in sorted(set(np.linspace(0, plan.batches - 1, SAMPLE).astype(int).tolist())):
        for point, group in groupby(plan.batch(number), key=lambda run: run.point):
            scenario = plan.scenario(point)
            pairs = [run.seeds for run in group]
            spent += alone(scenario, pairs, recording_of(plan, scenario)).seconds
            runs += len(pairs)
    return spent / runs


class Watch(threading.Thread):
    """Follows the memory of a process and its children (Linux)."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process = process
        self.own = self.all = 0.0
        self.ended = threading.Event()

    def run(self) -> None:
        """Look twice a second until told to stop."""
        while not self.ended.wait(0.5):
            sizes = {}
            for path in Path("/proc").glob("[0-9]*/status"):
                try:
                    text = path.read_text()
                except OSError:
                    continue
                fields = dict(line.split(":", 1) for line in text.splitlines() if ":" in line)
                pid, parent = int(fields["Pid"]), int(fields["PPid"])
                if self.process in (pid, parent) and "VmRSS" in fields:
                    sizes[pid] = float(fields["VmRSS"].split()[0]) / 1024
            self.own = max(self.own, sizes.get(self.process, 0.0))
            self.all = max(self.all, sum(sizes.values()))


def measure(runs: int, region: str, folder: Path) -> Found:
    """Run a sweep of so many runs and return what it took.

    Raises:
        CalledProcessError: it did not end well.
    """
    path = folder / f"large-{runs}.toml"
    path.write_text(EXPERIMENT.format(points=max(2, runs // 20), region=region), encoding="utf-8")
    plan = make_plan(read_experiment(path))
    out = folder / f"out-{runs}"
    command = [sys.executable, "-m", "experiments", "sweep", str(path), "--quiet"]
    before = bare(plan)
    began = time.perf_counter()
    with subprocess.Popen([*command, "--out", str(out)], env=variables(folder)) as process:
        watch = Watch(process.pid)
        watch.start()
        ended = process.wait()
    seconds = time.perf_counter() - began
    watch.ended.set()
    if ended:
        raise subprocess.CalledProcessError(ended, command)
    disk = sum(p.stat().st_size for p in out.glob("*.parquet")) / 1e6
    each = (before + bare(plan)) / 2
    kernels = json.loads((out / TIMINGS).read_text(encoding="utf-8"))["kernels"]
    return Found(plan.runs, seconds, watch.own, watch.all, disk, each, float(kernels))


def main() -> int:
    """Print a line per sweep."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.large", description=__doc__)
    parser.add_argument("runs", nargs="*", type=int, default=[1_000, 100_000])
    parser.add_argument("--region", default="unicum")
    given = parser.parse_args()
    count = cores()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        measure(FIRST, given.region, folder)
        for runs in given.runs:
            tell(measure(runs, given.region, folder), given.region, count)
    return 0


def tell(one: Found, region: str, count: int) -> None:
    """Print what one sweep took on ``count`` cores."""
    ideal = one.runs * one.bare / count
    print(
        f"{region}, {one.runs:,} runs, {count} processes: {one.seconds:.1f} s, "
        f"{one.runs / one.seconds:.1f} runs/s; kernel {1e3 * one.bare:.2f} ms a run alone, "
        f"{1e3 * one.kernels / one.runs:.2f} ms in the sweep; "
        f"{one.seconds / ideal:.3f} x the bare kernel; memory {one.own:.0f} MB, "
        f"{one.all:.0f} MB with its processes; disk {one.disk:.1f} MB",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
