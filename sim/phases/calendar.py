"""Phase 1, calendar: the quarter opens, and once a year names are counted."""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import rule
from sim.common.alliances import alliance_of
from sim.common.programmes import server_of
from sim.ledger import after_parties
from sim.tables import Tables


@rule
def open_quarter(tables: Tables, tick: int) -> None:
    """Open the books of the quarter and clear what is counted per quarter."""
    counter = tables.counter[0]
    counter.quarter = tick
    counter.ledger_lines = 0
    # What stood at the start is told with the first quarter.
    counter.event_lines = counter.stood
    counter.stood = 0
    for kind in range(len(tables.offsets) - 1):
        for a in range(tables.offsets[kind], after_parties(tables, kind)):
            account = tables.accounts[a]
            account.opening = account.balance
            account.inflow = 0
            account.outflow = 0
            account.hours = 0.0
    _clear_practices(tables)
    _clear_units(tables)
    _clear_hubs(tables)
    _clear_organisations(tables)
    for z in range(len(tables.insurers)):
        tables.insurers[z].spent = 0.0
        tables.insurers[z].hours = 0.0
    for r in range(len(tables.ros)):
        tables.ros[r].revenue = 0.0
        tables.ros[r].cut = 0.0


@rule
def begin_year(tables: Tables) -> None:
    """What was agreed takes force, named insured (ION) are counted, incomes start at nothing."""
    begin_contracts(tables)
    count_names(tables)
    for o in range(tables.counter[0].organisations):
        tables.organisations[o].income = 0.0
    for z in range(len(tables.insurers)):
        tables.insurers[z].cut = 0.0
    for h in range(len(tables.hubs)):
        tables.hubs[h].received = 0.0
    for i in range(tables.counter[0].practices):
        tables.practices[i].received = 0.0
        tables.practices[i].oi_year = 0.0


@rule
def _clear_practices(tables: Tables) -> None:
    for i in range(tables.counter[0].practices):
        practice = tables.practices[i]
        practice.money = 0.0
        practice.cut = 0.0
        practice.fees = 0.0
        practice.hours = 0.0
        for c in range(len(practice.transaction)):
            practice.transaction[c] = 0.0


@rule
def _clear_units(tables: Tables) -> None:
    for u in range(tables.counter[0].units):
        unit = tables.units[u]
        unit.revenue = 0.0
        unit.oi = 0.0
        unit.cut = 0.0
        unit.hours = 0.0
        for c in range(len(unit.transaction)):
            unit.transaction[c] = 0.0
        for f in range(len(unit.money)):
            unit.money[f] = 0.0
            unit.pays[f] = 0.0


@rule
def _clear_hubs(tables: Tables) -> None:
    for h in range(len(tables.hubs)):
        hub = tables.hubs[h]
        hub.revenue = 0.0
        hub.oi = 0.0
        hub.cut = 0.0
        hub.hours = hub.carried
        hub.carried = 0.0
        hub.local_money = 0.0
        hub.list_money = 0.0
        hub.listed_oi = 0.0
        hub.from_region = 0.0
        hub.ended = False
        for c in range(len(hub.transaction)):
            hub.transaction[c] = 0.0
        for f in range(len(hub.money)):
            hub.money[f] = 0.0


@rule
def _clear_organisations(tables: Tables) -> None:
    for o in range(tables.counter[0].organisations):
        organisation = tables.organisations[o]
        organisation.revenue = 0.0
        organisation.shared_revenue = 0.0
        organisation.plus_money = 0.0
        organisation.bargained = 0.0
        organisation.hub_money = 0.0
        organisation.hub_shared = 0.0
        organisation.set_aside = 0.0
        organisation.oi = 0.0
        organisation.cut = 0.0
        organisation.by_effort = 0.75 * organisation.by_effort
        organisation.sold = 0.75 * organisation.sold
        organisation.cost = 0.0
        organisation.coordination = 0.0
        organisation.hours = organisation.carried
        organisation.carried = 0.0
        organisation.unpaid = 0.0
        for c in range(len(organisation.transaction)):
            organisation.transaction[c] = 0.0
        for f in range(len(organisation.money)):
            organisation.money[f] = 0.0


