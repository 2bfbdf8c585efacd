"""Sorting in place without making an array (kernels make none): a heap sort."""

from __future__ import annotations

from agents.record import FloatArray
from agents.rule import rule


@rule
def _sift(values: FloatArray, root: int, end: int) -> None:
    while 2 * root + 1 < end:
        child = 2 * root + 1
        if child + 1 < end and values[child] < values[child + 1]:
            child = child + 1
        if values[root] >= values[child]:
            return
        swap = values[root]
        values[root] = values[child]
        values[child] = swap
        root = child


@rule
def sort_first(values: FloatArray, count: int) -> None:
    """Sort the first ``count`` elements of ``values`` (shape ``(n,)``) in place, ascending."""
    for start in range(count // 2):
        _sift(values, count // 2 - 1 - start, count)
    for done in range(count - 1):
        end = count - 1 - done
        swap = values[0]
        values[0] = values[end]
        values[end] = swap
        _sift(values, 0, end)
