"""The epidemic in Mesa: agents with a step, an ``AgentSet`` that does it."""

from __future__ import annotations

import mesa
import numpy as np

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


class Person(mesa.Agent):
    """Susceptible, infected or recovered."""

    def __init__(self, model: Epidemic, state: int) -> None:
        super().__init__(model)
        self.state = state

    def step(self) -> None:
        """Infect who is met, then perhaps recover."""
        if self.state != INFECTED:
            return
        random = self.model.random
        for other in random.choices(self.model.people, k=CONTACTS):
            if other.state == SUSCEPTIBLE and random.random() < INFECT:
                other.state = INFECTED
        if random.random() < RECOVER:
            self.state = RECOVERED


class Epidemic(mesa.Model):
    """So many people, of whom some begin infected."""

    def __init__(self, count: int, seed: int) -> None:
        super().__init__(rng=seed)
        self.people = [Person(self, INFECTED if k < FIRST else 0) for k in range(count)]

    def step(self) -> None:
        """Let everyone do a step."""
        self.agents.do("step")


def prepare(work: Work) -> Prepared:
    """Prepare one epidemic."""

    def once() -> FloatArray:
        model = Epidemic(work.practices, 1)
        infected = np.zeros(work.quarters)
        for tick in range(work.quarters):
            model.step()
            infected[tick] = sum(person.state == INFECTED for person in model.people)
        return infected[None, :, None]

    return once
