"""Phase 5, sixth part: health centres found an umbrella, join one, or leave it (S1 4.3)."""

from __future__ import annotations

from agents.centre import cost_dealing
from agents.compiled.draws import draw, stream
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.practice import distance
from agents.sizes import UMBRELLA
from agents.words import Kind, Stage
from sim.common.centres import is_centre, pays_lists
from sim.common.claims import expected_of_hub
from sim.common.cost import full_cost
from sim.common.founding import start_organisation
from sim.ledger import note, party
from sim.tables import Tables

JOIN = stream("centre.umbrella")
COST = stream("centre.umbrella.cost")


@rule
def review_umbrellas(tables: Tables, tick: int) -> None:
    """Health centres look once a year whether joint scale saves them money."""
    params = tables.params[0]
    if not params.centre_members or not params.decide_hub or params.centre_umbrella <= 0.0:
        return
    for h in range(len(tables.hubs)):
        if tables.hubs[h].umbrella != NONE:
            _may_leave(tables, h, tick)
    for h in range(len(tables.hubs)):
        if tables.hubs[h].umbrella == NONE and list_income(tables, h, tick) > 0.0:
            _may_join(tables, h, tick)


@rule
def list_income(tables: Tables, h: int, tick: int) -> float:
    """Return EUR a year that a running health centre in area ``h`` has for its lists, else 0."""
    hub = tables.hubs[h]
    total = 0.0
    if not is_centre(tables, h) or hub.stage < Stage.DRIVER or hub.listed <= 0:
        return total
    for k in range(len(tables.tariffs)):
        title = tables.titles[tick][k]
        held = title.active and title.receiver == Kind.HUB and hub.contract[k] != NONE
        if held and pays_lists(tables, title):
            total = total + expected_of_hub(tables, h, k, tick)
    return total


@rule
def _may_leave(tables: Tables, h: int, tick: int) -> None:
    hub = tables.hubs[h]
    alive = tables.organisations[hub.umbrella].alive
    if alive and list_income(tables, h, tick) > 0.0:
        return
    me = party(tables, Kind.HUB, h)
    other = party(tables, Kind.ORGANISATION, hub.umbrella)
    note(tables, tick, me, Event.UMBRELLA_LEFT, other, Cause.MEANS if alive else Cause.GONE)
    hub.umbrella = NONE


@rule
def saved_with(tables: Tables, patients: float, others: float) -> float:
    """Return EUR a year that a centre with so many patients saves in a body that serves ``others``.

    Fixed cost shared by patients, against fixed cost of its own.
    """
    saved = 0.0
    whole = patients + others
    for f in range(len(tables.functions)):
        own = full_cost(tables, f, patients, 1.0, 0.0)
        joint = full_cost(tables, f, whole, 1.0, 0.0) * patients / whole
        saved = saved + max(0.0, own - joint)
    return saved


@rule
def _may_join(tables: Tables, h: int, tick: int) -> None:
    """Let the centre of ``h`` join the umbrella, or found one with the centre, that saves most.

    What cannot be paid for is not saved: at most the money of its lists counts.
    """
    params = tables.params[0]
    hub = tables.hubs[h]
    lot = draw(tables.counter[0].seed, JOIN, hub.id, 0, tick)
    if lot >= params.centre_umbrella:
        return
    best: int = NONE
    most = cost_dealing(params)
    income = list_income(tables, h, tick)
    for other in range(len(tables.hubs)):
        colleague = tables.hubs[other]
        if other == h or list_income(tables, other, tick) <= 0.0:
            continue
        if distance(hub.x, hub.y, colleague.x, colleague.y) > params.choice_vision:
            continue
        others = float(colleague.listed)
        if colleague.umbrella != NONE:
            others = max(others, tables.organisations[colleague.umbrella].clients[0])
        saved = min(income, saved_with(tables, float(hub.listed), others))
        if saved > most:
            most = saved
            best = other
    if best == NONE:
        return
    if tables.hubs[best].umbrella == NONE:
        _found(tables, best, tick)
    _join(tables, h, int(tables.hubs[best].umbrella), tick)


@rule
def _found(tables: Tables, h: int, tick: int) -> None:
    """Found an umbrella at the centre of area ``h``: a supplier that no practice can join."""
    o = start_organisation(tables, UMBRELLA + tables.hubs[h].id * 1000 + tick, h, COST, tick)
    if o == NONE:
        return
    organisation = tables.organisations[o]
    organisation.entrant = True
    organisation.engagement = 1.0
    me = party(tables, Kind.ORGANISATION, o)
    note(tables, tick, me, Event.ENTERED, party(tables, Kind.HUB, h), Cause.SCALE)
    _join(tables, h, o, tick)


@rule
def _join(tables: Tables, h: int, o: int, tick: int) -> None:
    if o == NONE:
        return
    tables.hubs[h].umbrella = o
    other = party(tables, Kind.ORGANISATION, o)
    note(tables, tick, party(tables, Kind.HUB, h), Event.UMBRELLA_JOINED, other, Cause.SCALE)
