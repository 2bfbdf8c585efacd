"""What an organisation invests: how its income varies, and how long its contracts run (C22)."""

from __future__ import annotations

import math

from agents.compiled.elementary import exp
from agents.compiled.rule import rule
from agents.organisation.regio_organisatie import RegioOrganisatie
from agents.parameters import Parameters


@rule
def watch_income(organisation: RegioOrganisatie, income: float, params: Parameters) -> None:
    """Take a year's income (EUR per insured) into its running mean and variance."""
    if organisation.income_mean <= 0.0:
        organisation.income_mean = income
        organisation.income_variance = 0.0
        return
    weight = params.investment_memory
    apart = income - organisation.income_mean
    organisation.income_mean = organisation.income_mean + weight * apart
    spread = organisation.income_variance + weight * apart * apart
    organisation.income_variance = (1.0 - weight) * spread


@rule
def want_invest(organisation: RegioOrganisatie, term: float, params: Parameters) -> float:
    """Return the share of income to invest: less where it varies, more in long contracts (C22).

    ``term`` is that of its longest contract in years, 0 without any.
    """
    varies = 0.0
    if organisation.income_mean > 0.0:
        varies = math.sqrt(organisation.income_variance) / organisation.income_mean
    sure = exp(-params.investment_risk * varies)
    return params.investment_share * sure * (1.0 - exp(-term / params.investment_term))
