"""End commands by signals, at moments spread over what they do: ``python -m tests.signals``.

A command has to end within a second, with exit code 130 and one line that says so, and leave
nothing half-written. Ending begins with Python itself having started: until the program has said
what a signal does, Python's own answer to it holds.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from experiments.cli.ends import INTERRUPTED
from experiments.compiling.kernels import COMPILING
from tests.commands import ROOT, RUN
from tests.sweeping import experiment

ENDING = (signal.SIGINT, signal.SIGTERM)
NOTES = (COMPILING, "Running the first batch")
"""What a command may have said of a while that it takes."""
JOINED = "SELECT count(*) FROM series a, series b, series c, series d"


MADE = "made"
"""A run in the folder that a command is started in."""


class Moment(NamedTuple):
    """A command, the signal that ends it, and the seconds that it ran before."""

    command: Sequence[str]
    number: signal.Signals
    after: float


class Seen(NamedTuple):
    """How it ended: exit code, seconds that took, what it said, and files that are new."""

    code: int
    seconds: float
    said: str
    left: list[str]

    @property
    def well(self) -> bool:
        """Whether that is how a command is to end (or it was done before)."""
        if self.code == 0:
            return "Traceback" not in self.said
        *notes, last = self.said.splitlines() or [""]
        one = last.startswith("regiosim: ") and all(note.startswith(NOTES) for note in notes)
        return self.code == INTERRUPTED and one and not self.left


def start(command: Sequence[str], folder: Path, **more: str) -> subprocess.Popen[str]:
    """Start the command line in ``folder``, heeding interrupts, with variables ``more``."""
    return subprocess.Popen(
        [sys.executable, "-m", "experiments", *command], cwd=folder, text=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT), **more},
        # Jobs in the background start with interrupts ignored, and would hand that down.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip


def await_heed(process: subprocess.Popen[str], number: signal.Signals) -> None:
    """Wait until the program has said what that signal does (Linux: /proc tells)."""
    while process.poll() is None:
        with suppress(OSError):
            text = Path(f"/proc/{process.pid}/status").read_text()
            caught = int(text.partition("SigCgt:")[2].split()[0], 16)
            # Python itself catches the interrupt from its start on: the other tells of both.
            if caught >> (signal.SIGTERM - 1) & 1 and caught >> (number - 1) & 1:
                return
        time.sleep(0.002)


def end(moment: Moment, folder: Path, **more: str) -> Seen:
    """Run a command in ``folder``, end it at that moment, and see how that goes."""
    before = set(files(folder))
    process = start(moment.command, folder, **more)
    try:
        await_heed(process, moment.number)
        time.sleep(moment.after)
        process.send_signal(moment.number)
        began = time.monotonic()
        _, said = process.communicate(timeout=60)
    finally:
        process.kill()
    seconds = time.monotonic() - began
    return Seen(process.returncode, seconds, said, sorted(set(files(folder)) - before))


def files(folder: Path) -> Iterator[str]:
    """Yield what is in a folder."""
    return (str(path.relative_to(folder)) for path in folder.rglob("*"))


def made_run(folder: Path) -> Path:
    """Write a run that queries, reports and comparisons can be about."""
    command = [sys.executable, "-m", "experiments", *RUN, "--quiet", "--out", str(folder)]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    return folder


def commands(folder: Path, run: Path) -> dict[str, Sequence[str]]:
    """Return commands that take a while, by name; ``folder`` is for what they need.

    Where they are started, ``MADE`` is a copy of the run of their own: a report keeps others away.
    """
    other = folder / "other"
    shutil.copytree(run, other)
    return {
        "run": ["run", "--region", "unicum", "--regime", "unicum", "--replicates", "3000"],
        "query": ["query", str(run), JOINED],
        "report": ["report", MADE],
        "compare": ["compare", str(run), str(other), "--out", "both"],
        "sweep": ["sweep", str(experiment(folder, 320)), "--plan"],
        "story": ["story", str(run)],
        "regions": ["regions"],
    }


def moments(found: dict[str, Sequence[str]], each: int, most: float, seed: int) -> list[Moment]:
    """Return ``each`` moments of every command, of which half in the first tenth of a second."""
    drawn = random.Random(seed)
    return [
        Moment(command, ENDING[k % 2], drawn.uniform(0.0, 0.1 if k % 4 < 2 else most))
        for command in found.values()
        for k in range(each)
    ]


def end_all(chosen: Sequence[Moment], folder: Path, at_once: int) -> list[tuple[Moment, Seen]]:
    """End every command in a folder of its own, some at once."""

    def one(number: int) -> Seen:
        own = folder / str(number)
        own.mkdir()
        if MADE in chosen[number].command:
            shutil.copytree(folder / "other", own / MADE)
        return end(chosen[number], own)

    with ThreadPoolExecutor(at_once) as pool:
        return list(zip(chosen, pool.map(one, range(len(chosen))), strict=True))


def main(tell: Callable[[str], object] = print) -> int:
    """End commands again and again, and print how long that took."""
    parser = argparse.ArgumentParser(prog="python -m tests.signals", description=__doc__)
    parser.add_argument("--each", type=int, default=40, help="moments of each command")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        found = commands(folder, made_run(folder / "made"))
        seen = end_all(moments(found, given.each, 6.0, 1), folder, 2)
    bad = [(moment, one) for moment, one in seen if not one.well]
    for moment, one in bad:
        tell(f"{' '.join(moment.command)}: {moment.number.name} at {moment.after:.3f} s: {one}")
    slowest = max(one.seconds for _, one in seen)
    ended = sum(one.code == INTERRUPTED for _, one in seen)
    tell(f"{len(seen)} moments, {ended} before the end: {len(bad)} not well; {slowest:.2f} s most")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
