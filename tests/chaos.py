"""Kill a sweep again and again, and see whether anything is lost: ``python -m tests.chaos``.

Workers and the whole program are killed in turn, with signals that can be caught and one that
cannot, at moments spread over the sweep. Every kill is logged with the batches that were
finished. In the end the store must equal that of a sweep nobody disturbed, row for row, and no
batch that was finished may have been touched.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import pyarrow.parquet as pq

from experiments.cli.ends import INTERRUPTED
from experiments.sweeps.file.experiment import read_experiment
from experiments.sweeps.plan.planning import make_plan
from tests.sweeping import (
    batches,
    bytes_of,
    children,
    experiment,
    finished,
    kill,
    same,
    start,
    wait_for,
)

WHOLE = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGUSR1)


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


def chaos(
    folder: Path, kills: int, replicates: int, seed: int = 1, points: int = 8, earlier: int = 0
) -> list[Kill]:
    """Disturb a sweep and compare it with an undisturbed one; return the log.

    Args:
        folder: an empty one.
        kills: how often something is killed.
        replicates: of each point.
        seed: of what is killed.
        points: of each arm and level.
        earlier: replicates of an earlier sweep from which the disturbed one takes; 0: none.

    Raises:
        AssertionError: a run was lost, done twice or has another value; or a finished batch was
            touched.
    """
    more: tuple[str, ...] = ("--quiet",)
    if earlier:
        finished(experiment(folder, earlier, points), folder / "earlier", *more)
        more = ("--quiet", "--from", str(folder / "earlier"))
    path = experiment(folder, replicates, points)
    plan = make_plan(read_experiment(path))
    finished(path, folder / "calm", "--quiet")
    random.seed(seed)
    disturbed = folder / "disturbed"
    log: list[Kill] = []
    process = start(path, disturbed, *more)
    before: dict[str, tuple[int, bytes]] = {}
    for number in range(kills):
        target = max(1, round(plan.batches * (0.05 + 0.9 * number / kills)))
        wait_for(disturbed, target, process)
        assert process.poll() is None, f"it ended before kill {number + 1}: too few batches"
        whole = number % 2 == 1
        now = batches(disturbed)
        for name, kept in before.items():
            assert now[name] == kept, f"{name} was touched"
        before = now
        if whole:
            chosen = WHOLE[number // 2 % len(WHOLE)]
            kill(process.pid, chosen)
            code = process.wait(60)
            process.communicate()
            assert code in (-chosen, INTERRUPTED), (code, chosen)
            process = start(path, disturbed, *more)
        else:
            chosen = signal.SIGKILL
            found = children(process.pid)
            if not found:  # all are being replaced: wait for the next batch, and it is not lost
                wait_for(disturbed, len(now) + 1, process)
                found = children(process.pid)
            assert found and kill(random.choice(found), chosen), "no worker to kill"
        log.append(Kill("program" if whole else "worker", chosen.name, len(now), plan.batches))
    _, said = process.communicate(timeout=600)
    assert process.returncode == 0, said
    assert same(folder / "calm", disturbed), "the store differs from the undisturbed one"
    assert bytes_of(folder / "calm") == bytes_of(disturbed), "a file differs in its bytes"
    runs = pq.read_table(disturbed / "runs.parquet")
    assert len(runs) == plan.runs and len(set(runs["run_id"].to_pylist())) == plan.runs
    assert set(runs["status"].to_pylist()) == {"done"}
    return log


def main() -> int:
    """Kill, and print the log."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--replicates", type=int, default=320, help="runs of each of 32 points")
    given = parser.parse_args()
    few = max(2, given.replicates // 8)
    for what, more in (
        ("a sweep", {"replicates": given.replicates}),
        ("one that takes runs", {"replicates": few, "points": 64, "earlier": few // 2}),
    ):
        with tempfile.TemporaryDirectory() as folder:
            log = chaos(Path(folder), given.kills, **more)
        for number, one in enumerate(log, 1):
            print(f"{number:3} {one.line()}")
        between = sum(0 < one.done < one.batches for one in log)
        print(f"{what}: {len(log)} kills, {between} amid the batches: nothing lost.", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
