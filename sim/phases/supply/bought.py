"""What organisations buy for their members: paying for it, and seeing what was delivered."""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.words import Kind, Phase
from sim.ledger import Posting, cents_of, moment, party, transfer
from sim.tables import Tables


@rule
def pay_entrant(tables: Tables, o: int, f: int, euros: float, tick: int) -> float:
    """Pay the supplier of function ``f`` of ``o`` what there is for it; return EUR paid."""
    me = party(tables, Kind.ORGANISATION, o)
    supplier = int(tables.organisations[o].bought[f])
    seller = tables.organisations[supplier - int(tables.offsets[Kind.ORGANISATION])]
    cents = max(0, min(cents_of(euros), tables.accounts[me].balance))
    if cents == 0 or not seller.alive:
        return 0.0
    transfer(tables, me, supplier, Posting.PURCHASE, cents, moment(tick, Phase.SUPPLY))
    paid = float(cents) / 100.0
    kept = 0.0 if seller.entrant else tables.params[0].supply_host_margin
    seller.money[f] = seller.money[f] + paid * (1.0 - kept)
    seller.revenue = seller.revenue + paid
    seller.sold = seller.sold + paid
    return paid


@rule
def see_bought(tables: Tables, o: int) -> None:
    """Take what is bought for members of ``o`` into its coverage and quality."""
    organisation = tables.organisations[o]
    for f in range(len(tables.functions)):
        supplier = int(organisation.bought[f])
        if supplier != NONE:
            seller = tables.organisations[supplier - int(tables.offsets[Kind.ORGANISATION])]
            more = seller.coverage[f] - organisation.coverage[f]
            organisation.coverage[f] = seller.coverage[f]
            organisation.quality = organisation.quality + more * tables.functions[f].variable
