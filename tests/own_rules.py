"""Rules of a user's own for tests of them, and processes that run with them.

Rules are swapped while the model is imported, so most of the tests run in processes of their
own, in plain Python, which needs no compiling.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from agents.compiled.rules_file import VARIABLE

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "docs" / "examples" / "my_rules.py"
PLACE, REGIME = "synthetic:2:1", "historic-nl"
RUN = ("run", "--region", PLACE, "--regime", REGIME, "--from", "2006Q1", "--to", "2007Q4", "-q")

NEVER = "def give_mandate(practice, utility, lot, refuse):\n    return False\n"
HEAD = "def give_mandate(practice, utility, lot, refuse):\n"


def started(*command: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a folder, as if from a terminal of its own."""
    clean = {name: value for name, value in os.environ.items() if name != VARIABLE}
    return subprocess.run(
        [sys.executable, *command], cwd=cwd, capture_output=True, text=True, timeout=600,
        env={**clean, "PYTHONPATH": str(ROOT), **environment},
    )  # fmt: skip


def regiosim(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command of regiosim in a folder."""
    return started("-m", "experiments", *arguments, cwd=cwd)
