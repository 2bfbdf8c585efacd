"""The PLUS package: voluntary, but with obligations, tailored support and pay (F077, C64)."""

from __future__ import annotations

from agents.causes import heavier
from agents.compiled.rule import rule
from agents.events import Cause
from agents.organisation.regio_organisatie import RegioOrganisatie
from agents.parameters import Parameters
from agents.practice import Practice


@rule
def value_plus(
    practice: Practice,
    organisation: RegioOrganisatie,
    pay: float,
    trust: float,
    params: Parameters,
) -> tuple[float, int]:
    """Return the utility of the package against going without (0), and the term that weighs most.

    ``pay`` is EUR a year for this practice; obligations cost hours and autonomy, support saves
    work, and what colleagues in the organisation did last quarter counts.
    """
    money = params.choice_money * (pay - params.plus_hours * params.supply_wage) / 1000.0
    eased = params.plus_effect * organisation.quality * params.choice_relief
    support = params.choice_money * eased * float(practice.patients) / 1000.0
    near = params.choice_conformity * (organisation.plus_share - 0.5)
    trusted = params.choice_trust * (trust - 0.5)
    bound = params.plus_obligation * practice.autonomy * (1.0 - organisation.say)
    autonomy = -params.choice_autonomy * bound
    cause: int = Cause.MONEY
    most = abs(money)
    most, cause = heavier(most, cause, abs(support), Cause.COVERAGE)
    most, cause = heavier(most, cause, abs(near), Cause.NEIGHBOURS)
    most, cause = heavier(most, cause, abs(trusted), Cause.TRUST)
    most, cause = heavier(most, cause, abs(autonomy), Cause.AUTONOMY)
    return money + support + near + trusted + autonomy, cause
