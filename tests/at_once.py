"""Two processes, released at the same moment, want one folder: ``python -m tests.at_once``.

One of them gets it, or both work together; the other is told who has it. What is there in the
end is all of one command: never the manifest of one beside the points of another.
"""

from __future__ import annotations

import argparse
import multiprocessing
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow.parquet as pq

from experiments import sweep
from experiments.sweeps.plan.plan import Plan
from experiments.sweeps.store.layout import is_finished
from experiments.sweeps.store.merging import merge
from results.store.claims import FolderRefused, claimed
from results.store.folder import RunFolder
from results.store.reading import StoreRefused, manifest
from tests.made_sweeps import Maker, made_plan
from tests.stopped import light, small_report
from tests.sweeping import same

WAIT = 120
PAIRS = {
    "two runs": ("run", "run"),
    "one sweep twice": ("sweep", "sweep"),
    "two experiments": ("sweep", "other"),
    "two shards": ("shard 1", "shard 2"),
    "two that take from one": ("grow", "grow"),
    "one that takes and a shard": ("grow", "other shard"),
    "one shard twice": ("shard 1", "shard 1"),
    "shards of two experiments": ("shard 1", "other shard"),
    "a run and a sweep": ("run", "sweep"),
    "a run and a shard": ("run", "shard 1"),
    "a sweep and a merge": ("sweep", "merge"),
    "a shard and a merge": ("shard 1", "merge"),
    "two merges": ("merge", "merge"),
    "two merges into one": ("merge out", "merge out"),
    "a sweep and a merge into one": ("other", "merge out"),
    "two reports": ("report", "report"),
}


CALM = {"small": "calm", "another": "other", "larger": "grown"}
"""Where each sweep lies as it is when nobody disturbs it; the larger has runs of the small one."""


class Kept(NamedTuple):
    """Folders that rounds begin with, how their sweeps look when all is done, and their plans."""

    folder: Path
    plans: dict[str, Plan]

    def before(self, pair: tuple[str, str], at: Path) -> None:
        """Make in ``at`` what a round of ``pair`` begins with."""
        if "merge" in pair:
            shutil.copytree(self.folder / "both", at / "out")
        if "grow" in pair:
            shutil.copytree(self.folder / "part1", at / "old")
        if "merge out" in pair:
            for name in ("part1", "part2"):
                shutil.copytree(self.folder / name, at / name)
        if "report" in pair:
            shutil.copytree(self.folder / "calm", at / "out")

    def whole(self, out: Path) -> None:
        """See that ``out`` is all of one command, finished or, of shards, on its way."""
        about = manifest(out)
        if about.get("kind") != "sweep":
            assert about == {"id": "run"}
            assert {p.name for p in out.iterdir()} == {
                "series.parquet", "manifest.json", "report.html", "figures", "checksums.sha256",
            }  # fmt: skip
            return
        calm = self.folder / CALM[about["name"]]
        assert about["id"] == manifest(calm)["id"]
        points = (pq.read_table(folder / "points.parquet") for folder in (calm, out))
        assert next(points).equals(next(points))
        if not is_finished(out):
            sweep(self.plans[about["name"]], out, executor=Maker())
        assert same(calm, out)
        assert {p.name for p in out.iterdir()} == {p.name for p in calm.iterdir()}


def _acts(plans: dict[str, Any], series: Any) -> dict[str, Callable[[Path], object]]:
    def run(at: Path) -> None:
        with RunFolder(at / "out") as folder:
            folder.table("series", series)
            folder.json("manifest", {"id": "run"})
            small_report(folder.folder)

    def swept(name: str, shard: str = "") -> Callable[[Path], object]:
        return lambda at: sweep(plans[name], at / "out", shard=shard, executor=Maker())

    def report(at: Path) -> None:
        with claimed(at / "out", "a report"):
            small_report(at / "out")

    return {
        "run": run, "sweep": swept("small"), "other": swept("another"), "report": report,
        "shard 1": swept("small", "1/2"), "shard 2": swept("small", "2/2"),
        "grow": lambda at: sweep(
            plans["larger"], at / "out", executor=Maker(), earlier=[at / "old"]
        ),
        "other shard": swept("another", "2/2"), "merge": lambda at: merge([at / "out"]),
        "merge out": lambda at: merge([at / "part1", at / "part2"], at / "out"),
    }  # fmt: skip


