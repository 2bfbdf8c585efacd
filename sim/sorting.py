"""Which value is the n-th smallest, without making an array (kernels make none)."""

from __future__ import annotations

from agents.compiled.record import FloatArray
from agents.compiled.rule import rule


@rule
def nth_smallest(values: FloatArray, count: int, n: int) -> float:
    """Return what would stand at place ``n`` (from 0) if the first ``count`` values were sorted.

    Hoare's selection: it moves values about in place, and takes time linear in ``count``.
    ``values`` has shape ``(m,)`` with ``m >= count > n``.
    """
    low = 0
    high = count - 1
    while low < high:
        pivot = values[(low + high) // 2]
        i = low
        j = high
        while i <= j:
            while values[i] < pivot:
                i = i + 1
            while pivot < values[j]:
                j = j - 1
            if i <= j:
                swap = values[i]
                values[i] = values[j]
                values[j] = swap
                i = i + 1
                j = j - 1
        if n <= j:
            high = j
        elif n >= i:
            low = i
        else:
            low = high
    return float(values[n])
