"""A small scenario for tests of runs, and others like it."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from experiments import Result, Scenario
from results.store.folder import RunFolder

SMALL = Scenario("synthetic:2:1", "historic-nl", start="2007Q1", end="2009Q4", replicates=3)


def changed(**values: Any) -> Scenario:
    """Return the small scenario with other values."""
    return dataclasses.replace(SMALL, **values)


def kept(result: Result, target: Path) -> Path:
    """Write the tables and the manifest of a run: figures and report take seconds."""
    with RunFolder(target) as folder:
        for name, table in result.tables.items():
            folder.table(name, table)
        folder.json("manifest", result.manifest)
    return target
