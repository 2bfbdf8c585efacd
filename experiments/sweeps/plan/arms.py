"""The points of a sweep: regions under regimes with packages, and a value for every factor."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from experiments.runs.scenario import Scenario
from experiments.runs.values import Setting, Value
from experiments.sweeps.file.experiment import Experiment


class Arm(NamedTuple):
    """A region under a regime with packages: the part of a design that is words.

    ``called`` is the name of the regime, which one of its own says in its file.
    """

    region: str
    regime: str
    packages: tuple[str, ...]
    called: str

    def words(self) -> dict[str, str]:
        """Return it as columns of a table."""
        files = ", ".join(Path(name).name for name in self.packages)
        return {"region": self.region, "regime": self.called, "package": files}

    def of(self, experiment: Experiment, settings: tuple[Setting, ...] = ()) -> Scenario:
        """Return its scenario, with the constants of an experiment and ``settings`` set."""
        return experiment.scenario(self.region, self.regime, self.packages, settings)


class Point(NamedTuple):
    """An arm with a value for every factor."""

    arm: int
    values: tuple[Value, ...]
