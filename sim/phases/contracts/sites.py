"""Phase 6: money for few sites goes to those with the best record of renewal (C39)."""

from __future__ import annotations

from agents.compiled.elementary import is_multiple
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.title import Title, pays_origin
from agents.words import Kind, Stage
from sim.common.claims import claim_of, count_payees, payee_of
from sim.tables import Tables


@rule
def is_site(tables: Tables, row: int) -> bool:
    """Return whether the payee in this row was just chosen as a site."""
    return bool(tables.scratch.site[row] == 1)


@rule
def _measure_records(tables: Tables, title: Title) -> None:
    """Sum renewal times patients, and patients, of the practices of every payee."""
    renewed = tables.scratch.site_renewed
    patients = tables.scratch.site_patients
    for row in range(len(renewed)):
        renewed[row] = 0.0
        patients[row] = 0.0
    for i in range(tables.counter[0].practices):
        practice = tables.practices[i]
        if practice.alive:
            row = practice.unit if title.receiver == Kind.UNIT else practice.hub
            if title.receiver == Kind.ORGANISATION:
                row = practice.organisation
            if row == NONE:
                continue
            renewed[row] += practice.renewal * float(practice.patients)
            patients[row] += float(practice.patients)


@rule
def _may_be_site(tables: Tables, row: int, title: Title) -> bool:
    if title.receiver == Kind.UNIT:
        unit = tables.units[row]
        return bool(unit.alive and unit.patients >= title.minimum)
    if title.receiver == Kind.ORGANISATION:
        organisation = tables.organisations[row]
        return bool(organisation.alive and organisation.members > 0)
    hub = tables.hubs[row]
    fits = pays_origin(title, hub.origin)
    return bool(fits and hub.stage > Stage.NONE and hub.practices > 0)


@rule
def _record_of(tables: Tables, row: int, start: int, title: Title) -> float:
    """Return the record of a payee; one whose contract still runs goes before all others."""
    next_quarter = tables.counter[0].quarter + 1
    record = tables.scratch.site_renewed[row] / max(1.0, tables.scratch.site_patients[row])
    if start != NONE and not is_multiple(float(next_quarter - start) / 4.0, title.term):
        return 2.0 + record
    return record


@rule
def choose_sites(tables: Tables, k: int, tick: int) -> None:
    """Mark the sites of title ``k`` for next year, so many in the region of each insurer.

    What all who could be a site would claim together goes to those that are.
    """
    later = min(tick + 1, len(tables.titles) - 1)
    title = tables.titles[later][k]
    chosen = tables.scratch.site
    rows = count_payees(tables, title.receiver)
    _measure_records(tables, title)
    for row in range(rows):
        chosen[row] = 0
    for z in range(len(tables.insurers)):
        for _ in range(title.sites):
            best = NONE
            most = -1.0
            least = 0
            for row in range(rows):
                payee = payee_of(tables, k, title, row)
                seat = tables.municipalities[payee.municipality].preferred
                if seat != z or chosen[row] == 1 or not _may_be_site(tables, row, title):
                    continue
                record = _record_of(tables, row, payee.start, title)
                if record > most or (record == most and payee.number < least):
                    most = record
                    best = row
                    least = payee.number
            if best == NONE:
                break
            chosen[best] = 1
    tariff = tables.tariffs[k]
    now = float(tariff.spread)
    tariff.spread = 1.0
    total = 0.0
    sites = 0.0
    for row in range(rows):
        if _may_be_site(tables, row, title):
            payee = payee_of(tables, k, title, row)
            claim = claim_of(tables, k, row, payee, later)
            total = total + claim
            if chosen[row] == 1:
                sites = sites + claim
    tariff.spread = now
    tariff.agreed_spread = total / sites if sites > 0.0 else 1.0
