"""What a process of our own needs to find these packages, wherever it is started."""

from __future__ import annotations

import os
from pathlib import Path

from agents.compiled.rules_file import EXPECTED
from agents.compiled.swaps import OWN

ROOT = Path(__file__).resolve().parents[3]


def variables() -> dict[str, str]:
    """Return this process's environment, for a process that has to follow the same rules.

    Rules of a user's own go with their hash: should the file change meanwhile, a process that
    starts later is refused.
    """
    found = dict(os.environ)
    if OWN is not None:
        found[EXPECTED] = OWN.sha256
    return found


def environment() -> dict[str, str]:
    """Return the same, for a process that is told by it alone where these packages are."""
    found = variables()
    paths = [str(ROOT), *filter(None, found.get("PYTHONPATH", "").split(os.pathsep))]
    found["PYTHONPATH"] = os.pathsep.join(dict.fromkeys(paths))
    return found
