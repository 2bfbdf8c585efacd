"""A small experiment for the tests of sweeps, and ways to run and to compare it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq

from experiments.sweeps.plan.plan import Plan
from experiments.sweeps.work.children import environment
from experiments.sweeps.work.compute import Computed, compute
from experiments.sweeps.work.filling import Executor, State

SMALL = """\
name = "small"
question = "Does anything get lost?"

[runs]
regions = ["synthetic:1:3"]
regimes = ["historic-nl", "design:component/practice/act"]
from = "2009Q1"
to = "2010Q4"
switch = "2008Q1"
replicates = {replicates}
seed = 5

[record]
outcomes = ["organisations", "trust", "coverage", "transaction_cost_per_insured"]

[levers."title.ros.rate"]
values = [0.5, 1.5]

[uncertainties."choice.trust"]
low = 0.5
high = 2.0

[design]
kind = "latin-hypercube"
points = {points}
"""

LATE = (
    ('from = "2009Q1"', 'from = "2016Q1"'),
    ('to = "2010Q4"', 'to = "2019Q4"'),
    ('switch = "2008Q1"', 'switch = "2018Q1"'),
    (
        '[levers."title.ros.rate"]\nvalues = [0.5, 1.5]',
        '[levers."title.ros.rate@2018Q1"]\nvalues = [0.5, 1.0, 1.5]\n\n'
        '[levers."policy.stance@2017Q1"]\nvalues = [0.0, 0.4]',
    ),
)
"""What makes runs of the experiment share their past: regimes and levers act from 2017 on."""
HOW = ("manifest.json", "timings.json", "ro-crate-metadata.json", "report.html", "checksums.sha256")
"""Files of a finished sweep that say how it came about: times, commands, what was taken."""


def experiment(folder: Path, replicates: int = 8, points: int = 8, branching: bool = False) -> Path:
    """Write the experiment: 2 regimes x 2 values x points x replicates runs, 64 in a batch.

    With ``branching`` it has 2 regimes x 3 values x 2 values, of which all 12 runs of a seed and
    a value of trust have the same past; 60 are in a batch.
    """
    text = SMALL.format(replicates=replicates, points=points)
    for early, late in LATE if branching else ():
        assert early in text, early
        text = text.replace(early, late)
    path = folder / "small.toml"
    path.write_text(text, encoding="utf-8")
    return path


def start(path: Path, out: Path, *more: str) -> subprocess.Popen[str]:
    """Start the command line on an experiment."""
    command = [sys.executable, "-m", "experiments", "sweep", str(path), "--out", str(out), *more]
    return subprocess.Popen(
        command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=_heeds_interrupts,
    )  # fmt: skip


def _heeds_interrupts() -> None:
    """Undo what a shell does to programs in the background: let SIGINT through."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def finished(path: Path, out: Path, *more: str) -> str:
    """Run it to its end and return what it said on stderr."""
    process = start(path, out, *more)
    _, said = process.communicate(timeout=300)
    assert process.returncode == 0, said
    return said


def inline(state: State) -> Executor:
    """Compute batches in this process: for tests that are not about processes."""

    def execute(plan: Plan, numbers: list[int], store: Callable[[Computed], None]) -> int:
        for number in numbers:
            store(compute(plan, number))
        return 0

    return execute


def batches(out: Path) -> dict[str, tuple[int, bytes]]:
    """Return the batch files that are there, with time of change and content."""
    found = {}
    for path in (out / "batches").glob("*.parquet"):
        try:
            found[path.name] = (path.stat().st_mtime_ns, path.read_bytes())
        except FileNotFoundError:  # finished meanwhile
            continue
    return found


def wait_for(out: Path, count: int, process: subprocess.Popen[str]) -> int:
    """Wait until so many batches are there or the process ended; return how many are."""
    while process.poll() is None:
        there = len(list((out / "batches").glob("*.parquet")))
        if there >= count:
            return there
        time.sleep(0.005)
    return len(list((out / "batches").glob("*.parquet")))


def children(pid: int) -> list[int]:
    """Return the worker processes of a sweep (Linux)."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = path.read_text()
        except OSError:  # it ended meanwhile
            continue
        parent, state = text.rpartition(")")[2].split()[1], text.rpartition(")")[2].split()[0]
        if parent == str(pid) and state != "Z":
            found.append(int(path.parent.name))
    return found


def kill(pid: int, number: int = signal.SIGKILL) -> bool:
    """Send a signal; return whether there was a process to get it."""
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return False
    return True


def same(one: Path, other: Path) -> bool:
    """Return whether two finished sweeps hold the same runs and values, row for row."""
    for name in ("runs", "series", "points"):
        a, b = (pq.read_table(folder / f"{name}.parquet") for folder in (one, other))
        if not a.equals(b):
            return False
    return True


def bytes_of(out: Path) -> dict[str, bytes]:
    """Return the tables of a finished sweep as they are on disk."""
    names = ("runs.parquet", "series.parquet", "points.parquet")
    return {name: (out / name).read_bytes() for name in names}


def kept_of(out: Path) -> dict[str, bytes]:
    """Return what is in a finished sweep's folder, by path: of what says how it came about, b""."""
    return {
        str(path.relative_to(out)): b"" if _says_how(path.relative_to(out)) else path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


def _says_how(path: Path) -> bool:
    return path.name in HOW or path.parts[0] == "figures"
