"""The model compiled, and a folder of its own for each test of the commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from experiments.compiling.kernels import is_warm, warm_up
from tests.commands import RUN, shell


@pytest.fixture(scope="session", autouse=True)
def warm() -> None:
    """Compile the model, unless that is done: what a command says is not what compiling says."""
    if not is_warm():
        warm_up()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a run's folder that was written for a reader who was gone by then (``| true``)."""
    folder = tmp_path_factory.mktemp("made")
    done = shell(f"regiosim {' '.join(RUN)} --out run | true; echo ${{PIPESTATUS[0]}}", folder)
    assert done.stdout.splitlines()[-1] == "0" and not done.stderr, done.stderr
    return folder / "run"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder, which is where commands run."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
