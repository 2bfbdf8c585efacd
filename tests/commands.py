"""A short run from the command line, and commands that are refused."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from experiments.cli.app import BAD_INPUT, main

ROOT = Path(__file__).resolve().parents[1]
RUN = ["run", "--region", "synthetic:2:1", "--regime", "historic-nl"]
SHORT = ["--from", "2006Q1", "--to", "2009Q4"]


def refused(arguments: list[str], capsys: pytest.CaptureFixture[str], code: int = BAD_INPUT) -> str:
    """Run the command line, which must say one line and no more, and return it."""
    assert main(arguments) == code
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("regiosim: ") and shown.err.count("\n") == 1, shown.err
    assert "Traceback" not in shown.err
    return shown.err


def shell(
    line: str, folder: Path, *more: str, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run a line of shell in which ``regiosim`` is the program and $1, $2 ... are ``more``."""
    program = f'regiosim() {{ "{sys.executable}" -m experiments "$@"; }}; {line}'
    return subprocess.run(
        ["bash", "-c", program, "bash", *more], cwd=folder, capture_output=True, text=True,
        encoding="utf-8", errors="surrogateescape",
        env={**os.environ, "PYTHONPATH": str(ROOT), **variables},
    )  # fmt: skip
