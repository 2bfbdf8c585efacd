"""Phase 6, last part: what of measured substitution comes on top of bargained fees (C09, C33)."""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import rule
from sim.common.alliances import alliance_of
from sim.common.cost import full_cost
from sim.common.substitution import substitution_of
from sim.tables import Tables


@rule
def agree_transfers(tables: Tables) -> None:
    """Agree which part of the hospital care that an alliance saves comes on top of its fee.

    A share of it (``insurer.transfer``), per patient of the alliance, as far as fee and transfer
    together stay within what is needed. Who bargains no fee has nothing to add to.
    """
    share = tables.params[0].insurer_transfer
    if share <= 0.0:
        return
    shifted = tables.scratch.shifted
    shifters = tables.scratch.shifters
    for o in range(tables.counter[0].organisations):
        shifted[o] = 0.0
        shifters[o] = 0.0
        tables.organisations[o].agreed_transfer = 0.0
    for i in range(tables.counter[0].practices):
        practice = tables.practices[i]
        if practice.alive and practice.organisation != NONE:
            lead = alliance_of(tables, practice.organisation)
            shifted[lead] += substitution_of(tables, i)
            shifters[lead] += float(practice.patients)
    for o in range(tables.counter[0].organisations):
        organisation = tables.organisations[o]
        if organisation.alive and organisation.agreed_fee > 0.0 and shifters[o] > 0.0:
            lacking = max(0.0, needed_by(tables, o, shifters[o]) - organisation.agreed_fee)
            organisation.agreed_transfer = min(lacking, share * shifted[o] / shifters[o])


@rule
def needed_by(tables: Tables, o: int, patients: float) -> float:
    """Return EUR a patient a year that full support by ``o`` and the upkeep of hubs cost.

    At its lasting factor of cost: slack is no need, and brings nothing.
    """
    factor = tables.organisations[o].cost_factor
    total = 0.0
    for f in range(len(tables.functions)):
        total = total + full_cost(tables, f, patients, factor, 0.0)
    return total / max(1.0, patients) + tables.params[0].hub_cost
