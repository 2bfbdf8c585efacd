"""Titles whose run-down is tied to a contract: from when, and how long they may still pay."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents.compiled.record import NONE


def tie_titles(
    titles: NDArray[Any], tariffs: NDArray[Any], values: Mapping[str, float | int | bool]
) -> None:
    """Write into ``tariffs`` when each tied title first runs down by its dates, or ``NONE``.

    From then on it may be paid longer by the years of leniency: so long it stays active in
    ``titles`` (shape ``(ticks, titles)``), unless it ends by ``until``. Nothing is tied with
    ``transition.by_date``.
    """
    tariffs["run_down"] = NONE
    if values["transition.by_date"]:
        return
    longer = math.ceil(4.0 * float(values["transition.lenient"]))
    for k in np.flatnonzero(titles["tied"].any(axis=0)):
        share, active = titles["in_force"][:, k], titles["active"][:, k]
        steps = np.flatnonzero((share[1:] < share[:-1]) & active[:-1])
        if not len(steps):
            continue
        since = int(steps[0]) + 1
        tariffs["run_down"][k] = since
        for tick in range(since, len(share)):
            paid = (share[max(since - 1, tick - longer) : tick + 1] > 0.0).any()
            active[tick] = paid and titles["tied"][tick, k]
