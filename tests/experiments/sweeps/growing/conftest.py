"""An earlier sweep of made-up runs, finished and begun; nothing is compiled, probed or drawn."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from experiments import sweep
from tests.growing import RUNS
from tests.made_sweeps import Maker, made_plan
from tests.stopped import light


@pytest.fixture(scope="module", autouse=True)
def nothing_slow() -> Iterator[None]:
    with light():
        yield


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with ``old``, a finished sweep, and ``begun``, of which a batch is there."""
    folder = tmp_path_factory.mktemp("kept")
    plan = made_plan(folder, replicates=16)
    assert plan.runs == RUNS
    sweep(plan, folder / "old", executor=Maker())
    sweep(plan, folder / "begun", shard="2/2", executor=Maker())
    return folder


@pytest.fixture
def old(kept: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(kept / "old", tmp_path / "old"))


@pytest.fixture
def begun(kept: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(kept / "begun", tmp_path / "begun"))
