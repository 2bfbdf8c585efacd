"""Who shows its costs: what is not shown is suspected (C28, S1-138)."""

from __future__ import annotations

from agents.compiled.record import NONE, IntArray
from agents.compiled.rule import rule
from sim.common.alliances import alliance_of
from sim.tables import Tables


@rule
def shows_costs(tables: Tables, contract: IntArray, tick: int) -> bool:
    """Return whether one of these contracts (starts per title, shape (32,)) asks open costs."""
    for k in range(len(tables.tariffs)):
        title = tables.titles[tick][k]
        if title.active and title.open_costs and contract[k] != NONE:
            return True
    return False


@rule
def suspect(tables: Tables, contract: IntArray, tick: int) -> float:
    """Return the chance of a bad contact that costs under these contracts are hidden for."""
    if shows_costs(tables, contract, tick):
        return 0.0
    return float(tables.params[0].trust_bad_hidden)


@rule
def note_openness(tables: Tables, tick: int) -> None:
    """Organisations show their costs, or not: who contracts for others shows theirs as well."""
    for o in range(tables.counter[0].organisations):
        organisation = tables.organisations[o]
        lead = tables.organisations[alliance_of(tables, o)]
        own = shows_costs(tables, organisation.contract, tick)
        organisation.hidden = not own and not shows_costs(tables, lead.contract, tick)
