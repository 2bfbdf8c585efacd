"""What the folder of a run is called where nobody names one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from experiments.runs.scenario import Scenario


def default_folder(scenario: Scenario) -> Path:
    """Return ``runs/NAME-ID-rN``: region and regime in safe characters, id and replicates.

    Behind it stands what the id does not tell but the folder shows: a pinned population, what is
    recorded and the engine, where they are not the usual ones.
    """
    region = Path(scenario.region).name or scenario.region
    name = re.sub(r"[^A-Za-z0-9._]+", "-", f"{region}-{scenario.policy.name}").strip("-.")
    parts = [name, scenario.id, f"r{scenario.replicates}"]
    if scenario.population_seed is not None:
        parts.append(f"p{scenario.population_seed}")
    usual = (("record", "quarterly"), ("engine", "compiled"))
    parts += [getattr(scenario, key) for key, one in usual if getattr(scenario, key) != one]
    return Path("runs") / "-".join(parts)
