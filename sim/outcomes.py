"""The outcomes of a run: name, unit, how a year is made of quarters, and the empty case."""

from __future__ import annotations

from typing import NamedTuple

from agents.words import CostKind, Function


class Outcome(NamedTuple):
    """One outcome. ``yearly`` is ``last`` (a stock, at Q4), ``sum`` (a flow) or ``mean``.

    ``empty`` is its value without organisations, contracts and payments, or None where that
    depends on the practices.
    """

    name: str
    unit: str
    yearly: str
    empty: float | None
    text: str


_BASE = (
    Outcome("hhi", "share", "last", None, "Herfindahl-Hirschman index of patients over organisations, an unaffiliated practice counting as one"),
    Outcome("effective_organisations", "organisations", "last", None, "1/hhi: equal organisations that give this concentration"),
    Outcome("effective_shannon", "organisations", "last", None, "exp of the Shannon entropy of the same shares"),
    Outcome("organisation_size_mean", "registered patients", "last", 0.0, "mean size of organisations with members here"),
    Outcome("organisation_size_weighted", "registered patients", "last", 0.0, "size of the organisation of the average affiliated patient"),
    Outcome("organisations", "organisations", "last", 0.0, "organisations with members here"),
    Outcome("affiliated_share", "share", "last", 0.0, "patients whose practice is a member"),
    Outcome("hubs_running", "hubs", "last", 0.0, "hubs from driver up with a running plan"),
    Outcome("hub_stage", "stage", "last", None, "mean stage of hub areas, 0 to 4"),
    Outcome("contracts", "contracts", "last", 0.0, "with insurers, memberships and supply (an identity: imposed)"),
    Outcome("contracts_per_practice", "contracts", "last", 0.0, "contracts over open practices"),
    Outcome("suppliers_per_practice", "suppliers", "last", 0.0, "different suppliers of a practice, hubs included"),
    Outcome("suppliers_without_hubs", "suppliers", "last", 0.0, "the same, hubs left out"),
    Outcome("counterparts_per_municipality", "parties", "last", 0.0, "organisations and loose hubs a municipality deals with"),
    Outcome("unsupported_share", "share", "last", 1.0, "patients whose practice has no supplier but itself"),
    Outcome("misfit", "share", "last", None, "patients outside the largest organisation of their municipality"),
    Outcome("information_distance", "share", "last", None, "1 - normalised mutual information of municipality and organisation"),
    Outcome("transaction_cost", "EUR", "sum", None, "hours of both sides at the wage, and claims; coordination apart"),
    Outcome("transaction_cost_per_insured", "EUR per insured", "sum", None, "the same per insured"),
    Outcome("transaction_hours", "h", "sum", None, "hours of both sides"),
    Outcome("oi_spending", "EUR", "sum", 0.0, "paid under O&I titles"),
    Outcome("oi_per_insured", "EUR per insured", "sum", 0.0, "the same per insured"),
    Outcome("oi_share_of_gp_care", "share", "mean", 0.0, "O&I over GP care"),
    Outcome("coverage", "share", "last", None, "support received, by patients"),
    Outcome("engagement", "share", "last", 0.0, "engagement of the average affiliated patient's organisation"),
    Outcome("trust", "share", "last", None, "trust of practices in the organisations they know best"),
    Outcome("trust_p10", "share", "last", None, "tenth percentile of that trust"),
    Outcome("mandate_share", "share", "last", 0.0, "practices that mandate their organisation"),
    Outcome("unspent", "EUR", "last", 0.0, "balances of organisations, hubs and units"),
    Outcome("substitution", "EUR", "sum", None, "second-line cost saved by coherent support (C09)"),
    Outcome("practices", "practices", "last", None, "open practices"),
    Outcome("insured", "insured", "last", None, "registered patients"),
    Outcome("pressure", "share", "last", 0.0, "pressure of the preferred insurers, by insured"),
    Outcome("advisers", "municipalities", "last", 0.0, "municipalities with an adviser at the table"),
    Outcome("eligible_share", "share", "last", 0.0, "patients whose organisation or unit holds a contract"),
    Outcome("plus_share", "share", "last", 0.0, "patients whose practice follows the PLUS package"),
    Outcome("conditions", "share", "last", None, "mean of the five conditions of cooperation over hub areas"),
    Outcome("shared_tables", "share", "last", 0.0, "of practices' dealings with external parties, what goes over a shared table of their organisation"),
    Outcome("renewal", "share", "last", None, "how far practices renewed their work, by patients"),
)  # fmt: skip

_CRITERIA = (
    ("demand", "share of delivered support that follows burden-weighted need"),
    ("scales", "functions delivered at their preferred scale"),
    ("coherence", "functions of a practice in one hand, or in linked hands"),
    ("continuity", "main supplier kept up to three years, times the mandated share"),
    ("added value", "1 - (transaction + coordination cost) / O&I"),
    ("commitment", "engagement times taking part times say, by cost"),
    ("innovation", "reach of the innovation function, by renewal of the practice"),
    ("trust", "half the worst tenth towards suppliers, half towards payers"),
)

OUTCOMES: tuple[Outcome, ...] = (
    _BASE
    + tuple(
        Outcome(
            f"transaction_cost_{name}",
            "EUR per insured",
            "sum",
            None if name == "monitor" else 0.0,  # a practice always deals with others
            f"{name}, both sides",
        )
        for name in CostKind.words()
    )
    + tuple(
        Outcome(f"coverage_{name.replace('-', '_')}", "share", "last", None, f"coverage of {name}")
        for name in Function.words()
    )
    + tuple(
        Outcome(f"criterion_{n}", "share", "last", None, f"criterion {n}, {name}: {text} (S1 3.5)")
        for n, (name, text) in enumerate(_CRITERIA, start=1)
    )
)
"""Every outcome, in the order of the columns that ``sim.indices`` fills."""

NAMES: tuple[str, ...] = tuple(o.name for o in OUTCOMES)


def position(name: str) -> int:
    """Return the column of an outcome."""
    return NAMES.index(name)
