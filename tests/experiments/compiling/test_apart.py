"""Compiling side by side: every phase is somebody's job, and a job that fails costs only time."""

from __future__ import annotations

import subprocess
from typing import Any

import pytest

from agents.compiled.rule import OPTIONS
from experiments.compiling import apart
from sim.plan import phases


@pytest.mark.skipif(not hasattr(apart.measure_all, "py_func"), reason="compilation is off")
def test_every_phase_is_a_job_once() -> None:
    names = [dispatcher.py_func.__name__ for dispatcher, _ in apart.jobs()]
    assert names[:-2] == [phase.kernel for phase in phases()]
    assert names[-2:] == ["draw_population", "measure_all"]
    for dispatcher, types in apart.jobs():
        assert len(types) == dispatcher.py_func.__code__.co_argcount


def test_processes_that_fail_do_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[Any] = []
    plain = subprocess.Popen

    def start(command: list[str], **how: Any) -> Any:
        started.append(command)
        return plain(["false"], **how)

    monkeypatch.setattr(apart.subprocess, "Popen", start)
    monkeypatch.setattr(apart.os, "sched_getaffinity", lambda _: {0, 1, 2}, raising=False)
    monkeypatch.setitem(OPTIONS, "cache", True)
    apart.compile_apart()
    assert [command[-2:] for command in started] == [["0", "3"], ["1", "3"], ["2", "3"]]
    # One core, or no place to leave anything: nothing is started.
    started.clear()
    monkeypatch.setitem(OPTIONS, "cache", False)
    apart.compile_apart()
    monkeypatch.setitem(OPTIONS, "cache", True)
    monkeypatch.setattr(apart.os, "sched_getaffinity", lambda _: {0}, raising=False)
    apart.compile_apart()
    assert started == []
