"""What a process of our own needs to find these packages, wherever it is started."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def environment() -> dict[str, str]:
    """Return this process's environment, with the folder of these packages to import from."""
    found = dict(os.environ)
    paths = [str(ROOT), *filter(None, found.get("PYTHONPATH", "").split(os.pathsep))]
    found["PYTHONPATH"] = os.pathsep.join(dict.fromkeys(paths))
    return found
