"""Volumes: what a title counts, be it insured, patients, acts or hours."""

from __future__ import annotations

from agents.compiled.record import FloatArray
from agents.compiled.rule import rule
from agents.sizes import CHAINS
from agents.title import Title
from agents.words import PayUnit
from sim.tables import Tables


@rule
def group_volume(tables: Tables, title: Title, g: int, patients: float) -> float:
    """Return what a title counts of so many patients of group ``g``: weighted patients or acts."""
    group = tables.groups[g]
    included = patients * group.inclusion * title.groups[g]
    if title.unit == PayUnit.PATIENT:
        return included * group.burden
    if title.unit == PayUnit.ACT and g < CHAINS:
        return included * tables.params[0].transaction_acts
    return 0.0


@rule
def patient_volume(tables: Tables, title: Title, groups: FloatArray) -> float:
    """Return the insured as whom a two-part title counts included patients, by burden (S1 5(4c)).

    Patients of the last group, all that are left, are in no programme: their insured count.
    """
    volume = 0.0
    if title.patient_step > 0.0:
        for g in range(len(tables.groups) - 1):
            group = tables.groups[g]
            volume = volume + groups[g] * group.inclusion * group.burden * title.groups[g]
    return title.patient_step * volume


@rule
def title_volume(
    tables: Tables, title: Title, insured: int, groups: FloatArray, hours: float
) -> float:
    """Return what a title counts of these insured: insured, weighted patients, acts or hours.

    A two-part title counts insured above its base, and may count patients of weight as insured.

    ``groups`` are their patients per group, shape (6,); ``hours`` those worked per insured a year
    (``hours_worked``), of which it pays up to its cap.
    """
    if title.unit == PayUnit.INSURED:
        return float(insured)
    if title.unit == PayUnit.TWO_PART:
        return max(0.0, float(insured) - title.above) + patient_volume(tables, title, groups)
    if title.unit == PayUnit.EFFORT:
        return min(hours, title.cap) * float(insured)
    volume = 0.0
    for g in range(len(tables.groups)):
        volume = volume + group_volume(tables, title, g, groups[g])
    return volume


@rule
def part_of_functions(tables: Tables, title: Title) -> float:
    """Return the share of all support that the functions of a title make up, by cost."""
    share = 0.0
    for f in range(len(tables.functions)):
        if title.functions[f] > 0.0:
            share = share + tables.functions[f].variable
    return share


@rule
def full_hours(tables: Tables, share: float) -> float:
    """Return hours a year per insured that full support takes for this share of the functions."""
    params = tables.params[0]
    return params.supply_variable * share / params.supply_wage
