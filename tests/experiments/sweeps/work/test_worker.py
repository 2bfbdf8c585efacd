"""What goes wrong in a process of a sweep reaches whoever started it; a process has many plans."""

from __future__ import annotations

import pickle
import threading
from dataclasses import replace

import pytest

from experiments.serving import sendable
from experiments.sweeps.plan.plan import Plan
from experiments.sweeps.work.ahead import started
from experiments.sweeps.work.compute import Computed, compute
from experiments.sweeps.work.local import Worker
from sim.errors import BadInput


class Odd(Exception):
    """An error that holds what cannot be sent."""

    def __init__(self) -> None:
        super().__init__("odd")
        self.lock = threading.Lock()


@pytest.mark.parametrize(
    "error", [BadInput("x.toml: runs", "is missing"), Odd(), OSError(28, "No space")]
)
def test_an_error_arrives_with_its_words(error: Exception) -> None:
    found = pickle.loads(pickle.dumps(sendable(error)))
    assert isinstance(found, Exception) and str(error) in str(found)


def test_an_error_that_can_be_sent_arrives_as_it_is() -> None:
    for error in (OSError(28, "No space"), ValueError("x"), BadInput("x.toml", "is empty")):
        assert sendable(error) is error
    assert str(sendable(Odd())) == "Odd: odd"


def test_a_process_takes_one_plan_after_the_other(plan: Plan) -> None:
    small = replace(plan, size=2)
    with started(1) as ahead:
        first = Worker(plan, ahead)
        assert first.ask(1, frozenset()) == like(compute(plan, 1))
        pid = first.begun.process.pid if first.begun else 0
        first.let_go()
        second = Worker(small, ahead)
        assert second.ask(1, frozenset()) == like(compute(small, 1))
        assert not ahead and second.begun and second.begun.process.pid == pid
        second.let_go()
        (begun,) = ahead
    assert begun.process.poll() is not None and begun.errors.closed


def like(found: Computed) -> Computed:
    """Return a batch that is equal to another of any time."""
    return found._replace(kernel=AnyTime())


class AnyTime(float):
    """A number that equals all others."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = float.__hash__


def test_processes_that_nobody_asked_are_ended() -> None:
    with pytest.raises(KeyError), started(2) as ahead:
        assert all(begun.process.poll() is None for begun in ahead)
        raise KeyError
    assert all(begun.process.poll() is not None for begun in ahead)


def test_processes_begun_ahead_are_taken_and_those_too_many_ended() -> None:
    with started(2) as ahead:
        first, second = ahead
        with started(1, ahead) as begun:
            assert begun in ([first], [second]) and not ahead
            assert sum(one.process.poll() is None for one in (first, second)) == 1
        assert all(one.process.poll() is not None for one in (first, second))
    with started(1) as ahead, started(2, ahead) as begun:
        assert len(begun) == 2 and not ahead
