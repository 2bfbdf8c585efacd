"""Runs of a region in the worlds of the registry, each distinct scenario once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from agents.compiled.record import FloatArray
from experiments.emergence.registry import AS_IT_IS, World
from experiments.runs.scenario import Scenario
from experiments.runs.shuffle import shuffled
from experiments.runs.start import start_tables
from sim.engines.compiled import Recording, RunFailed
from sim.engines.threads import run_many
from sim.measure.outcomes import NAMES
from sim.measure.years import yearly
from sim.tables import Tables

END = "2030Q4"
SHUFFLED = 5
"""Seeds that share a shuffle: what is said of shuffled geography is not of one map."""

Settings = Mapping[str, str]
"""Values by name as they are written; a later one takes the place of an earlier one."""


def settings_of(texts: Sequence[str]) -> dict[str, str]:
    """Return texts ``name=value`` by name."""
    pairs = (text.split("=", 1) for text in texts)
    return {name: value for name, value in pairs}


class Place(NamedTuple):
    """A region, and how many times the people of UNICUM it has."""

    region: str
    times: float = 1.0


def years_of(start: Tables, seeds: Sequence[int], last: int) -> FloatArray:
    """Return every outcome of every year from 2006 on: shape ``(seeds, years, outcomes)``.

    A run that fails is not-a-number throughout.
    """
    out = np.full((len(seeds), (last + 1) // 4, len(NAMES)), np.nan)
    pairs = [(seed, seed) for seed in seeds]
    for k, series in enumerate(run_many(start, pairs, Recording(0, last, False, True))):
        if not isinstance(series, RunFailed):
            out[k] = yearly(series, 0)[0][:, 0]
    return out


class WorldFailed(RuntimeError):
    """A run of a world did not finish."""


class Field:
    """One region; what was run is kept."""

    def __init__(self, place: Place, seeds: Sequence[int]) -> None:
        self.place, self.seeds = place, tuple(seeds)
        self._known: dict[tuple[str, World], FloatArray] = {}

    def start(self, regime: str, settings: Settings) -> tuple[Tables, int]:
        """Return the start of a scenario, and its last quarter."""
        texts = tuple(f"{name}={value}" for name, value in settings.items())
        scenario = Scenario(self.place.region, regime, settings=texts, end=END)
        return start_tables(scenario), scenario.last

    def values(self, regime: str, world: World = AS_IT_IS) -> FloatArray:
        """Return what a regime gives in a world: shape ``(seeds, years, outcomes)``.

        Raises:
            WorldFailed: a run failed: what it would have said is unknown.
        """
        key = (regime, world)
        if key not in self._known:
            start, last = self.start(regime + world.suffix, settings_of(world.settings))
            if not world.shuffle:
                found = years_of(start, self.seeds, last)
            else:
                parts = []
                for first in range(0, len(self.seeds), SHUFFLED):
                    seeds = self.seeds[first : first + SHUFFLED]
                    parts.append(years_of(shuffled(start, seeds[0]), seeds, last))
                found = np.concatenate(parts)
            if np.isnan(found).all(axis=(1, 2)).any():
                raise WorldFailed(f"a run of {regime} in {self.place.region} failed: {world.name}")
            self._known[key] = found
        return self._known[key]
