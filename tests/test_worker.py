"""What goes wrong in a process of a sweep reaches whoever started it."""

from __future__ import annotations

import pickle
import threading

import pytest

from experiments.sweeps.work.worker import sendable
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
