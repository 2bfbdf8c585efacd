"""The lasting taste of one party for another, which no term of a utility says."""

from __future__ import annotations

from agents.compiled.draws import draw, normal, stream
from agents.compiled.rule import rule
from sim.tables import Tables

TASTE = stream("choice.taste")
TASTE_TURN = stream("choice.taste.turn")


@rule
def lasting(tables: Tables, number: int, other: int, tick: int) -> float:
    """Return the lasting standard normal taste of ``number`` for ``other``.

    Each pair redraws after 1/``choice.redraw`` years, at a moment of its own.
    """
    seed = tables.counter[0].seed
    rate = tables.params[0].choice_redraw
    epoch = 0
    if rate > 0.0:
        turn = draw(seed, TASTE_TURN, number, other, 0)
        epoch = int(float(tick) * rate / 4.0 + turn)
    return normal(draw(seed, TASTE, number, other, epoch))
