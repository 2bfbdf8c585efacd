"""The epidemic as regiosim is made: rows, a rule that reads and writes them, keyed draws."""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

from agents.compiled.draws import draw, stream
from agents.compiled.record import FloatArray
from agents.compiled.rule import OPTIONS
from benchmarks.contenders import Prepared, Work
from benchmarks.frameworks.sir import CONTACTS, FIRST, INFECT, INFECTED, RECOVER, RECOVERED

MEET, CATCH, MEND = (stream(f"epidemic.{name}") for name in ("meet", "catch", "mend"))
ROW = np.dtype([("id", "i8"), ("state", "i8")])


@numba.njit(**OPTIONS)  # type: ignore[misc]  # no rule of the model: it is in no register
def run_epidemic(people: Any, seed: int, infected: FloatArray) -> None:
    """Run as many steps as ``infected`` has room for; it gets how many are infected after each."""
    for tick in range(len(infected)):
        now = 0
        for i in range(len(people)):
            person = people[i]
            if person.state != INFECTED:
                continue
            for k in range(CONTACTS):
                j = int(draw(seed, MEET, person.id, k, tick) * len(people))
                if people[j].state == 0 and draw(seed, CATCH, person.id, k, tick) < INFECT:
                    people[j].state = INFECTED
            if draw(seed, MEND, person.id, 0, tick) < RECOVER:
                person.state = RECOVERED
        for i in range(len(people)):
            now += people[i].state == INFECTED
        infected[tick] = now


def prepare(work: Work) -> Prepared:
    """Prepare one epidemic."""
    people, infected = np.zeros(work.practices, ROW), np.zeros(work.quarters)

    def once() -> FloatArray:
        people["id"] = np.arange(len(people))
        people["state"] = 0
        people["state"][:FIRST] = INFECTED
        run_epidemic(people, 1, infected)
        return infected[None, :, None]

    once()
    return once
