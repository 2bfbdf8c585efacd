"""Sweep, merge, run and report, stopped at each change of the disk: the same command goes on."""

from __future__ import annotations

import errno
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import KILL
from tests.stopped import Situation, changes, light, situations, stopped

NAMES = ["sweep", "merge", "merge --out", "run", "report"]


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Situation]]:
    logging.disable(logging.WARNING)
    with light():
        yield situations(tmp_path_factory.mktemp("kept"))
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("name", NAMES)
def test_a_kill_at_any_change_loses_nothing(
    name: str, known: dict[str, Situation], tmp_path: Path
) -> None:
    count = len(changes(known[name]))
    assert count > 15
    for at in range(1, count + 1):
        stopped(known[name], at, KILL, tmp_path / str(at))


@pytest.mark.parametrize("name", NAMES)
def test_an_error_at_any_change_loses_nothing(
    name: str, known: dict[str, Situation], tmp_path: Path
) -> None:
    for at in range(1, len(changes(known[name])) + 1, 3):
        how = errno.EIO if at % 2 else errno.ENOSPC
        stopped(known[name], at, how, tmp_path / str(at))


@pytest.mark.parametrize("how", [KILL, errno.EIO])
def test_a_sweep_with_targets_loses_nothing_in_any_of_its_stages(
    how: int, known: dict[str, Situation], tmp_path: Path
) -> None:
    count = len(changes(known["sweep --until"]))
    assert count > 60
    # Every fifth change here; `python -m tests.stopped` takes them all.
    for at in range(1 if how == KILL else 3, count + 1, 5):
        stopped(known["sweep --until"], at, how, tmp_path / str(at))


def test_a_sweep_that_takes_runs_loses_nothing_at_a_dozen_changes(
    known: dict[str, Situation], tmp_path: Path
) -> None:
    count = len(changes(known["sweep --from"]))
    assert count > 90
    for at in range(1, count + 1, count // 12):
        how = (KILL, KILL, errno.EIO, errno.ENOSPC)[at % 4]
        stopped(known["sweep --from"], at, how, tmp_path / str(at))
