"""The epidemic in LASER: properties of a ``LaserFrame``, and steps over them compiled by Numba."""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
from laser.core import LaserFrame

from agents.compiled.record import FloatArray
from benchmarks.contenders import Prepared, Work
from benchmarks.frameworks.sir import (
    CONTACTS,
    FIRST,
    INFECT,
    INFECTED,
    RECOVER,
    RECOVERED,
    SUSCEPTIBLE,
)


@numba.njit(nogil=True)  # type: ignore[misc]  # Numba comes without types
def _begin(seed: int) -> None:
    np.random.seed(seed)


@numba.njit(nogil=True)  # type: ignore[misc]  # Numba comes without types
def _step(state: Any) -> int:
    for i in range(len(state)):
        if state[i] != INFECTED:
            continue
        for _ in range(CONTACTS):
            j = np.random.randint(len(state))
            if state[j] == SUSCEPTIBLE and np.random.random() < INFECT:
                state[j] = INFECTED
        if np.random.random() < RECOVER:
            state[i] = RECOVERED
    return int((state == INFECTED).sum())


def prepare(work: Work) -> Prepared:
    """Prepare one epidemic."""

    def once() -> FloatArray:
        people = LaserFrame(work.practices)
        people.add_scalar_property("state", dtype=np.uint8, default=SUSCEPTIBLE)
        people.state[:FIRST] = INFECTED
        _begin(1)
        infected = np.zeros(work.quarters)
        for tick in range(work.quarters):
            infected[tick] = _step(people.state)
        return infected[None, :, None]

    once()
    return once
