"""Hours that a contract takes, by kind, and how trust and the mix of members change them."""

from __future__ import annotations

from agents.compiled.draws import clip
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.practice import Practice, find_counterpart
from agents.title import Title
from agents.words import CostKind, Kind, PayUnit
from sim.tables import Tables

HOURLY = int(CostKind.CLAIMS)
"""Kinds of cost below this one are hours that contracts take."""


@rule
def title_hours(title: Title, kind: int, tables: Tables) -> float:
    """Return hours a year for one side of one contract under a title, before trust and mix."""
    params = tables.params[0]
    if not params.transaction_on:
        return 0.0
    term = max(0.25, title.term)
    if kind == CostKind.SEARCH:
        return params.transaction_search / term
    if kind == CostKind.BARGAIN:
        bundled = params.transaction_bundled if title.bundled else 1.0
        hidden = 1.0 - params.transaction_openness if title.open_costs else 1.0
        return params.transaction_bargain * bundled * hidden / term
    if kind == CostKind.CONTRACT:
        return params.transaction_contract / term
    if kind == CostKind.MONITOR:
        extra = params.transaction_insured_hours if title.unit == PayUnit.INSURED else 0.0
        if title.checks:
            extra = extra + params.transaction_check
        if not title.open_costs:
            # Costs that are not shown are talked about again and again (C28).
            extra = extra + params.transaction_hidden
        return params.transaction_monitor + extra
    return 0.0


@rule
def soften(trust: float, mixed: float, tables: Tables) -> float:
    """Return the factor on hours of a pair: less by trust, more by the mix of members."""
    params = tables.params[0]
    less = 1.0 - params.transaction_trust * clip(trust, 0.0, 1.0)
    return less * (1.0 + params.transaction_mixed * mixed)


@rule
def trust_in(tables: Tables, practice: Practice, supplier: int) -> float:
    """Return the trust of a practice in a supplier (a party number), or before any contact."""
    organisations = int(tables.offsets[Kind.ORGANISATION])
    if supplier >= organisations:
        k = find_counterpart(practice, supplier - organisations)
        if k != NONE:
            return float(practice.trust[k])
    elif supplier >= int(tables.offsets[Kind.HUB]):
        return float(practice.hub_trust)
    return float(tables.municipalities[practice.municipality].trust_start)
