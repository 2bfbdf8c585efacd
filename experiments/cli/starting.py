"""What is said of runs that start later than in 2006Q1, before they run."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from experiments.cli.console import say_error

if TYPE_CHECKING:
    from experiments.runs.scenario import Scenario


def say_starts(scenarios: Iterable[Scenario], quiet: bool) -> None:
    """Say in one line a region what is there in the quarter of the start, and what is assumed."""
    if quiet:
        return
    from experiments.runs.manifest import starting

    later = [starting(scenario)["starting"] for scenario in scenarios if scenario.opens]
    for text in dict.fromkeys(str(one["assumed"]) for one in later):
        say_error(f"note: {text}")
