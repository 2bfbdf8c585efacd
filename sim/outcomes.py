"""The outcomes of a run: name, unit, how a year is made of quarters, the empty case, labels."""

from __future__ import annotations

from typing import NamedTuple

from agents.words import CostKind, Function


class Outcome(NamedTuple):
    """One outcome. ``yearly`` is ``last`` (a stock, at Q4), ``sum`` (a flow) or ``mean``.

    ``empty`` is its value without organisations, contracts and payments, or None where that
    depends on the practices. ``english`` and ``dutch`` are what figures and reports call it.
    """

    name: str
    unit: str
    yearly: str
    empty: float | None
    text: str
    english: str
    dutch: str


_BASE = (
    Outcome("hhi", "share", "last", None, "Herfindahl-Hirschman index of patients over organisations, an unaffiliated practice counting as one", "Concentration (HHI)", "Concentratie (HHI)"),
    Outcome("effective_organisations", "organisations", "last", None, "1/hhi: equal organisations that give this concentration", "Effective number of organisations", "Effectief aantal organisaties"),
    Outcome("effective_shannon", "organisations", "last", None, "exp of the Shannon entropy of the same shares", "Effective number (Shannon)", "Effectief aantal (Shannon)"),
    Outcome("organisation_size_mean", "registered patients", "last", 0.0, "mean size of organisations with members here", "Mean size of an organisation", "Gemiddelde grootte van een organisatie"),
    Outcome("organisation_size_weighted", "registered patients", "last", 0.0, "size of the organisation of the average affiliated patient", "Size of the average patient's organisation", "Grootte van de organisatie van de gemiddelde patiënt"),
    Outcome("organisations", "organisations", "last", 0.0, "organisations with members here", "Organisations", "Organisaties"),
    Outcome("affiliated_share", "share", "last", 0.0, "patients whose practice is a member", "Patients of member practices", "Patiënten van aangesloten praktijken"),
    Outcome("hubs_running", "hubs", "last", 0.0, "hubs from driver up with a running plan", "Hubs running", "Werkende wijkhubs"),
    Outcome("hub_stage", "stage", "last", None, "mean stage of hub areas, 0 to 4", "Mean stage of hubs", "Gemiddelde fase van wijkhubs"),
    Outcome("contracts", "contracts", "last", 0.0, "with insurers, memberships and supply (an identity: imposed)", "Contracts", "Contracten"),
    Outcome("contracts_per_practice", "contracts", "last", 0.0, "contracts over open practices", "Contracts per practice", "Contracten per praktijk"),
    Outcome("suppliers_per_practice", "suppliers", "last", 0.0, "different suppliers of a practice, hubs included", "Suppliers per practice", "Leveranciers per praktijk"),
    Outcome("suppliers_without_hubs", "suppliers", "last", 0.0, "the same, hubs left out", "Suppliers per practice, hubs left out", "Leveranciers per praktijk zonder wijkhubs"),
    Outcome("counterparts_per_municipality", "parties", "last", 0.0, "organisations and loose hubs a municipality deals with", "Counterparts per municipality", "Gesprekspartners per gemeente"),
    Outcome("unsupported_share", "share", "last", 1.0, "patients whose practice has no supplier but itself", "Share without support", "Aandeel zonder ondersteuning"),
    Outcome("misfit", "share", "last", None, "patients outside the largest organisation of their municipality", "Misfit with municipalities", "Slechte aansluiting op gemeenten"),
    Outcome("information_distance", "share", "last", None, "1 - normalised mutual information of municipality and organisation", "Distance of municipalities and organisations", "Afstand tussen gemeenten en organisaties"),
    Outcome("transaction_cost", "EUR", "sum", None, "hours of both sides at the wage, and claims; coordination apart", "Transaction cost", "Transactiekosten"),
    Outcome("transaction_cost_per_insured", "EUR per insured", "sum", None, "the same per insured", "Transaction cost per insured", "Transactiekosten per verzekerde"),
    Outcome("transaction_hours", "h", "sum", None, "hours of both sides", "Transaction hours", "Transactie-uren"),
    Outcome("oi_spending", "EUR", "sum", 0.0, "paid under O&I titles", "O&I spending", "Uitgaven aan O&I"),
    Outcome("oi_per_insured", "EUR per insured", "sum", 0.0, "the same per insured", "O&I per insured", "O&I per verzekerde"),
    Outcome("oi_share_of_gp_care", "share", "mean", 0.0, "O&I over GP care", "O&I as share of GP care", "O&I als aandeel van huisartsenzorg"),
    Outcome("coverage", "share", "last", None, "support received, by patients", "Coverage of functions", "Dekking van functies"),
    Outcome("engagement", "share", "last", 0.0, "engagement of the average affiliated patient's organisation", "Engagement", "Betrokkenheid"),
    Outcome("trust", "share", "last", None, "trust of practices in the organisations they know best", "Trust", "Vertrouwen"),
    Outcome("trust_p10", "share", "last", None, "tenth percentile of that trust", "Trust, lowest tenth", "Vertrouwen, laagste tiende"),
    Outcome("mandate_share", "share", "last", 0.0, "practices that mandate their organisation", "Mandate", "Mandaat"),
    Outcome("unspent", "EUR", "last", 0.0, "balances of organisations, hubs and units", "Unspent money", "Niet besteed geld"),
    Outcome("substitution", "EUR", "sum", None, "second-line cost saved by coherent support (C09)", "Substitution", "Substitutie"),
    Outcome("practices", "practices", "last", None, "open practices", "Practices", "Praktijken"),
    Outcome("insured", "insured", "last", None, "registered patients", "Insured", "Verzekerden"),
    Outcome("pressure", "share", "last", 0.0, "pressure of the preferred insurers, by insured", "Pressure of insurers", "Druk van verzekeraars"),
    Outcome("advisers", "municipalities", "last", 0.0, "municipalities with an adviser at the table", "Municipalities with an adviser", "Gemeenten met een adviseur"),
    Outcome("eligible_share", "share", "last", 0.0, "patients whose organisation or unit holds a contract", "Patients whose payee has a contract", "Patiënten met een gecontracteerde partij"),
    Outcome("plus_share", "share", "last", 0.0, "patients whose practice follows the PLUS package", "Patients under the PLUS package", "Patiënten onder het PLUS-pakket"),
    Outcome("conditions", "share", "last", None, "mean of the five conditions of cooperation over hub areas", "Five conditions of cooperation", "Vijf voorwaarden voor samenwerking"),
    Outcome("shared_tables", "share", "last", 0.0, "of practices' dealings with external parties, what goes over a shared table of their organisation", "Dealings over a shared table", "Afspraken via een gezamenlijke tafel"),
    Outcome("renewal", "share", "last", None, "how far practices renewed their work, by patients", "Renewal of practices", "Vernieuwing van praktijken"),
)  # fmt: skip

