"""What a lesson that is served offers to classes."""

from __future__ import annotations

from typing import NamedTuple

from experiments.classroom.game.table import Game


class Offered(NamedTuple):
    """What the lesson that is served offers: its rules, regions, regimes, and the game."""

    rules: str
    regions: tuple[str, ...]
    regimes: tuple[str, ...]
    game: Game
