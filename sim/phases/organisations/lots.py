"""Mergers by lot: a null model of mergers by gain (``merge.random``), off in every regime."""

from __future__ import annotations

from agents.compiled.draws import draw, stream
from agents.compiled.rule import rule
from agents.events import Cause
from agents.practice import distance
from sim.tables import Tables

PAIR = stream("merger.pair")


@rule
def can_merge(tables: Tables, a: int, b: int) -> bool:
    """Return whether two bodies are there, have members, and did not merge this year."""
    if a == b or tables.scratch.taken[a] == 1 or tables.scratch.taken[b] == 1:
        return False
    one = tables.organisations[a]
    other = tables.organisations[b]
    return distance(one.x, one.y, other.x, other.y) <= tables.params[0].merge_vision


@rule
def lot_of(tables: Tables, a: int, b: int, tick: int) -> float:
    """Return the lot of a pair in a quarter, whichever of the two is named first."""
    one = tables.organisations[a].id
    other = tables.organisations[b].id
    return draw(tables.counter[0].seed, PAIR, min(one, other), max(one, other), tick)


@rule
def drawn_pair(tables: Tables, a: int, b: int, tick: int) -> tuple[int, int]:
    """Return two bodies in reach of each other: every such pair is as likely, ``a``, ``b`` too."""
    lowest = 2.0
    for one in range(tables.counter[0].organisations):
        for other in range(one):
            if can_merge(tables, one, other):
                lot = lot_of(tables, one, other, tick)
                if lot < lowest:
                    lowest = lot
                    a = one
                    b = other
    return a, b


@rule
def drawn_host(tables: Tables, guest: int, host: int, tick: int) -> int:
    """Return a body in reach of ``guest``, not smaller: each is as likely, ``host`` too."""
    lowest = 2.0
    for other in range(tables.counter[0].organisations):
        if can_merge(tables, guest, other):
            if tables.organisations[other].patients >= tables.organisations[guest].patients:
                lot = lot_of(tables, guest, other, tick)
                if lot < lowest:
                    lowest = lot
                    host = other
    return host


@rule
def drawn_instead(tables: Tables, a: int, b: int, cause: int, tick: int) -> tuple[int, int, int]:
    """Return who merges in the place of ``a`` and ``b``, who had agreed, and the cause.

    There are as many mergers as boards agree on, but gain does not say between whom. Who is taken
    over for its deficit is the same; who takes it over is drawn.
    """
    if cause == Cause.DEFICIT:
        return a, drawn_host(tables, a, b, tick), cause
    one, other = drawn_pair(tables, a, b, tick)
    return one, other, Cause.NOISE
