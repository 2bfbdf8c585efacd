"""The epidemic in AgentPy: an ``AgentList`` whose calls reach each agent."""

from __future__ import annotations

import agentpy as ap
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


class Person(ap.Agent):  # type: ignore[misc]  # AgentPy comes without types
    """Susceptible, infected or recovered."""

    def setup(self) -> None:
        """Begin susceptible."""
        self.state = SUSCEPTIBLE

    def meet(self) -> None:
        """Infect who is met, then perhaps recover."""
        if self.state != INFECTED:
            return
        random = self.model.random
        for other in random.choices(self.model.people, k=CONTACTS):
            if other.state == SUSCEPTIBLE and random.random() < INFECT:
                other.state = INFECTED
        if random.random() < RECOVER:
            self.state = RECOVERED


class Epidemic(ap.Model):  # type: ignore[misc]  # as above
    """So many people, of whom some begin infected."""

    def setup(self) -> None:
        """Make people, and infect the first."""
        self.people = ap.AgentList(self, self.p.count, Person)
        for person in self.people[:FIRST]:
            person.state = INFECTED

    def step(self) -> None:
        """Let everyone do a step."""
        self.people.meet()

    def update(self) -> None:
        """Record who is infected; what was so before the first step is left out."""
        if self.t:
            self.record("infected", sum(person.state == INFECTED for person in self.people))


def prepare(work: Work) -> Prepared:
    """Prepare one epidemic."""

    def once() -> FloatArray:
        model = Epidemic({"count": work.practices, "steps": work.quarters, "seed": 1})
        model.run(display=False)
        infected = np.array(model.output.variables.Epidemic["infected"], float)
        return infected[None, :, None]

    return once
