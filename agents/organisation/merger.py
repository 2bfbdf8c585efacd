"""Merging, taking over and splitting: what it is worth to members, and how likely it succeeds."""

from __future__ import annotations

from agents.compiled.draws import clip, logistic, safe_log
from agents.compiled.rule import rule
from agents.events import Cause
from agents.parameters import Parameters


@rule
def annuity(params: Parameters) -> float:
    """Return the present worth of EUR 1 a year over the horizon of a merger decision."""
    rate = params.merge_discount
    years = params.merge_years
    if rate <= 0.0:
        return years
    left = 1.0
    for _ in range(int(years)):
        left = left / (1.0 + rate)
    return (1.0 - left) / rate


@rule
def chance_merge(
    gain: float, cost: float, trust: float, pressure: float, params: Parameters
) -> tuple[float, int]:
    """Return the chance that a review of a merger ends in one, and the term that weighs most.

    ``gain`` and ``cost`` are present EUR of both sides together, trust that of their members.
    """
    worth = params.merge_gain * safe_log(clip(gain / max(1.0, cost), 1.0e-9, 1.0e9))
    trusted = params.merge_trust * trust
    pressed = params.choice_pressure * pressure
    cause = Cause.GAIN
    if trusted > abs(worth):
        cause = Cause.TRUST
    if pressed > abs(worth) and pressed > trusted:
        cause = Cause.PRESSURE
    return logistic(params.merge_base + worth + trusted + pressed), cause


@rule
def chance_split(gain: float, cost: float, trust: float, params: Parameters) -> tuple[float, int]:
    """Return the chance that a part leaves: as for a merger, with distrust instead of trust."""
    worth = params.merge_gain * safe_log(clip(gain / max(1.0, cost), 1.0e-9, 1.0e9))
    distrust = params.merge_trust * (1.0 - trust)
    cause = Cause.TRUST if distrust > abs(worth) else Cause.GAIN
    return logistic(params.merge_base + worth + distrust), cause


@rule
def cost_merger(members: int, redistribution: float, params: Parameters) -> float:
    """Return EUR once: a fixed part, a part per practice that changes hands, and the dispute."""
    return params.merge_fixed + params.merge_practice * float(members) + redistribution


@rule
def cost_dispute(apart: float, insured: float, trust: float, params: Parameters) -> float:
    """Return EUR of disputes when money ``apart`` by so many EUR per insured is shared (C56)."""
    if not params.transaction_on:
        return 0.0
    return params.transaction_redistribution * abs(apart) * insured * (1.0 - trust)
