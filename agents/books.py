"""Accounts, ledger lines and events: what the books of a run are made of."""

from __future__ import annotations

from typing import Annotated

from agents.compiled.record import Record


class Account(Record):
    """Money and hours of one party in one quarter. Money is whole cents."""

    opening: Annotated[int, "cent", "", "balance at the start of the quarter"]
    inflow: Annotated[int, "cent", "0..", "received this quarter"]
    outflow: Annotated[int, "cent", "0..", "paid this quarter"]
    balance: Annotated[int, "cent", "", "opening + inflow - outflow"]
    hours: Annotated[float, "h", "0..", "transaction hours spent this quarter"]


class LedgerLine(Record):
    """One posting: cents from payer to receiver, or hours spent by the payer with the receiver."""

    tick: Annotated[int, "quarter", "0..", "quarters since 2006Q1"]
    payer: Annotated[int, "party", "", "party that pays or spends hours"]
    receiver: Annotated[int, "party", "", "party that receives"]
    title: Annotated[int, "code", "", "title, or -1 - kind of cost"]
    phase: Annotated[int, "code", "", "phase of the quarter"]
    cents: Annotated[int, "cent", "0..", "amount"]
    hours: Annotated[float, "h", "0..", "hours"]


class EventLine(Record):
    """One thing that happened: who, what, with whom, and the term that weighed most."""

    tick: Annotated[int, "quarter", "0..", "quarters since 2006Q1"]
    party: Annotated[int, "party", "", "who"]
    what: Annotated[int, "code", "", "event code"]
    other: Annotated[int, "party", "", "with whom, or none"]
    cause: Annotated[int, "code", "", "the term that weighed most"]


class Counter(Record):
    """Fill of the quarter's buffers and the run's own state: one row."""

    ledger_lines: Annotated[int, "lines", "0..", "lines in the ledger buffer"]
    unread: Annotated[bool, "", "", "nobody reads the quarter's ledger: lines are only counted"]
    event_lines: Annotated[int, "lines", "0..", "lines in the event buffer"]
    stood: Annotated[int, "lines", "0..", "of these, of the start: told with the first quarter"]
    failure: Annotated[int, "code", "0..", "0, or which table or check failed"]
    quarter: Annotated[int, "quarter", "0..", "quarter that runs now"]
    seed: Annotated[int, "", "0..", "seed of behaviour"]
    population_seed: Annotated[int, "", "0..", "seed of the population"]
    practices: Annotated[int, "rows", "0..", "practice rows in use, dead ones included"]
    units: Annotated[int, "rows", "0..", "unit rows in use"]
    organisations: Annotated[int, "rows", "0..", "organisation rows in use"]
    norm_moved: Annotated[
        float, "EUR per insured/yr", "", "the published norm is above that of policy"
    ]


class Tariff(Record):
    """Factors that solve a title's tariffs to the same money."""

    lump: Annotated[float, "factor", "0..", "on the title's lump sum"]
    rate: Annotated[float, "factor", "0..", "on the title's rate"]
    spread: Annotated[
        float, "factor", "0..", "claims of all that could be sites over those that are"
    ]
    agreed_spread: Annotated[float, "factor", "0..", "the same, as agreed for next year"]
    solved: Annotated[bool, "", "", "solved on those who claim it, not on the region as drawn"]
    paid: Annotated[float, "EUR/quarter", "0..", "what the title paid this quarter, to all"]
    run_down: Annotated[
        int, "quarter", "", "in which the dates of a tied title run it down first, or none"
    ]
