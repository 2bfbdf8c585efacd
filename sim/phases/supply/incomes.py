"""Phase 10, supply: how sure an organisation is of its income."""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.organisation.investment import watch_income
from sim.common.alliances import alliance_of
from sim.tables import Tables


@rule
def watch_incomes(tables: Tables) -> None:
    """Organisations see how their income of the year compares with that of earlier years."""
    for o in range(tables.counter[0].organisations):
        organisation = tables.organisations[o]
        if organisation.alive:
            insured = float(max(1, max(organisation.insured, organisation.patients)))
            watch_income(organisation, organisation.income / insured, tables.params[0])


@rule
def longest_term(tables: Tables, o: int, tick: int) -> float:
    """Return the term in years of the longest contract of ``o`` or its lead, 0 without any."""
    organisation = tables.organisations[o]
    lead = tables.organisations[alliance_of(tables, o)]
    longest = 0.0
    for k in range(len(tables.tariffs)):
        title = tables.titles[tick][k]
        held = min(organisation.contract[k], lead.contract[k]) != NONE
        if title.active and title.contract and held:
            longest = max(longest, title.term)
    return longest
