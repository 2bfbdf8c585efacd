"""Handling claims: a payee registers the patients, acts or hours it is paid for once."""

from __future__ import annotations

from agents.compiled.record import NONE, FloatArray, IntArray
from agents.compiled.rule import rule
from agents.sizes import CHAINS
from agents.title import Title, pays_by_group
from agents.words import Kind, PayUnit
from sim.tables import Tables


@rule
def is_registered(title: Title) -> bool:
    """Return whether a title is paid on what a payee registers: patients, acts or hours."""
    return bool(
        title.unit == PayUnit.PATIENT
        or title.unit == PayUnit.ACT
        or title.unit == PayUnit.EFFORT
        or counts_patients(title)
    )


@rule
def counts_patients(title: Title) -> bool:
    """Return whether a two-part title counts patients of weight beside insured."""
    return bool(title.unit == PayUnit.TWO_PART and title.patient_step > 0.0)


@rule
def count_registered(tables: Tables, title: Title, g: int, patients: float) -> float:
    """Return the patients of group ``g`` whom a title counts, of so many registered."""
    # Acts and hours are registered for chain patients, patients in every paid group.
    if g < CHAINS or title.unit == PayUnit.PATIENT or counts_patients(title):
        return patients * tables.groups[g].inclusion * title.groups[g]
    return 0.0


@rule
def registered_before(
    tables: Tables, k: int, g: int, held: IntArray, patients: FloatArray, served: FloatArray,
    tick: int,
) -> float:  # fmt: skip
    """Return the most patients of group ``g`` whom a title before ``k`` counts in the same way.

    ``held`` is the start of the payee's contract per title, ``patients`` and ``served`` are its
    patients per group (shape (6,)): registered, and served by its programmes.
    """
    title = tables.titles[tick][k]
    most = 0.0
    for earlier in range(k):
        other = tables.titles[tick][earlier]
        if held[earlier] == NONE or not other.active or other.unit != title.unit:
            continue
        if title.receiver == Kind.ORGANISATION and not other.contract:
            continue
        who = served if pays_by_group(other) else patients
        most = max(most, count_registered(tables, other, g, who[g]))
    return most


@rule
def claim_cost(
    tables: Tables, k: int, held: IntArray, patients: FloatArray, served: FloatArray, tick: int
) -> float:
    """Return EUR a year, both sides, of handling claims that title ``k`` adds for a payee.

    One registration serves all titles of the payee in the same unit of payment: what an earlier
    title counted already is left out by the share ``transaction.once`` (1: per patient
    registered, 0: per title; assumed). ``held``, ``patients`` and ``served`` as in
    ``registered_before``.
    """
    params = tables.params[0]
    title = tables.titles[tick][k]
    if not params.transaction_on or not is_registered(title):
        return 0.0
    who = served if pays_by_group(title) else patients
    count = 0.0
    for g in range(len(tables.groups) - 1):
        here = count_registered(tables, title, g, who[g])
        known = 0.0
        if params.transaction_once > 0.0 and here > 0.0:
            known = min(here, registered_before(tables, k, g, held, patients, served, tick))
        count = count + (here - params.transaction_once * known)
    if title.unit == PayUnit.PATIENT or counts_patients(title):
        return params.transaction_patient_cost * count
    return 2.0 * params.transaction_act_cost * params.transaction_acts * count
