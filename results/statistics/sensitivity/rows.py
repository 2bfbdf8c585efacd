"""A row of the table of answers for each index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from results.statistics.sensitivity.resampled import Interval

SHARES, SIZES = ("S1", "ST", "S2"), ("mu*", "sigma")
SAMPLE = "(all sampled)"
"""What stands for the factors of a sample together."""


def written(value: Any) -> str:
    """Return a level as a table writes it."""
    if isinstance(value, bool | np.bool_):
        return str(value).lower()
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def as_row(
    design: str, index: str, factor: str, other: str, ends: tuple[float, float, float], points: int
) -> dict[str, Any]:
    """Return one index as a row: ``ends`` are its value and the ends of its interval."""
    value, low, high = (float(one) for one in ends)
    return {"design": design, "index": index, "factor": factor, "other": other, "value": value,
            "low": low, "high": high, "idle": np.nan, "points": points}  # fmt: skip


def told(
    keys: Sequence[tuple[str, int, int]],
    answer: Interval,
    names: Sequence[str],
    design: str,
    points: int,
) -> Iterator[dict[str, Any]]:
    """Give estimates with their intervals as rows; shares only where there is something to share.

    There is where the share of seeds, which comes last, is told from the whole.
    """
    untold = not answer.high[-1] < 1.0 and np.isfinite(answer.high[-1])
    for place, (index, one, other) in enumerate(keys):
        ends = (answer.value[place], answer.low[place], answer.high[place])
        if index == "seed":
            value, low, high = (min(max(float(end), 0.0), 1.0) for end in ends)
            yield as_row(design, "S_seed", "", "", (value, low, high), points)
            continue
        if index in SIZES:
            ends = (ends[0], max(ends[1], 0.0), ends[2])
        if untold and index in SHARES:
            ends = (np.nan, np.nan, np.nan)
        factor = SAMPLE if one < 0 else names[one]
        second = names[other] if other != one else ""
        yield as_row(design, index, factor, second, ends, points)
