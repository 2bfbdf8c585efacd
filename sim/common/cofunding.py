"""What municipalities pay for cooperation in primary care, and to whom it goes."""

from __future__ import annotations

from agents.compiled.rule import rule
from agents.hub import cost_manager
from agents.words import Kind, Manager, Phase, Purpose, Stage
from sim.ledger import Posting, cents_of, moment, party, transfer
from sim.tables import Tables


@rule
def part_of_town(tables: Tables, h: int) -> float:
    """Return the part of what its municipality pays for hubs that is for hub area ``h`` (share).

    That of its patients; where the municipality pays by need, of its elderly (C37).
    """
    hub = tables.hubs[h]
    place = tables.municipalities[hub.municipality]
    part = float(hub.patients) / float(max(1, place.population))
    if tables.params[0].municipality_by_need:
        part = part * hub.old
    return float(part)


@rule
def manager_first(tables: Tables, h: int) -> bool:
    """Return whether what its municipality pays hub ``h`` goes first to a manager (F062).

    Not where that is for welfare work, which is paid to others.
    """
    place = tables.municipalities[tables.hubs[h].municipality]
    first = tables.params[0].municipality_manager_first
    return bool(first and place.purpose != Purpose.WELFARE)


@rule
def manager_grant(tables: Tables, h: int) -> float:
    """Return EUR a year that its municipality would pay for a manager of hub ``h``."""
    place = tables.municipalities[tables.hubs[h].municipality]
    if tables.hubs[h].stage == Stage.NONE:
        return 0.0
    if place.purpose != Purpose.MANAGERS and not manager_first(tables, h):
        return 0.0
    return place.cofunding * part_of_town(tables, h)


@rule
def welfare_paid(tables: Tables, m: int) -> float:
    """Return how far municipality ``m`` pays welfare work to sit at hubs' tables (share)."""
    place = tables.municipalities[m]
    if place.purpose != Purpose.WELFARE:
        return 0.0
    full = tables.params[0].municipality_welfare_full * float(max(1, place.population))
    return min(1.0, place.cofunding / full)


@rule
def cofund_hub(tables: Tables, h: int, tick: int) -> None:
    """Let the municipality of hub ``h`` pay its part of the co-funding for what it chose."""
    hub = tables.hubs[h]
    place = tables.municipalities[hub.municipality]
    if hub.stage == Stage.NONE or place.cofunding <= 0.0:
        return
    employs = hub.manager == Manager.OWN or hub.manager == Manager.HIRED
    if place.purpose == Purpose.MANAGERS and not employs:
        return
    first = manager_first(tables, h)
    if first and hub.manager == Manager.NONE:
        return
    cents = cents_of(0.25 * place.cofunding * part_of_town(tables, h))
    town = party(tables, Kind.MUNICIPALITY, hub.municipality)
    outside = party(tables, Kind.OUTSIDE, 0)
    when = moment(tick, Phase.ALLOCATION)
    transfer(tables, outside, town, Posting.COFUNDING, cents, when)
    euros = float(cents) / 100.0
    place.paid = place.paid + euros
    if place.purpose == Purpose.WELFARE:
        transfer(tables, town, outside, Posting.COFUNDING, cents, when)
        return
    transfer(tables, town, party(tables, Kind.HUB, h), Posting.COFUNDING, cents, when)
    hub.revenue = hub.revenue + euros
    if place.purpose != Purpose.MANAGERS:
        held = 0.0
        if first and employs:
            held = min(euros, 0.25 * cost_manager(hub.manager, hub.fte, tables.params[0]))
        hub.local_money = hub.local_money + (euros - held)
