"""Stop a sweep, a merge, a run and a report at each change they make to the disk, and go on.

After each fault nothing may be finished that is not whole, and the same command goes on to the
same files. ``python -m tests.stopped`` does it in every way, and at some changes with real reports.
"""

from __future__ import annotations

import errno
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import pyarrow.parquet as pq

from experiments import sweep
from experiments.cli.app import BAD_INPUT, DONE, FAILED, main
from experiments.sweeps.plan.plan import Plan
from experiments.sweeps.plan.stages import with_targets
from experiments.sweeps.store import folder as home
from experiments.sweeps.store.layout import batch_files, is_finished
from experiments.sweeps.store.merging import merge
from experiments.sweeps.work import sweeping
from results.store.folder import RunFolder, whole_file
from results.store.reading import manifest, read
from tests.faults import KILL, calls_of, fails
from tests.made_sweeps import Maker, fill, made_plan
from tests.sweeping import bytes_of, same

OUT = "out"
TARGET = "trust +- 0.07"
"""Of what is made up a mean needs some 70 seeds for it."""
HOWS = {"kill": KILL, "EIO": errno.EIO, "ENOSPC": errno.ENOSPC}


class Situation(NamedTuple):
    """What is stopped.

    Attributes:
        before: fills a folder with what is there at first.
        act: the command in that folder; it leaves ``out``.
        right: says whether the tables of ``out`` are what they should be once they are there.
        files: that have to be in ``out`` in the end, and no others.
    """

    before: Callable[[Path], object]
    act: Callable[[Path], object]
    right: Callable[[Path], bool]
    files: frozenset[str]


def stopped(situation: Situation, at: int, how: int, folder: Path) -> None:
    """Stop ``situation`` at one change, and see that it goes on.

    Raises:
        AssertionError: it does not, or something was half done and looked whole.
    """
    folder.mkdir(exist_ok=True)
    situation.before(folder)
    fails(folder, at, how, lambda: situation.act(folder))
    out = folder / OUT
    if is_finished(out) or (out / "manifest.json").is_file():
        for path in out.glob("*.parquet"):  # what has its name is whole
            pq.read_table(path)
    if is_finished(out):
        assert situation.right(out), "it says finished and is not"
    there = {path.name for path in batch_files(out)} if (out / "batches").is_dir() else set()
    situation.act(folder)
    assert situation.right(out)
    assert {path.name for path in out.iterdir()} == situation.files
    assert not there & DONE_AGAIN, "a run was done twice"
    left = [str(path) for path in folder.rglob("*") if ".partial-" in path.name]
    left += [str(path) for path in folder.rglob(".*claim")]
    assert not left, left


DONE_AGAIN: set[str] = set()
"""Batches that were computed since the last fault."""


@cache
def changes(situation: Situation) -> list[str]:
    """Return the changes that the undisturbed command makes."""
    with tempfile.TemporaryDirectory() as folder:
        situation.before(Path(folder))
        return calls_of(Path(folder), lambda: situation.act(Path(folder)))


@contextmanager
def light(report: bool = False) -> Iterator[None]:
    """Leave out what is slow and changes nothing here: compiling, probing, drawing, syncing."""
    known: dict[str, Any] = {}

    def manifest_of(plan: Plan) -> dict[str, Any]:
        if plan.id not in known:
            known[plan.id] = real(plan)
        return dict(known[plan.id])

    real = home.manifest_of
    with ExitStack() as stack:
        for place, name, value in (
            (sweeping, "is_warm", lambda: True),
            (sweeping, "_probed", lambda plan: {"inert": [], "not_probed": []}),
            (home, "manifest_of", manifest_of),
            (__import__("os"), "fsync", lambda handle: None),
        ):
            stack.enter_context(patch.object(place, name, value))
        if not report:
            stack.enter_context(patch("results.reports.run.write_report", small_report))
        yield


def small_report(folder: Path | str, language: str = "en", hands: object = None) -> Path:
    """Write a report and a figure, which say nothing, as the real ones are written."""
    (Path(folder) / "figures").mkdir(exist_ok=True)
    for name in ("figures/one.svg", "report.html"):
        with whole_file(Path(folder) / name) as aside:
            aside.write_text("nothing\n")
    return Path(folder) / "report.html"


