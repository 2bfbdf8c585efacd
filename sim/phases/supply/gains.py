"""Phase 10, supply: what is delivered for the money, and what of the money is kept (C26)."""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.organisation.regio_organisatie import RegioOrganisatie
from agents.words import Function
from sim.common.alliances import alliance_of
from sim.common.cost import full_cost
from sim.tables import Tables


@rule
def need_of_function(tables: Tables, o: int, f: int) -> float:
    """Return EUR a quarter that full supply of function ``f`` costs ``o``, elsewhere left out."""
    organisation = tables.organisations[o]
    clients = organisation.clients[f]
    spared = tables.params[0].merge_sharing * organisation.haps
    if clients <= 0.0 or organisation.outside <= 0.0:
        return 0.25 * full_cost(tables, f, clients, organisation.level, spared)
    whole = clients + organisation.outside
    return 0.25 * full_cost(tables, f, whole, organisation.level, spared) * clients / whole


@rule
def spend_share(tables: Tables, o: int, income: float, total: float) -> float:
    """Return the share that ``o`` spends of what its income would buy of support; note the rest.

    A fee pays for the standard of support. Who can buy more for it keeps of that as much as the
    benchmark weighs in the fee; other titles are spent in full: there, cost follows payment (C29).
    ``income`` is EUR a quarter, ``total`` what came in for all functions.
    """
    params = tables.params[0]
    organisation = tables.organisations[o]
    organisation.gain = 0.0
    holder = tables.organisations[alliance_of(tables, o)]
    paid = params.contract_efficient_cost and holder.fee > 0.0 and total > 0.0
    if not paid or holder.weight <= 0.0:
        return 1.0
    whole = 0.0
    planned = 0.0
    euros = 0.0
    for f in range(len(tables.functions)):
        share = tables.functions[f].variable
        if f == Function.HOUSING:
            continue
        whole = whole + share
        need = need_of_function(tables, o, f)
        if organisation.bought[f] != NONE:
            planned = planned + share * organisation.coverage[f]
        elif need > 0.0:
            budget = min(need, income * organisation.money[f] / total)
            planned = planned + share * budget / need
            euros = euros + budget
    by_fee = min(1.0, organisation.bargained / total)
    agreed = params.contract_standard * (1.0 - holder.short) * whole
    if by_fee * planned <= agreed:
        return 1.0
    keeps = holder.weight * (by_fee - agreed / planned)
    organisation.gain = keeps * euros
    return 1.0 - keeps


@rule
def budget_for(
    organisation: RegioOrganisatie, f: int, budget: float, need: float, spends: float
) -> float:
    """Return what is left of a budget (EUR a quarter) where a gain is kept.

    Housing is no part of the comparison, and what is bought is paid as agreed.
    """
    if f == Function.HOUSING or organisation.bought[f] != NONE:
        return budget
    return min(budget, need) * spends


@rule
def count_delivered(tables: Tables, o: int) -> None:
    """Add what ``o`` delivers to its running year: insured, by share of full support."""
    organisation = tables.organisations[o]
    whole = 0.0
    covered = 0.0
    for f in range(len(tables.functions)):
        if f != Function.HOUSING:
            whole = whole + tables.functions[f].variable
            covered = covered + tables.functions[f].variable * organisation.coverage[f]
    insured = float(max(organisation.insured, organisation.patients))
    share = covered / whole if whole > 0.0 else 0.0
    organisation.delivered = 0.75 * organisation.delivered + 0.25 * share * insured