_CRITERIA = (
    ("demand", "zorgvraag", "share of delivered support that follows burden-weighted need"),
    ("scales", "schaalniveaus", "functions delivered at their preferred scale"),
    ("coherence", "samenhang", "functions of a practice in one hand, or in linked hands"),
    (
        "continuity",
        "continuïteit",
        "main supplier kept up to three years, times the mandated share",
    ),
    ("added value", "meerwaarde", "1 - (transaction + coordination cost) / O&I"),
    ("commitment", "betrokkenheid", "engagement times taking part times say, by cost"),
    ("innovation", "innovatie", "reach of the innovation function, by renewal of the practice"),
    ("trust", "vertrouwen", "half the worst tenth towards suppliers, half towards payers"),
)

_FUNCTIONS_NL = (
    "ICT",
    "bedrijfsvoering",
    "kwaliteit",
    "innovatie",
    "zorgmanagement",
    "externe afspraken",
    "huisvesting",
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
            f"Transaction cost: {name}",
            f"Transactiekosten: {name}",
        )
        for name in CostKind.words()
    )
    + tuple(
        Outcome(
            f"coverage_{name.replace('-', '_')}",
            "share",
            "last",
            None,
            f"coverage of {name}",
            f"Coverage: {name.replace('-', ' ')}",
            f"Dekking: {dutch}",
        )
        for name, dutch in zip(Function.words(), _FUNCTIONS_NL, strict=True)
    )
    + tuple(
        Outcome(
            f"criterion_{n}",
            "share",
            "last",
            None,
            f"criterion {n}, {name}: {text} (S1 3.5)",
            f"Criterion {n}: {name}",
            f"Criterium {n}: {dutch}",
        )
        for n, (name, dutch, text) in enumerate(_CRITERIA, start=1)
    )
)
"""Every outcome, in the order of the columns that ``sim.indices`` fills."""

NAMES: tuple[str, ...] = tuple(o.name for o in OUTCOMES)


def position(name: str) -> int:
    """Return the column of an outcome."""
    return NAMES.index(name)
