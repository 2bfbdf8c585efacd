"""Care that moves from hospital to primary care, and the money that goes with it."""

from __future__ import annotations

import math

from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.parameters import Parameters
from agents.words import Domain
from sim.common.alliances import alliance_of
from sim.tables import Tables


@rule
def support_shifted(
    supported: float, engagement: float, hospital: float, params: Parameters
) -> float:
    """Return the patients whose support moves care out of the hospital (C09, A1d).

    ``supported``: patients times the support they receive; ``engagement`` (share) of members in
    the organisation; ``hospital`` (share): what goes over a table with a hospital.
    """
    more = 1.0
    if params.partner_acts_hospital:
        more = more + params.partner_substitution * hospital
    return supported * math.sqrt(engagement) * more


@rule
def wind_down(renewal: float, params: Parameters) -> float:
    """Return the factor on care that moves: renewed work makes provision elsewhere superfluous."""
    return 1.0 + params.innovation_winds * renewal


@rule
def substitution_of(tables: Tables, i: int) -> float:
    """Return EUR a year of hospital care that practice ``i`` saves at its present support."""
    practice = tables.practices[i]
    engagement = 1.0
    if practice.organisation != NONE:
        engagement = tables.organisations[practice.organisation].engagement
    _, hospital = share_tables(tables, i)
    params = tables.params[0]
    supported = float(practice.patients) * practice.coverage * wind_down(practice.renewal, params)
    return params.value_substitution * support_shifted(supported, engagement, hospital, params)


@rule
def money_moved(tables: Tables) -> float:
    """Return EUR a year that insurers moved out of hospital care for this year."""
    cents = 0
    for z in range(len(tables.insurers)):
        cents = cents + tables.insurers[z].moved
    return float(cents) / 100.0


@rule
def share_tables(tables: Tables, i: int) -> tuple[float, float]:
    """Return what goes over shared tables: mean over external parties, and with the hospital."""
    practice = tables.practices[i]
    if practice.organisation == NONE:
        return 0.0, 0.0
    lead = alliance_of(tables, practice.organisation)
    partners = tables.municipalities[practice.municipality].partners
    total = 0.0
    hospital = 0.0
    for d in range(Domain.HAP + 1, len(partners)):
        q = partners[d]
        if q != NONE and tables.partners[q].agreement == lead:
            total = total + tables.partners[q].scope
            if d == Domain.HOSPITAL:
                hospital = tables.partners[q].scope
    return total / float(len(partners) - 1), hospital
