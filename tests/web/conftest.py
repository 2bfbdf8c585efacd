"""A lesson to be opened, made once."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.web.running import HERE, node

REGIONS = ("unicum", "eemland")


@pytest.fixture(scope="session")
def lesson(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lesson of two regions; the tools of the tests are there afterwards."""
    from experiments.classroom.lesson import make_lesson

    subprocess.run(["npm", "install", "--silent"], check=True, cwd=HERE)
    path = tmp_path_factory.mktemp("web") / "lesson.html"
    make_lesson(REGIONS, "nl", path)
    return path


@pytest.fixture(scope="session")
def opened(lesson: Path) -> Path:
    """The same, once every browser that is here has opened it; else no test waits for one."""
    done = node("opens.mjs", lesson=lesson, within=300.0)
    assert done.returncode == 0, done.stderr
    return lesson
