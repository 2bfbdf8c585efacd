"""Runs of a lesson in Node, and the same runs natively: what may not differ in a bit."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from agents.compiled.record import FloatArray
from experiments.classroom.build import MODEL
from experiments.classroom.built import FOLDER, KERNEL, source, source_built
from experiments.classroom.levers import lever_file, span_of
from experiments.classroom.offered import ground, settings_at
from experiments.runs.scenario import Scenario
from experiments.runs.start import start_tables
from sim.engines.compiled import Recording
from sim.engines.threads import run_many
from sim.measure.years import yearly

SCRIPT = Path(__file__).parent / "experiments" / "classroom" / "runs.mjs"
LEVERS = {lever.name: lever for lever in lever_file().lever}
Lesson = tuple[dict[str, Any], dict[str, bytes]]


class Job(NamedTuple):
    """A policy, in the words of a lesson, with seeds to run it for."""

    regime: str
    levers: Mapping[str, float]
    seeds: tuple[int, ...] = (1, 2)


def lacking() -> str:
    """Return why no lesson can be run here, or nothing."""
    if shutil.which("node") is None:
        return "node is not here"
    if not (FOLDER / MODEL).is_file() or not (FOLDER / KERNEL).is_file():
        return "nothing was built: make classroom"
    return "" if source_built() == source() else "built of other rules: make classroom"


def in_node(
    lesson: Lesson, region: int, jobs: Sequence[Job], folder: Path, **asked: Any
) -> list[Any]:
    """Return what each job gives: ``[seed][year][outcome]``, or the message of its error.

    ``room`` are bytes for states that runs may go on from, ``history`` asks for that of the first
    seed in place of values, ``said`` for its levers as options of ``regiosim run``.
    """
    described, blocks = lesson
    block = blocks[described["regions"][region]["block"]]
    (folder / "lesson.json").write_text(json.dumps(described), encoding="utf-8")
    (folder / "block").write_bytes(block)
    given = [{"policy": {"regime": j.regime, "levers": j.levers}, "seeds": j.seeds} for j in jobs]
    call = {"jobs": given, "region": region, **asked}
    (folder / "call.json").write_text(json.dumps(call), encoding="utf-8")
    command = ["node", str(SCRIPT), str(FOLDER / MODEL), str(FOLDER / KERNEL), str(folder)]
    subprocess.run(command, check=True)
    answers = json.loads((folder / "answers.json").read_text(encoding="utf-8"))
    if asked.get("history") or asked.get("said"):
        return list(answers)
    values = np.fromfile(folder / "values", "<f8")
    years = described["last"] - described["first"] + 1
    out: list[Any] = []
    for job, failed in zip(jobs, answers, strict=True):
        size = len(job.seeds) * years * len(described["outcomes"])
        out.append(failed or values[:size].reshape(len(job.seeds), years, -1))
        values = values[0 if failed else size :]
    assert len(values) == 0
    return out


def scenario_of(region: str, job: Job) -> Scenario:
    """Return the scenario that ``regiosim run`` would make of a job."""
    on = ground(region, job.regime)
    settings = [
        text for name, value in job.levers.items() for text in settings_at(LEVERS[name], on, value)
    ]
    return Scenario(region, job.regime, settings=settings, record="yearly")


def natively(region: str, job: Job) -> FloatArray:
    """Return the same as ``regiosim run --record yearly`` stores it of the whole region."""
    scenario = scenario_of(region, job)
    recording = Recording(scenario.first, scenario.last, True, True)
    pairs = [(seed, seed) for seed in job.seeds]
    runs = run_many(start_tables(scenario), pairs, recording, threads=1)
    return np.stack([yearly(one, scenario.first)[0][:, 0] for one in runs])


def some_jobs(lesson: Lesson, region: int, count: int, seed: int) -> list[Job]:
    """Return policies drawn by lot: a regime, and one to six levers that it offers, moved."""
    lots = random.Random(seed)
    regimes = lesson[0]["regions"][region]["layout"]["regimes"]
    jobs = []
    for _ in range(count):
        regime = lots.choice(sorted(regimes))
        offered = regimes[regime]["levers"]
        at = {name: value for name, (_, value, _) in offered.items()}
        moved = lots.sample(sorted(offered), lots.randint(1, 6))
        levers = {
            name: lots.choice([v for v in span_of(LEVERS[name]).positions() if v != at[name]])
            for name in moved
        }
        jobs.append(Job(regime, levers))
    return jobs
