"""The health insurer: record, rule and Mesa face."""

from __future__ import annotations

from typing import Annotated

from agents.causes import heavier
from agents.compiled.draws import clip
from agents.compiled.face import Face
from agents.compiled.rule import rule
from agents.events import Cause
from agents.parameters import Parameters


class Insurer(Face):
    """A health insurer; the preferred one of a municipality purchases there for all."""

    kind = "insurer"

    id: Annotated[int, "", "", "stable id"]
    alive: Annotated[bool, "", "", "exists"]
    purchases: Annotated[int, "insured", "0..", "insured where it is the preferred insurer"]
    pressure: Annotated[float, "share", "0..1", "pressure on practices to organise"]
    effective: Annotated[float, "organisations", "1..", "effective organisations it sees"]
    unsupported: Annotated[float, "share", "0..1", "insured without support it sees"]
    contracts: Annotated[int, "contracts", "0..", "contracts it holds"]
    worked: Annotated[float, "h/yr", "0..", "transaction hours over the last four quarters"]
    manager: Annotated[float, "share", "0..1", "mandate of its regional managers"]
    follows: Annotated[bool, "", "", "follows the preferred insurer's contracts elsewhere"]
    spent: Annotated[float, "EUR/quarter", "0..", "paid under titles this quarter"]
    hours: Annotated[float, "h/quarter", "0..", "transaction hours this quarter"]
    moved: Annotated[int, "cent", "0..", "moved from hospital to primary care for this year"]
    released: Annotated[int, "cent", "0..", "of that, let go in the quarters so far"]
    cut: Annotated[float, "EUR", "0..", "O&I claims where it purchases, cut to the room this year"]

    def publish(self) -> float:
        """Set and publish the pressure for next year now; return it."""
        return float(self.act("insurer_publishes"))


@rule
def set_pressure(insurer: Insurer, stance: float, params: Parameters) -> tuple[float, int]:
    """Return next year's pressure (share) and the term that weighs most (C55, C66).

    It rises with the number of organisations to deal with, with insured without support, and with
    what its own purchasing costs (C66).
    """
    kept = params.insurer_memory * insurer.pressure
    split = params.insurer_fragmentation * (1.0 - 1.0 / max(1.0, insurer.effective))
    bare = params.insurer_unsupported * insurer.unsupported
    costly = 0.0
    if insurer.purchases > 0:
        per_insured = insurer.worked * params.supply_wage / float(insurer.purchases)
        costly = params.insurer_cost * min(1.0, per_insured / params.insurer_cost_scale)
    cause: int = Cause.MEMORY
    most = kept
    most, cause = heavier(most, cause, split, Cause.FRAGMENTATION)
    most, cause = heavier(most, cause, bare, Cause.UNSUPPORTED)
    most, cause = heavier(most, cause, costly, Cause.COST)
    most, cause = heavier(most, cause, abs(stance), Cause.POLICY)
    return clip(kept + split + bare + costly + stance, 0.0, 1.0), cause


@rule
def delegate(insurer: Insurer, params: Parameters) -> float:
    """Return the mandate it gives its regional managers: more the more it wants a region (C50)."""
    return clip(params.insurer_manager + params.insurer_delegate * insurer.pressure, 0.0, 1.0)


@rule
def want_follow(insured: float, contracts: float, params: Parameters) -> bool:
    """Return whether to follow the preferred insurer where it has ``insured`` of its own.

    It contracts alone where terms of its own are worth more than that many contracts cost.
    """
    once = params.transaction_search + params.transaction_bargain + params.transaction_contract
    hours = once / params.transaction_member_term + params.transaction_monitor
    return insured * params.insurer_own_terms <= contracts * hours * params.supply_wage
