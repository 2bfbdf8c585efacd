"""Contracts for a region, apart from those for chain care, and what waiting for them takes."""

from __future__ import annotations

from agents.compiled.record import NONE, FloatArray, IntArray
from agents.compiled.rule import rule
from agents.title import Title
from sim.common.alliances import alliance_of
from sim.measure.column import Column, flow, stock
from sim.tables import Tables


class Regional(Column):
    """Contracts under O&I titles that ask a mandate or pay a bargained fee."""

    REGIONAL_CONTRACT_SHARE = stock(
        "share",
        "patients whose organisation, its lead, or unit holds a contract under an O&I title "
        "that asks a mandate or pays a bargained fee, where its area is not left out",
        "Patients under a contract for the region",
        "Patiënten onder een contract voor de regio",
        empty=0.0,
    )
    YEARS_WITHOUT_CONTRACT = flow(
        "yr",
        "time that patients are without such a contract while such a title is in force; "
        "over the years, how long the average insured waited",
        "Years without a contract for the region",
        "Jaren zonder contract voor de regio",
    )


@rule
def is_regional(title: Title) -> bool:
    """Return whether a contract under a title is one for a region: told by its conditions."""
    if not title.active or not title.oi or not title.contract or title.in_force <= 0.0:
        return False
    return bool(title.mandate > 0.0 or title.negotiated > 0.0)


@rule
def holds_regional(tables: Tables, i: int, k: int) -> bool:
    """Return whether the unit of practice ``i``, its organisation or its lead holds title ``k``.

    Where the lead leaves the municipality out of the area that it asks for, neither holds it there.
    """
    practice = tables.practices[i]
    if tables.units[practice.unit].contract[k] != NONE:
        return True
    if practice.organisation == NONE:
        return False
    lead = alliance_of(tables, practice.organisation)
    place = tables.municipalities[practice.municipality]
    if place.left_out and place.lead == lead:
        return False
    own = tables.organisations[practice.organisation].contract[k]
    return bool(own != NONE or tables.organisations[lead].contract[k] != NONE)


@rule
def waits(tables: Tables, i: int, tick: int) -> bool:
    """Return whether practice ``i`` is under no contract for a region."""
    for k in range(len(tables.tariffs)):
        if is_regional(tables.titles[tick][k]) and holds_regional(tables, i, k):
            return False
    return True


@rule
def measure_regional(
    tables: Tables, tick: int, rows: IntArray, count: int, insured: float, out: FloatArray
) -> None:
    """Fill who is under a contract for the region, and who waits for one (``Regional``)."""
    offered = False
    for k in range(len(tables.tariffs)):
        offered = offered or is_regional(tables.titles[tick][k])
    if not offered:
        # Nobody is under one, and nobody waits.
        return
    held = 0.0
    for r in range(count):
        if not waits(tables, rows[r], tick):
            held = held + float(tables.practices[rows[r]].patients)
    out[Regional.REGIONAL_CONTRACT_SHARE] = held / insured
    out[Regional.YEARS_WITHOUT_CONTRACT] = 0.25 * (1.0 - held / insured)