@rule
def begin_contracts(tables: Tables) -> None:
    """Let what was agreed in the fourth quarter take force."""
    for k in range(len(tables.tariffs)):
        tables.tariffs[k].spread = tables.tariffs[k].agreed_spread
    for o in range(tables.counter[0].organisations):
        organisation = tables.organisations[o]
        organisation.fee = organisation.agreed_fee
        organisation.transfer = organisation.agreed_transfer
        lower = organisation.weight * (organisation.first_base - organisation.fee_base)
        organisation.passed = lower * (1.0 - organisation.short)
        for k in range(len(organisation.contract)):
            organisation.contract[k] = organisation.agreed[k]
    for u in range(tables.counter[0].units):
        unit = tables.units[u]
        for k in range(len(unit.contract)):
            unit.contract[k] = unit.agreed[k]
    for h in range(len(tables.hubs)):
        hub = tables.hubs[h]
        for k in range(len(hub.contract)):
            hub.contract[k] = hub.agreed[k]


@rule
def _clear_names(tables: Tables) -> None:
    counter = tables.counter[0]
    for u in range(counter.units):
        unit = tables.units[u]
        unit.insured = 0
        for g in range(len(unit.groups)):
            unit.groups[g] = 0.0
    for h in range(len(tables.hubs)):
        hub = tables.hubs[h]
        hub.insured = 0
        hub.listed = 0
        for g in range(len(hub.groups)):
            hub.groups[g] = 0.0
            hub.listed_groups[g] = 0.0
    for o in range(counter.organisations):
        organisation = tables.organisations[o]
        organisation.insured = 0
        organisation.plus_insured = 0
        organisation.allied_insured = 0
        for g in range(len(organisation.groups)):
            organisation.groups[g] = 0.0
            organisation.allied_groups[g] = 0.0
            organisation.served[g] = 0.0
            organisation.allied_served[g] = 0.0
        for z in range(len(organisation.by_insurer)):
            organisation.by_insurer[z] = 0.0
    for r in range(len(tables.ros)):
        tables.ros[r].insured = 0
        for g in range(len(tables.ros[r].groups)):
            tables.ros[r].groups[g] = 0.0


@rule
def count_names(tables: Tables) -> None:
    """Count the named insured (ION) for whom each payee may claim this year (F057)."""
    _clear_names(tables)
    for i in range(tables.counter[0].practices):
        practice = tables.practices[i]
        practice.plus_named = 0
        if not practice.alive:
            continue
        ros = tables.ros[tables.municipalities[practice.municipality].ros]
        ros.insured = ros.insured + practice.patients
        unit = tables.units[practice.unit]
        unit.insured = unit.insured + practice.patients
        hub = tables.hubs[practice.hub]
        hub.insured = hub.insured + practice.patients
        for g in range(len(unit.groups)):
            unit.groups[g] = unit.groups[g] + practice.groups[g]
            hub.groups[g] = hub.groups[g] + practice.groups[g]
            ros.groups[g] = ros.groups[g] + practice.groups[g]
        if practice.centre != NONE:
            _count_listed(tables, i)
        if practice.organisation != NONE:
            _count_member(tables, i)


@rule
def _count_listed(tables: Tables, i: int) -> None:
    practice = tables.practices[i]
    hub = tables.hubs[practice.centre]
    hub.listed = hub.listed + practice.patients
    for g in range(len(hub.listed_groups)):
        hub.listed_groups[g] = hub.listed_groups[g] + practice.groups[g]


@rule
def _count_member(tables: Tables, i: int) -> None:
    practice = tables.practices[i]
    place = tables.municipalities[practice.municipality]
    organisation = tables.organisations[practice.organisation]
    organisation.insured = organisation.insured + practice.patients
    if practice.plus:
        practice.plus_named = practice.patients
        organisation.plus_insured = organisation.plus_insured + practice.patients
    for z in range(len(tables.insurers)):
        organisation.by_insurer[z] = organisation.by_insurer[z] + place.shares[z] * float(
            practice.patients
        )
    leader = practice.organisation
    if organisation.lead != NONE:
        leader = organisation.lead
    lead = tables.organisations[leader]
    lead.allied_insured = lead.allied_insured + practice.patients
    for g in range(len(organisation.groups)):
        organisation.groups[g] = organisation.groups[g] + practice.groups[g]
        lead.allied_groups[g] = lead.allied_groups[g] + practice.groups[g]
        server = server_of(tables, i, g)
        if server != NONE:
            serving = tables.organisations[server]
            serving.served[g] = serving.served[g] + practice.groups[g]
            leading = tables.organisations[alliance_of(tables, server)]
            leading.allied_served[g] = leading.allied_served[g] + practice.groups[g]
