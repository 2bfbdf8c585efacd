"""What a hub costs, and what becomes of one whose base is not paid (F073, F074; S4 1)."""

from __future__ import annotations

from agents.compiled.rule import rule
from agents.hub import Hub
from agents.parameters import Parameters


@rule
def cost_upkeep(hub: Hub, params: Parameters) -> float:
    """Return EUR a quarter that the base of a hub costs (F073), without its manager.

    By stage and by patients of its area. A group of volunteers that has not run yet costs nothing:
    a hub that did holds on to what it began.
    """
    if not hub.ran:
        return 0.0
    return 0.25 * params.hub_cost * float(hub.patients) * float(hub.stage) / 4.0


@rule
def count_short(hub: Hub, params: Parameters) -> int:
    """Return for how many quarters in a row too little of the upkeep of a hub has been paid."""
    if hub.upkeep > 0.0 and hub.kept_up < params.hub_enough:
        return hub.short + 1
    return 0


@rule
def must_cut(hub: Hub, params: Parameters) -> bool:
    """Return whether a hub was short for so long that it has to cut (F074: in rounds)."""
    return bool(hub.short >= params.hub_patience)


@rule
def lose_ties(hub: Hub, params: Parameters) -> None:
    """Let disciplines lose what they had gained in organisation, where their hub cuts (S4 1)."""
    for d in range(len(hub.disciplines)):
        gained = max(0.0, hub.disciplines[d] - hub.rooted[d])
        hub.disciplines[d] = hub.disciplines[d] - params.hub_lost * gained
