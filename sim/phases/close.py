"""Phase 13, accounts close: premiums balance the insurers, and every account must close."""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.insurer import Insurer
from agents.words import CostKind, Kind, Phase
from sim.common.purse import own_money
from sim.ledger import Failure, Posting, after_parties, cents_of, cost_code, moment, party, transfer
from sim.tables import Tables


@rule
def close_quarter(tables: Tables, tick: int) -> None:
    """Collect premiums for what insurers paid, note reserves, and check the books."""
    params = tables.params[0]
    outside = party(tables, Kind.OUTSIDE, 0)
    for z in range(len(tables.insurers)):
        me = party(tables, Kind.INSURER, z)
        cost = cents_of(tables.insurers[z].hours * params.supply_wage)
        transfer(tables, me, outside, Posting.OPERATING, cost, moment(tick, Phase.CLOSE))
        due = keep_moved(tables.insurers[z]) - tables.accounts[me].balance
        transfer(tables, outside, me, Posting.PREMIUM, due, moment(tick, Phase.CLOSE))
        # A running yearly sum: a quarter of the old sum leaves as a quarter comes in.
        tables.insurers[z].worked = 0.75 * tables.insurers[z].worked + tables.insurers[z].hours
    for o in range(tables.counter[0].organisations):
        organisation = tables.organisations[o]
        organisation.reserves = own_money(tables, o)
    _spend_claims(tables, tick)
    check_accounts(tables)
    check_finite(tables)


@rule
def keep_moved(insurer: Insurer) -> int:
    """Let go a quarter of what was moved from hospital care; return the cents kept for later."""
    insurer.released = min(insurer.moved, insurer.released + (insurer.moved + 3) // 4)
    return insurer.moved - insurer.released


@rule
def _spend_claims(tables: Tables, tick: int) -> None:
    """Insurers' part of handling claims is paid from premiums too."""
    share = 1.0 - tables.params[0].transaction_claim_share
    outside = party(tables, Kind.OUTSIDE, 0)
    for o in range(tables.counter[0].organisations):
        organisation = tables.organisations[o]
        seat = tables.municipalities[organisation.municipality].preferred
        cents = cents_of(share * organisation.transaction[CostKind.CLAIMS])
        _through(tables, outside, party(tables, Kind.INSURER, seat), cents, tick)
    for u in range(tables.counter[0].units):
        unit = tables.units[u]
        seat = tables.municipalities[unit.municipality].preferred
        cents = cents_of(share * unit.transaction[CostKind.CLAIMS])
        _through(tables, outside, party(tables, Kind.INSURER, seat), cents, tick)


@rule
def _through(tables: Tables, outside: int, insurer: int, cents: int, tick: int) -> None:
    transfer(tables, outside, insurer, Posting.PREMIUM, cents, moment(tick, Phase.CLOSE))
    transfer(tables, insurer, outside, cost_code(CostKind.CLAIMS), cents, moment(tick, Phase.CLOSE))


@rule
def check_accounts(tables: Tables) -> None:
    """Check opening + in - out = closing for every party, and that no cent is made or lost.

    What went to a party that is not there yet is missing in the sums.
    """
    total = 0
    moved = 0
    for kind in range(len(tables.offsets) - 1):
        for a in range(tables.offsets[kind], after_parties(tables, kind)):
            account = tables.accounts[a]
            if account.opening + account.inflow - account.outflow != account.balance:
                tables.counter[0].failure = Failure.NOT_CLOSED
            # Only the world outside may owe: everyone else spends what they have.
            if a > 0 and account.balance < 0:
                tables.counter[0].failure = Failure.NOT_CLOSED
            total = total + account.balance
            moved = moved + account.inflow - account.outflow
    if total != 0 or moved != 0:
        tables.counter[0].failure = Failure.NOT_CLOSED


@rule
def check_lists(tables: Tables) -> None:
    """Check that the lists of each municipality add up to its insured."""
    for m in range(len(tables.municipalities)):
        place = tables.municipalities[m]
        patients = 0
        for h in range(place.first_hub, place.first_hub + place.hubs):
            i = tables.hubs[h].first
            while i != NONE:
                patients = patients + tables.practices[i].patients
                i = tables.practices[i].next_in_hub
        if patients != place.population:
            tables.counter[0].failure = Failure.LISTS_WRONG


@rule
def check_finite(tables: Tables) -> None:
    """Check that the values decisions rest on are finite numbers."""
    total = 0.0
    for i in range(tables.counter[0].practices):
        practice = tables.practices[i]
        total = total + practice.coverage + practice.hub_trust + practice.payer_trust
    for o in range(tables.counter[0].organisations):
        organisation = tables.organisations[o]
        total = total + organisation.quality + organisation.engagement + organisation.fee
    if not (-1.0e300 < total < 1.0e300):
        tables.counter[0].failure = Failure.NOT_FINITE
