"""What a visitor can choose: region, regime, seed, and some parameters in their plausible range."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace
from typing import NamedTuple

import agents.care  # noqa: F401  (declares more parameters)
from agents.parameters import DECLARED, Declared
from experiments.runs.scenario import Scenario
from sim.place.load import region_names
from sim.policy.load import regime_names

STEPS = 20
"""Steps of a lever from the least to the most that is plausible."""


class Lever(NamedTuple):
    """A parameter with a slider, and the words above it."""

    parameter: str
    label: str

    @property
    def declared(self) -> Declared:
        """Value, plausible range, unit and source of the parameter."""
        return DECLARED[self.parameter]

    @property
    def step(self) -> float:
        """How far one step of the slider goes."""
        return (self.declared.most - self.declared.least) / STEPS


LEVERS = (
    Lever("choice.autonomy", "How much practices mind losing autonomy"),
    Lever("choice.conformity", "How much they follow their neighbours"),
    Lever("trust.start", "Trust before any contact, more or less"),
    Lever("supply.economies", "Economies of scale in support"),
    Lever("organisation.found", "Readiness to found an organisation"),
    Lever("money.scale", "Money: every tariff times"),
)


@dataclass(frozen=True)
class Choices:
    """One run as a visitor chose it.

    Attributes:
        region: as in a ``Scenario``, and so are ``regime`` and ``seed``.
        levers: values by parameter, of those that were moved only.
    """

    region: str = "unicum"
    regime: str = "historic-nl"
    seed: int = 1
    levers: tuple[tuple[str, float], ...] = ()

    def value(self, lever: Lever) -> float:
        """Return where a lever stands."""
        return dict(self.levers).get(lever.parameter, float(lever.declared.value))

    def moved(self, lever: Lever, value: float) -> Choices:
        """Return the same choices with one lever elsewhere, within what is plausible."""
        declared, rest = lever.declared, dict(self.levers)
        rest.pop(lever.parameter, None)
        # A slider counts in steps from its least: what it calls 1.4999999999999998 is 1.5.
        held = float(f"{min(max(value, declared.least), declared.most):.9g}")
        if abs(held - float(declared.value)) > 1e-6 * lever.step:
            rest[lever.parameter] = held
        return replace(self, levers=tuple(sorted(rest.items())))

    def scenario(self) -> Scenario:
        """Return the scenario to run."""
        return Scenario(self.region, self.regime, settings=dict(self.levers), seed=self.seed)

    def command(self) -> str:
        """Return the command that makes the same run."""
        sets = "".join(f" --set {name}={value:.9g}" for name, value in self.levers)
        region = shlex.quote(self.region)
        return f"regiosim run --region {region} --regime {self.regime} --seed {self.seed}{sets}"


def regions(chosen: str) -> list[str]:
    """Return the regions to choose from: those that come along, and ``chosen``."""
    known = list(region_names())
    return known if chosen in known else [*known, chosen]


def regimes() -> list[str]:
    """Return the regimes to choose from."""
    return regime_names()
