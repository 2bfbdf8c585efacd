"""Sub-regions that a region names: how the members of an organisation are spread over them."""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import rule
from sim.tables import Tables


@rule
def own_subregion(tables: Tables, o: int) -> tuple[int, int]:
    """Return in how many named sub-regions ``o`` has members, and how many are in one's own.

    The second is the mean over members, rounded up.
    """
    here = tables.scratch.named_members
    for step in range(2):
        i = tables.organisations[o].first
        while i != NONE:
            part = tables.municipalities[tables.practices[i].municipality].division
            here[part] = 0 if step == 0 else here[part] + 1
            i = tables.practices[i].next_member
    named = 0
    members = 0
    squares = 0
    i = tables.organisations[o].first
    while i != NONE:
        part = tables.municipalities[tables.practices[i].municipality].division
        if here[part] > 0:
            named = named + 1
            members = members + here[part]
            squares = squares + here[part] * here[part]
            # Every part once: by the first of its members.
            here[part] = 0
        i = tables.practices[i].next_member
    return named, (squares + members - 1) // max(1, members)
