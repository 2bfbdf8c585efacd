"""Kill a sweep again and again, and see whether anything is lost: ``python -m tests.chaos``.

Workers and the whole program are killed in turn, with signals that can be caught and one that
cannot, at moments spread over the sweep. Every kill is logged with the batches that were
finished. In the end the store must equal that of a sweep nobody disturbed, byte for byte but for
what says how it came about, and no batch that was finished may have been touched. So are killed
a plain sweep, one whose runs share their past, ones that take runs, and one that adds seeds.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import pyarrow.parquet as pq

from experiments.cli.ends import INTERRUPTED
from experiments.sweeps.file.experiment import read_experiment
from experiments.sweeps.plan.planning import make_plan
from results.store.checksums import check_folder
from results.store.reading import manifest
from tests.sweeping import (
    batches,
    children,
    experiment,
    finished,
    kept_of,
    kill,
    same,
    start,
    wait_for,
)

WHOLE = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGUSR1)
PATIENCE = 120
"""Seconds that a process gets to end, or to appear, on a machine that does other work."""
TARGET = "coverage +- 0.008"
"""For which points of the experiment need some 200 seeds, each its own number."""


class Kill(NamedTuple):
    """One kill: whom, by which signal, and how many batches were finished and in all."""

    whom: str
    signal: str
    done: int
    batches: int

    def line(self) -> str:
        """Return it as a line of the log."""
        share = 100.0 * self.done / self.batches
        return f"{self.whom:7} {self.signal:8} {self.done:4} of {self.batches} ({share:.0f}%)"


class Case(NamedTuple):
    """A sweep to disturb.

    Attributes:
        replicates: of each point; with ``until`` the pilot.
        points: of each arm and level.
        branching: whether its runs share their past.
        earlier: replicates of an earlier sweep, of the same kind, from which it takes; 0: none.
        until: a target for whose sake it adds seeds; empty: none.
        most: seeds of a point at most, with ``until``.
    """

    replicates: int
    points: int = 8
    branching: bool = False
    earlier: int = 0
    until: str = ""
    most: int = 1000

    def written(self, folder: Path, replicates: int = 0) -> Path:
        """Write its experiment, with other replicates where they are given."""
        return experiment(folder, replicates or self.replicates, self.points, self.branching)

    @property
    def options(self) -> tuple[str, ...]:
        """Options of the command that give the store its content."""
        return ("--until", self.until, "--most", str(self.most)) if self.until else ()


NO_REPORT = "--no-report"
"""A report is killed by ``tests.stopped``, at each change to the disk."""


def chaos(folder: Path, kills: int, case: Case, seed: int = 1) -> list[Kill]:
    """Disturb a sweep and compare it with an undisturbed one; return the log.

    Args:
        folder: an empty one.
        kills: how often something is killed.
        case: the sweep.
        seed: of what is killed.

    Raises:
        AssertionError: a run was lost, done twice or has another value; or a finished batch was
            touched.
    """
    more: tuple[str, ...] = ("--quiet", NO_REPORT, *case.options)
    if case.earlier:
        finished(case.written(folder, case.earlier), folder / "earlier", "--quiet", NO_REPORT)
        more = (*more, "--from", str(folder / "earlier"))
    path = case.written(folder)
    plan = make_plan(read_experiment(path))
    assert (plan.order is not None) == case.branching, "runs share a past where they should"
    finished(path, folder / "calm", "--quiet", NO_REPORT, *case.options)
    log = _disturbed(path, folder / "disturbed", more, kills, seed, folder / "calm")
    _check(folder / "calm", folder / "disturbed")
    return log


def _disturbed(
    path: Path, out: Path, more: tuple[str, ...], kills: int, seed: int, calm: Path
) -> list[Kill]:
    """Sweep into ``out`` through so many kills, to its end; return the log."""
    in_all = int(manifest(calm)["batches"])
    random.seed(seed)
    log: list[Kill] = []
    process = start(path, out, *more)
    before: dict[str, tuple[int, bytes]] = {}
    try:
        for number in range(kills):
            wait_for(out, max(1, round(in_all * (0.05 + 0.9 * number / kills))), process)
            assert process.poll() is None, f"it ended before kill {number + 1}: too few batches"
            now = batches(out)
            for name, kept in before.items():
                assert now[name] == kept, f"{name} was touched"
            before = now
            whole = number % 2 == 1
            chosen = WHOLE[number // 2 % len(WHOLE)] if whole else signal.SIGKILL
            if whole:
                _end(process, chosen)
                process = start(path, out, *more)
            else:
                _kill_worker(process)
            log.append(Kill("program" if whole else "worker", chosen.name, len(now), in_all))
        _, said = process.communicate(timeout=600)
        assert process.returncode == 0, said
    finally:
        process.kill()
    return log


def _end(process: subprocess.Popen[str], chosen: signal.Signals) -> None:
    kill(process.pid, chosen)
    code = process.wait(PATIENCE)
    process.communicate()
    assert code in (-chosen, INTERRUPTED), (code, chosen)


def _kill_worker(process: subprocess.Popen[str]) -> None:
    """Kill a worker; where there is none yet (all are replaced, or runs are taken) wait for one."""
    until = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        found = children(process.pid)
        if found and kill(random.choice(found), signal.SIGKILL):
            return
        time.sleep(0.005)
    raise AssertionError("no worker to kill")


def _check(calm: Path, disturbed: Path) -> None:
    """Compare two finished sweeps, and what each says of itself."""
    assert same(calm, disturbed), "the store differs from the undisturbed one"
    assert kept_of(calm) == kept_of(disturbed), "a file differs in its bytes"
    assert check_folder(disturbed).sound, "a file is not what was written"
    abouts = [manifest(one) for one in (calm, disturbed)]
    for key in ("id", "runs", "batches", "seeds", "until"):
        assert abouts[0].get(key) == abouts[1].get(key), key
    runs, count = pq.read_table(disturbed / "runs.parquet"), abouts[0]["runs"]
    assert len(runs) == count and len(set(runs["run_id"].to_pylist())) == count
    assert set(runs["status"].to_pylist()) == {"done"}


def cases(replicates: int) -> dict[str, Case]:
    """Return the sweeps that are disturbed, by what is said of them.

    Args:
        replicates: runs of each of the 32 points of the first; the others follow.
    """
    few, some = max(2, replicates // 8), max(20, replicates // 4)
    return {
        "a sweep": Case(replicates),
        "one that takes runs": Case(few, 64, earlier=few // 2),
        "one whose runs share their past": Case(some, branching=True),
        "one of these that takes such runs": Case(some, branching=True, earlier=some // 4),
        "one of these that takes runs and adds seeds": Case(
            some, 3, branching=True, earlier=some // 4, until=TARGET
        ),
    }


def main() -> int:
    """Kill, and print the log."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--replicates", type=int, default=320, help="runs of each of 32 points")
    parser.add_argument("--only", type=int, nargs="+", help="of the five, by number: 3 4 5")
    given = parser.parse_args()
    for place, (what, case) in enumerate(cases(given.replicates).items(), 1):
        if given.only and place not in given.only:
            continue
        with tempfile.TemporaryDirectory() as folder:
            log = chaos(Path(folder), given.kills, case)
        for number, one in enumerate(log, 1):
            print(f"{number:3} {one.line()}")
        between = sum(0 < one.done < one.batches for one in log)
        print(f"{what}: {len(log)} kills, {between} amid the batches: nothing lost.", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
