"""The front door: what a script or notebook needs, by the name that people install.

``import regiosim`` and ``from experiments import ...`` give the same objects; nothing heavy is
imported before one of them is asked for.

- ``Scenario``: one region under one regime, with its settings, quarters and seeds
- ``run``: run a scenario; a ``Result`` has its tables as pandas frames
- ``sweep``: run an experiment of many points; a ``Sweep`` has its folder and tables
- ``compare``: paired differences of two runs or sweeps on the same seeds
- ``scorecard``: designs on the eight criteria, simulated beside what the sources state
- ``sensitivity``: which factors of a sweep matter, by what its design allows to say
- ``discover``: under which factors of a sweep an outcome is of interest
- ``business_case``: what forms of organisation cost in a region, and what is needed
- ``read``: open the folder of a run, a sweep, a comparison, a scorecard or a business case
- ``query``: ask a question in SQL about the tables of such a folder
- ``reproduce``: repeat what such a folder holds, and say whether it came out the same
- ``BadInput``: what is raised where something that was asked for cannot be used
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import experiments

if TYPE_CHECKING:
    from experiments import (
        BadInput,
        Reproduction,
        Result,
        Scenario,
        Sweep,
        business_case,
        compare,
        discover,
        query,
        read,
        reproduce,
        run,
        scorecard,
        sensitivity,
        sweep,
    )

__all__ = [
    "BadInput", "Reproduction", "Result", "Scenario", "Sweep", "business_case", "compare",
    "discover", "query",
    "read", "reproduce", "run", "scorecard", "sensitivity", "sweep",
]  # fmt: skip
__version__ = experiments.__version__


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(experiments, name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
