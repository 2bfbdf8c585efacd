"""Where a run starts: the tables of a scenario."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from numpy.typing import NDArray

from agents.sizes import TITLES
from experiments.runs.memo import ByObject
from experiments.runs.scenario import Scenario
from sim.other_policy import with_policy
from sim.policy.regime import Regime
from sim.start import make_tables
from sim.tables import Tables


def start_tables(scenario: Scenario) -> Tables:
    """Return the tables of a scenario before its population is drawn."""
    titles, policy = _policy(scenario.policy, scenario.outlook + 1, tuple(scenario.place.insurers))
    return make_tables(scenario.place, scenario.values, titles, policy, scenario.begins)


def starts_of(scenarios: Sequence[Scenario]) -> list[Tables]:
    """Return the starting tables of each; those that differ in policy alone share all else."""
    out: list[Tables] = []
    firsts: list[tuple[Scenario, Tables]] = []
    for scenario in scenarios:
        for first, tables in firsts:
            if _alike(first, scenario):
                ticks, insurers = scenario.outlook + 1, tuple(scenario.place.insurers)
                titles, policy = _policy(scenario.policy, ticks, insurers)
                out.append(with_policy(tables, scenario.place, scenario.values, titles, policy))
                break
        else:
            out.append(start_tables(scenario))
            firsts.append((scenario, out[-1]))
    return out


def _alike(a: Scenario, b: Scenario) -> bool:
    few = len(b.policy.titles) <= TITLES  # of more ``make_tables`` says what is wrong
    first = a.opens == b.opens == 0 and few
    return first and a.place is b.place and a.outlook == b.outlook and a.values == b.values


def _policy_of(
    regime: Regime, ticks: int, insurers: tuple[str, ...]
) -> tuple[NDArray[Any], NDArray[Any]]:
    titles, policy, _ = regime.tables(ticks, insurers)
    return titles, policy


_policy = ByObject(_policy_of)
"""Titles and policy of each quarter, which ``make_tables`` copies."""