def work(folder: Path, connection: Connection, barrier: Any) -> None:
    """Do what is asked for, each time at the moment at which the other begins too."""
    with light(), tempfile.TemporaryDirectory() as own:
        plans = {name: made_plan(Path(own), name, 16) for name in CALM}
        acts = _acts(plans, pq.read_table(folder / "calm" / "series.parquet"))
        while (asked := connection.recv()) is not None:
            name, at = asked
            barrier.wait(WAIT)
            try:
                acts[name](at)
                said = ""
            except (FolderRefused, StoreRefused) as refusal:
                said = str(refusal)
            except BaseException as error:
                said = f"{type(error).__name__}: {error}"
            connection.send(said)


class Pair:
    """Two processes and what they begin with."""

    def __init__(self, folder: Path) -> None:
        plans = {name: made_plan(folder, name, 16) for name in CALM}
        self.kept = Kept(folder, plans)
        with light():
            for name, calm in CALM.items():
                plan = self.kept.plans[name]
                sweep(plan, folder / calm, executor=Maker())
                for shard in (1, 2) if name == "small" else ():
                    for out in (f"part{shard}", "both"):
                        sweep(plan, folder / out, shard=f"{shard}/2", executor=Maker())
        context = multiprocessing.get_context("spawn")
        self.barrier = context.Barrier(2)  # kept: without it the processes find none
        self.ends, self.processes = [], []
        for _ in range(2):
            end, other = context.Pipe()
            process = context.Process(target=work, args=(folder, other, self.barrier), daemon=True)
            process.start()
            self.ends.append(end)
            self.processes.append(process)

    def round(self, pair: tuple[str, str], at: Path) -> list[str]:
        """Let both begin; return what each was told, nothing where it went well."""
        at.mkdir()
        self.kept.before(pair, at)
        for end, name in zip(self.ends, pair, strict=True):
            end.send((name, at))
        told = []
        for end in self.ends:
            assert end.poll(WAIT), f"{pair}: no answer"
            told.append(end.recv())
        self.judge(pair, told, at)
        return told

    def judge(self, pair: tuple[str, str], told: list[str], at: Path) -> None:
        """See that what came of a round is right."""
        assert "" in told, (pair, told)
        wrong = ("another", "not empty", "holds a run", "holds no sweep", "put in place")
        for said in filter(None, told):
            assert any(word in said for word in wrong) and "Error" not in said, (pair, told)
        left = [p.name for p in at.rglob(".*") if p.name != ".claim"]
        assert not left, (pair, left)
        self.kept.whole(at / "out")

    def end(self) -> None:
        """End both processes."""
        for end, process in zip(self.ends, self.processes, strict=True):
            end.send(None)
            process.join(10)


@contextmanager
def pair_of_processes(folder: Path) -> Iterator[Pair]:
    """Give two processes that wait."""
    pair = Pair(folder)
    try:
        yield pair
    finally:
        pair.end()


def rounds() -> int:
    """Let all pairs begin many times, and say how often one was refused."""
    parser = argparse.ArgumentParser(prog="python -m tests.at_once", description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as kept, pair_of_processes(Path(kept)) as pair:
        for name, two in PAIRS.items():
            refused = 0
            for _ in range(given.rounds):
                with tempfile.TemporaryDirectory() as at, light():
                    refused += sum(map(bool, pair.round(two, Path(at) / "round")))
            print(f"{name}: {given.rounds} rounds, one was refused in {refused}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(rounds())
