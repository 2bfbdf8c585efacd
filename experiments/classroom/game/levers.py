"""The levers of the game, as lessons have them."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from experiments.classroom.game.table import Game, read_game
from experiments.classroom.levers import lever_file, span_of


class GameLever(NamedTuple):
    """What the game needs to know of a lever (``game.table.Lever``)."""

    name: str
    kind: str
    low: float
    high: float
    step: float
    values: tuple[float, ...]


def game_levers() -> list[GameLever]:
    """Return every lever of ``levers.toml``; choices are numbered as in a lesson, from 0."""
    found = []
    for lever in lever_file().lever:
        span = span_of(lever)
        values = tuple(float(k) for k in range(len(lever.words) + 1)) if lever.words else ()
        found.append(GameLever(lever.name, lever.kind, span.low, span.high, span.step, values))
    return found


@lru_cache(maxsize=1)
def game() -> Game:
    """Return the game that lessons carry.

    Raises:
        BadInput: its table is wrong, or names a lever that there is not.
    """
    return read_game(game_levers())
