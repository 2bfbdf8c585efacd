"""A visit: what one visitor chose, and the Mesa model that runs it."""

from __future__ import annotations

import threading
from typing import Any, ClassVar

import mesa
import pandas as pd

from agents.compiled.record import NONE
from experiments.runs.start import start_tables
from experiments.viewer.choices import Choices
from sim.engines.model import CareModel

SHOWN = (
    "organisations",
    "organisation_size_weighted",
    "regional_contract_share",
    "transaction_cost_per_insured",
    "coverage",
    "trust",
)
"""Outcomes drawn by quarter."""


class Visit:
    """What one visitor has chosen, the run of it, and what came out before the last change.

    Attributes:
        choices: as they stand.
        model: the run that is shown, or None before there is one.
        before: outcomes by quarter of the whole run that the last change replaced, or None.
        first: what every visit begins with.
    """

    first: ClassVar[Choices] = Choices()

    def __init__(self, choices: Choices | None = None) -> None:
        self.choices = choices or self.first
        self.model: Viewed | None = None
        self.before: pd.DataFrame | None = None

    def begin(self) -> Viewed:
        """Return the run as chosen, at its beginning."""
        return Viewed(self)

    def change(self, choices: Choices, ticks: int) -> Viewed:
        """Return the run of other choices, from its beginning over ``ticks`` quarters.

        With another lever only, that lever is all that differs: the draws are the same.

        Raises:
            BadInput: the choices cannot be run; the old ones stay.
            RunFailed: their run failed, and the same.
        """
        visit = Visit(choices)
        changed = Viewed(visit)
        while changed.tick < ticks and changed.running:
            changed.step()
        self.before = outcomes_of(self.choices)
        self.choices, changed.visit = choices, self
        self.show(changed)
        return changed

    def show(self, model: Viewed) -> None:
        """Let ``model`` be the run that is shown, and forget the one before it."""
        self.leave()
        self.model = model

    def leave(self) -> None:
        """Let go of the run that is shown."""
        if self.model is not None:
            forget(self.model)


class Viewed(CareModel):
    """The run of a visit; Mesa's viewer makes it anew from the visit at each Reset.

    Attributes:
        visit: whose run it is.
        choices: what was chosen when it was made.
        region: where it plays.
        places: number of each organisation with members, by row; it keeps it while it lives.
        lock: held by who steps or draws, as a run that plays and a visitor's changes meet.
    """

    def __init__(self, visit: Visit) -> None:
        scenario = visit.choices.scenario()
        super().__init__(start_tables(scenario), seed=scenario.seed, outcomes=SHOWN)
        self.visit, self.choices = visit, visit.choices
        self.region = scenario.place
        self.places: dict[int, int] = {}
        self.lock = threading.RLock()
        visit.show(self)

    def step(self) -> None:
        """Run a quarter; ``running`` tells whether there is one more."""
        with self.lock:
            super().step()
            self.running = self.tick < len(self.rows("policy"))
            self._number()

    @property
    def outcomes(self) -> pd.DataFrame:
        """A column for each outcome of ``SHOWN``, a row for each quarter run: 0 is 2006Q1."""
        frame: pd.DataFrame = self.datacollector.get_model_vars_dataframe()
        return frame

    def _number(self) -> None:
        """Give organisations with members a number, the lowest that is free, the largest first."""
        people, bodies = self.rows("practices"), self.rows("organisations")
        joined = set(people["organisation"][people["alive"]].tolist()) - {NONE}
        rows = [row for row in joined if bodies["alive"][row]]
        self.places = {row: place for row, place in self.places.items() if row in rows}
        taken = set(self.places.values())
        free = (place for place in range(len(bodies)) if place not in taken)
        for row in sorted(rows, key=lambda row: (-bodies["patients"][row], row)):
            if row not in self.places:
                self.places[row] = next(free)


def outcomes_of(choices: Choices) -> pd.DataFrame:
    """Return the outcomes of a whole run, as ``Viewed.outcomes``."""
    model = Viewed(Visit(choices))
    while model.running:
        model.step()
    forget(model)
    return model.outcomes


def forget(model: mesa.Model) -> None:
    """Let go of a model: Mesa up to 3.3 counts agents by model, and keeps it with its tables."""
    counts: Any = getattr(mesa.Agent, "_ids", None)
    if isinstance(counts, dict):
        counts.pop(model, None)
