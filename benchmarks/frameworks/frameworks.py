"""Who takes part: frameworks that their own users install, none of which the project needs."""

from __future__ import annotations

import importlib
from collections.abc import Callable

from benchmarks.contenders import Contender, Prepared, Work


def _from(module: str) -> Callable[[Work], Prepared]:
    def prepare(work: Work) -> Prepared:
        # Imported here: its framework may not be installed.
        made: Prepared = importlib.import_module(f"benchmarks.frameworks.{module}").prepare(work)
        return made

    return prepare


OWN = "regiosim"
CONTENDERS = (
    Contender(OWN, "rows and a compiled rule with keyed draws, as the model itself is made",
              _from("own"), same=True),
    Contender("Mesa", "agents with a step, and `AgentSet.do`", _from("in_mesa"), same=False,
              needs=("mesa",)),
    Contender("AgentPy", "agents with a step, and an `AgentList`", _from("in_agentpy"), same=False,
              needs=("agentpy",)),
    Contender("laser-core", "a `LaserFrame`, and steps compiled by Numba", _from("in_laser"),
              same=False, needs=("laser.core",)),
    Contender("Starsim", "its own SIR on its own random network", _from("in_starsim"), same=False,
              needs=("starsim",)),
)  # fmt: skip
"""Each has draws of its own: none is the same as the first."""
