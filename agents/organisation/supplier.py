"""An organisation as a supplier: when a new one enters, what buyers may say, how it renews."""

from __future__ import annotations

from agents.compiled.draws import clip
from agents.compiled.elementary import exp
from agents.compiled.rule import rule
from agents.organisation.regio_organisatie import RegioOrganisatie
from agents.parameters import Parameters
from agents.words import Function


@rule
def want_enter(spent: float, covered: float, params: Parameters) -> float:
    """Return the yearly chance that a new supplier enters a municipality.

    It grows with the EUR a year that units spend there and with what they are not supplied.
    """
    market = 1.0 - exp(-spent / params.entry_money)
    return params.entry_rate * market * (1.0 - clip(covered, 0.0, 1.0))


@rule
def want_council(organisation: RegioOrganisatie, params: Parameters) -> float:
    """Return the yearly chance of a council of users: the more buyers bring of its income (C17)."""
    share = min(1.0, organisation.sold / max(1.0, organisation.yearly))
    return params.unit_council * share


@rule
def renew_supply(organisation: RegioOrganisatie, site: bool, params: Parameters) -> float:
    """Return how far a supplier has renewed what it delivers (share) after a year.

    By its support of innovation, and by money for innovation where it is a ``site`` (S1 4.2.4);
    what is not kept up fades.
    """
    up = params.innovation_own * organisation.coverage[Function.INNOVATION]
    if site:
        up = up + params.innovation_site
    up = min(1.0, up) * (1.0 - organisation.renewed)
    down = min(1.0, params.innovation_fade) * organisation.renewed
    return clip(organisation.renewed + up - down, 0.0, 1.0)
