"""Money that moves away from a party: how much it lost, and whether it disputes that (C56)."""

from __future__ import annotations

from agents.compiled.elementary import exp
from agents.compiled.rule import rule
from agents.organisation.regio_organisatie import RegioOrganisatie
from agents.parameters import Parameters


@rule
def lose_money(before: float, received: float, people: int, params: Parameters) -> float:
    """Return EUR that was received less this year than at last year's EUR per head (``before``).

    Sums of whole years are compared, so that a loss shows also where the total falls.
    """
    if not params.transaction_losses:
        return 0.0
    return max(0.0, before * float(people) - received)


@rule
def dispute_money(lost: float, trust: float, params: Parameters) -> float:
    """Return EUR of a loss that are disputed: the less, the more who is blamed is trusted."""
    return params.transaction_redistribution * lost * (1.0 - trust)


@rule
def chance_dispute(disputed: float, params: Parameters) -> float:
    """Return the chance that this comes to a dispute: what there is to win against its hours."""
    return 1.0 - exp(-disputed / (params.transaction_quarrel * max(1.0, params.supply_wage)))


@rule
def cashes(organisation: RegioOrganisatie) -> bool:
    """Return whether money comes in through an organisation: then it is held to account."""
    return bool(organisation.alive and organisation.revenue > 0.0)
