"""The five conditions of cooperation (S1 4.3): read off the state, they act on success (C35)."""

from __future__ import annotations

from agents.compiled.draws import clip, safe_log
from agents.compiled.record import FloatArray
from agents.compiled.rule import rule
from agents.parameters import Parameters


@rule
def weigh_conditions(conditions: FloatArray, params: Parameters) -> float:
    """Return the logarithm of what the conditions (shares) do to the odds of success.

    Each multiplies them, by ``condition.least`` where it is not met at all, by one more where it
    is in full: form is only one of five, and no single one is enough.
    """
    total = 0.0
    for c in range(len(conditions)):
        total = total + safe_log(params.condition_least + clip(conditions[c], 0.0, 1.0))
    return params.condition_weight * total
