"""Booking work: the hours of both sides with each other, and what they cost.

Work is booked in three places. The ledger gets a line for each side (``share_hours``). The
time of a party gets less by its own hours (``take_time``). And the cost of both sides together
is put on the record of one of them, the party that the contract is of (``put_cost``), by kind.
"""

from __future__ import annotations

from typing import NamedTuple

from agents.compiled.record import FloatArray
from agents.compiled.rule import rule
from agents.words import Kind, Phase
from sim.ledger import cost_code, moment, party, spend_hours
from sim.tables import Tables


class Insurers(NamedTuple):
    """The insurers that contract in a municipality: its row, the preferred one as a party.

    ``involved`` is how many contract there: one where the others follow.
    """

    municipality: int
    preferred: int
    involved: int


@rule
def share_hours(tables: Tables, me: int, other: int, kind: int, hours: float, when: int) -> None:
    """Write down ``hours`` of both sides with each other, as this kind of cost."""
    spend_hours(tables, me, other, cost_code(kind), hours, when)
    spend_hours(tables, other, me, cost_code(kind), hours, when)


@rule
def put_cost(transaction: FloatArray, kind: int, euros: float) -> None:
    """Add EUR of a kind of cost to those on a record (shape (8,))."""
    transaction[kind] = transaction[kind] + euros


@rule
def take_time(tables: Tables, who: int, hours: float) -> None:
    """Take ``hours`` out of the time of a practice, unit, hub or organisation.

    What other kinds of party have left is not counted.
    """
    if who >= int(tables.offsets[Kind.PARTNER]):
        return
    if who >= int(tables.offsets[Kind.ORGANISATION]):
        organisation = tables.organisations[who - int(tables.offsets[Kind.ORGANISATION])]
        organisation.hours = organisation.hours + hours
    elif who >= int(tables.offsets[Kind.HUB]):
        hub = tables.hubs[who - int(tables.offsets[Kind.HUB])]
        hub.hours = hub.hours + hours
    elif who >= int(tables.offsets[Kind.UNIT]):
        unit = tables.units[who - int(tables.offsets[Kind.UNIT])]
        unit.hours = unit.hours + hours
    elif who >= int(tables.offsets[Kind.PRACTICE]):
        practice = tables.practices[who - int(tables.offsets[Kind.PRACTICE])]
        practice.hours = practice.hours + hours


@rule
def bear_cost(tables: Tables, who: int, kind: int, euros: float) -> None:
    """Put EUR of a kind of cost on the record of a practice, unit, hub or organisation."""
    if who >= int(tables.offsets[Kind.ORGANISATION]):
        row = who - int(tables.offsets[Kind.ORGANISATION])
        put_cost(tables.organisations[row].transaction, kind, euros)
    elif who >= int(tables.offsets[Kind.HUB]):
        put_cost(tables.hubs[who - int(tables.offsets[Kind.HUB])].transaction, kind, euros)
    elif who >= int(tables.offsets[Kind.UNIT]):
        put_cost(tables.units[who - int(tables.offsets[Kind.UNIT])].transaction, kind, euros)
    else:
        row = who - int(tables.offsets[Kind.PRACTICE])
        put_cost(tables.practices[row].transaction, kind, euros)


@rule
def work_together(tables: Tables, me: int, other: int, kind: int, hours: float, when: int) -> None:
    """Book ``hours`` that both sides spend with each other now, the cost of both on ``me``."""
    take_time(tables, me, hours)
    take_time(tables, other, hours)
    share_hours(tables, me, other, kind, hours, when)
    bear_cost(tables, me, kind, 2.0 * hours * tables.params[0].supply_wage)


@rule
def work_alone(tables: Tables, me: int, other: int, kind: int, hours: float, when: int) -> None:
    """Book ``hours`` that ``me`` spends now on dealing with another, and their cost."""
    take_time(tables, me, hours)
    spend_hours(tables, me, other, cost_code(kind), hours, when)
    bear_cost(tables, me, kind, hours * tables.params[0].supply_wage)


@rule
def contracts_here(tables: Tables, m: int, z: int) -> bool:
    """Return whether insurer ``z`` contracts in municipality ``m``: preferred, or for itself."""
    place = tables.municipalities[m]
    if place.preferred == z:
        return True
    return bool(place.shares[z] > 0.0 and not tables.insurers[z].follows)


@rule
def insurers_at(tables: Tables, m: int) -> Insurers:
    """Return the insurers that contract in municipality ``m``."""
    count = 0
    for z in range(len(tables.insurers)):
        if contracts_here(tables, m, z):
            count = count + 1
    preferred = party(tables, Kind.INSURER, tables.municipalities[m].preferred)
    return Insurers(municipality=m, preferred=preferred, involved=count)


@rule
def answer_contract(
    tables: Tables, insurers: Insurers, other: int, kind: int, hours: float, when: int
) -> None:
    """Book the side of every insurer involved with ``other``, each ``hours``."""
    for z in range(len(tables.insurers)):
        if contracts_here(tables, insurers.municipality, z):
            insurer = tables.insurers[z]
            insurer.hours = insurer.hours + hours
            me = party(tables, Kind.INSURER, z)
            spend_hours(tables, me, other, cost_code(kind), hours, when)


@rule
def work_with_insurers(
    tables: Tables, me: int, insurers: Insurers, kind: int, hours: float, when: int
) -> None:
    """Book ``hours`` of both sides with every insurer involved, the cost of both on ``me``."""
    own = hours * float(insurers.involved)
    take_time(tables, me, own)
    spend_hours(tables, me, insurers.preferred, cost_code(kind), own, when)
    answer_contract(tables, insurers, me, kind, hours, when)
    bear_cost(tables, me, kind, 2.0 * own * tables.params[0].supply_wage)


@rule
def book_work(tables: Tables, o: int, euros: float, kind: int, tick: int) -> None:
    """Book one-off work of organisation ``o``: it pays for what it can, the rest is unpaid."""
    params = tables.params[0]
    if euros <= 0.0 or not params.transaction_on:
        return
    organisation = tables.organisations[o]
    hours = euros / params.supply_wage
    organisation.hours = organisation.hours + hours
    put_cost(organisation.transaction, kind, euros)
    me = party(tables, Kind.ORGANISATION, o)
    outside = party(tables, Kind.OUTSIDE, 0)
    spend_hours(tables, me, outside, cost_code(kind), hours, moment(tick, Phase.ORGANISATIONS))
