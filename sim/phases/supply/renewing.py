"""Phase 10, supply: suppliers renew what they deliver, and it saves (S1 3.5, 4.2.4)."""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.organisation.supplier import renew_supply
from agents.words import Kind
from sim.ledger import note, party
from sim.tables import Tables

HALF = 0.5
"""Share from which on it is told that a supplier renewed."""


@rule
def renew_suppliers(tables: Tables, tick: int) -> None:
    """Let every organisation renew what it delivers for a year; note who got half-way."""
    for o in range(tables.counter[0].organisations):
        organisation = tables.organisations[o]
        if not organisation.alive:
            continue
        before = organisation.renewed
        site = is_supplying_site(tables, o, tick)
        organisation.renewed = renew_supply(organisation, site, tables.params[0])
        if before < HALF and organisation.renewed >= HALF:
            me = party(tables, Kind.ORGANISATION, o)
            cause = Cause.MONEY if site else Cause.COVERAGE
            note(tables, tick, me, Event.SUPPLY_RENEWED, NONE, cause)


@rule
def is_supplying_site(tables: Tables, o: int, tick: int) -> bool:
    """Return whether ``o`` has a contract for money that is kept to few sites."""
    for k in range(len(tables.tariffs)):
        title = tables.titles[tick][k]
        held = tables.organisations[o].contract[k] != NONE
        if title.active and title.receiver == Kind.ORGANISATION and title.sites > 0 and held:
            return True
    return False
