"""Units: of a quarter and of a year, in English and in Dutch."""

from __future__ import annotations

DUTCH = {
    "EUR": "euro",
    "EUR per inhabitant/yr": "euro per inwoner per jaar",
    "EUR per insured": "euro per verzekerde",
    "EUR per insured/yr": "euro per verzekerde per jaar",
    "EUR/h": "euro per uur",
    "contracts": "contracten",
    "fte per 10,000": "fte per 10.000",
    "h": "uur",
    "hubs": "wijkhubs",
    "insured": "verzekerden",
    "municipalities": "gemeenten",
    "organisations": "organisaties",
    "parties": "partijen",
    "patients": "patiënten",
    "patients per 1,000 insured": "patiënten per 1.000 verzekerden",
    "practices": "praktijken",
    "registered patients": "ingeschreven patiënten",
    "share": "aandeel",
    "stage": "fase",
    "suppliers": "leveranciers",
    "yr": "jaar",
}


def unit_of_year(unit: str, yearly: str, language: str = "en") -> str:
    """Return the unit of a year's value.

    Args:
        unit: that of a quarter's value.
        yearly: how quarters make a year: ``sum``, ``mean`` or ``last``.
        language: ``en`` or ``nl``; a unit that has no Dutch stays as it is.
    """
    said = DUTCH.get(unit, unit) if language == "nl" else unit
    if yearly != "sum" or not unit:
        return said
    return f"{said} per jaar" if language == "nl" else f"{said} a year"
