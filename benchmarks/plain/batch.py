"""The plain Mesa model as ``mesa.batch_run`` wants it: built by its arguments, with a collector."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mesa

from benchmarks.places import start_of
from benchmarks.plain.model import PlainModel
from sim.measure.outcomes import NAMES


def _cell(place: int) -> Callable[[Any], float]:
    return lambda model: model.measured[place]


REPORTERS = {name: _cell(place) for place, name in enumerate(NAMES)}
"""One for each outcome; all are measured at once, each reporter reads its own."""


class CollectingModel(PlainModel):
    """A ``PlainModel`` that collects every outcome of every quarter.

    Args:
        practices: about how many.
        quarters: of policy that its starting tables hold.
        seed: of everything.
    """

    def __init__(self, practices: int, quarters: int, seed: int) -> None:
        super().__init__(start_of(practices, quarters), seed)
        self.measured = self.out
        self.datacollector = mesa.DataCollector(model_reporters=REPORTERS)

    def step(self) -> None:
        """Run one quarter and collect what it left."""
        super().step()
        self.measured = self.measure()
        self.datacollector.collect(self)


def run_batch(practices: int, quarters: int, runs: int) -> list[dict[str, Any]]:
    """Run seeds 1 to ``runs`` by ``mesa.batch_run`` on two processes; return its rows.

    It starts its processes anew at every call, and each imports what the model needs.
    """
    seeds = list(range(1, runs + 1))
    return list(
        mesa.batch_run(
            CollectingModel,
            {"practices": practices, "quarters": quarters, "seed": seeds},
            number_processes=2,
            data_collection_period=1,
            max_steps=quarters - 1,  # it runs one step more
            display_progress=False,
        )
    )
