"""Regions of a wanted number of practices, made of UNICUM, and what it takes to start a run."""

from __future__ import annotations

from functools import cache

from sim.engines.compiled import Recording
from sim.parameters import parameter_values
from sim.place.load import load_region
from sim.place.region import Region
from sim.place.tile import take, tile
from sim.policy.load import load_regime
from sim.start import make_tables
from sim.tables import Tables

REGIME = "historic-nl"


def region_of(practices: int) -> Region:
    """Return UNICUM cut or repeated to about this many practices."""
    whole = load_region("unicum")
    people = [m.population for m in whole.municipalities]
    wanted = practices * sum(people) / 119.0
    if wanted >= sum(people):
        return tile(whole, round(wanted / sum(people)))
    best = min(range(len(people)), key=lambda n: abs(sum(people[: n + 1]) - wanted))
    return take(whole, best + 1)


@cache
def start_of(practices: int, quarters: int) -> Tables:
    """Return starting tables of a region of about this many practices, over these quarters."""
    titles, policy, _ = load_regime(REGIME).tables(quarters)
    return make_tables(region_of(practices), parameter_values(), titles, policy)


def all_quarters(quarters: int) -> Recording:
    """Return a recording of every quarter from the first, scope ``all``."""
    return Recording(0, quarters - 1, False)
