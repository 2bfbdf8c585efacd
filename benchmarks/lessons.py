"""``python -m benchmarks.lessons``: a run in a lesson beside the same run natively, in turns.

Needs what ``make classroom`` builds, and Node. Each round takes a new seed: natively, in Node from
the start, and in Node with a lever of 2018 moved, going on from the past of the run before.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from experiments.classroom.build import MODEL
from experiments.classroom.built import FOLDER, KERNEL
from experiments.classroom.lesson import lesson_of
from experiments.classroom.offered import ground
from sim.engines.compiled import Recording, run

ROUNDS, WARM = 30, 40
SCRIPT = Path(__file__).with_suffix(".mjs")


class Taken(NamedTuple):
    """Milliseconds of a run, on the clock and of the processor: others cost the clock more."""

    clock: float
    processor: float


def main() -> int:
    """Print medians, and how many times a native run each is."""
    described, blocks = lesson_of(["unicum"], "nl", ["historic-nl"])
    on = ground("unicum", "historic-nl")
    recording = Recording(on.scenario.first, on.scenario.last, False, True)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "lesson.json").write_text(json.dumps(described), encoding="utf-8")
        Path(folder, "block").write_bytes(blocks["unicum.block"])
        command = ["node", str(SCRIPT), str(FOLDER / MODEL), str(FOLDER / KERNEL), folder]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as node:
            asked, said = node.stdin, node.stdout
            assert asked and said

            def ask(line: str) -> Taken:
                asked.write(line + "\n")
                asked.flush()
                return Taken(*map(float, said.readline().split()))

            rounds: list[tuple[Taken, Taken, Taken]] = []
            for seed in range(1, WARM + ROUNDS + 1):
                begun, before = time.perf_counter(), time.process_time()
                run(on.start, (seed, seed), recording)
                seconds = time.perf_counter() - begun, time.process_time() - before
                native = Taken(*(1000.0 * one for one in seconds))
                rounds.append((native, ask(f"{seed} - 0"), ask(f"{seed} threshold 200000")))
    print("median of 30 rounds, ms:  clock    processor")
    base: tuple[float, ...] = ()
    names = ("native", "Node, whole run", "Node, from 2018 on")
    for name, taken in zip(names, zip(*rounds[WARM:], strict=True), strict=True):
        medians = tuple(statistics.median(one) for one in zip(*taken, strict=True))
        base = base or medians
        shown = [
            f"{one:5.1f} ({one / first:.2f} x)" for one, first in zip(medians, base, strict=True)
        ]
        print(f"{name:<22} {'  '.join(shown)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
