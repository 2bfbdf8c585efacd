"""A game for tests that needs no model: the shipped table with made-up levers."""

from __future__ import annotations

from dataclasses import dataclass

from experiments.classroom.game.table import Game, read_game


@dataclass(frozen=True)
class MadeLever:
    """A lever as the game needs to know it."""

    name: str
    low: float = 0.0
    high: float = 1.0
    step: float = 0.1
    kind: str = "range"
    values: tuple[float, ...] = ()


LEVERS = [
    MadeLever("threshold", 0.0, 300000.0, 10000.0),
    MadeLever("norm", 4.0, 24.0, 0.2),
    MadeLever("mandate", 0.5, 1.0, 0.05),
    MadeLever("base_amount", 0.0, 0.5, 0.1),
    MadeLever("secured", 0.0, 1.0, 0.1),
    MadeLever("mergers", kind="switch"),
    MadeLever("attendance", 30.0, 90.0, 5.0),
    MadeLever("manager", 0.1, 0.3, 0.02),
    MadeLever("free_riding", 0.25, 0.75, 0.05),
    MadeLever("autonomy", 0.75, 2.25, 0.05),
    MadeLever("trust", 1.0, 3.0, 0.1),
    MadeLever("conformity", kind="choice", values=(1.0, 2.0, 3.0)),
    MadeLever("cofunding", 0.5, 1.5, 0.1),
    MadeLever("adviser", -2.0, 0.0, 0.25),
]


def made_game() -> Game:
    """Return the game as it is shipped, with levers of ours."""
    return read_game(LEVERS)
