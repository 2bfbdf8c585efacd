"""A lesson to be opened, made once."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
REGIONS = ("unicum", "eemland")


@pytest.fixture(scope="session")
def lesson(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lesson of two regions; the tools of the tests are there afterwards."""
    from experiments.classroom.lesson import make_lesson

    subprocess.run(["npm", "install", "--silent"], check=True, cwd=HERE)
    path = tmp_path_factory.mktemp("web") / "lesson.html"
    make_lesson(REGIONS, "nl", path)
    return path
