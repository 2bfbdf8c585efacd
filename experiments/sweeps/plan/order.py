"""In which order runs are computed: those that may share a past side by side, seed by seed.

Points of one family differ in nothing before some quarter but in what their runs do later: regimes
that part in 2018, levers with a date. Whether they do is judged for each batch, on the tables that
kernels read (``sim.engines.shared``); a family is where that is worth a try.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from agents.compiled.record import NONE, IntArray
from agents.compiled.swaps import OWN
from experiments.runs.scenario import Scenario
from experiments.runs.start import starts_of
from experiments.runs.values import Setting, Value
from experiments.sweeps.file.experiment import Experiment
from experiments.sweeps.file.factors import Factor
from experiments.sweeps.plan.arms import Arm, Point
from sim.engines.branches import WORTH
from sim.engines.shared import Said, agree, said
from sim.errors import BadInput
from sim.place.region import Region
from sim.policy.overrides import setting_key
from sim.policy.whose import SIGN
from sim.reading.dates import parse_date, tick_of


class Order(NamedTuple):
    """The order of the runs of a plan.

    Attributes:
        runs: numbers of the runs, in the order in which they are computed.
        family: of each point; runs of one family and seed stand side by side.
        largest: points of the largest family.
    """

    runs: IntArray
    family: IntArray
    largest: int


def order_of(
    experiment: Experiment,
    arms: Sequence[Arm],
    places: Sequence[Region],
    points: Sequence[Point],
    replicates: int,
) -> Order | None:
    """Return the order of a plan's runs; None where no two points may share a past.

    Then runs are computed as they are numbered, point by point.
    """
    if OWN is not None:  # rules of a user's own may look ahead as far as they like
        return None
    since = [_since(factor) for factor in experiment.factors]
    if len(arms) == 1 and all(tick < WORTH for tick in since):
        return None
    kin = _kin(experiment, arms, places)
    families: dict[tuple[Value, ...], list[int]] = {}
    for number, point in enumerate(points):
        pairs = zip(since, point.values, strict=True)
        early = tuple(value for tick, value in pairs if tick < WORTH)
        families.setdefault((kin[point.arm], *early), []).append(number)
    largest = max(len(family) for family in families.values())
    if largest == 1:
        return None
    of = np.zeros(len(points), np.int64)
    parts = []
    for number, family in enumerate(families.values()):
        of[family] = number
        first = np.array(_sorted(family, points, since), np.int64) * replicates
        parts.append((np.arange(replicates, dtype=np.int64)[:, None] + first).ravel())
    return Order(np.concatenate(parts), of, largest)


def _since(factor: Factor) -> int:
    """Return the first quarter in which values of a factor may differ, from 2006Q1 on."""
    if factor.alternatives is not None:
        settings: list[Setting] = [one for many in factor.alternatives.values() for one in many]
        return min((_first_tick(one.name) for one in settings), default=NONE)
    return min(_first_tick(key) for key in factor.keys)


def _first_tick(name: str) -> int:
    """Return the quarter from which a setting of that name may change a run: its date, or 0."""
    day = setting_key(name).split(SIGN)[-1]
    try:
        return max(0, tick_of(parse_date(day, name)))
    except BadInput:  # no date behind it
        return 0


def _kin(experiment: Experiment, arms: Sequence[Arm], places: Sequence[Region]) -> list[int]:
    """Return for each arm the first one whose past it may share, perhaps itself."""
    kin = list(range(len(arms)))
    for region in {arm.region for arm in arms}:
        scenarios: dict[int, Scenario] = {}
        for number, arm in enumerate(arms):
            if arm.region == region:
                scenarios[number] = arm.of(experiment)
                scenarios[number].__dict__["place"] = places[number]
        if len(scenarios) == 1:
            continue
        try:
            starts = starts_of(list(scenarios.values()))
        except BadInput:  # some arm can be run at some points only: what these say is told later
            continue
        leads: list[tuple[int, Said]] = []
        for number, own in zip(scenarios, said(starts), strict=True):
            near = next((lead for lead, other in leads if agree(other, own) >= WORTH), number)
            if near == number:
                leads.append((number, own))
            kin[number] = near
    return kin


def _sorted(family: list[int], points: Sequence[Point], since: Sequence[int]) -> list[int]:
    """Return the points of a family so that those that part last stand side by side."""
    ranks: list[dict[Value, int]] = [{} for _ in since]
    for number in family:
        for rank, value in zip(ranks, points[number].values, strict=True):
            rank.setdefault(value, len(rank))
    late = sorted((tick, k) for k, tick in enumerate(since) if tick >= WORTH)

    def place(number: int) -> tuple[int, ...]:
        values = points[number].values
        return (points[number].arm, *(ranks[k][values[k]] for _, k in late))

    return sorted(family, key=place)
