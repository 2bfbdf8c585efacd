"""What stands in the folder where a command runs is not imported, by it or by its workers."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from experiments.own_modules import PACKAGES, OwnModules, command_of, only_own_modules
from tests.commands import ROOT
from tests.sweeping import experiment

FOREIGN = ("random", "queue", "numpy", "pandas", "agents", "tempfile", "json", "csv", "logging")


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """Return a folder with modules that end whoever imports them."""
    for name in FOREIGN:
        (tmp_path / f"{name}.py").write_text("raise SystemExit(f'{__file__} was imported')\n")
    (tmp_path / "sim").mkdir()
    (tmp_path / "sim" / "__init__.py").write_text("raise SystemExit('sim was imported')\n")
    return tmp_path


def test_commands_and_workers_import_nothing_of_the_folder(foreign: Path) -> None:
    variables = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}."}
    small = str(experiment(foreign, 1, 2))
    # A shard: workers start, and no time goes into a report.
    command = ["sweep", small, "--workers", "1", "--shard", "1/2", "--quiet", "--out", "many"]
    program = [sys.executable, "-m", "experiments", *command]
    done = subprocess.run(program, cwd=foreign, env=variables, capture_output=True, text=True)
    assert done.returncode == 0 and not done.stderr, done.stderr
    assert list((foreign / "many" / "batches").glob("*.parquet"))


def test_the_packages_are_those_of_the_project() -> None:
    about = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    listed = about["tool"]["setuptools"]["packages"]
    assert set(PACKAGES) == {name.partition(".")[0] for name in listed}


def test_packages_are_found_beside_the_file_whatever_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", ["", str(tmp_path), "/elsewhere"])
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    only_own_modules()
    only_own_modules()
    assert sys.path == ["/elsewhere"] and sys.meta_path.count(OwnModules) == 1
    found = OwnModules.find_spec("sim")
    assert found is not None and found.origin == str(ROOT / "sim" / "__init__.py")
    assert OwnModules.find_spec("random") is None
    command = command_of("experiments.compiling", "0", "1")
    assert command[1] == "-P" and command[-3:] == ["experiments.compiling", "0", "1"]
