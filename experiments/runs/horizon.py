"""What a run needs to be the first part of longer ones, and to leave the states they go on from."""

from __future__ import annotations

from typing import Protocol

from agents.compiled.swaps import OWN
from experiments.runs.arguments import Argument, BadArgument

HORIZON = "2030Q4"
"""The horizon where states are kept and nobody names another: where runs end by default."""


class Asked(Protocol):
    """What is looked at of a scenario."""

    @property
    def end(self) -> str:
        """The last quarter, in words."""

    @property
    def last(self) -> int:
        """Its tick."""

    @property
    def horizon(self) -> str:
        """The last quarter of the longer runs, in words."""

    @property
    def outlook(self) -> int:
        """Its tick."""

    @property
    def engine(self) -> str:
        """The engine."""


def check_horizon(scenario: Asked) -> None:
    """Refuse states from which no run could go on.

    Raises:
        BadArgument: the run ends with its horizon, another engine than the compiled one runs it,
            or rules of a user's own, of which nobody knows how far they look ahead.
    """
    if scenario.outlook <= scenario.last:
        raise BadArgument(
            Argument("horizon", scenario.horizon, said=scenario.horizon),
            f"leaves nothing to go on with: the run ends in {scenario.end}",
            allowed="a quarter after {end}",
        )
    if scenario.engine != "compiled":
        raise BadArgument(
            Argument("engine", scenario.engine), "keeps no state of a run", allowed="compiled"
        )
    if OWN is not None:
        raise BadArgument(
            Argument("horizon", scenario.horizon, said=""),
            f"cannot stand beside the rules of {OWN.path.name}: how far they look ahead is not "
            "known, so no run can go on from what they leave",
            allowed="one of the two",
        )
