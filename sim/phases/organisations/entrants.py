"""Phase 5, fifth part: new suppliers without members enter where units buy, and leave again."""

from __future__ import annotations

from agents.compiled.draws import draw, stream
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.organisation.regio_organisatie import want_enter
from agents.sizes import ENTRANT
from agents.words import Kind
from sim.common.claims import expected_money
from sim.common.founding import start_organisation
from sim.ledger import note, party
from sim.phases.organisations.organisations import dissolve
from sim.tables import Tables

ENTER = stream("entrant.enter")
COST = stream("entrant.cost")


@rule
def review_entrants(tables: Tables, tick: int) -> None:
    """New suppliers without clients leave, others enter where there is a market."""
    params = tables.params[0]
    if not params.decide_organisation:
        return
    for o in range(tables.counter[0].organisations):
        organisation = tables.organisations[o]
        if organisation.alive and organisation.entrant and organisation.founded < tick:
            clients = 0.0
            for f in range(len(tables.functions)):
                clients = clients + organisation.clients[f]
            organisation.idle = organisation.idle + 1 if clients <= 0.0 else 0
            if organisation.idle >= params.entry_years:
                dissolve(tables, o, tick)
    if params.entry_rate <= 0.0:
        return
    # What units spend, and how far they are covered, per municipality: in one pass.
    spent = tables.scratch.market_spent
    covered = tables.scratch.market_covered
    patients = tables.scratch.market_patients
    for m in range(len(tables.municipalities)):
        spent[m] = 0.0
        covered[m] = 0.0
        patients[m] = 0.0
    for u in range(tables.counter[0].units):
        unit = tables.units[u]
        money = spending(tables, u, tick)
        if unit.alive and money > 0.0:
            spent[unit.municipality] += money
            covered[unit.municipality] += tables.practices[unit.chair].coverage * float(
                unit.patients
            )
            patients[unit.municipality] += float(unit.patients)
    for m in range(len(tables.municipalities)):
        if spent[m] > 0.0:
            chance = want_enter(spent[m], covered[m] / max(1.0, patients[m]), params)
            number = tables.municipalities[m].id
            if draw(tables.counter[0].seed, ENTER, number, 0, tick) < chance:
                enter(tables, m, tick)


@rule
def spending(tables: Tables, u: int, tick: int) -> float:
    """Return EUR a year that unit ``u`` has to spend under the contracts it holds."""
    unit = tables.units[u]
    total = 0.0
    for k in range(len(tables.tariffs)):
        title = tables.titles[tick][k]
        if title.active and title.oi and unit.contract[k] != NONE:
            total = total + expected_money(tables, title, k, unit.patients)
    return total


@rule
def enter(tables: Tables, m: int, tick: int) -> None:
    """Let a new supplier take its seat in municipality ``m``."""
    place = tables.municipalities[m]
    o = start_organisation(tables, ENTRANT + place.id * 1000 + tick, place.first_hub, COST, tick)
    if o == NONE:
        return
    organisation = tables.organisations[o]
    organisation.entrant = True
    organisation.outside = tables.params[0].entry_patients
    organisation.engagement = 1.0
    me = party(tables, Kind.ORGANISATION, o)
    note(tables, tick, me, Event.ENTERED, party(tables, Kind.HUB, place.first_hub), Cause.MONEY)
