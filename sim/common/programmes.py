"""Whose chain programme serves whom."""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.sizes import CHAINS
from sim.tables import Tables


@rule
def runs_programme(tables: Tables, o: int, g: int) -> bool:
    """Return whether ``o`` is there and runs the programme of group ``g``."""
    if o == NONE:
        return False
    return bool(tables.organisations[o].alive and tables.organisations[o].programmes[g] == 1)


@rule
def server_of(tables: Tables, i: int, g: int) -> int:
    """Return the organisation that serves group ``g`` of practice ``i``, or ``NONE``."""
    practice = tables.practices[i]
    if g >= CHAINS or not tables.params[0].organisation_programmes:
        return int(practice.organisation)
    return int(practice.chain[g])
