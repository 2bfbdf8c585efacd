"""The model compiled, and a folder of its own for each test of the commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from experiments.compiling.kernels import is_warm, warm_up


@pytest.fixture(scope="session", autouse=True)
def warm() -> None:
    """Compile the model, unless that is done: what a command says is not what compiling says."""
    if not is_warm():
        warm_up()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder, which is where commands run."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
