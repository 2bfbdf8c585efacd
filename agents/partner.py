"""The external party: a static counterpart with an area of its own (hospital, GGZ, HAP, ...)."""

from __future__ import annotations

from typing import Annotated

from agents.compiled.draws import logistic
from agents.compiled.face import Face
from agents.compiled.record import FloatArray
from agents.compiled.rule import rule
from agents.conditions import weigh_conditions
from agents.events import Cause
from agents.parameters import Parameters
from agents.words import Domain


class Partner(Face):
    """A party outside primary care's organisation. It takes no decision but to agree or not."""

    kind = "partner"

    id: Annotated[int, "", "", "stable id"]
    alive: Annotated[bool, "", "", "exists"]
    domain: Annotated[int, "partner code", "0..5", "HAP, hospital, VVT, GGZ, home care or youth"]
    x: Annotated[float, "km", "", "middle of its area"]
    y: Annotated[float, "km", "", "middle of its area"]
    municipality: Annotated[int, "row", "", "first municipality of its area"]
    residents: Annotated[int, "inhabitants", "0..", "inhabitants of its area in 2022"]
    organisation: Annotated[int, "row", "", "organisation it has merged with, or none"]
    agreement: Annotated[int, "row", "", "organisation it has an agreement with, or none"]
    trust: Annotated[float, "share", "0..1", "trust between the two"]
    scope: Annotated[float, "share", "0..1", "of dealings that go over their shared table"]
    fit: Annotated[float, "share", "0..1", "of patients in either area, those in both"]
    conditions: Annotated[
        FloatArray, "share", "0..1", "ambition, interests, personal, professional, process", 5
    ]

    def review(self) -> int:
        """Agree now with the organisation that fits best, or end it; return its row or none."""
        return int(self.act("partner_reviews"))


@rule
def kind_acts(domain: int, params: Parameters) -> bool:
    """Return whether parties of this kind act on patients of their own (S1 4.1.3-4.1.6)."""
    if domain == Domain.HOSPITAL:
        return bool(params.partner_acts_hospital)
    if domain == Domain.VVT:
        return bool(params.partner_acts_vvt)
    if domain == Domain.GGZ:
        return bool(params.partner_acts_ggz)
    if domain == Domain.HOME_CARE:
        return bool(params.partner_acts_home_care)
    if domain == Domain.YOUTH:
        return bool(params.partner_acts_youth)
    return False


@rule
def chance_agreement(partner: Partner, params: Parameters) -> tuple[float, int]:
    """Return the yearly chance of an agreement, and the term that weighs most.

    It is worth more the better areas fit (C02); the five conditions multiply its odds (C35).
    """
    by_fit = params.partner_fit * partner.fit
    met = weigh_conditions(partner.conditions, params)
    cause = Cause.FIT if by_fit >= met else Cause.CONDITIONS
    return logistic(params.partner_base + by_fit + met), cause


@rule
def widen(partner: Partner, params: Parameters) -> float:
    """Return the scope of a shared table a quarter later: it follows trust (C52)."""
    pace = min(1.0, 0.25 * params.partner_widen)
    return partner.scope + pace * (partner.trust - partner.scope)
