"""What the ministry's room leaves out of claims, and what hospital care gives up to them."""

from __future__ import annotations

from agents.compiled.record import NONE, FloatArray, IntArray
from agents.compiled.rule import rule
from sim.common.alliances import alliance_of
from sim.common.receipts import cut_for
from sim.measure.column import Column, flow
from sim.measure.practices import EVERYWHERE
from sim.tables import Tables


class Room(Column):
    """O&I claims against the room of the ministry, and money that hospital care gave up."""

    MACRO_CUT = flow(
        "EUR per insured",
        "claimed under O&I titles and not paid, for want of room",
        "O&I cut to the room",
        "Op het kader gekorte O&I",
        empty=0.0,
    )
    TRANSFERRED = flow(
        "EUR per insured",
        "moved by insurers from hospital care to bargained fees, for care that moved",
        "Moved from hospital to primary care",
        "Verschoven van ziekenhuis naar eerste lijn",
        empty=0.0,
    )


@rule
def measure_room(
    tables: Tables, m: int, rows: IntArray, count: int, insured: float, out: FloatArray
) -> None:
    """Fill what was cut, of these practices and of the ROS of ``m``, and what moved (``Room``)."""
    out[Room.TRANSFERRED] = moved_for(tables, rows, count) / insured
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
def moved_for(tables: Tables, rows: IntArray, count: int) -> float:
    """Return EUR a quarter that was moved from hospital care for these practices' alliances."""
    total = 0.0
    for r in range(count):
        practice = tables.practices[rows[r]]
        if practice.organisation != NONE:
            lead = tables.organisations[alliance_of(tables, practice.organisation)]
            total = total + 0.25 * lead.moved * float(practice.patients)
    return total


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
