"""Whose practices are measured, and how many they and their patients are."""

from __future__ import annotations

from agents.compiled.record import NONE, FloatArray, IntArray
from agents.compiled.rule import rule
from sim.measure.column import Column, stock
from sim.tables import Tables

EVERYWHERE = -1
"""In the place of a municipality: all of them."""


class Lists(Column):
    """Practices and their lists."""

    PRACTICES = stock(
        "practices",
        "open practices",
        "Practices",
        "Praktijken",
    )
    INSURED = stock(
        "insured",
        "registered patients",
        "Insured",
        "Verzekerden",
    )


@rule
def gather(tables: Tables, m: int, rows: IntArray) -> int:
    """Write the open practices of municipality ``m`` (or all) into ``rows``; return how many."""
    count = 0
    first = 0
    last = len(tables.hubs)
    if m != EVERYWHERE:
        first = tables.municipalities[m].first_hub
        last = first + tables.municipalities[m].hubs
    for h in range(first, last):
        i = tables.hubs[h].first
        while i != NONE:
            if tables.practices[i].alive:
                rows[count] = i
                count = count + 1
            i = tables.practices[i].next_in_hub
    return count


@rule
def measure_lists(tables: Tables, rows: IntArray, count: int, out: FloatArray) -> float:
    """Fill the number of practices and of their patients (``Lists``); return the patients."""
    insured = 0.0
    for r in range(count):
        insured = insured + float(tables.practices[rows[r]].patients)
    out[Lists.PRACTICES] = float(count)
    out[Lists.INSURED] = insured
    return insured
