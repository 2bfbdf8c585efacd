"""Suppliers of whoever is paid itself: an organisation or a hub supplies what its titles pay."""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.title import Title, pays_by_group
from agents.words import Kind
from sim.common.alliances import alliance_of
from sim.common.centres import pays_lists
from sim.common.claims import expected_of_hub
from sim.common.cost import promise
from sim.common.in_force import in_force_at
from sim.common.programmes import server_of
from sim.ledger import party
from sim.tables import Tables


@rule
def supply_as_paid(tables: Tables, i: int, tick: int) -> None:
    """Settle who supplies practice ``i`` where an organisation or its hub is paid for it."""
    practice = tables.practices[i]
    for c in range(len(practice.supplier)):
        practice.supplier[c] = NONE
    hub = tables.hubs[practice.hub]
    for k in range(len(tables.tariffs)):
        title = tables.titles[tick][k]
        if not title.active or not title.oi or title.in_force <= 0.0:
            continue
        if title.receiver != Kind.ORGANISATION:
            continue
        for g in range(len(tables.groups)):
            o = practice.organisation
            if pays_by_group(title):
                o = server_of(tables, i, g)
            if o != NONE:
                lead = tables.organisations[alliance_of(tables, o)]
                if tables.organisations[o].contract[k] != NONE or lead.contract[k] != NONE:
                    _assign(tables, i, g, party(tables, Kind.ORGANISATION, o), title)
    for k in range(len(tables.tariffs)):
        title = tables.titles[tick][k]
        if not title.active or not title.oi or title.receiver != Kind.HUB:
            continue
        paid = in_force_at(tables, k, practice.municipality, tick) > 0.0
        if paid and hub.contract[k] != NONE:
            for g in range(len(tables.groups)):
                _fill_up(tables, i, g, k, tick)


@rule
def _assign(tables: Tables, i: int, g: int, supplier: int, title: Title) -> None:
    """Let organisation ``supplier`` (a party), or whom it buys from, serve group ``g``."""
    practice = tables.practices[i]
    functions = len(tables.functions)
    if title.groups[g] > 0.0:
        bought = tables.organisations[supplier - int(tables.offsets[Kind.ORGANISATION])].bought
        for f in range(functions):
            if title.functions[f] > 0.0:
                # What it buys for its members its supplier delivers to them.
                practice.supplier[g * functions + f] = supplier if bought[f] == NONE else bought[f]


@rule
def _fill_up(tables: Tables, i: int, g: int, k: int, tick: int) -> None:
    """Let the hub serve what nobody does, or what its money is for alone and buys more of."""
    practice = tables.practices[i]
    hub = tables.hubs[practice.hub]
    title = tables.titles[tick][k]
    functions = len(tables.functions)
    first = int(tables.offsets[Kind.ORGANISATION])
    lists = pays_lists(tables, title)
    if lists and practice.centre != practice.hub:
        return
    here = party(tables, Kind.HUB, practice.hub)
    if lists and hub.umbrella != NONE and tables.organisations[hub.umbrella].alive:
        here = party(tables, Kind.ORGANISATION, hub.umbrella)
    for f in range(functions):
        if title.groups[g] <= 0.0 or title.functions[f] <= 0.0:
            continue
        cell = g * functions + f
        supplier = int(practice.supplier[cell])
        more = supplier == NONE
        if supplier != NONE and supplier >= first and title.functions[f] >= 1.0:
            patients = float(max(1, hub.listed if lists else hub.patients))
            money = expected_of_hub(tables, practice.hub, k, tick)
            if title.sites > 0:
                money = money * tables.tariffs[k].spread
            promised = promise(tables, f, patients, hub.cost_factor, money / patients)
            more = promised > tables.organisations[supplier - first].coverage[f]
        if more:
            practice.supplier[cell] = here
