"""What outcomes are called in figures and reports, in English and in Dutch.

The unit stored with a run comes first; the one here is used where a run gives none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

DISCLAIMER = "Theoretical exposition, not a forecast."
DISCLAIMER_NL = "Theoretische verkenning, geen voorspelling."

COST_PHASES = (
    "search",
    "mandate",
    "bargain",
    "contract",
    "monitor",
    "claims",
    "redistribution",
    "coordination",
)


class Label(NamedTuple):
    """An outcome's name in English and Dutch, and its unit."""

    english: str
    dutch: str
    unit: str

    @property
    def with_unit(self) -> str:
        """The English name, with the unit unless the name says it already."""
        says = not self.unit or self.unit.lower() in self.english.lower()
        return self.english if says else f"{self.english} ({self.unit})"

    @property
    def unit_nl(self) -> str:
        """The Dutch unit after a comma, or nothing where the Dutch name says it already."""
        unit = UNITS_NL.get(self.unit, self.unit)
        return "" if not unit or unit.lower() in self.dutch.lower() else f", {unit}"


_INSURED = "EUR per insured a year"
LABELS: dict[str, Label] = {
    "organisations": Label("Organisations", "Organisaties", "organisations"),
    "effective_organisations": Label(
        "Effective number of organisations", "Effectief aantal organisaties", "organisations"
    ),
    "organisation_size_mean": Label(
        "Mean size of an organisation", "Gemiddelde grootte van een organisatie", "patients"
    ),
    "organisation_size_weighted": Label(
        "Size of the average patient's organisation",
        "Grootte van de organisatie van de gemiddelde patiënt",
        "patients",
    ),
    "hhi": Label("Concentration (HHI)", "Concentratie (HHI)", "index 0-1"),
    "hubs_running": Label("Hubs running", "Werkende wijkhubs", "hubs"),
    "contracts": Label("Contracts", "Contracten", "contracts"),
    "contracts_per_practice": Label(
        "Contracts per practice", "Contracten per praktijk", "contracts per practice"
    ),
    "suppliers_per_practice": Label(
        "Suppliers per practice", "Leveranciers per praktijk", "suppliers per practice"
    ),
    "unsupported_share": Label("Share without support", "Aandeel zonder ondersteuning", "share"),
    "misfit": Label("Misfit with municipalities", "Slechte aansluiting op gemeenten", "share"),
    "transaction_cost": Label("Transaction cost", "Transactiekosten", "EUR a year"),
    "transaction_cost_per_insured": Label(
        "Transaction cost per insured", "Transactiekosten per verzekerde", _INSURED
    ),
    "transaction_hours": Label("Transaction hours", "Transactie-uren", "h a year"),
    "oi_spending": Label("O&I spending", "Uitgaven aan O&I", "EUR a year"),
    "oi_share_of_gp_care": Label(
        "O&I as share of GP care", "O&I als aandeel van huisartsenzorg", "share"
    ),
    "coverage": Label("Coverage of functions", "Dekking van functies", "share"),
    "engagement": Label("Engagement", "Betrokkenheid", "share"),
    "trust": Label("Trust", "Vertrouwen", "share"),
    "mandate_share": Label("Mandate", "Mandaat", "share of practices"),
    "trust_p10": Label("Trust, lowest tenth", "Vertrouwen, laagste tiende", "share"),
    "effective_shannon": Label(
        "Effective number (Shannon)", "Effectief aantal (Shannon)", "organisations"
    ),
    "affiliated_share": Label(
        "Patients of member practices", "Patiënten van aangesloten praktijken", "share"
    ),
    "hub_stage": Label("Mean stage of hubs", "Gemiddelde fase van wijkhubs", "stage 0-4"),
    "suppliers_without_hubs": Label(
        "Suppliers per practice, hubs left out",
        "Leveranciers per praktijk zonder wijkhubs",
        "suppliers per practice",
    ),
    "counterparts_per_municipality": Label(
        "Counterparts per municipality", "Gesprekspartners per gemeente", "parties"
    ),
    "information_distance": Label(
        "Distance of municipalities and organisations",
        "Afstand tussen gemeenten en organisaties",
        "index 0-1",
    ),
    "oi_per_insured": Label("O&I per insured", "O&I per verzekerde", _INSURED),
    "practices": Label("Practices", "Praktijken", "practices"),
    "insured": Label("Insured", "Verzekerden", "insured"),
    "pressure": Label("Pressure of insurers", "Druk van verzekeraars", "share"),
    "advisers": Label(
        "Municipalities with an adviser", "Gemeenten met een adviseur", "municipalities"
    ),
    "eligible_share": Label(
        "Patients whose payee has a contract", "Patiënten met een gecontracteerde partij", "share"
    ),
    "plus_share": Label(
        "Patients under the PLUS package", "Patiënten onder het PLUS-pakket", "share"
    ),
    "conditions": Label(
        "Five conditions of cooperation", "Vijf voorwaarden voor samenwerking", "share"
    ),
    "shared_tables": Label(
        "Dealings over a shared table", "Afspraken via een gezamenlijke tafel", "share"
    ),
    "renewal": Label("Renewal of practices", "Vernieuwing van praktijken", "share"),
    "unspent": Label("Unspent money", "Niet besteed geld", "EUR"),
    "substitution": Label("Substitution", "Substitutie", "EUR a year"),
}

