"""Turn a knob in a region, and see whether any outcome moves."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from experiments.runs.quarters import FIRST
from experiments.runs.scenario import Scenario
from experiments.runs.start import start_tables
from sim.engines.compiled import Recording, RunFailed
from sim.engines.threads import run_many
from sim.errors import BadInput
from tests.inert.knobs import Knob, parameter_knobs, policy_knobs, title_knobs

SHIPPED = ("unicum", "eemland", "oostelijk-zuid-limburg")
COUNTRIES = ("synthetic:20:1", "synthetic:40:2")
REGIMES = (
    "historic-nl",
    "design:component/practice/act",
    "design:bundled/organisation/two-part/conditions",
    "plus-practices",
    "innovation-sites",
    "design:bundled/practice/patient",
    "design:component/practice/effort",
    "per-insurer",
)
"""Regimes in the order in which a knob is tried: most show in the first."""


OPEN = tuple(
    f"title.{title}.open_costs=true"
    for title in ("regiomanagement", "wijkmanagement", "ondersteuning-ketenzorg")
)
BESIDE: dict[str, tuple[str, ...]] = {
    # What only other formulas of the criteria read.
    "criterion.one_off": ("criterion.alternative=true",),
    "criterion.new": ("criterion.alternative=true",),
    # What stands for the growth of chains where the path of inclusion is off.
    "population.chain_growth": ("demand.inclusion=false",),
    # What acts where policy or titles ask for something that no regime asks.
    "governance.forced": ("policy.multidisciplinary@2018Q1=1",),
    "hub.discipline_forced": ("policy.multidisciplinary@2018Q1=1",),
    "transaction.openness": OPEN,
    "contract.peers": OPEN,
    # Where money for few sites goes to organisations.
    "innovation.site": ("title.regiomanagement.sites=1",),
    # Where hours of the ROS are scarce.
    "table.chair_hours": ("ros.hours=240",),
    # Where few holders are enough to compare; with more there are too few in a small country.
    "contract.open_peers": ("contract.peers=1",),
}
"""Settings on both sides without which a knob cannot act, and why."""

BEGIN = {"start.state": {"unicum": "2019Q1", "eemland": "2019Q1", SHIPPED[2]: "2021Q1"}}
"""In which quarter the runs of a knob start, by region; else they start in 2006."""

SEEDS = (2, 3, 4, 5, 6, 7, 8)
"""Further seeds for what moves nothing anywhere with the first: rare, and not inert."""


class Verdict(NamedTuple):
    """In which regime, with which seed, a knob moves an outcome in a region, or an empty text."""

    knob: Knob
    region: str
    regime: str
    seed: int = 1


def knobs() -> list[Knob]:
    """Return everything that can be turned; keys of titles as they stand in the first regime."""
    return [*parameter_knobs(), *policy_knobs(REGIMES[0]), *title_knobs(REGIMES[0])]


@lru_cache(maxsize=512)
def _series(
    region: str, regime: str, settings: tuple[str, ...], seed: int, begin: str
) -> bytes | None:
    """Return the outcomes of every year as bytes, or None where it cannot be run."""
    scenario = Scenario(
        region, regime, settings=settings, start=begin, begin=begin, end="2030Q4", seed=seed
    )
    try:
        start = start_tables(scenario)
    except BadInput:
        return None
    recording = Recording(scenario.opens, scenario.last, False, True)
    (series,) = run_many(start, [(seed, seed)], recording)
    return None if isinstance(series, RunFailed) else series.tobytes()


def moves(knob: Knob, region: str, regime: str, seed: int = 1) -> bool:
    """Return whether some setting of a knob moves some outcome to the bit, with one seed."""
    beside = BESIDE.get(knob.name, ())
    begin = BEGIN.get(knob.name, {}).get(region, FIRST)
    plain = _series(region, regime, beside, seed, begin)
    for settings in knob.settings:
        turned = _series(region, regime, (*beside, *settings), seed, begin)
        if turned is not None and turned != plain:
            return True
    return False


def judge(knob: Knob, region: str, regimes: Iterable[str] = REGIMES, seed: int = 1) -> Verdict:
    """Return where a knob moves something in a region: the first regime in which it does."""
    for regime in regimes:
        turned = knob
        if regime != REGIMES[0] and knob.kind.startswith("title"):
            same = (one for one in title_knobs(regime) if one.name == knob.name)
            turned = next(same, knob)
        if moves(turned, region, regime, seed):
            return Verdict(knob, region, regime, seed)
    return Verdict(knob, region, "", seed)


def judge_further(knob: Knob, regions: Iterable[str]) -> Verdict | None:
    """Return where a knob that showed nothing moves something with another seed, if anywhere."""
    for seed in SEEDS:
        for region in regions:
            verdict = judge(knob, region, seed=seed)
            if verdict.regime:
                return verdict
    return None
