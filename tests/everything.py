"""A run in which everything is on: for engines and machines that must give the same bits.

Every switch is on, a region has a chain of its own beside those that are declared, organisations
and a hub are there when the run starts, and thresholds are low, so that much happens.
"""

from __future__ import annotations

from dataclasses import replace

from starting import QUARTER, STATE
from support import LIVELY, small

from agents.parameters import DECLARED
from sim.parameters import parameter_values
from sim.place.region import NewChain
from sim.policy.load import load_regime
from sim.standing import Begin
from sim.start import make_tables
from sim.tables import Tables

ENDS = QUARTER + 24
"""Six years from 2020Q1 on."""
CHAIN = NewChain("heart failure", "cvrm", 0.013, 2020, 2024, 0.5, "made for a test")
SWITCHES = {name: True for name, declared in DECLARED.items() if declared.kind == "?"}


def everything() -> Tables:
    """Return the starting tables: three municipalities of UNICUM in 2020Q1."""
    place = replace(small(3), states=(STATE,), chains=(CHAIN,))
    easy = tuple(
        f"title.{title}.{key}"
        for title in ("regiomanagement", "wijkmanagement", "ondersteuning-ketenzorg")
        for key in ("mandate=0.1", "minimum=1", "contiguous=false")
    )
    regime = load_regime("plus-practices", settings=easy)
    titles, policy, names = regime.tables(ENDS, place.insurers)
    values = {**parameter_values(), **LIVELY, **SWITCHES}
    return make_tables(place, values, titles, policy, Begin(QUARTER, STATE, names))
