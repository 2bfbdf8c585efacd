"""Bargained fees: what they are, what support costs under them, and who has the gain."""

from __future__ import annotations

from agents.compiled.record import NONE, FloatArray, IntArray
from agents.compiled.rule import rule
from sim.common.alliances import alliance_of
from sim.measure.column import Column, flow, stock
from sim.tables import Tables


class Fees(Column):
    """Fees of contract holders, the cost of full support, and gains kept and passed on."""

    SUPPORT_COST = stock(
        "EUR per insured",
        "a year, what full support would cost holders of a bargained fee and their allies: own "
        "work, and cost of support over what is delivered, housing left out",
        "Cost of full support",
        "Kosten van volledige ondersteuning",
        empty=0.0,
    )
    REGIONAL_FEE = stock(
        "EUR per insured",
        "a year, bargained fee in force, by patients under one",
        "Bargained fee",
        "Onderhandeld tarief",
        empty=0.0,
    )
    GAIN_KEPT = flow(
        "EUR per insured",
        "income that holders of a bargained fee and their allies keep, as they work for less",
        "Gains kept",
        "Behouden winst van doelmatigheid",
        empty=0.0,
    )
    PREMIUM_GAIN = stock(
        "EUR per insured",
        "a year, bargained fees are below those at which their benchmark first weighed, for the "
        "same support; below zero: above",
        "Gain of the premium payer",
        "Voordeel van de premiebetaler",
        empty=0.0,
    )


@rule
def measure_fees(
    tables: Tables, rows: IntArray, count: int, insured: float, out: FloatArray
) -> None:
    """Fill fees, cost and gains (``Fees``): an organisation's are its practices' by patients."""
    under = 0.0
    fees = 0.0
    work = 0.0
    cost = 0.0
    support = 0.0
    kept = 0.0
    lower = 0.0
    for r in range(count):
        practice = tables.practices[rows[r]]
        if practice.organisation == NONE:
            continue
        organisation = tables.organisations[practice.organisation]
        holder = tables.organisations[alliance_of(tables, practice.organisation)]
        if holder.fee <= 0.0:
            continue
        patients = float(practice.patients)
        share = patients / float(max(1, organisation.patients))
        under = under + patients
        fees = fees + patients * holder.fee
        lower = lower + patients * holder.passed
        work = work + share * organisation.work_cost
        cost = cost + share * organisation.support_cost
        support = support + share * organisation.delivered
        kept = kept + share * organisation.gain
    if under > 0.0:
        out[Fees.REGIONAL_FEE] = fees / under
    if support > 0.0:
        out[Fees.SUPPORT_COST] = work / under + cost / support
    out[Fees.GAIN_KEPT] = kept / insured
    out[Fees.PREMIUM_GAIN] = lower / insured
