"""One number for what the model gives: hashes of the series of a fixed set of runs.

Equal hashes mean equal outcomes to the bit, on whatever machine, Python or engine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from agents.compiled.record import FloatArray
from experiments.runs.scenario import Scenario
from experiments.runs.start import start_tables
from experiments.runs.steps import record_run
from sim.engines.compiled import Recording, RunFailed
from sim.engines.threads import run_many
from sim.measure.outcomes import NAMES
from sim.tables import Tables

REGIONS = ("unicum", "synthetic:2:1")
"""A real region, and a made one: how a country is made belongs to what must be the same."""
REGIMES = ("historic-nl", "design:component/practice/act", "integral-tariff")
SEEDS = (1, 2)
SMALL = (REGIONS[1], REGIMES[0], SEEDS[0])
"""The one run for engines that take a minute for a region."""


class Reference(NamedTuple):
    """One run of the reference set and the SHA-256 of its series."""

    region: str
    regime: str
    seed: int
    sha256: str


def scenario_of(region: str, regime: str) -> Scenario:
    """Return the scenario of a reference run: 2006 to 2030, every quarter."""
    return Scenario(region, regime, start="2006Q1", end="2030Q4")


def recording_of(start: Tables) -> Recording:
    """Return what a reference run measures: every quarter, the whole and each municipality."""
    return Recording(0, len(start.titles) - 1, True)


def hash_of_series(series: FloatArray) -> str:
    """Return the SHA-256 of a series, as hex digits.

    Args:
        series: shape ``(quarters, scopes, outcomes)``, outcomes in the order of ``NAMES``.

    Hashed are little-endian float64, outcomes in the order of their names' letters, with one
    zero and one not-a-number: their signs mean nothing.
    """
    letters = np.argsort(np.array(NAMES))
    plain = series[..., letters].astype("<f8") + 0.0
    plain[np.isnan(plain)] = np.nan
    return hashlib.sha256(plain.tobytes()).hexdigest()


def reference_runs(engine: str = "compiled") -> Iterator[Reference]:
    """Run the reference set and give a hash a run.

    Args:
        engine: ``compiled``; ``mesa`` and ``python`` run only the smallest of the set.

    Raises:
        RunFailed: a run stopped.
    """
    if engine != "compiled":
        region, regime, seed = SMALL
        start = start_tables(scenario_of(region, regime))
        series = record_run(start, (seed, seed), recording_of(start), engine).series
        yield Reference(region, regime, seed, hash_of_series(series))
        return
    for region in REGIONS:
        for regime in REGIMES:
            start = start_tables(scenario_of(region, regime))
            found = run_many(start, [(seed, seed) for seed in SEEDS], recording_of(start))
            for seed, one in zip(SEEDS, found, strict=True):
                if isinstance(one, RunFailed):
                    raise one
                yield Reference(region, regime, seed, hash_of_series(one))


def hash_of_all(runs: Sequence[Reference]) -> str:
    """Return the SHA-256 of the lines ``region regime seed sha256`` of these runs."""
    lines = "".join(f"{r.region} {r.regime} {r.seed} {r.sha256}\n" for r in runs)
    return hashlib.sha256(lines.encode()).hexdigest()
