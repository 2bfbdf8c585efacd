"""Money on the table for supply, and the central support that practices have."""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import inlined, rule
from agents.words import Kind
from sim.common.alliances import alliance_of
from sim.common.claims import organisation_as_payee, organisation_claim
from sim.common.delivery import delivered_by
from sim.tables import Tables


@rule
def contract_of(tables: Tables, o: int, k: int) -> int:
    """Return who holds the contract for title ``k`` for ``o``: itself, its lead, or ``NONE``."""
    if tables.organisations[o].contract[k] != NONE:
        return o
    lead = alliance_of(tables, o)
    return lead if tables.organisations[lead].contract[k] != NONE else NONE


@rule
def per_member(tables: Tables, o: int, k: int, tick: int) -> float:
    """Return EUR a year per insured that O&I title ``k`` brings ``o`` under a contract, else 0."""
    title = tables.titles[tick][k]
    if not title.active or not title.oi or not title.contract or title.in_force <= 0.0:
        return 0.0
    holder = contract_of(tables, o, k)
    if title.receiver != Kind.ORGANISATION or holder == NONE:
        return 0.0
    if title.neutral > 0.0:
        return title.neutral * tables.params[0].money_scale
    insured = organisation_as_payee(tables, k, title, holder).insured
    if insured <= 0:
        return 0.0
    return organisation_claim(tables, holder, k, tick) / float(insured)


@inlined
def central_of(tables: Tables, i: int, f: int) -> float:
    """Return the share of what is central in function ``f`` that practice ``i`` is supplied."""
    practice = tables.practices[i]
    functions = len(tables.functions)
    before: int = NONE
    covered = 0.0
    central = 0.0
    for g in range(len(tables.groups)):
        supplier = practice.supplier[g * functions + f]
        # Mostly one supplier serves all groups: what it delivers is looked up once.
        if supplier != before:
            covered = delivered_by(tables, supplier, f)
            before = supplier
        central = central + practice.weights[g] * covered
    return central
