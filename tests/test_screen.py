"""A sample of the screen (``make validate``): wrong formulas are noticed by the town."""

from __future__ import annotations

from functools import lru_cache

import pytest

from sim.outcomes import NAMES
from tests.screen.equivalent import EQUIVALENT
from tests.screen.mutants import SCALED, Mutant, mutants
from tests.screen.report import Table
from tests.screen.run import Measuring, Verdict

EVERY = 25


@lru_cache(maxsize=1)
def _measuring() -> Measuring:
    return Measuring()


@lru_cache(maxsize=1)
def _all() -> tuple[tuple[tuple[str, str], Mutant], ...]:
    return tuple(_measuring().mutants())


def _judged(picked: list[tuple[tuple[str, str], Mutant]]) -> list[Verdict]:
    return [_measuring().judge(key, mutant) for key, mutant in picked]


def test_every_outcome_that_is_scaled_is_noticed() -> None:
    scaled = [(key, mutant) for key, mutant in _all() if SCALED in mutant.change]
    verdicts = _judged(scaled)
    assert not [v.mutant.name for v in verdicts if not v.reason and v.mutant.name not in EQUIVALENT]
    moved, seen = Table(verdicts).counts(True)
    assert not [name for name in NAMES if not seen[name] or seen[name] < moved[name]]


def test_a_sample_of_other_mutants_is_noticed() -> None:
    others = [(key, mutant) for key, mutant in _all() if SCALED not in mutant.change]
    assert len(others) > 1000
    verdicts = _judged(others[::EVERY])
    assert not [v.mutant.name for v in verdicts if not v.reason and v.mutant.name not in EQUIVALENT]


def test_functions_are_as_they_were_after_a_mutant() -> None:
    measuring = _measuring()
    before = [dict(space) for space in measuring.spaces]
    for key, mutant in _all()[:: 10 * EVERY]:
        measuring.judge(key, mutant)
    for space, was in zip(measuring.spaces, before, strict=True):
        assert all(space[name] is value for name, value in was.items() if callable(value))


SOURCE = '''
@rule
def f(a, b, out):
    """Say it."""
    out[0] = a.patients + 2 * b
    if a.alive and b > 0.5:
        out[1] += max(a.id, 1)
'''

CHANGES = (
    "out[0] = a.patients + 2 * b: scaled by 0.9",
    "out[0] = a.patients + 2 * b: left out",
    "a.patients + 2 * b -> a.patients - 2 * b in `out[0] = a.patients + 2 * b`",
    "a.patients + 2 * b -> a.patients in `out[0] = a.patients + 2 * b`",
    "a.patients + 2 * b -> 2 * b in `out[0] = a.patients + 2 * b`",
    "2 * b -> 2 / b in `out[0] = a.patients + 2 * b`",
    "2 -> 3 in `out[0] = a.patients + 2 * b`",
    "a.patients -> _wrong_field(a, 'patients') in `out[0] = a.patients + 2 * b`",
    "if a.alive and b > 0.5: always False",
    "a.alive and b > 0.5 -> a.alive or b > 0.5 in `if a.alive and b > 0.5:`",
    "a.alive and b > 0.5 -> b > 0.5 in `if a.alive and b > 0.5:`",
    "b > 0.5 -> b >= 0.5 in `if a.alive and b > 0.5:`",
    "b > 0.5 -> b < 0.5 in `if a.alive and b > 0.5:`",
    "0.5 -> 0.45 in `if a.alive and b > 0.5:`",
    "out[1] += max(a.id, 1): left out in `if a.alive and b > 0.5:`",
    "max(a.id, 1) -> min(a.id, 1) in `out[1] += max(a.id, 1)`",
    "max(a.id, 1) -> a.id in `out[1] += max(a.id, 1)`",
)


@pytest.mark.parametrize("change", CHANGES)
def test_a_function_is_made_wrong_in_each_of_these_ways(change: str) -> None:
    assert change in {m.change for m in mutants(SOURCE, frozenset({"patients", "alive"}))}


def test_mutants_have_names_of_their_own() -> None:
    names = [mutant.name for _, mutant in _all()]
    assert len(set(names)) == len(names)
