"""Years made of quarters."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from agents.compiled.record import FloatArray, IntArray
from sim.measure.outcomes import OUTCOMES


def yearly(series: FloatArray, first: int) -> tuple[FloatArray, IntArray]:
    """Turn quarters into years: stocks at Q4, flows summed, means averaged.

    ``series`` has quarters on its first axis, the first being tick ``first``. Years that are
    not whole are left out. Returns the values and the tick of each year's last quarter.
    """
    skip = (-first) % 4
    whole = (len(series) - skip) // 4
    quarters: NDArray[np.float64] = series[skip : skip + 4 * whole]
    blocks = quarters.reshape(whole, 4, *series.shape[1:])
    out = blocks[:, 3].copy()
    for column, outcome in enumerate(OUTCOMES):
        if outcome.yearly == "sum":
            out[..., column] = blocks[..., column].sum(axis=1)
        elif outcome.yearly == "mean":
            out[..., column] = blocks[..., column].mean(axis=1)
    ticks = first + skip + 3 + 4 * np.arange(whole, dtype=np.int64)
    return out, ticks
