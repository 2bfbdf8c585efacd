"""Many runs of a region: seeds of one policy, or levers with a date, on one core and on two."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import numpy as np

from agents.compiled.record import FloatArray
from benchmarks.contenders import Contender, Prepared, Work
from benchmarks.places import REGIME, all_quarters, start_of
from benchmarks.plain.batch import run_batch
from benchmarks.plain.model import run_plain
from experiments.runs.quarters import quarter_name
from experiments.runs.scenario import Scenario
from experiments.runs.start import starts_of
from sim.engines.branches import run_branches
from sim.engines.threads import run_many
from sim.tables import Tables

LEVERS = 24
"""Settings of policy from 2018 on: amounts of the ROS, each with several stances of policy."""
PROCESSES = 2


def _seeds(count: int) -> list[tuple[int, int]]:
    return [(seed, seed) for seed in range(1, count + 1)]


def _compiled(threads: int) -> Callable[[Work], Prepared]:
    def prepare(work: Work) -> Prepared:
        start, recording = start_of(work.practices, work.quarters), all_quarters(work.quarters)
        run_many(start, _seeds(2), recording, threads)
        return lambda: np.stack(
            [_good(one) for one in run_many(start, _seeds(work.runs), recording, threads)]
        )[:, :, 0]

    return prepare


def _good(result: Any) -> FloatArray:
    if isinstance(result, Exception):
        raise result
    return np.asarray(result)


@cache
def lever_starts(quarters: int, count: int = LEVERS) -> list[Tables]:
    """Return starting tables of UNICUM under policies that differ from 2018 on."""
    last = quarter_name(quarters - 1)
    asked = [
        (f"title.ros.rate@2018Q1={1.0 + 0.1 * (k // 4):.1f}",
         f"policy.stance@2018Q1={0.1 * (k % 4):.1f}")
        for k in range(count)
    ]  # fmt: skip
    return list(
        starts_of([Scenario("unicum", REGIME, settings=one, end=last, start="2006Q1")
                   for one in asked])
    )  # fmt: skip


def _levers(work: Work) -> Prepared:
    """Prepare levers of 2018 over seeds: a half of the seeds to each of two threads."""
    starts = lever_starts(work.quarters, min(LEVERS, work.runs // PROCESSES))
    recording = all_quarters(work.quarters)
    pairs = _seeds(work.runs // len(starts))
    halves = [half for half in (pairs[::2], pairs[1::2]) if half]

    def once() -> FloatArray:
        with ThreadPoolExecutor(PROCESSES) as pool:
            found = list(pool.map(lambda half: run_branches(starts, half, recording), halves))
        runs = [_good(one) for half in found for many in half for one in many]
        return np.stack(runs)[:, :, 0]

    return once


def _one_plain(asked: tuple[int, int, int]) -> None:
    practices, quarters, seed = asked
    run_plain(start_of(practices, quarters), seed, all_quarters(quarters))


def _warm_plain(asked: tuple[int, int]) -> None:
    run_plain(start_of(*asked), 1, all_quarters(1))


_POOLS: list[Any] = []


def _plain(work: Work) -> Prepared:
    """Prepare processes that have started and imported everything before the clock runs."""
    pool = multiprocessing.get_context("spawn").Pool(PROCESSES)
    _POOLS.append(pool)
    pool.map(_warm_plain, [(work.practices, work.quarters)] * PROCESSES, chunksize=1)
    asked = [(work.practices, work.quarters, seed) for seed in range(1, work.runs + 1)]

    def once() -> None:
        pool.map(_one_plain, asked, chunksize=1)

    return once


def _end_pools() -> None:
    while _POOLS:
        _POOLS.pop().terminate()


def _batch(work: Work) -> Prepared:
    def once() -> None:
        run_batch(work.practices, work.quarters, work.runs)

    return once


ALONE, COMPILED = "compiled, 1 thread", "compiled, 2 threads"
LEVERED, BATCH = "levers of 2018, 2 threads", "mesa.batch_run, 2 processes"
CONTENDERS = (
    Contender(ALONE, "one kernel call after the other", _compiled(1), same=True,
              runs=96),
    Contender(COMPILED, "the same over two threads, as a sweep has a core each", _compiled(2),
              same=True, runs=96),
    Contender(LEVERED, "24 policies that differ from 2018 on, over the seeds; what runs of a seed "
              "have in common is computed once", _levers, same=False, runs=96),
    Contender("plain Mesa, 2 processes", "ready before the clock runs; each returns nothing",
              _plain, same=False, needs=("mesa",), runs=8, close=_end_pools),
    Contender(BATCH, "`mesa.batch_run` of plain Mesa on two processes, with all outcomes of all "
              "quarters in a `DataCollector`", _batch, same=False, needs=("mesa/batch_run",),
              runs=12, starts=True),
)  # fmt: skip
"""All record every quarter. Levers have policies of their own, so other outcomes."""
