"""Sub-regions of an organisation: what a council of one's own part does for engagement."""

from __future__ import annotations

from agents.compiled.rule import rule
from agents.organisation.regio_organisatie import RegioOrganisatie, engage
from agents.parameters import Parameters


@rule
def engage_own(members: int, own: int, rights: int, params: Parameters) -> float:
    """Return engagement in a body of ``members`` of whom ``own`` are in a member's sub-region.

    It is partly that of the whole, partly that of one's own part.
    """
    whole = engage(members, rights, params)
    part = engage(own, rights, params)
    return whole + params.engagement_subregion * (part - whole)


@rule
def engage_parts(members: int, parts: int, rights: int, params: Parameters) -> float:
    """Return engagement in a body with ``parts`` sub-regions of one size."""
    if parts <= 1:
        return engage(members, rights, params)
    return engage_own(members, (members + parts - 1) // parts, rights, params)


@rule
def engage_within(organisation: RegioOrganisatie, members: int, params: Parameters) -> float:
    """Return engagement in a body like this one of that size, with sub-regions as it has them."""
    if organisation.own <= 0:
        return engage_parts(members, organisation.subregions, organisation.rights, params)
    now = max(1, organisation.members)
    own = (organisation.own * members + now - 1) // now
    return engage_own(members, own, organisation.rights, params)
