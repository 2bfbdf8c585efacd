"""Phase 6, checks: what a payee delivered is held against what its title asks (S1-137, S1-143)."""

from __future__ import annotations

from agents.compiled.record import NONE, IntArray
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.organisation.regio_organisatie import RegioOrganisatie, drift_slack
from agents.parameters import Parameters
from agents.title import Title
from agents.words import Kind
from sim.common.alliances import alliance_of
from sim.common.claims import payee_of, place_of_payee
from sim.ledger import note, party
from sim.tables import Tables


@rule
def ask_support(title: Title, years: float, params: Parameters) -> float:
    """Return the share of full support that a title asks after ``years`` under contract.

    What is asked grows in as fast as what is paid does.
    """
    asked = params.contract_required * title.in_force
    if title.negotiated > 0.0:
        asked = asked * min(1.0, years / params.contract_ramp)
    return asked


@rule
def delivered_by(tables: Tables, title: Title, receiver: int, row: int) -> float:
    """Return the share of full support that a payee delivers in the functions a title pays for.

    An organisation is asked for its whole alliance, by named insured; a unit for what its chair
    receives, whoever supplies it; a hub for its local functions.
    """
    if receiver == Kind.HUB:
        return float(tables.hubs[row].local)
    delivered = 0.0
    if receiver == Kind.UNIT:
        chair = tables.practices[tables.units[row].chair]
        for f in range(len(tables.functions)):
            delivered = delivered + title.functions[f] * chair.by_function[f]
        return delivered
    insured = 0.0
    for other in range(tables.counter[0].organisations):
        ally = tables.organisations[other]
        if ally.alive and alliance_of(tables, other) == row:
            weight = float(ally.insured)
            insured = insured + weight
            for f in range(len(tables.functions)):
                delivered = delivered + weight * title.functions[f] * ally.coverage[f]
    return delivered / max(1.0, insured)


@rule
def fails_again(
    tables: Tables, failed: IntArray, k: int, receiver: int, row: int, tick: int
) -> bool:
    """Check what a payee delivers under title ``k``; return whether it failed once too often.

    ``failed`` are its failed checks in a row per title (shape (32,)), counted on. The first check
    comes after a full year under contract. A failed year is noted, and counted until a check is
    passed; a contract that ends leaves nothing to count.
    """
    params = tables.params[0]
    title = tables.titles[tick][k]
    start = NONE
    if title.checks and title.active and title.receiver == receiver:
        start = payee_of(tables, k, title, row).start
    if start == NONE or params.contract_sanction <= 0.0:
        failed[k] = 0
        return False
    years = float(tick + 1 - start) / 4.0
    if years < 1.0:
        return False
    if delivered_by(tables, title, receiver, row) >= ask_support(title, years, params):
        failed[k] = 0
        return False
    failed[k] = failed[k] + 1
    m = place_of_payee(tables, receiver, row)
    insurer = party(tables, Kind.INSURER, tables.municipalities[m].preferred)
    me = party(tables, receiver, row)
    note(tables, tick, me, Event.CHECK_FAILED, insurer, Cause.RESULTS)
    return bool(0 < params.contract_failures and params.contract_failures <= failed[k])


@rule
def slack_after(organisation: RegioOrganisatie, checked: bool, params: Parameters) -> float:
    """Return next year's slack: it drifts, but who failed a check works it off with all effort."""
    for k in range(len(organisation.failed)):
        if organisation.failed[k] > 0:
            return organisation.slack * (1.0 - params.supply_effort)
    return drift_slack(organisation, checked, params)
