"""The lessons' kernel, WebAssembly under Node, beside the same run natively.

A lesson holds UNICUM and records years from its first on, with stocks of fourth quarters only, so
it is a comparison by itself. Each call takes the next seed: with a seed it has had, Node would go
on from the past it kept.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

from agents.compiled.record import FloatArray
from benchmarks.contenders import Contender, Prepared, Work
from benchmarks.places import REGIME

SCRIPT = Path(__file__).with_name("lessons.mjs")
REGION = "unicum"
WARM = 40
"""Runs before the clock: until then V8 still compiles."""


def _native(work: Work) -> Prepared:
    from experiments.classroom.offered import ground
    from sim.engines.compiled import Recording, run
    from sim.measure.years import yearly

    on = ground(REGION, REGIME)
    recording = Recording(on.scenario.first, on.scenario.last, False, True)
    seeds = count(1)

    def once() -> FloatArray:
        seed = next(seeds)
        years, _ = yearly(run(on.start, (seed, seed), recording), recording.first)
        return years[None, :, 0]

    for _ in range(WARM):
        once()
    return once


_OPEN: list[Any] = []


def _node(work: Work) -> Prepared:
    from experiments.classroom.build import MODEL
    from experiments.classroom.built import FOLDER, KERNEL
    from experiments.classroom.lesson import lesson_of

    described, blocks = lesson_of([REGION], "nl", [REGIME])
    folder = tempfile.TemporaryDirectory()
    Path(folder.name, "lesson.json").write_text(json.dumps(described), encoding="utf-8")
    Path(folder.name, "block").write_bytes(blocks[f"{REGION}.block"])
    command = ["node", str(SCRIPT), str(FOLDER / MODEL), str(FOLDER / KERNEL), folder.name]
    node = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    _OPEN.append((node, folder))
    years = described["last"] - described["first"] + 1
    once = partial(_ask, node, count(1), years)
    for _ in range(WARM):
        once()
    return once


def _ask(node: Any, seeds: Iterator[int], years: int) -> FloatArray:
    node.stdin.write(f"{next(seeds)} - 0 values\n".encode())
    node.stdin.flush()
    *_, outcomes = node.stdout.readline().split()  # behind milliseconds, as Node counts them
    values = np.frombuffer(node.stdout.read(8 * int(outcomes)))
    return values.reshape(1, years, -1)


def _close() -> None:
    while _OPEN:
        node, folder = _OPEN.pop()
        node.stdin.close()
        node.wait()
        node.stdout.close()
        folder.cleanup()


NATIVE, NODE = "native, as a lesson records", "WebAssembly under Node"
CONTENDERS = (
    Contender(NATIVE, "the compiled engine, years from 2011 on", _native, same=True),
    Contender(NODE, "the kernel of lessons, asked over a pipe",
              _node, same=True, needs=("program:node", "lesson:built"), close=_close),
)  # fmt: skip
