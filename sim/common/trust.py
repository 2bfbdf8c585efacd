"""How a contact goes, and what trust follows from it."""

from __future__ import annotations

from agents.compiled.draws import clip, draw, stream
from agents.compiled.elementary import exp, log
from agents.compiled.rule import rule
from agents.parameters import Parameters
from agents.words import Meeting
from sim.tables import Tables

CONTACT = stream("trust.contact")


BAD = stream("trust.bad")


@rule
def fade_of(params: Parameters) -> float:
    """Return the share of its way back to the start that trust goes in a quarter of no contact."""
    return 1.0 - exp(-log(2.0) / (4.0 * params.trust_half_life))


@rule
def adjust_trust(trust: float, start: float, went: int, fade: float, params: Parameters) -> float:
    """Return trust after a quarter in which a ``Meeting`` went as it did (model (d)).

    ``fade`` is that of ``fade_of``, which a phase works out once for all.
    """
    if went == Meeting.GOOD:
        return trust + params.trust_gain * (1.0 - trust)
    if went == Meeting.BAD:
        return trust - params.trust_loss * trust
    return trust + fade * (start - trust)


@rule
def meet(tables: Tables, number: int, other: int, bad: float, contact: float, tick: int) -> int:
    """Return whether a contact happened this quarter, and how it went (``Meeting``).

    ``number`` and ``other`` are ids (or a ``Kind`` that each has one of) that key the draws;
    ``bad`` and ``contact`` are the chances of a bad contact and of a contact at all.
    """
    seed = tables.counter[0].seed
    if draw(seed, CONTACT, number, other, tick) >= contact:
        return Meeting.NONE
    if draw(seed, BAD, number, other, tick) < clip(bad, 0.0, 1.0):
        return Meeting.BAD
    return Meeting.GOOD
