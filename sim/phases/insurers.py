"""Phase 3, insurers publish: once a year each preferred insurer sets its pressure."""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.insurer import delegate, set_pressure, want_follow
from agents.words import Kind
from sim.common.agenda import agenda_with
from sim.ledger import note, party
from sim.tables import Tables


@rule
def publish_policy(tables: Tables, tick: int) -> None:
    """Insurers look at last quarter's field and publish next year's pressure."""
    for z in range(len(tables.insurers)):
        insurer_publishes(tables, z, tick)


@rule
def insurer_publishes(tables: Tables, z: int, tick: int) -> float:
    """Let insurer ``z`` look at the field and set its pressure; return it (share)."""
    insurer = tables.insurers[z]
    _look_at_field(tables, z)
    if not tables.params[0].decide_insurer:
        return insurer.pressure
    _review_following(tables, z, tick)
    if insurer.purchases == 0:
        return insurer.pressure
    before = insurer.pressure
    insurer.manager = delegate(insurer, tables.params[0])
    after, cause = set_pressure(insurer, tables.policy[tick][z].stance, tables.params[0])
    insurer.pressure = after
    me = party(tables, Kind.INSURER, z)
    if after > before + 0.01:
        note(tables, tick, me, Event.PRESSURE_RAISED, NONE, cause)
    elif after < before - 0.01:
        note(tables, tick, me, Event.PRESSURE_LOWERED, NONE, cause)
    return after


@rule
def _review_following(tables: Tables, z: int, tick: int) -> None:
    """Let insurer ``z`` follow the preferred insurers elsewhere, or contract for itself."""
    insurer = tables.insurers[z]
    insured = 0.0
    contracts = 0.0
    for m in range(len(tables.municipalities)):
        place = tables.municipalities[m]
        if place.preferred != z and place.shares[z] > 0.0:
            # What is on an agenda that it shares needs no terms of its own.
            own = place.shares[z] * (1.0 - agenda_with(tables, m, z))
            insured = insured + own * float(place.population)
            contracts = contracts + float(place.contracts)
    follows = want_follow(insured, contracts, tables.params[0])
    if follows != insurer.follows and contracts > 0.0:
        what = Event.FOLLOWED if follows else Event.CONTRACTED_ALONE
        note(tables, tick, party(tables, Kind.INSURER, z), what, NONE, Cause.COST)
        insurer.follows = follows


@rule
def _look_at_field(tables: Tables, z: int) -> None:
    """See how many organisations matter, and who goes without support, where it purchases."""
    insurer = tables.insurers[z]
    counter = tables.counter[0]
    total = 0.0
    bare = 0.0
    for i in range(counter.practices):
        practice = tables.practices[i]
        if practice.alive and tables.municipalities[practice.municipality].preferred == z:
            total = total + float(practice.patients)
            if practice.suppliers == 0:
                bare = bare + float(practice.patients)
    insurer.purchases = int(total)
    insurer.unsupported = 0.0
    insurer.effective = 1.0
    if total <= 0.0:
        return
    insurer.unsupported = bare / total
    squares = 0.0
    for o in range(counter.organisations):
        organisation = tables.organisations[o]
        seat = tables.municipalities[organisation.municipality].preferred
        if organisation.alive and seat == z:
            share = float(organisation.patients) / total
            squares = squares + share * share
    for i in range(counter.practices):
        practice = tables.practices[i]
        if practice.alive and tables.municipalities[practice.municipality].preferred == z:
            if practice.organisation == NONE:
                share = float(practice.patients) / total
                squares = squares + share * share
    if squares > 0.0:
        insurer.effective = max(1.0, 1.0 / squares)
