"""Pieces of an area: municipalities of one alliance that border on each other."""

from __future__ import annotations

from agents.compiled.record import IntArray
from agents.compiled.rule import rule
from sim.tables import Tables


@rule
def is_asked_by(tables: Tables, m: int, o: int) -> bool:
    """Return whether the alliance of ``o`` holds municipality ``m`` and does not leave it out."""
    place = tables.municipalities[m]
    return bool(place.lead == o and not place.left_out)


@rule
def walk_piece(
    tables: Tables, o: int, start: int, label: int, reached: IntArray, stack: IntArray
) -> int:
    """Label the piece of the area of ``o`` that ``start`` is in; return how many there are in it.

    Depth-first. ``reached`` (shape (municipalities,)) is 0 where nobody was yet and gets ``label``
    (not 0); ``stack`` (the same shape) is room.
    """
    stack[0] = start
    reached[start] = label
    depth = 1
    count = 0
    while depth > 0:
        depth = depth - 1
        m = stack[depth]
        count = count + 1
        place = tables.municipalities[m]
        for b in range(place.neighbour_count):
            other = place.neighbours[b]
            if reached[other] == 0 and is_asked_by(tables, other, o):
                reached[other] = label
                stack[depth] = other
                depth = depth + 1
    return count
