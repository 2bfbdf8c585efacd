"""Phase 5, fifth part: new suppliers without members enter where money buys more, and leave."""

from __future__ import annotations

from agents.compiled.draws import draw, stream
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.organisation.regio_organisatie import cost_level
from agents.organisation.supplier import want_enter
from agents.sizes import ENTRANT
from agents.words import Kind
from sim.common.claims import expected_money
from sim.common.cost import promise
from sim.common.founding import start_organisation
from sim.common.market import central_of, per_member
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
    _look_at_markets(tables, tick)
    spent = tables.scratch.market_spent
    covered = tables.scratch.market_covered
    patients = tables.scratch.market_patients
    for m in range(len(tables.municipalities)):
        if spent[m] > 0.0:
            chance = want_enter(spent[m], covered[m] / max(1.0, patients[m]), params)
            number = tables.municipalities[m].id
            if draw(tables.counter[0].seed, ENTER, number, 0, tick) < chance:
                enter(tables, m, tick)


@rule
def _look_at_markets(tables: Tables, tick: int) -> None:
    """Write into scratch what is spent per municipality, and how well it is served: in one pass.

    Units spend for their chair's sake; organisations for members whose unit has nothing to spend.
    """
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
            m = int(unit.municipality)
            spent[m] += money
            served = well_served(tables, int(unit.chair), tick)
            covered[m] += served * float(unit.patients)
            patients[m] += float(unit.patients)
    if not tables.params[0].entry_organisations:
        return
    of = NONE
    money = 0.0
    for i in range(tables.counter[0].practices):
        practice = tables.practices[i]
        if not practice.alive or practice.organisation == NONE:
            continue
        if practice.organisation != of:
            # Members mostly follow each other: what theirs receives is worked out once.
            of = int(practice.organisation)
            money = note_members(tables, of, tick)
        if money > 0.0 and spending(tables, int(practice.unit), tick) <= 0.0:
            m = int(practice.municipality)
            spent[m] += money * float(practice.patients)
            covered[m] += well_served(tables, i, tick) * float(practice.patients)
            patients[m] += float(practice.patients)


@rule
def note_members(tables: Tables, o: int, tick: int) -> float:
    """Write into scratch what each title brings ``o`` per member; return all (EUR/insured/yr)."""
    total = 0.0
    for k in range(len(tables.tariffs)):
        money = per_member(tables, o, k, tick)
        tables.scratch.members_money[k] = money
        total = total + money
    return total


@rule
def well_served(tables: Tables, i: int, tick: int) -> float:
    """Return how far practice ``i`` is served as well as a new supplier would: share 0..1.

    1 less what a new supplier would better (``could_gain``); without ``entry.gain`` its coverage.
    Where its unit spends nothing, scratch must hold what its organisation receives.
    """
    if not tables.params[0].entry_gain:
        return float(tables.practices[i].coverage)
    return 1.0 - could_gain(tables, i, tick)


@rule
def could_gain(tables: Tables, i: int, tick: int) -> float:
    """Return the coverage that a new supplier at mean costs would add for practice ``i``.

    Per function: what the money there buys at the scale it has elsewhere and here, less the
    central support that the practice has, in the part of support that is central.
    """
    practice = tables.practices[i]
    here = float(tables.municipalities[practice.municipality].population)
    size = tables.params[0].entry_patients + here
    note_money(tables, note_own(tables, i, tick), tick)
    gain = 0.0
    for f in range(len(tables.functions)):
        function = tables.functions[f]
        promised = promise(tables, f, size, 1.0, tables.scratch.money_for[f])
        more = max(0.0, promised - central_of(tables, i, f))
        gain = gain + function.variable * (1.0 - function.local) * more
    return gain


@rule
def note_own(tables: Tables, i: int, tick: int) -> float:
    """Write into scratch what titles bring for practice ``i`` (EUR a year); return for how many.

    What its unit has to spend under contracts, for the patients of the unit; or else per insured
    (for one) what its organisation receives, which scratch must hold (``note_members``).
    """
    practice = tables.practices[i]
    unit = tables.units[practice.unit]
    own = tables.scratch.own_money
    buyer = spending(tables, int(practice.unit), tick) > 0.0
    for k in range(len(tables.tariffs)):
        title = tables.titles[tick][k]
        own[k] = 0.0
        if buyer and title.active and title.oi and unit.contract[k] != NONE:
            own[k] = expected_money(tables, title, k, unit.patients)
        elif not buyer and practice.organisation != NONE:
            own[k] = tables.scratch.members_money[k]
    return float(max(1, unit.patients)) if buyer else 1.0


@rule
def note_money(tables: Tables, people: float, tick: int) -> None:
    """Write into scratch EUR a year per insured and function, of what it holds (``note_own``)."""
    money_for = tables.scratch.money_for
    for f in range(len(tables.functions)):
        money_for[f] = 0.0
    for k in range(len(tables.tariffs)):
        money = tables.scratch.own_money[k]
        if money > 0.0:  # few titles
            for f in range(len(tables.functions)):
                part = tables.titles[tick][k].functions[f]
                money_for[f] = money_for[f] + part * money / people


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
    organisation.renewed = tables.params[0].innovation_entrant
    organisation.level = cost_level(organisation, tables.params[0])
    me = party(tables, Kind.ORGANISATION, o)
    note(tables, tick, me, Event.ENTERED, party(tables, Kind.HUB, place.first_hub), Cause.MONEY)
