"""Double entry: every cent leaves one account and enters another; hours are kept apart."""

from __future__ import annotations

from agents.draws import whole
from agents.rule import rule
from sim.world import Tables

FAILURES = (
    "",
    "the table of practices is full",
    "the table of units is full",
    "the table of organisations is full",
    "the ledger of the quarter is full",
    "the events of the quarter do not fit",
    "a value is not finite",
    "the accounts do not close",
    "the lists do not add up to the insured",
)
FULL_PRACTICES, FULL_UNITS, FULL_ORGANISATIONS, FULL_LEDGER, FULL_EVENTS = 1, 2, 3, 4, 5
NOT_FINITE, NOT_CLOSED, LISTS_WRONG = 6, 7, 8

OPERATING, PREMIUM, HUB_BUDGET, PASS_ON, PURCHASE, COFUNDING = -101, -102, -103, -104, -105, -106
MARGIN, RESERVES, POOL, ATTENDANCE, PLUS_PAY = -107, -108, -109, -110, -111
POSTINGS = {
    OPERATING: "operating cost",
    PREMIUM: "premium",
    HUB_BUDGET: "hub budget",
    PASS_ON: "passed on by the lead",
    PURCHASE: "support bought by a unit",
    COFUNDING: "municipal co-funding",
    MARGIN: "chain care income",
    POOL: "pooled in a gemeentehub",
    ATTENDANCE: "attendance fee",
    PLUS_PAY: "pay for the PLUS package",
    RESERVES: "reserves of a merger or split",
}
"""Postings that no payment title makes; ``-1 - phase`` is a transaction cost of that phase."""


@rule
def party(tables: Tables, kind: int, row: int) -> int:
    """Return the number of a party: its account's row."""
    return int(tables.offsets[kind]) + row


@rule
def moment(tick: int, phase: int) -> int:
    """Return one number for a quarter and a phase of it.

    A tuple with a constant in it would be a type of its own to the compiler, once per phase.
    """
    return tick * 16 + phase


@rule
def cents_of(euros: float) -> int:
    """Return ``euros`` in whole cents, half cents up.

    A sum that is half a cent but for its last bit counts as half: otherwise the order in which
    a sum was made would decide over a cent.
    """
    return whole(100.0 * euros + 1.0e-6)


@rule
def transfer(tables: Tables, payer: int, receiver: int, title: int, cents: int, when: int) -> None:
    """Move ``cents`` (not negative) from payer to receiver, at ``moment(tick, phase)``."""
    if cents <= 0:
        return
    source = tables.accounts[payer]
    source.outflow = source.outflow + cents
    source.balance = source.balance - cents
    target = tables.accounts[receiver]
    target.inflow = target.inflow + cents
    target.balance = target.balance + cents
    _write(tables, payer, receiver, title, when, cents, 0.0)


@rule
def spend_hours(tables: Tables, who: int, other: int, title: int, hours: float, when: int) -> None:
    """Book ``hours`` that ``who`` spends with ``other``."""
    if hours <= 0.0:
        return
    account = tables.accounts[who]
    account.hours = account.hours + hours
    _write(tables, who, other, title, when, 0, hours)


@rule
def _write(
    tables: Tables,
    payer: int,
    receiver: int,
    title: int,
    when: int,
    cents: int,
    hours: float,
) -> None:
    counter = tables.counter[0]
    n = counter.ledger_lines
    if n >= len(tables.ledger):
        counter.failure = FULL_LEDGER
        return
    line = tables.ledger[n]
    line.tick = when // 16
    line.phase = when % 16
    line.payer = payer
    line.receiver = receiver
    line.title = title
    line.cents = cents
    line.hours = hours
    counter.ledger_lines = n + 1


@rule
def note(tables: Tables, tick: int, who: int, what: int, other: int, cause: int) -> None:
    """Write down an event: ``who`` did ``what`` with ``other``, mostly because of ``cause``."""
    counter = tables.counter[0]
    n = counter.event_lines
    if n >= len(tables.events):
        counter.failure = FULL_EVENTS
        return
    line = tables.events[n]
    line.tick = tick
    line.party = who
    line.what = what
    line.other = other
    line.cause = cause
    counter.event_lines = n + 1
