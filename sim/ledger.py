"""Double entry: every cent leaves one account and enters another; hours are kept apart."""

from __future__ import annotations

from enum import auto
from typing import NamedTuple

from agents.compiled.codes import Code
from agents.compiled.draws import whole
from agents.compiled.rule import rule
from agents.words import CostKind, Kind
from sim.tables import Tables


class Failure(Code):
    """What can stop a run; ``FAILURES`` says it in words."""

    NONE = auto()
    FULL_PRACTICES = auto()
    FULL_UNITS = auto()
    FULL_ORGANISATIONS = auto()
    FULL_LEDGER = auto()
    FULL_EVENTS = auto()
    NOT_FINITE = auto()
    NOT_CLOSED = auto()
    LISTS_WRONG = auto()


FAILURES: dict[int, str] = {
    Failure.NONE: "",
    Failure.FULL_PRACTICES: "the table of practices is full",
    Failure.FULL_UNITS: "the table of units is full",
    Failure.FULL_ORGANISATIONS: "the table of organisations is full",
    Failure.FULL_LEDGER: "the ledger of the quarter is full",
    Failure.FULL_EVENTS: "the events of the quarter do not fit",
    Failure.NOT_FINITE: "a value is not finite",
    Failure.NOT_CLOSED: "the accounts do not close",
    Failure.LISTS_WRONG: "the lists do not add up to the insured",
}


class Posting(Code):
    """Ledger codes of postings that no payment title makes, below those of kinds of cost."""

    OPERATING = -101
    PREMIUM = -102
    HUB_BUDGET = -103
    PASS_ON = -104
    PURCHASE = -105
    COFUNDING = -106
    MARGIN = -107
    RESERVES = -108
    POOL = -109
    ATTENDANCE = -110
    PLUS_PAY = -111
    CLAIMED = -112
    ROOM_CUT = -113
    CARE_MOVED = -114


POSTINGS: dict[int, str] = {
    Posting.OPERATING: "operating cost",
    Posting.PREMIUM: "premium",
    Posting.HUB_BUDGET: "hub budget",
    Posting.PASS_ON: "passed on by the lead",
    Posting.PURCHASE: "support bought by a unit",
    Posting.COFUNDING: "municipal co-funding",
    Posting.MARGIN: "chain care income",
    Posting.POOL: "pooled in a gemeentehub",
    Posting.ATTENDANCE: "attendance fee",
    Posting.PLUS_PAY: "pay for the PLUS package",
    Posting.CLAIMED: "claimed above the room",
    Posting.ROOM_CUT: "cut to the room",
    Posting.CARE_MOVED: "moved from hospital care",
    Posting.RESERVES: "reserves of a merger or split",
}
"""What each posting is, in words."""

COSTS: dict[int, str] = {-1 - kind: f"transaction:{kind.word}" for kind in CostKind}
"""The kinds of transaction cost, by their codes in the ledger (``cost_code``)."""


@rule
def cost_code(kind: int) -> int:
    """Return the code in the ledger of a kind of transaction cost (``CostKind``)."""
    return -1 - kind


class Entry(NamedTuple):
    """What a line of the ledger is about: two parties, a code of what for, and a ``moment``."""

    payer: int
    receiver: int
    title: int
    when: int


@rule
def party(tables: Tables, kind: int, row: int) -> int:
    """Return the number of a party: its account's row."""
    return int(tables.offsets[kind]) + row


@rule
def after_parties(tables: Tables, kind: int) -> int:
    """Return the number behind the last party of a kind so far: those from there on own nothing."""
    first = int(tables.offsets[kind])
    if kind == Kind.PRACTICE:
        return first + int(tables.counter[0].practices)
    if kind == Kind.UNIT:
        return first + int(tables.counter[0].units)
    if kind == Kind.ORGANISATION:
        return first + int(tables.counter[0].organisations)
    return int(tables.offsets[kind + 1])


@rule
def moment(tick: int, phase: int) -> int:
    """Return one number for a quarter and a phase of it.

    A tuple with a constant in it would be a type of its own to the compiler, once per phase.
    """
    return tick * 16 + phase


