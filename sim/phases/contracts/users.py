"""Hours in councils of users."""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.words import CostKind, Kind, Phase
from sim.common.booking import work_together
from sim.common.buyers import sells_to, served_at_home
from sim.ledger import moment, party
from sim.tables import Tables


@rule
def attend_councils(tables: Tables, u: int, tick: int) -> None:
    """Book a quarter of the hours of unit ``u`` and of its suppliers in councils of users."""
    params = tables.params[0]
    unit = tables.units[u]
    me = party(tables, Kind.UNIT, u)
    hours = 0.25 * params.unit_council_hours
    functions = len(tables.functions)
    organisations = int(tables.offsets[Kind.ORGANISATION])
    if served_at_home(tables, int(unit.chair)):
        return
    for c in range(len(unit.chosen)):
        if unit.chosen[c] == NONE or unit.chosen[c] < organisations:
            continue  # most cells: nobody, or itself
        if c >= functions and unit.chosen[c] == unit.chosen[c - functions]:
            continue  # who sells the same for the group before
        if not tables.organisations[unit.chosen[c] - organisations].council:
            continue
        o = sells_to(tables, u, c)
        if o == NONE:
            continue
        other = party(tables, Kind.ORGANISATION, o)
        work_together(tables, me, other, CostKind.MONITOR, hours, moment(tick, Phase.CONTRACTS))
