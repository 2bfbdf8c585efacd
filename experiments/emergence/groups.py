"""Two groups of runs, with a contract at the end and without, however rare one of them is."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from agents.compiled.record import FloatArray
from experiments.emergence.field import Field
from experiments.emergence.registry import AS_IT_IS, Claim, Registry, World
from experiments.mechanisms import Effect, Measure, effect_of, mean_of
from results.statistics.shares import Share, same_group, share_of

HALF = 0.5
"""A run is with a contract where at least this share of the insured is under one at the end."""
LAST = 2030


class Arm(NamedTuple):
    """A side of a comparison: a regime in a world."""

    regime: str
    world: World


class Side(NamedTuple):
    """One group of pairs: how many, the mean level of the plain arm, and the effect within it."""

    pairs: int
    level: float
    effect: Effect | None


class Grouped(NamedTuple):
    """A claim by group: the share with a contract in each arm, and effects within groups.

    ``every`` is the effect over all pairs, ``apart`` how many pairs are in two groups.
    """

    claim: Claim
    arms: tuple[Arm, Arm]
    held: tuple[Share, Share]
    every: Side
    within: Side
    without: Side
    apart: int

    def turned(self) -> list[str]:
        """Return in which groups the effect has the other sign than over all pairs, told from 0."""
        found = []
        for name, side in (("with", self.within), ("without", self.without)):
            if side.effect is not None and self.every.effect is not None and side.effect.clear:
                if side.effect.mean * self.every.effect.mean < 0.0:
                    found.append(name)
        return found


def holders(field: Field, registry: Registry, claim: Claim, arm: Arm) -> np.ndarray:
    """Return which runs have at least half of the insured under a contract at the end."""
    group = registry.families[claim.family].group
    end = Measure(group, "", "share", LAST, LAST)
    return np.asarray(mean_of(field.values(arm.regime, arm.world), end) >= HALF)


def pairs_of(registry: Registry, claim: Claim) -> list[tuple[Arm, Arm]]:
    """Return what is compared: arms of a contrast, plain and on conditions; a pattern by world."""
    family = registry.families[claim.family]
    if not family.changed:
        here = Arm(family.plain, AS_IT_IS)
        tried = [world for world in registry.tried(family.name) if world.grouped]
        return [(Arm(family.plain, world), here) for world in tried]
    asked = [w for w in registry.tried(family.name, "rival") if w.suffix]
    worlds = [AS_IT_IS, *asked]
    return [(Arm(family.plain, world), Arm(family.changed, world)) for world in worlds]


def side_of(rows: np.ndarray, plain: FloatArray, changed: FloatArray) -> Side:
    """Return one group of pairs; without an effect where there are fewer than three."""
    if len(rows) == 0:
        return Side(0, float("nan"), None)
    effect = effect_of(changed[rows] - plain[rows]) if len(rows) > 2 else None
    return Side(len(rows), float(plain[rows].mean()), effect)


def grouped(field: Field, registry: Registry, claim: Claim, arms: tuple[Arm, Arm]) -> Grouped:
    """Return a claim by group."""
    held = [holders(field, registry, claim, arm) for arm in arms]
    plain, changed = (mean_of(field.values(arm.regime, arm.world), claim.measure) for arm in arms)
    pairs = same_group(held[0], held[1])
    return Grouped(
        claim,
        arms,
        (share_of(held[0]), share_of(held[1])),
        side_of(np.arange(len(plain)), plain, changed),
        side_of(pairs.within, plain, changed),
        side_of(pairs.without, plain, changed),
        len(pairs.apart),
    )


class Level(NamedTuple):
    """A pattern in both groups of the model as it is; not-a-number where a group is empty."""

    claim: Claim
    held: Share
    within: float
    without: float


def level_of(field: Field, registry: Registry, claim: Claim) -> Level:
    """Return the mean of a pattern among runs with a contract at the end, and without."""
    arm = Arm(registry.families[claim.family].plain, AS_IT_IS)
    held = holders(field, registry, claim, arm)
    numbers = mean_of(field.values(arm.regime, arm.world), claim.measure)
    means = [float(numbers[k].mean()) if k.any() else float("nan") for k in (held, ~held)]
    return Level(claim, share_of(held), means[0], means[1])
