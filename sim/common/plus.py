"""What the PLUS package pays."""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import rule
from sim.tables import Tables


@rule
def plus_rate(tables: Tables, o: int, tick: int) -> float:
    """Return EUR per insured a year under the package of organisation ``o``; below 0: none."""
    rate = -1.0
    for k in range(len(tables.tariffs)):
        title = tables.titles[tick][k]
        if title.active and title.plus and tables.organisations[o].contract[k] != NONE:
            paid = title.rate * tables.tariffs[k].rate * title.in_force
            rate = max(0.0, rate) + paid * tables.params[0].money_scale
    return rate
