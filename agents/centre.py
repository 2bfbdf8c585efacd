"""The health centre as a body of practices: what membership is worth, what an umbrella takes."""

from __future__ import annotations

from agents.causes import heavier
from agents.compiled.rule import rule
from agents.events import Cause
from agents.parameters import Parameters
from agents.practice import Practice


@rule
def value_centre(practice: Practice, support: float, params: Parameters) -> tuple[float, int]:
    """Return the utility of being a member of a health centre, and the term that weighs most.

    ``support`` is EUR a year that the centre does for a member of this size.
    """
    money = params.choice_money * support / 1000.0
    autonomy = -params.choice_autonomy * practice.autonomy * params.centre_shared
    trust = params.choice_trust * (practice.hub_trust - 0.5)
    cause: int = Cause.MONEY
    most = abs(money)
    most, cause = heavier(most, cause, abs(autonomy), Cause.AUTONOMY)
    most, cause = heavier(most, cause, abs(trust), Cause.TRUST)
    return money + autonomy + trust, cause


@rule
def hours_dealing(params: Parameters) -> float:
    """Return hours a year that a contract with an umbrella takes on each side."""
    hours = params.transaction_bargain + params.transaction_contract
    hours = hours / params.transaction_member_term + params.transaction_monitor
    return params.transaction_pair_hub * hours


@rule
def cost_dealing(params: Parameters) -> float:
    """Return EUR a year that it costs both sides: nothing where transaction cost is off."""
    if not params.transaction_on:
        return 0.0
    return 2.0 * hours_dealing(params) * params.supply_wage
