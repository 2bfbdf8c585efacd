"""The GP unit (huisartsenzorgeenheid): practices that act together as payee and buyer."""

from __future__ import annotations

from typing import Annotated

from agents.causes import heavier
from agents.compiled.face import Face
from agents.compiled.record import FloatArray, IntArray
from agents.compiled.rule import rule
from agents.events import Cause
from agents.parameters import Parameters
from agents.practice import Practice


class Unit(Face):
    """A GP unit of 3-7 practices; a small village may stand alone (F003, F004)."""

    kind = "unit"

    id: Annotated[int, "", "", "stable id"]
    alive: Annotated[bool, "", "", "has members"]
    municipality: Annotated[int, "row", "", "municipality"]
    hub: Annotated[int, "row", "", "hub area of its chair"]
    chair: Annotated[int, "row", "", "practice that speaks for it: its first open member"]
    x: Annotated[float, "km", "", "place of its chair"]
    y: Annotated[float, "km", "", "place of its chair"]
    members: Annotated[int, "practices", "0..", "member practices"]
    patients: Annotated[int, "registered patients", "0..", "patients of members"]
    burden: Annotated[float, "weighted patients", "0..", "patients of members by burden"]
    insured: Annotated[int, "insured", "0..", "named insured it may claim for this year (ION)"]
    groups: Annotated[FloatArray, "patients", "0..", "of those, patients per group", 6]
    oi: Annotated[float, "EUR/quarter", "0..", "O&I titles received"]
    cost_factor: Annotated[float, "factor", "0..", "lasting factor of its costs"]
    pays: Annotated[FloatArray, "EUR/quarter", "0..", "earmarked money per function", 7]
    contract: Annotated[IntArray, "quarter", "", "start of the contract per title, or none", 32]
    agreed: Annotated[IntArray, "quarter", "", "the same, as agreed for next year", 32]
    contracts: Annotated[int, "contracts", "0..", "contracts with insurers"]
    supplies: Annotated[int, "contracts", "0..", "contracts with suppliers"]
    trust: Annotated[float, "share", "0..1", "trust between it and the preferred insurer"]
    clients: Annotated[FloatArray, "patients", "0..", "patients it supplies itself", 7]
    money: Annotated[FloatArray, "EUR/quarter", "0..", "money at hand for own supply", 7]
    coverage: Annotated[FloatArray, "share", "0..1", "share of full support per function", 7]
    revenue: Annotated[float, "EUR/quarter", "0..", "received this quarter"]
    transaction: Annotated[FloatArray, "EUR/quarter", "0..", "both sides, by kind", 8]
    hours: Annotated[float, "h/quarter", "0..", "its own transaction hours"]
    chosen: Annotated[IntArray, "party", "", "supplier it chose per patient group x function", 42]
    failed: Annotated[IntArray, "yr", "0..", "failed checks in a row per title", 32]
    cut: Annotated[float, "EUR/quarter", "0..", "O&I claims cut to the ministry's room"]

    def buy(self) -> None:
        """Choose suppliers now, per patient group or per function as its titles say."""
        self.act("unit_buys")


@rule
def value_supplier(
    promise: float, trust: float, km: float, money: float, params: Parameters
) -> float:
    """Return the utility of a supplier that promises this coverage for ``money`` EUR a year."""
    worth = params.choice_money * money * promise / 1000.0
    quality = params.choice_quality * promise
    return worth + quality + params.choice_trust * (trust - 0.5) - params.choice_distance * km


@rule
def value_unit(practice: Practice, trust: float, params: Parameters) -> tuple[float, int]:
    """Return the utility of sharing in a unit against none, and the term that weighs most.

    ``trust`` (share) is that in colleagues nearby. What it saves (F035, C30) is its own.
    """
    hours = params.unit_hours * params.supply_wage
    saved = params.practice_saving * float(practice.patients) - hours
    money = params.choice_money * saved / 1000.0
    autonomy = -params.choice_autonomy * practice.autonomy * params.unit_shared
    by_trust = params.choice_trust * (trust - 0.5)
    cause: int = Cause.MONEY
    most = abs(money)
    most, cause = heavier(most, cause, abs(autonomy), Cause.AUTONOMY)
    most, cause = heavier(most, cause, abs(by_trust), Cause.TRUST)
    return money + autonomy + by_trust, cause


@rule
def value_new(renewed: float, params: Parameters) -> float:
    """Return the utility of how far a supplier has renewed what it delivers (C18)."""
    return params.choice_new * renewed


@rule
def scale_noise(stake: float, gain: float, params: Parameters) -> float:
    """Return the factor on taste and noise of a choice that moves this share of the money.

    A choice over one function of seven is one seventh of a choice over all: without this,
    choosing component by component would be noise. ``gain`` is the utility of the money that the
    best option is worth above the next best: noise is kept to it by ``choice.supplier_gain``
    (assumed), so that where two deliver alike no chance decides between them.
    """
    share = 1.0 - params.choice_supplier_stake * (1.0 - stake)
    kept = params.choice_supplier_gain
    if kept <= 0.0:
        return share
    return (1.0 - kept) * share + kept * min(share, gain)
