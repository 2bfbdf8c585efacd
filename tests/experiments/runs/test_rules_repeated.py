"""Rules whose text does not tell that they are no functions are found out by a run made twice."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from experiments.cli.app import BAD_INPUT, DONE
from experiments.runs.twice import TWICE, refuse_unlike
from sim.engines.compiled import RunFailed
from sim.errors import BadInput
from tests.own_rules import HEAD, RUN, regiosim

ADDRESSES = HEAD + "    return int(f'{practice!r}'[-10:-1], 16) // 16 % 97 < 40\n"
"""Where the row of a practice lies in memory: another place in every run."""


def test_the_same_run_twice_finds_out_what_the_text_does_not_tell(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(ADDRESSES)
    asked = [*RUN, "--engine", "python", "--rules", "mine.py", "--out", "a"]
    # Once in some sixteen times rows come to lie where they lay before: nothing tells then.
    for _ in range(4):
        done = regiosim(*asked, cwd=tmp_path)
        if done.returncode != DONE:
            break
        shutil.rmtree(tmp_path / "a")
    assert done.returncode == BAD_INPUT, done.stderr
    assert "mine.py: gives other values when the same run is repeated" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.py"]


def test_runs_are_compared_by_the_bit_and_by_how_they_fail() -> None:
    assert not TWICE
    values = np.array([[[0.1, np.nan]]])
    failed = RunFailed(1, 3, "books do not close")
    refuse_unlike(values, values.copy())
    refuse_unlike(failed, RunFailed(1, 3, "books do not close"))
    for other in (np.nextafter(values, 1.0), failed, RunFailed(1, 4, "books do not close")):
        with pytest.raises(BadInput, match="repeated"):
            refuse_unlike(values, other)
    with pytest.raises(BadInput, match="otherwise"):
        refuse_unlike(failed, RunFailed(1, 4, "books do not close"))
