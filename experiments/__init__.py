"""Scenarios, runs, sweeps, comparisons and the command line.

``import regiosim`` gives the same names (see there); nothing heavy is imported before one of them
is asked for.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from experiments.runs.version import VERSION

if TYPE_CHECKING:
    from experiments.answers.case import business_case
    from experiments.answers.discovering import discover
    from experiments.answers.scorecard import scorecard
    from experiments.answers.sensitivity import sensitivity
    from experiments.reproducing.repeating import Reproduction, reproduce
    from experiments.runs.compare import compare
    from experiments.runs.result import Result
    from experiments.runs.run import run
    from experiments.runs.scenario import Scenario
    from experiments.sweeps.work.sweeping import Sweep, sweep
    from results.store.query import query
    from results.store.stored import read
    from sim.errors import BadInput

__all__ = [
    "BadInput", "Reproduction", "Result", "Scenario", "Sweep", "business_case", "compare",
    "discover", "query",
    "read", "reproduce", "run", "scorecard", "sensitivity", "sweep",
]  # fmt: skip
__version__ = VERSION

# No module here may be called like one of these names: importing it would hide the function.
_HOMES = {
    "BadInput": "sim.errors",
    "Scenario": "experiments.runs.scenario",
    "run": "experiments.runs.run",
    "discover": "experiments.answers.discovering",
    "business_case": "experiments.answers.case",
    "scorecard": "experiments.answers.scorecard",
    "sensitivity": "experiments.answers.sensitivity",
    "Result": "experiments.runs.result",
    "sweep": "experiments.sweeps.work.sweeping",
    "Sweep": "experiments.sweeps.work.sweeping",
    "compare": "experiments.runs.compare",
    "query": "results.store.query",
    "read": "results.store.stored",
    "reproduce": "experiments.reproducing.repeating",
    "Reproduction": "experiments.reproducing.repeating",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(importlib.import_module(_HOMES[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
