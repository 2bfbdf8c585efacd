"""What must hold before the first run of a sweep: every arm, factor, point and combination.

What is wrong is said as one message that names the experiment file and the place in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from experiments.runs.arguments import BadArgument
from experiments.runs.identity import hash_of, rounded
from experiments.runs.idle import check_settings, effect_of
from experiments.runs.values import Value, written
from experiments.sweeps.file.design import MOST_POINTS, count_of
from experiments.sweeps.file.experiment import MOST_RUNS, Experiment
from experiments.sweeps.file.factors import Factor
from experiments.sweeps.plan.arms import Arm
from experiments.sweeps.plan.plan import Plan
from sim.errors import BadInput
from sim.place.chains import check_chains
from sim.place.content import content as region_content
from sim.place.region import Region
from sim.policy.load import Regime, load_regime
from sim.policy.units import unit_in
from sim.reading.texts import keeping

Progress = Callable[[int, int], None]

_KEYS = {
    "begin": "runs.start", "start": "runs.from", "end": "runs.to", "switch": "runs.switch",
    "record": "record.when", "replicates": "runs.replicates", "seed": "runs.seed",
    "population_seed": "runs.population_seed", "packages": "runs.packages",
}  # fmt: skip
"""Where an argument of a scenario is in an experiment file."""


@contextmanager
def in_file(path: Path, place: str) -> Iterator[None]:
    """Make a message about a scenario one about a place in the file."""
    where = f"{path}: {place}" if place else f"{path}"
    try:
        yield
    except BadArgument as error:
        raise error.in_file(
            where, {name: f"{path}: {key}" for name, key in _KEYS.items()}
        ) from None
    except BadInput as error:
        raise BadInput(where, str(error)) from None


def check_count(experiment: Experiment, arms: int) -> None:
    """Refuse more points or runs than one sweep can keep in mind."""
    points = count_of(experiment.design, experiment.factors)
    replicates = int(experiment.runs["replicates"])
    for what, count, most in (
        ("points", points * arms, MOST_POINTS),
        ("runs", points * arms * replicates, MOST_RUNS),
    ):
        if count > most:
            raise BadInput(
                f"{experiment.path}: design",
                f"gives {count:,} {what} (arms: {arms:,}, points of each: {points:,}, "
                f"replicates of each: {replicates:,})",
                allowed=f"at most {most:,} {what} in a sweep",
            )


def check_arms(experiment: Experiment, arms: tuple[Arm, ...], places: tuple[Region, ...]) -> None:
    """Check every arm without the factors: names and files first, then dates, then constants."""
    path = experiment.path
    _check_names(path, arms)
    for arm, place in zip(arms, places, strict=True):
        with in_file(path, "runs.packages"), keeping(experiment.texts):
            load_regime(arm.regime, packages=[Path(name) for name in arm.packages])
        with in_file(path, "runs"):
            bare = arm.of(replace(experiment, constants=()))
            bare.__dict__["place"] = place
            bare.check()
        with in_file(path, "constants"):
            constant = arm.of(experiment)
            constant.__dict__["place"] = place
            constant.check()


def _check_names(path: Path, arms: tuple[Arm, ...]) -> None:
    """Refuse arms that no table could tell apart."""
    called = [arm.words() for arm in arms]
    for place, words in enumerate(called):
        if words in called[:place]:
            raise BadInput(
                f"{path}: runs.packages", f"another entry is called {words['package']!r} too",
                allowed="files whose names differ: tables tell arms by them",
            )  # fmt: skip


def check_factor(
    experiment: Experiment, factor: Factor, arms: tuple[Arm, ...], places: tuple[Region, ...]
) -> None:
    """Check the values, or the ends of the range, by themselves in every arm.

    Two values that come down to the same settings in force would be the same runs twice.
    """
    many = len(arms) if factor.of_policy else 1  # parameters are the same in all
    for arm, region in zip(arms[:many], places, strict=False):
        seen: dict[Any, Value] = {}
        for number, value in enumerate(factor.extremes()):
            where = factor.where_of(number)
            path, _, place = where.rpartition(": ")
            with in_file(Path(path), place):
                scenario = arm.of(experiment, factor.settings(value))
                values = tuple(scenario.values.values())
                policy: frozenset[tuple[str, bytes]] = frozenset()
                if factor.of_policy:
                    scenario.__dict__["place"] = region
                    policy = frozenset(effect_of(scenario, scenario.policy).items())
                    _check_unit(factor, scenario.policy)
                    if not seen or factor.alternatives:  # whatever the value, it does nothing
                        check_settings(scenario, factor.settings(value))
            first = seen.setdefault((policy, values), value)
            if first is not value:
                raise BadInput(
                    where, f"{written(first)} and {written(value)} come down to the same",
                    allowed="values that differ in what they set",
                )  # fmt: skip


def _check_unit(factor: Factor, policy: Regime) -> None:
    """Refuse the unit of a factor where the title that it sets pays in another one."""
    for title in policy.titles:
        for key in ("lump", "rate"):
            unit = unit_in(title, key)
            if f"title.{title.name}.{key}" not in [one.partition("@")[0] for one in factor.keys]:
                continue
            if factor.unit and unit is not None and factor.unit != unit:
                raise BadInput(
                    f"unit {factor.unit!r}", f"is not that of title.{title.name}.{key}",
                    allowed=repr(unit),
                )  # fmt: skip


def check_spread(experiment: Experiment, values: list[tuple[Value, ...]]) -> None:
    """Refuse a sample in which a factor has one value only."""
    for place, factor in enumerate(experiment.factors):
        if factor.sampled and experiment.design.kind != "points":
            if len({row[place] for row in values}) < 2:
                raise BadInput(
                    factor.where, f"has one value only in the sample, {values[0][place]}",
                    allowed="a wider distribution, or more points",
                )  # fmt: skip


def check_points(plan: Plan, progress: Progress | None) -> None:
    """Check what is set together, and that no two points come down to the same runs.

    Parameters are set apart from each other, so that only titles and policy can do either.
    """
    if not _may_meet(plan):
        return
    regions = [hash_of(rounded(one)) for one in _held(plan)]
    policies: dict[tuple[int, tuple[str, ...]], str] = {}
    seen: dict[tuple[str, ...], int] = {}
    for number, point in enumerate(plan.points):
        settings = plan.settings(number)
        own = point.arm, tuple(setting.text for setting in settings if setting.of_policy)
        if own not in policies:
            with in_file(plan.experiment.path, plan.named(number)):
                policies[own] = hash_of(plan.scenario(number).policy.content())
        others = (setting.text for setting in settings if not setting.of_policy)
        first = seen.setdefault((regions[point.arm], policies[own], *others), number)
        if first != number:
            raise BadInput(
                f"{plan.experiment.path}: {plan.named(number)}",
                f"comes down to the same runs as {plan.named(first)}",
                allowed="points that differ in what they set",
            )
        if progress and number % 100 == 0:
            progress(number, len(plan.points))


def check_own_chains(plan: Plan) -> None:
    """Check at every point that chains of regions can be beside the parameters that are set."""
    for number, point in enumerate(plan.points):
        place = plan.places[point.arm]
        if place.chains:
            with in_file(plan.experiment.path, plan.named(number)):
                check_chains(place, plan.scenario(number).values)


def _held(plan: Plan) -> list[list[Any]]:
    """Return what each arm's region holds, with its state where runs start later than in 2006."""
    bare = [plan.bare(arm) for arm in range(len(plan.arms))]
    return [[region_content(one.place), one.later] for one in bare]


def _may_meet(plan: Plan) -> bool:
    """Return whether points can be at odds, or the same, in what they set of titles and policy."""
    if sum(factor.of_policy for factor in plan.experiment.factors) > 1:
        return True
    bare = [(held, arm.regime) for held, arm in zip(_held(plan), plan.arms, strict=True)]
    return any(one in bare[:k] for k, one in enumerate(bare))
