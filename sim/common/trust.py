"""How a contact goes, and what trust follows from it."""

from __future__ import annotations

from agents.compiled.draws import clip, draw, stream
from agents.compiled.elementary import exp, log
from agents.compiled.rule import rule
from agents.parameters import Parameters
from sim.tables import Tables

CONTACT = stream("trust.contact")


BAD = stream("trust.bad")


@rule
def adjust_trust(trust: float, start: float, outcome: int, params: Parameters) -> float:
    """Return trust after a quarter: ``outcome`` 1 good contact, -1 bad, 0 none (model (d))."""
    if outcome > 0:
        return trust + params.trust_gain * (1.0 - trust)
    if outcome < 0:
        return trust - params.trust_loss * trust
    fade = 1.0 - exp(-log(2.0) / (4.0 * params.trust_half_life))
    return trust + fade * (start - trust)


@rule
def meet(tables: Tables, number: int, other: int, bad: float, contact: float, tick: int) -> int:
    """Return 1, -1 or 0: whether a contact happened this quarter, and how it went.

    ``number`` and ``other`` are ids (or a ``Kind`` that each has one of) that key the draws;
    ``bad`` and ``contact`` are the chances of a bad contact and of a contact at all.
    """
    seed = tables.counter[0].seed
    if draw(seed, CONTACT, number, other, tick) >= contact:
        return 0
    if draw(seed, BAD, number, other, tick) < clip(bad, 0.0, 1.0):
        return -1
    return 1
