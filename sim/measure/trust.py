"""Trust of practices in those they deal with."""

from __future__ import annotations

from agents.compiled.record import NONE, FloatArray, IntArray
from agents.compiled.rule import rule
from agents.practice import find_counterpart
from agents.words import Kind
from sim.measure.column import Column, stock
from sim.sorting import nth_smallest
from sim.tables import Tables


class Trust(Column):
    """Mean trust, and that of the tenth that trusts least."""

    TRUST = stock(
        "share",
        "trust of practices in their organisation, else main supplier, else before contact",
        "Trust",
        "Vertrouwen",
    )
    TRUST_P10 = stock(
        "share",
        "tenth percentile of that trust",
        "Trust, lowest tenth",
        "Vertrouwen, laagste tiende",
    )


@rule
def measure_trust(tables: Tables, rows: IntArray, count: int, out: FloatArray) -> None:
    """Fill mean and tenth percentile of trust in the organisation a practice deals with most."""
    values = tables.scratch.trusts
    total = 0.0
    for r in range(count):
        values[r] = trust_in_supplier(tables, rows[r])
        total = total + values[r]
    out[Trust.TRUST] = total / float(count)
    out[Trust.TRUST_P10] = nth_smallest(values, count, int(0.1 * float(count - 1)))


@rule
def trust_in_supplier(tables: Tables, i: int) -> float:
    """Return the trust of practice ``i`` in its organisation, else in its main supplier."""
    practice = tables.practices[i]
    o = practice.organisation
    if o == NONE and practice.main != NONE:
        first = int(tables.offsets[Kind.ORGANISATION])
        if practice.main >= first:
            o = practice.main - first
        elif practice.main >= int(tables.offsets[Kind.HUB]):
            return float(practice.hub_trust)
    if o != NONE:
        k = find_counterpart(practice, o)
        if k != NONE:
            return float(practice.trust[k])
    return float(tables.municipalities[practice.municipality].trust_start)
