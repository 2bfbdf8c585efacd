"""Phase 10, second part: how far the support of an organisation's members is in one hand."""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import rule
from sim.common.alliances import alliance_of
from sim.common.coherence import cohere
from sim.tables import Tables


@rule
def update_coherence(tables: Tables) -> None:
    """Average, by patients, the coherence of support over the members of each organisation.

    An organisation without supply yet is judged on what it could hold together: the share of
    its members' neighbours that are members too.
    """
    counter = tables.counter[0]
    for o in range(counter.organisations):
        tables.organisations[o].coherence = 0.0
    for i in range(counter.practices):
        practice = tables.practices[i]
        if practice.alive and practice.organisation != NONE:
            organisation = tables.organisations[practice.organisation]
            part = float(practice.patients) / float(max(1, organisation.patients))
            value = cohere(tables, i)
            if practice.main == NONE:
                value = (1.0 - tables.params[0].criterion_within) * neighbours_in(tables, i)
            organisation.coherence = organisation.coherence + part * value


@rule
def neighbours_in(tables: Tables, i: int) -> float:
    """Return the share of the other practices in the hub area in the same alliance."""
    practice = tables.practices[i]
    mine = alliance_of(tables, practice.organisation)
    near = 0
    same = 0
    j = tables.hubs[practice.hub].first
    while j != NONE:
        other = tables.practices[j]
        if other.alive and j != i:
            near = near + 1
            if other.organisation != NONE and alliance_of(tables, other.organisation) == mine:
                same = same + 1
        j = other.next_in_hub
    if near == 0:
        return 1.0
    return float(same) / float(near)
