"""Where a run starts: the tables of a scenario."""

from __future__ import annotations

from experiments.runs.scenario import Scenario
from sim.start import make_tables
from sim.tables import Tables


def start_tables(scenario: Scenario) -> Tables:
    """Return the tables of a scenario before its population is drawn."""
    titles, policy, _ = scenario.policy.tables(scenario.last + 1, scenario.place.insurers)
    return make_tables(scenario.place, scenario.values, titles, policy)