@rule
def edge_of(cents: int, reached: float, last: bool) -> int:
    """Return how many of ``cents`` shares of together ``reached`` (0..1) come to; the last: all.

    Cumulative rounding: parts between such edges add up to the whole, to the cent. ``cents`` are
    not negative, so halves away from zero are halves up.
    """
    if last:
        return cents
    return int(float(cents) * min(1.0, reached) + 0.5)


@rule
def cents_of(euros: float) -> int:
    """Return ``euros`` in whole cents, half cents up.

    A sum that is half a cent but for its last bit counts as half: otherwise the order in which
    a sum was made would decide over a cent.
    """
    return whole(100.0 * euros + 1.0e-6)


@rule
def payable(euros: float) -> float:
    """Return ``euros``, or 0 where that is less than can be paid.

    A remainder of rounding buys nothing: support of 1e-17 would count as support.
    """
    return euros if cents_of(euros) > 0 else 0.0


@rule
def transfer(tables: Tables, payer: int, receiver: int, title: int, cents: int, when: int) -> None:
    """Move ``cents`` (not negative) from payer to receiver, at ``moment(tick, phase)``."""
    if cents <= 0:
        return
    pay_out(tables, payer, receiver, title, cents, when)
    take_in(tables, receiver, cents)


@rule
def pay_out(tables: Tables, payer: int, receiver: int, title: int, cents: int, when: int) -> None:
    """Let ``cents`` leave the payer, and write it down: the first half of a ``transfer``."""
    let_go(tables, payer, cents)
    write_payment(tables, payer, receiver, title, cents, when)


@rule
def let_go(tables: Tables, payer: int, cents: int) -> None:
    """Let ``cents`` leave the payer, which somebody else writes down.

    Who pays out for several payers takes in the sum at once (``take_in``), and where nobody reads
    the ledger counts their lines at once (``count_lines``).
    """
    source = tables.accounts[payer]
    source.outflow = source.outflow + cents
    source.balance = source.balance - cents


@rule
def write_payment(
    tables: Tables, payer: int, receiver: int, title: int, cents: int, when: int
) -> None:
    """Write down ``cents`` that left the payer."""
    entry = Entry(payer=payer, receiver=receiver, title=title, when=when)
    _write(tables, entry, cents, 0.0)


@rule
def count_lines(tables: Tables, lines: int) -> None:
    """Count so many lines of a ledger that nobody is to read (``unread``)."""
    counter = tables.counter[0]
    counter.ledger_lines = counter.ledger_lines + lines
    if counter.ledger_lines > len(tables.ledger):
        counter.ledger_lines = len(tables.ledger)
        counter.failure = Failure.FULL_LEDGER


@rule
def take_in(tables: Tables, receiver: int, cents: int) -> None:
    """Let ``cents`` that were paid out reach the receiver: the second half of a ``transfer``."""
    target = tables.accounts[receiver]
    target.inflow = target.inflow + cents
    target.balance = target.balance + cents


@rule
def spend_hours(tables: Tables, who: int, other: int, title: int, hours: float, when: int) -> None:
    """Book ``hours`` that ``who`` spends with ``other``."""
    if hours <= 0.0:
        return
    account = tables.accounts[who]
    account.hours = account.hours + hours
    entry = Entry(payer=who, receiver=other, title=title, when=when)
    _write(tables, entry, 0, hours)


@rule
def _write(tables: Tables, entry: Entry, cents: int, hours: float) -> None:
    """Write a line of the ledger, or only count it where nobody is to read it."""
    counter = tables.counter[0]
    n = counter.ledger_lines
    if n >= len(tables.ledger):
        counter.failure = Failure.FULL_LEDGER
        return
    counter.ledger_lines = n + 1
    if counter.unread:
        return
    line = tables.ledger[n]
    line.tick = entry.when // 16
    line.phase = entry.when % 16
    line.payer = entry.payer
    line.receiver = entry.receiver
    line.title = entry.title
    line.cents = cents
    line.hours = hours


@rule
def note(tables: Tables, tick: int, who: int, what: int, other: int, cause: int) -> None:
    """Write down an event: ``who`` did ``what`` with ``other``, mostly because of ``cause``."""
    counter = tables.counter[0]
    n = counter.event_lines
    if n >= len(tables.events):
        counter.failure = Failure.FULL_EVENTS
        return
    line = tables.events[n]
    line.tick = tick
    line.party = who
    line.what = what
    line.other = other
    line.cause = cause
    counter.event_lines = n + 1
