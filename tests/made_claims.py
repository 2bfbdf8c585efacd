"""Made-up claims, worlds and runs, of which it is known what should be said."""

from __future__ import annotations

from collections.abc import Callable
from zlib import crc32

import numpy as np

from experiments.emergence.field import Place
from experiments.emergence.judging import Bench, bench_of
from experiments.emergence.registry import AS_IT_IS, Claim, Family, Registry, World
from sim.measure.outcomes import NAMES

SEEDS = 40
WORLDS = (
    World("no weights", "null", cause="weights"),
    World("random mergers", "null", cause="partners"),
    World("no taste", "rival"),
    World("no mergers", "ablation"),
)
FAMILIES = {
    "history": Family("history", "old", "regional_contract_share"),
    "route": Family("route", "first", "eligible_share", "second"),
}
SIZE = Claim("size", "history", "organisation_size_weighted", "thousand patients", least=200.0)
NUMBER = Claim("number", "history", "effective_organisations", "organisations", most=3.0)
MORE = Claim("more", "route", "coverage", "share", sign=1, threshold=0.1)
CHANGE = Claim("number moves", "route", "effective_organisations", "organisations", sign=1,
               threshold=0.1)  # fmt: skip
MADE = Registry(FAMILIES, (SIZE, NUMBER, MORE, CHANGE), WORLDS)

Level = Callable[[str, str, str], float]
"""Regime, world and outcome to the mean of its runs."""


class MadeField:
    """A field whose runs are made up: a mean per cell, and noise that all cells share in part."""

    def __init__(self, level: Level, noise: float = 1e-3) -> None:
        self.place, self.seeds, self._level, self._noise = Place("made"), range(SEEDS), level, noise

    def values(self, regime: str, world: World = AS_IT_IS) -> np.ndarray:
        means = np.array([self._level(regime, world.name, name) for name in NAMES])
        noise = np.empty((SEEDS, 1, len(NAMES)))
        for k, name in enumerate(NAMES):  # by name: another outcome does not change its noise
            random = np.random.default_rng(crc32(f"{regime} {world.name} {name}".encode()))
            noise[:, 0, k] = random.normal(size=SEEDS) * self._noise
        return np.repeat((means + noise * np.maximum(1.0, np.abs(means))), 25, axis=1)


def bench(level: Level, roles: tuple[str, ...] = ("null", "ablation", "rival")) -> Bench:
    """Return all made-up claims, judged."""
    return bench_of(MadeField(level), MADE, roles, roles)  # type: ignore[arg-type]
