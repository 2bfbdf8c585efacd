"""Node with a lesson to try, and never for ever."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
PATIENCE = 900.0
"""Seconds after which a file of tests is given up: all thirteen took 14 minutes while others used
both cores."""


def node(
    *arguments: str, lesson: Path, within: float = PATIENCE
) -> subprocess.CompletedProcess[str]:
    """Run Node in this folder; what takes longer ends with all browsers that it started.

    Raises:
        TimeoutError: it did not end in time.
    """
    given = {"REGIOSIM_LESSON": str(lesson), "REGIOSIM_PYTHON": sys.executable}
    with subprocess.Popen(
        ["node", *arguments], cwd=HERE, env={**os.environ, **given}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    ) as running:  # fmt: skip
        try:
            out, err = running.communicate(timeout=within)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            out, err = running.communicate()
            told = f"node {' '.join(arguments)}: no end after {within:.0f} s\n{out}{err}"
            raise TimeoutError(told) from None
        except BaseException:
            os.killpg(running.pid, signal.SIGKILL)
            raise
    return subprocess.CompletedProcess(running.args, running.returncode, out, err)
