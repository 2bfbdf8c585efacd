"""The plan of a sweep: every run it will do, in batches, known before the first.

Runs are numbered: arm by arm (region, regime, packages), point by point, seed by seed, so that
every point gets the same seeds. Batches are stretches of that list, the same however many
workers there are; where runs may share a past, of the list in another order (``order``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from experiments.runs.scenario import Scenario
from experiments.runs.values import Setting, written
from experiments.sweeps.file.experiment import Experiment
from experiments.sweeps.plan.arms import Arm, Point
from experiments.sweeps.plan.order import Order
from experiments.sweeps.plan.seeds import Stages
from sim.place.region import Region
from sim.policy.regime import Regime

REGIMES_KEPT = 64


class Run(NamedTuple):
    """One run: its number (from 0), point (from 0), replicate (from 1) and seeds."""

    number: int
    point: int
    replicate: int
    seeds: tuple[int, int]


@dataclass(frozen=True)
class Plan:
    """All runs of an experiment.

    Attributes:
        experiment: what was asked.
        arms: regions x regimes x packages.
        places: the region of each arm.
        points: the different points of all arms.
        rows: which point each row of the design is: two rows may be the same runs.
        size: runs in a batch.
        id: hash of all that can move a result.
        regimes: of arms with settings of policy, those that were asked for last.
        order: in which runs are computed, where that is not their own order.
        stages: where points have seeds of their own number; ``order`` then holds all runs.
    """

    experiment: Experiment
    arms: tuple[Arm, ...]
    places: tuple[Region, ...]
    points: tuple[Point, ...]
    rows: tuple[int, ...]
    size: int
    id: str
    regimes: dict[tuple[int, tuple[str, ...]], Regime] = field(
        default_factory=dict, compare=False, repr=False
    )
    order: Order | None = field(default=None, compare=False)
    stages: Stages | None = field(default=None, compare=False)

    @property
    def replicates(self) -> int:
        """Runs of each point; where points have seeds of their own number, the most of one."""
        if self.stages is not None:
            return int(self.stages.counts.max())
        return int(self.experiment.runs["replicates"])

    @property
    def stride(self) -> int:
        """By how much the numbers of a point's runs lie above those of the point before it."""
        return self.replicates if self.stages is None else self.stages.most

    @property
    def runs(self) -> int:
        """Runs in all, as far as it is known by now."""
        return self.ends[-1]

    @property
    def ends(self) -> tuple[int, ...]:
        """Runs at the end of each stage; the last is all of them."""
        if self.stages is not None:
            return self.stages.ends
        return (len(self.points) * self.replicates,)

    @property
    def batches(self) -> int:
        """Batches in all."""
        return sum(-(-(end - first) // self.size) for first, end in self._stretches())

    def _stretches(self) -> Iterator[tuple[int, int]]:
        return zip((0, *self.ends), self.ends, strict=False)

    def stretch(self, number: int) -> range:
        """Return which runs batch ``number`` holds, in the order in which they are computed."""
        for first, end in self._stretches():
            batches = -(-(end - first) // self.size)
            if number < batches:
                first += number * self.size
                return range(first, min(first + self.size, end))
            number -= batches
        return range(0)

    def settings(self, point: int) -> tuple[Setting, ...]:
        """Return what the factors set at a point."""
        values = self.points[point].values
        pairs = zip(self.experiment.factors, values, strict=True)
        return tuple(one for factor, value in pairs for one in factor.settings(value))

    def scenario(self, point: int) -> Scenario:
        """Return the scenario of a point (numbered from 0), with all its replicates."""
        arm = self.points[point].arm
        settings = self.settings(point)
        found = self.arms[arm].of(self.experiment, settings)
        found.__dict__["place"] = self.places[arm]  # loaded once, not for every point
        # So is a regime that points set nothing of, or the same.
        key = arm, tuple(one.text for one in settings if one.of_policy)
        if key not in self.regimes:
            for old in list(self.regimes)[: 1 - REGIMES_KEPT]:
                self.regimes.pop(old, None)
            self.regimes[key] = found.policy
        found.__dict__["policy"] = self.regimes[key]
        return found

    def bare(self, arm: int) -> Scenario:
        """Return the scenario of an arm, before the factors set anything."""
        found = self.arms[arm].of(self.experiment)
        found.__dict__["place"] = self.places[arm]
        return found

    def named(self, point: int) -> str:
        """Return a point in words, for messages."""
        arm = self.arms[self.points[point].arm]
        pairs = zip(self.experiment.factors, self.points[point].values, strict=True)
        words = [f"{factor.name}={written(value)}" for factor, value in pairs]
        own = [word for word in arm.words().values() if word]
        return f"point {point + 1} ({', '.join([*own, *words])})"

    def batch(self, number: int) -> Iterator[Run]:
        """Give the runs of batch ``number``."""
        for place in self.stretch(number):
            yield self.run(place if self.order is None else int(self.order.runs[place]))

    def run(self, number: int) -> Run:
        """Return the run of that number, from 0."""
        fixed = self.experiment.runs["population_seed"]
        point, replicate = divmod(number, self.stride)
        own = int(self.experiment.runs["seed"]) + replicate
        pair = own, own if fixed is None else int(fixed)
        return Run(number, point, replicate + 1, pair)


@dataclass(frozen=True, eq=False)
class Rest(Plan):
    """The runs of a plan that are left to be computed: its batches hold no others.

    Attributes:
        there: whether each run of the plan is there already, by its number.
    """

    there: NDArray[np.bool_] = field(kw_only=True)

    @classmethod
    def of(cls, plan: Plan, there: NDArray[np.bool_]) -> Rest:
        """Return what is left of ``plan``."""
        return cls(**{one.name: getattr(plan, one.name) for one in fields(plan)}, there=there)

    def batch(self, number: int) -> Iterator[Run]:
        """Give the runs of batch ``number`` that are not there."""
        return (run for run in super().batch(number) if not self.there[run.number])
