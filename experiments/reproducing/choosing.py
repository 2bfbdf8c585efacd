"""Which runs of a folder are repeated: all, or a sample spread evenly over them."""

from __future__ import annotations


def evenly(count: int, wanted: int | None) -> list[int]:
    """Return places from 0 below ``count``: all, or ``wanted`` of them, first and last included.

    The same numbers give the same places. One alone is the first: all its tables are kept.
    """
    if wanted is None or wanted >= count:
        return list(range(count))
    if wanted == 1:
        return [0]
    return sorted({round(k * (count - 1) / (wanted - 1)) for k in range(wanted)})
