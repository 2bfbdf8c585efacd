"""Scenarios, runs, comparisons and the command line.

``from experiments import Scenario, run`` is what a notebook needs; nothing heavy is imported
before one of them is asked for.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from experiments.runs.version import VERSION

if TYPE_CHECKING:
    from experiments.runs.run import Result, run
    from experiments.runs.scenario import Scenario
    from experiments.sweeps.work.sweeping import Sweep, sweep

__all__ = ["Result", "Scenario", "Sweep", "run", "sweep"]
__version__ = VERSION

# No module here may be called like one of these names: importing it would hide the function.
_HOMES = {
    "Scenario": "experiments.runs.scenario",
    "run": "experiments.runs.run",
    "Result": "experiments.runs.run",
    "sweep": "experiments.sweeps.work.sweeping",
    "Sweep": "experiments.sweeps.work.sweeping",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(importlib.import_module(_HOMES[name]), name)
    globals()[name] = found
    return found
