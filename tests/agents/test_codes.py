"""Codes are names in the sources and plain whole numbers to the compiler."""

from __future__ import annotations

from enum import auto

import numba
import numpy as np
import pytest

from agents.compiled.codes import Code
from agents.compiled.rule import OPTIONS
from agents.events import Cause
from agents.words import Kind, Origin, Stage
from sim.ledger import FAILURES, POSTINGS, Failure, Posting


class Tone(Code):
    LOW = auto()
    HIGH_UP = auto()


TOP = Tone.HIGH_UP


def choose(x: float, given: int) -> int:
    tone = Tone.LOW
    if x > 2.0:
        tone = given
    elif x > 1.0:
        tone = Tone.HIGH_UP if x > 1.5 else Tone.LOW
    return max(tone, TOP - 1)


def test_a_code_is_a_number_in_compiled_code() -> None:
    made = numba.njit(**{**OPTIONS, "cache": False})(choose)
    for x, given, expected in ((0.5, 9, 0), (1.7, 9, 1), (3.0, 9, 9)):
        assert made(x, given) == choose(x, given) == expected
    (signature,) = made.signatures
    assert made.overloads[signature].signature.return_type == numba.types.int64


def test_codes_count_from_zero_and_are_found_by_word() -> None:
    assert list(Stage) == [0, 1, 2, 3, 4]
    assert Origin.HEALTH_CENTRE.word == "health-centre"
    assert Origin.of("health-centre") == Origin.HEALTH_CENTRE == 3
    assert Kind.words()[Kind.HUB] == "hub"
    with pytest.raises(ValueError, match="index"):
        Cause.of("no such word")


def test_a_code_in_an_array_is_its_number() -> None:
    row = np.zeros(5, np.int64)
    row[Stage.DRIVER] = Cause.MONEY
    assert row.tolist() == [0, 0, 1, 0, 0]


def test_every_failure_and_posting_is_said_in_words() -> None:
    assert set(FAILURES) == set(Failure)
    assert set(POSTINGS) == set(Posting)
    # Codes of kinds of cost are -1 and below: those of postings lie apart.
    assert max(Posting) < -100
