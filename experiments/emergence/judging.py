"""What is said of a claim: whether it holds, and where it differs from null models and rivals."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from agents.compiled.record import FloatArray
from experiments.emergence.field import Field
from experiments.emergence.registry import AS_IT_IS, Claim, Registry, World
from experiments.mechanisms import Effect, effect_of, mean_of, stands
from results.statistics.shares import Share, share_of

MONEY = "oi_per_insured"


class Reading(NamedTuple):
    """A claim in one world: its own effect there, and how far that lies from the model as it is.

    ``apart`` is the world less the model as it is; ``money`` that of O&I, in EUR per insured a
    year.
    """

    world: World
    there: Effect
    apart: Effect
    money: float


class Judged(NamedTuple):
    """A claim with everything measured of it at the default values."""

    claim: Claim
    times: float
    here: Effect
    beyond: Share
    readings: tuple[Reading, ...]

    def effects(self) -> Iterable[Effect]:
        """Return all differences that are tested."""
        if self.claim.sign:
            yield self.here
        for reading in self.readings:
            yield reading.apart
            if self.claim.sign:
                yield reading.there

    def of_role(self, role: str) -> list[Reading]:
        """Return the readings of worlds of one role."""
        return [reading for reading in self.readings if reading.world.role == role]


def per_seed(field: Field, registry: Registry, claim: Claim, world: World) -> FloatArray:
    """Return the claim's number for each seed: a level, or changed less plain."""
    arms = registry.families[claim.family].arms
    levels = [mean_of(field.values(arm, world), claim.measure) for arm in arms]
    return levels[0] if len(levels) == 1 else levels[1] - levels[0]


def beyond(claim: Claim, numbers: FloatArray, times: float) -> np.ndarray:
    """Return which numbers are beyond the claim's threshold, or in its range."""
    if claim.sign:
        return np.asarray(claim.sign * numbers >= claim.threshold)
    least, most = claim.span(times)
    return np.asarray((numbers >= least) & (numbers <= most))


def judge(field: Field, registry: Registry, claim: Claim, roles: tuple[str, ...]) -> Judged:
    """Measure a claim in the model as it is and in every world of these roles."""
    family = registry.families[claim.family]
    here = per_seed(field, registry, claim, AS_IT_IS)
    euros = claim.measure._replace(outcome=MONEY, factor=1.0)
    readings = []
    for world in registry.tried(claim.family):
        if world.role in roles:
            there = per_seed(field, registry, claim, world)
            money = [
                float(mean_of(field.values(family.arms[-1], one), euros).mean())
                for one in (world, AS_IT_IS)
            ]
            readings.append(
                Reading(world, effect_of(there), effect_of(there - here), money[0] - money[1])
            )
    share = share_of(beyond(claim, here, field.place.times))
    return Judged(claim, field.place.times, effect_of(here), share, tuple(readings))


class Bench(NamedTuple):
    """All claims of a region, and which of their differences stand together."""

    judged: tuple[Judged, ...]
    firm: frozenset[Effect]

    def stands(self, effect: Effect) -> bool:
        """Return whether a difference is among those that stand, and its interval leaves out 0."""
        return effect in self.firm and effect.clear

    def holds(self, one: Judged, effect: Effect | None = None) -> bool:
        """Return whether a claim holds as it is, or with the effect that it has elsewhere."""
        found = one.here if effect is None else effect
        enough = bool(beyond(one.claim, np.array([found.mean]), one.times)[0])
        return enough and (not one.claim.sign or self.stands(found))

    def differs(self, reading: Reading) -> bool:
        """Return whether a claim differs between the model as it is and a world."""
        return self.stands(reading.apart)

    def against(self, one: Judged, reading: Reading) -> bool:
        """Return whether a claim differs in a world, and is less what it claims there.

        A null model that gives more of it than the model as it is does not make it emergent. Of a
        range with two ends any difference counts.
        """
        claim, moved = one.claim, reading.apart.mean
        if claim.sign:
            less = claim.sign * moved < 0.0
        else:
            less = not (math.isinf(claim.most) and moved > 0.0)
            less = less and not (math.isinf(claim.least) and moved < 0.0)
        return less and self.differs(reading)

    def made_of(self, one: Judged) -> list[str]:
        """Return the causes that a claim comes out of: those without which there is less of it."""
        return [r.world.cause for r in one.of_role("null") if self.against(one, r)]

    def verdict(self, one: Judged) -> str:
        """Return ``does not hold``, ``emergent``, of what in part, or what null models give."""
        if not self.holds(one):
            return "does not hold"
        nulls, made = one.of_role("null"), self.made_of(one)
        if len(made) == len(nulls):
            return "emergent"
        if made:
            return f"in part: of {', '.join(made)}"
        more = any(self.differs(r) for r in nulls)
        return f"the null gives the same{', or more' if more else ''}"


def bench_of(
    field: Field, registry: Registry, patterns: tuple[str, ...], contrasts: tuple[str, ...]
) -> Bench:
    """Judge all claims: patterns in worlds of some roles, contrasts in worlds of others."""
    judged = tuple(
        judge(field, registry, claim, contrasts if claim.sign else patterns)
        for claim in registry.claims
    )
    return Bench(judged, frozenset(stands(e for one in judged for e in one.effects())))
