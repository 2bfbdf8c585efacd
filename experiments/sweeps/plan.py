"""The plan of a sweep: every run it will do, in batches, known and checked before the first.

Runs are numbered: arm by arm (region, regime, packages), point by point, seed by seed, so that
every point gets the same seeds. Batches are stretches of that list, the same however many
workers there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from experiments.identity import hash_of, rounded, rules_hash
from experiments.scenario import Scenario
from experiments.sweeps.checks import (
    Progress,
    check_arms,
    check_count,
    check_factor,
    check_points,
    check_spread,
    in_file,
)
from experiments.sweeps.design import rows_of
from experiments.sweeps.experiment import Experiment
from experiments.sweeps.factors import Value, written
from experiments.version import VERSION
from results.schema import SCHEMA_VERSION
from sim.place.content import content as region_content
from sim.place.load import load_region
from sim.place.region import Region

PRACTICES_IN_BATCH = 8_000
MOST_IN_BATCH = 64
"""A batch holds so many runs that it takes a second or two, whatever the region's size."""
INSURED_PER_PRACTICE = 2_300


class Arm(NamedTuple):
    """A region under a regime with packages: the part of a design that is words."""

    region: str
    regime: str
    packages: tuple[str, ...]

    def words(self) -> dict[str, str]:
        """Return it as columns of a table."""
        files = ", ".join(Path(name).name for name in self.packages)
        return {"region": self.region, "regime": self.regime, "package": files}


class Point(NamedTuple):
    """An arm with a value for every factor."""

    arm: int
    values: tuple[Value, ...]


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
    """

    experiment: Experiment
    arms: tuple[Arm, ...]
    places: tuple[Region, ...]
    points: tuple[Point, ...]
    rows: tuple[int, ...]
    size: int
    id: str

    @property
    def replicates(self) -> int:
        """Runs of each point."""
        return int(self.experiment.runs["replicates"])

    @property
    def runs(self) -> int:
        """Runs in all."""
        return len(self.points) * self.replicates

    @property
    def batches(self) -> int:
        """Batches in all."""
        return -(-self.runs // self.size)

    def settings(self, point: int) -> tuple[str, ...]:
        """Return what the factors set at a point."""
        values = self.points[point].values
        pairs = zip(self.experiment.factors, values, strict=True)
        return tuple(text for factor, value in pairs for text in factor.settings(value))

    def scenario(self, point: int) -> Scenario:
        """Return the scenario of a point (numbered from 0), with all its replicates."""
        arm = self.points[point].arm
        found = self.experiment.scenario(*self.arms[arm], self.settings(point))
        found.__dict__["place"] = self.places[arm]  # loaded once, not for every point
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
        seed = int(self.experiment.runs["seed"])
        fixed = self.experiment.runs["population_seed"]
        first = number * self.size
        for run in range(first, min(first + self.size, self.runs)):
            point, replicate = divmod(run, self.replicates)
            own = seed + replicate
            pair = own, own if fixed is None else int(fixed)
            yield Run(run, point, replicate + 1, pair)


def make_plan(experiment: Experiment, progress: Progress | None = None) -> Plan:
    """Return the plan of an experiment, after checking every point of it.

    Raises:
        BadInput: a region, regime, package, setting or combination cannot be run.
    """
    arms = tuple(
        Arm(region, regime, packages)
        for region in experiment.regions
        for regime in experiment.regimes
        for packages in experiment.packages
    )
    check_count(experiment, len(arms))
    places = _places(arms, experiment.path)
    check_arms(experiment, arms, places)
    for factor in experiment.factors:
        check_factor(experiment, factor, arms)
    values = rows_of(experiment.design, experiment.factors)
    check_spread(experiment, values)
    rows, points = _distinct(len(arms), values)
    plan = Plan(
        experiment, arms, places, points, rows, _size(places), _id(experiment, arms, places, values)
    )
    check_points(plan, progress)
    return plan


def _places(arms: tuple[Arm, ...], path: Path) -> tuple[Region, ...]:
    known: dict[str, Region] = {}
    for arm in arms:
        if arm.region not in known:
            with in_file(path, "runs.regions"):
                known[arm.region] = load_region(arm.region)
    return tuple(known[arm.region] for arm in arms)


def _distinct(
    arms: int, values: list[tuple[Value, ...]]
) -> tuple[tuple[int, ...], tuple[Point, ...]]:
    known: dict[Point, int] = {}
    rows = []
    for arm in range(arms):
        for row in values:
            rows.append(known.setdefault(Point(arm, row), len(known)))
    return tuple(rows), tuple(known)


def _size(places: tuple[Region, ...]) -> int:
    people = max(sum(m.population for m in place.municipalities) for place in places)
    practices = max(1.0, people / INSURED_PER_PRACTICE)
    return max(1, min(MOST_IN_BATCH, int(PRACTICES_IN_BATCH / practices)))


def _id(
    experiment: Experiment,
    arms: tuple[Arm, ...],
    places: tuple[Region, ...],
    values: list[tuple[Value, ...]],
) -> str:
    """Return a hash of all that can move a result, and of which runs there are."""
    contents: list[list[Any]] = []
    for arm, place in zip(arms, places, strict=True):
        scenario = experiment.scenario(*arm)
        policy, start = scenario.policy.content(), dict(scenario.values)
        contents.append([rounded(region_content(place)), policy, start])
    settings = [
        [text for f, v in zip(experiment.factors, row, strict=True) for text in f.settings(v)]
        for row in values
    ]
    return hash_of(
        {
            "arms": contents,
            "points": settings,
            "factors": [factor.name for factor in experiment.factors],
            "runs": experiment.runs,
            "record": [experiment.record, experiment.scopes, list(experiment.outcomes)],
            "rules": rules_hash(),
            "schema": SCHEMA_VERSION,
            "version": VERSION,
        }
    )
