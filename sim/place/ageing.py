"""Figures of another year than the model takes, brought to that year."""

from __future__ import annotations

from dataclasses import replace

from sim.place.region import MODEL_YEAR, District, Municipality, Region


def of_model_year(region: Region, growth: float) -> Region:
    """Return a region with the inhabitants of 2022, which the model starts from.

    Inhabitants grow or shrink by the rate that the model itself works with, so that a run has
    the figures of the table in the year of the table. Shares of age, urbanity and area stay.

    Args:
        region: as its folder has it.
        growth: parameter ``population.growth``, 1/yr.
    """
    if region.year == MODEL_YEAR:
        return region
    factor = 1.0
    for _ in range(abs(MODEL_YEAR - region.year)):
        factor = factor * (1.0 + growth) if region.year < MODEL_YEAR else factor / (1.0 + growth)
    return replace(
        region,
        municipalities=tuple(_grown(m, factor) for m in region.municipalities),
        year=MODEL_YEAR,
    )


def _grown(m: Municipality, factor: float) -> Municipality:
    districts = tuple(_part(district, factor) for district in m.districts)
    return replace(m, districts=districts, population=sum(d.population for d in districts))


def _part(district: District, factor: float) -> District:
    return replace(district, population=max(1, int(district.population * factor + 0.5)))