CRITERIA = (
    ("demand", "zorgvraag"),
    ("scales", "schaalniveaus"),
    ("coherence", "samenhang"),
    ("continuity", "continuïteit"),
    ("added value", "meerwaarde"),
    ("commitment", "betrokkenheid"),
    ("innovation", "innovatie"),
    ("trust", "vertrouwen"),
)
for _place, (_english, _dutch) in enumerate(CRITERIA, start=1):
    LABELS[f"criterion_{_place}"] = Label(
        f"Criterion {_place}: {_english}", f"Criterium {_place}: {_dutch}", "index 0-1"
    )
for _phase in COST_PHASES:
    LABELS[f"transaction_cost_{_phase}"] = Label(
        f"Transaction cost: {_phase}", f"Transactiekosten: {_phase}", _INSURED
    )

for _function, _dutch in (
    ("ict", "ICT"),
    ("operations", "bedrijfsvoering"),
    ("quality", "kwaliteit"),
    ("innovation", "innovatie"),
    ("care_management", "zorgmanagement"),
    ("agreements", "externe afspraken"),
    ("housing", "huisvesting"),
):
    LABELS[f"coverage_{_function}"] = Label(
        f"Coverage: {_function.replace('_', ' ')}", f"Dekking: {_dutch}", "share"
    )

UNITS_NL = {
    "organisations": "organisaties",
    "practices": "praktijken",
    "insured": "verzekerden",
    "municipalities": "gemeenten",
    "parties": "partijen",
    "stage 0-4": "fase 0-4",
    "patients": "patiënten",
    "hubs": "wijkhubs",
    "contracts": "contracten",
    "contracts per practice": "contracten per praktijk",
    "suppliers per practice": "leveranciers per praktijk",
    "share": "aandeel",
    "share of practices": "aandeel van de praktijken",
    "index 0-1": "index 0-1",
    "registered patients": "ingeschreven patiënten",
    "EUR per insured": "euro per verzekerde",
    _INSURED: "euro per verzekerde per jaar",
    "EUR a year": "euro per jaar",
    "EUR": "euro",
    "h a year": "uur per jaar",
}

KEY_OUTCOMES = (
    "organisations",
    "effective_organisations",
    "organisation_size_weighted",
    "hubs_running",
    "suppliers_per_practice",
    "contracts_per_practice",
    "unsupported_share",
    "transaction_cost_per_insured",
    "oi_share_of_gp_care",
    "coverage",
    "engagement",
    "trust",
)


def label(outcome: str, units: Mapping[str, str] | None = None) -> Label:
    """Return what ``outcome`` is called, and its unit; ``units`` are those stored with a run."""
    plain = outcome.replace("_", " ").capitalize()
    known = LABELS.get(outcome, Label(plain, plain, ""))
    return known._replace(unit=(units or {}).get(outcome) or known.unit)