def situations(kept: Path) -> dict[str, Situation]:
    """Return what is stopped; ``kept`` gets what they begin with and end in."""
    plan = made_plan(kept, replicates=16)
    assert plan.batches == 2
    sweep(plan, kept / "calm", executor=Maker())
    for shard in (1, 2):
        for name in (f"part{shard}", "both"):
            sweep(plan, kept / name, shard=f"{shard}/2", executor=Maker())
    fill(plan, kept / "part2", [0])

    def sweeps(folder: Path) -> None:
        maker = Maker()
        DONE_AGAIN.clear()
        try:
            sweep(plan, folder / OUT, executor=maker)
        finally:
            DONE_AGAIN.update(f"{number:07d}.parquet" for number in maker.asked)

    larger = made_plan(kept, replicates=24)
    sweep(larger, kept / "larger", executor=Maker())

    def grows(folder: Path) -> None:
        maker = Maker()
        DONE_AGAIN.clear()
        try:
            sweep(larger, folder / OUT, executor=maker, earlier=[folder / "part1"])
        finally:
            DONE_AGAIN.update(f"{number:07d}.parquet" for number in maker.asked)

    pilot = with_targets(made_plan(kept, replicates=20), TARGET, 80)
    sweep(pilot, kept / "until", executor=Maker())

    def adds(folder: Path) -> None:
        maker = Maker()
        DONE_AGAIN.clear()
        try:
            sweep(pilot, folder / OUT, executor=maker)
        finally:
            DONE_AGAIN.update(f"{number:07d}.parquet" for number in maker.asked)

    def copies(*pairs: tuple[str, str]) -> Callable[[Path], None]:
        def copy(folder: Path) -> None:
            for source, name in pairs:
                shutil.copytree(kept / source, folder / name)

        return copy

    def right(out: Path) -> bool:
        return same(kept / "calm", out)

    def is_larger(out: Path) -> bool:
        return bytes_of(out) == bytes_of(kept / "larger")

    def is_reached(out: Path) -> bool:
        told = [manifest(folder)["until"] for folder in (kept / "until", out)]
        return told[0] == told[1] and bytes_of(out) == bytes_of(kept / "until")

    files = frozenset(path.name for path in (kept / "calm").iterdir())
    parts = ("part1", "part1"), ("part2", "part2")
    return {
        "sweep": Situation(lambda folder: None, sweeps, right, files),
        "sweep --from": Situation(copies(parts[0]), grows, is_larger, files),
        "sweep --until": Situation(lambda folder: None, adds, is_reached, files),
        "merge": Situation(copies(("both", OUT)), lambda f: merge([f / OUT]), right, files),
        "merge --out": Situation(
            copies(*parts), lambda f: merge([f / "part1", f / "part2"], f / OUT), right, files
        ),
        "report": Situation(copies(("calm", OUT)), _report, right, files),
        "run": Situation(lambda folder: None, _runs(kept), _is_run, RUN),
    }


RUN = frozenset({"checksums.sha256", "figures", "manifest.json", "report.html", "series.parquet"})


def _report(folder: Path) -> None:
    code = main(["report", str(folder / OUT), "--quiet"])
    assert code in (DONE, FAILED, BAD_INPUT), code


def _runs(kept: Path) -> Callable[[Path], None]:
    table = pq.read_table(kept / "calm" / "series.parquet")

    def run(folder: Path) -> None:
        if (folder / OUT).is_dir():  # put in place before it was stopped
            assert main(["report", str(folder / OUT), "--quiet"]) == DONE
            return
        with RunFolder(folder / OUT) as made:
            made.table("series", table)
            made.json("manifest", {"id": "1a2b"})
            small_report(made.folder)

    return run


def _is_run(out: Path) -> bool:
    return len(read(out, "series")) > 0


SOME = 8
"""Changes at which real reports are killed: a report makes thousands of them."""


def everywhere() -> int:
    """Stop everything at every change in every way, then real reports at some of theirs."""
    for report, hows, names in ((False, HOWS, None), (True, {"kill": KILL}, ("merge", "report"))):
        with tempfile.TemporaryDirectory() as kept, light(report):
            known = situations(Path(kept))
            for name in names or known:
                count = len(changes(known[name]))
                step = max(1, count // SOME) if report else 1
                for how, number in hows.items():
                    for at in range(1, count + 1, step):
                        with tempfile.TemporaryDirectory() as folder:
                            stopped(known[name], at, number, Path(folder))
                    many = len(range(1, count + 1, step))
                    print(f"{name}: {how} at {many} of {count} changes: nothing lost", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(everywhere())
