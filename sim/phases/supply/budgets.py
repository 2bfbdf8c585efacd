"""Phase 10, third part: practices see the O&I of a year fall against that of the year before."""

from __future__ import annotations

from agents.compiled.rule import rule
from sim.common.receipts import oi_for
from sim.tables import Tables


@rule
def watch_budgets(tables: Tables, ending: bool) -> None:
    """Add up O&I per patient; where the year is ``ending``, compare it with the year before."""
    for i in range(tables.counter[0].practices):
        practice = tables.practices[i]
        if not practice.alive:
            continue
        quarter = oi_for(tables, i) / float(max(1, practice.patients))
        practice.oi_year = practice.oi_year + quarter
        if ending:
            practice.oi_fall = 0.0
            if practice.oi_last > 0.0:
                practice.oi_fall = max(0.0, 1.0 - practice.oi_year / practice.oi_last)
            practice.oi_last = practice.oi_year
