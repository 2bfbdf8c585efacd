"""A small scenario for tests of runs, and others like it."""

from __future__ import annotations

import dataclasses
from typing import Any

from experiments import Scenario

SMALL = Scenario("synthetic:2:1", "historic-nl", start="2007Q1", end="2009Q4", replicates=3)


def changed(**values: Any) -> Scenario:
    """Return the small scenario with other values."""
    return dataclasses.replace(SMALL, **values)
