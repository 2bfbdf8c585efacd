"""Where a run starts: the tables of a scenario."""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray

from experiments.runs.memo import ByObject
from experiments.runs.scenario import Scenario
from sim.policy.regime import Regime
from sim.start import make_tables
from sim.tables import Tables


def start_tables(scenario: Scenario) -> Tables:
    """Return the tables of a scenario before its population is drawn."""
    titles, policy = _policy(scenario.policy, scenario.last + 1, tuple(scenario.place.insurers))
    return make_tables(scenario.place, scenario.values, titles, policy, scenario.begins)


def _policy_of(
    regime: Regime, ticks: int, insurers: tuple[str, ...]
) -> tuple[NDArray[Any], NDArray[Any]]:
    titles, policy, _ = regime.tables(ticks, insurers)
    return titles, policy


_policy = ByObject(_policy_of)
"""Titles and policy of each quarter, which ``make_tables`` copies."""
