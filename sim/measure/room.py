"""What the ministry's room leaves out of claims."""

from __future__ import annotations

from agents.compiled.record import FloatArray, IntArray
from agents.compiled.rule import rule
from sim.common.receipts import cut_for
from sim.measure.column import Column, flow
from sim.measure.practices import EVERYWHERE
from sim.tables import Tables


class Room(Column):
    """O&I claims against the room of the ministry."""

    MACRO_CUT = flow(
        "EUR per insured",
        "claimed under O&I titles and not paid, for want of room",
        "O&I cut to the room",
        "Op het kader gekorte O&I",
        empty=0.0,
    )


@rule
def measure_room(
    tables: Tables, m: int, rows: IntArray, count: int, insured: float, out: FloatArray
) -> None:
    """Fill what was cut this quarter, of these practices and of the ROS of ``m`` (``Room``)."""
    binds = False
    for z in range(len(tables.insurers)):
        binds = binds or tables.insurers[z].cut > 0.0
    if not binds:
        return
    cut = cut_of_ros(tables, m)
    for r in range(count):
        cut = cut + cut_for(tables, rows[r])
    out[Room.MACRO_CUT] = cut / insured


@rule
def cut_of_ros(tables: Tables, m: int) -> float:
    """Return EUR cut this quarter of what the ROS have for municipality ``m`` (or all)."""
    total = 0.0
    for r in range(len(tables.ros)):
        people = 0.0
        here = 0.0
        for place in range(len(tables.municipalities)):
            town = tables.municipalities[place]
            if town.ros == r:
                people = people + float(town.population)
                if m == EVERYWHERE or m == place:
                    here = here + float(town.population)
        total = total + tables.ros[r].cut * here / max(1.0, people)
    return total
