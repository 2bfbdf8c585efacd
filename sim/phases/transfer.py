"""Phase 8, once a year: insurers move money from hospital care to what they contracted (C09)."""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.title import takes_transfer
from agents.words import Kind, Phase
from sim.common.claims import organisation_as_payee
from sim.ledger import Posting, cents_of, edge_of, moment, note, party, transfer
from sim.tables import Tables


@rule
def move_care(tables: Tables, tick: int, new_year: bool) -> None:
    """Once a year book what was agreed: out of hospital care, onto the insurers' accounts.

    Hospital care is outside the model. The insurer keeps what it moved for the quarters in which it
    pays (``sim.phases.close``): premiums fall by what hospitals no longer get.
    """
    if not new_year or tables.params[0].insurer_transfer <= 0.0:
        return
    for z in range(len(tables.insurers)):
        tables.insurers[z].moved = 0
        tables.insurers[z].released = 0
    for o in range(tables.counter[0].organisations):
        organisation = tables.organisations[o]
        organisation.moved = 0.0
        if not organisation.alive or organisation.transfer <= 0.0:
            continue
        cents = cents_of(transfer_of(tables, o, tick))
        if cents > 0:
            _move(tables, o, cents, tick)
            euros = float(cents) / 100.0
            people = max(organisation.allied_insured, organisation.insured)
            organisation.moved = euros / float(max(1, people))


@rule
def transfer_of(tables: Tables, o: int, tick: int) -> float:
    """Return EUR that titles will pay organisation ``o`` this year on top of its bargained fee."""
    organisation = tables.organisations[o]
    euros = 0.0
    for k in range(len(tables.tariffs)):
        title = tables.titles[tick][k]
        if title.active and organisation.contract[k] != NONE and takes_transfer(title):
            payee = organisation_as_payee(tables, k, title, o)
            part = title.negotiated * title.in_force * organisation.transfer
            euros = euros + part * float(payee.insured)
    return euros * tables.params[0].money_scale


@rule
def _move(tables: Tables, o: int, cents: int, tick: int) -> None:
    """Move ``cents`` for organisation ``o`` to the insurers that pay it, by their shares."""
    m = tables.organisations[o].municipality
    outside = party(tables, Kind.OUTSIDE, 0)
    reached = 0.0
    given = 0
    last = len(tables.insurers) - 1
    for z in range(len(tables.insurers)):
        reached = reached + tables.municipalities[m].shares[z]
        edge = edge_of(cents, reached, z == last)
        part = edge - given
        if part > 0:
            insurer = tables.insurers[z]
            insurer.moved = insurer.moved + part
            me = party(tables, Kind.INSURER, z)
            transfer(tables, outside, me, Posting.CARE_MOVED, part, moment(tick, Phase.PAYMENT))
            given = edge
    who = party(tables, Kind.INSURER, tables.municipalities[m].preferred)
    me = party(tables, Kind.ORGANISATION, o)
    note(tables, tick, who, Event.CARE_MOVED, me, Cause.SUBSTITUTION)
