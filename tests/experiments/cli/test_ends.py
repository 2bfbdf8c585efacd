"""Ctrl-C and TERM at any moment: exit code 130, one line, soon, and nothing half-written."""

from __future__ import annotations

import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from experiments.cli.ends import INTERRUPTED
from results.store.asides import undo_all
from results.store.folder import RunFolder, whole_file
from tests.signals import Moment, commands, end, end_all, files, moments

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="/proc tells what is heeded")
SOON = 8.0
"""Seconds: it takes less than one, but where all tests run at once others are in its way."""


def test_a_signal_at_any_moment_of_any_command(made: Path, tmp_path: Path) -> None:
    found = commands(tmp_path, made)
    seen = end_all(moments(found, 5, 2.0, 7), tmp_path, 4)
    assert len(seen) >= 30
    for moment, one in seen:
        assert one.well and one.seconds < SOON, (moment, one)
    ended = [one for _, one in seen if one.code == INTERRUPTED]
    assert len(ended) > len(seen) / 2


def test_ctrl_c_while_the_model_is_compiled(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    moment = Moment(["warm"], signal.SIGINT, 3.0)
    (tmp_path / "here").mkdir()
    seen = end(moment, tmp_path / "here", REGIOSIM_CACHE=str(cache))
    assert seen.code == INTERRUPTED and seen.well and seen.seconds < SOON
    until = time.monotonic() + SOON
    while time.monotonic() < until:  # those that compiled beside it end with it
        there = len(list(files(cache)))
        time.sleep(0.5)
        if len(list(files(cache))) == there:
            return
    raise AssertionError("somebody compiles on")


def test_what_is_open_is_undone_from_another_thread(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path / "deep" / "run").__enter__()
    (folder.folder / "half.parquet").write_text("half")
    with pytest.raises(FileNotFoundError), whole_file(tmp_path / "whole.json") as aside:
        aside.write_text("half")
        thread = threading.Thread(target=undo_all)
        thread.start()
        thread.join()
        assert list(tmp_path.iterdir()) == []
