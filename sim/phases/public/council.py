"""Phase 7, councils of municipalities: with whom they deal, together or not, what they pay for."""

from __future__ import annotations

from agents.compiled.draws import draw, stream
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.municipality import Lacking, chance_share, choose_purpose, want_board
from agents.words import CostKind, Discipline, Kind, Manager, Phase, Purpose, Stage
from sim.common.agenda import mandate_at
from sim.common.booking import work_together
from sim.common.cofunding import part_of_town
from sim.ledger import moment, note, party
from sim.tables import Tables

SHARE = stream("municipality.share")


@rule
def decide_councils(tables: Tables, tick: int) -> None:
    """Municipalities share a counterpart or not, turn to boards or managers, choose what to pay."""
    params = tables.params[0]
    if not params.decide_municipality:
        return
    for m in range(len(tables.municipalities)):
        _want_to_share(tables, m, tick)
    for m in range(len(tables.municipalities)):
        _count_sharers(tables, m, tick)
    for m in range(len(tables.municipalities)):
        _turn_to_board(tables, m, tick)
    if params.municipality_chooses:
        # All choose on what was paid until now: nobody's row comes first.
        for m in range(len(tables.municipalities)):
            want_purpose(tables, m)
        for m in range(len(tables.municipalities)):
            set_purpose(tables, m, tick)


@rule
def beside(tables: Tables, m: int, sharing: bool) -> bool:
    """Return whether ``m`` borders on a municipality with its lead (that shares, ``sharing``)."""
    place = tables.municipalities[m]
    if place.lead == NONE:
        return False
    for n in range(place.neighbour_count):
        other = tables.municipalities[place.neighbours[n]]
        if other.lead == place.lead and (other.sharing or not sharing):
            return True
    return False


@rule
def _want_to_share(tables: Tables, m: int, tick: int) -> None:
    """Let ``m`` decide to share a counterpart with its neighbours; without a lead it cannot."""
    params = tables.params[0]
    place = tables.municipalities[m]
    if not params.municipality_shares or not beside(tables, m, False):
        place.sharing = False
    elif not place.sharing:
        lot = draw(tables.counter[0].seed, SHARE, place.id, 0, tick)
        place.sharing = lot < chance_share(place, params)


@rule
def _count_sharers(tables: Tables, m: int, tick: int) -> None:
    """Count the municipalities that share the counterpart of ``m``, itself included."""
    place = tables.municipalities[m]
    count = 0
    if place.sharing and beside(tables, m, True):
        for town in range(len(tables.municipalities)):
            if in_group(tables, m, town):
                count = count + 1
    me = party(tables, Kind.MUNICIPALITY, m)
    if count > 1 and place.sharers == 0:
        other = party(tables, Kind.ORGANISATION, place.lead)
        note(tables, tick, me, Event.COUNTERPART_SHARED, other, Cause.TRUST)
    if count <= 1 and place.sharers > 0:
        note(tables, tick, me, Event.COUNTERPART_LEFT, NONE, Cause.GONE)
    place.sharers = count if count > 1 else 0


@rule
def in_group(tables: Tables, m: int, town: int) -> bool:
    """Return whether ``town`` is one of those that share with municipality ``m``, or ``m``."""
    if town == m:
        return True
    other = tables.municipalities[town]
    if not other.sharing or other.lead != tables.municipalities[m].lead:
        return False
    return bool(beside(tables, town, True))


@rule
def people_of(tables: Tables, m: int) -> float:
    """Return the inhabitants for whom the counterpart of municipality ``m`` speaks."""
    if tables.municipalities[m].sharers == 0:
        return float(tables.municipalities[m].population)
    people = 0
    for town in range(len(tables.municipalities)):
        if in_group(tables, m, town):
            people = people + tables.municipalities[town].population
    return float(people)


@rule
def _turn_to_board(tables: Tables, m: int, tick: int) -> None:
    """Let ``m`` deal with the board of its lead, or with managers (C51)."""
    params = tables.params[0]
    place = tables.municipalities[m]
    before = place.boards
    manager = mandate_at(tables, m)
    led = place.lead != NONE and params.municipality_boards
    place.boards = led and want_board(people_of(tables, m), manager, params)
    me = party(tables, Kind.MUNICIPALITY, m)
    if place.boards and not before:
        other = party(tables, Kind.ORGANISATION, place.lead)
        note(tables, tick, me, Event.BOARDS_MET, other, Cause.CHECK_BACK)
    if before and not place.boards:
        cause: int = Cause.GONE if place.lead == NONE else Cause.CHECK_BACK
        note(tables, tick, me, Event.BOARDS_LEFT, NONE, cause)


@rule
def meet_boards(tables: Tables, tick: int) -> None:
    """Municipalities that deal with boards spend hours with them; who shares divides the hours."""
    params = tables.params[0]
    if not params.transaction_on:
        return
    for m in range(len(tables.municipalities)):
        place = tables.municipalities[m]
        if place.boards and place.lead != NONE and tables.organisations[place.lead].alive:
            hours = 0.25 * params.municipality_board_hours / float(max(1, place.sharers))
            body = party(tables, Kind.ORGANISATION, place.lead)
            town = party(tables, Kind.MUNICIPALITY, m)
            when = moment(tick, Phase.PUBLIC)
            work_together(tables, body, town, CostKind.MONITOR, hours, when)


@rule
def look_at_hubs(tables: Tables, m: int) -> Lacking:
    """Return what hubs that began lack, in ``m`` or in all that share its counterpart (shares)."""
    count = 0
    means = 0.0
    managers = 0.0
    welfare = 0.0
    alone = tables.municipalities[m].sharers == 0
    first = m if alone else 0
    after = m + 1 if alone else len(tables.municipalities)
    for town in range(first, after):
        if not in_group(tables, m, town):
            continue
        place = tables.municipalities[town]
        for h in range(place.first_hub, place.first_hub + place.hubs):
            hub = tables.hubs[h]
            if hub.stage > Stage.NONE:
                count = count + 1
                means = means + (1.0 if lacks_means(tables, h) else 0.0)
                welfare = welfare + 1.0 - hub.disciplines[Discipline.WELFARE]
                if hub.manager == Manager.NONE:
                    managers = managers + 1.0
    hubs = float(max(1, count))
    return Lacking(means / hubs, managers / hubs, welfare / hubs)


@rule
def lacks_means(tables: Tables, h: int) -> bool:
    """Return whether hub ``h`` could not run without what its municipality pays."""
    hub = tables.hubs[h]
    place = tables.municipalities[hub.municipality]
    other = hub.yearly
    if place.purpose != Purpose.WELFARE:
        other = other - place.cofunding * part_of_town(tables, h)
    return bool(other < tables.params[0].hub_minimum * float(hub.patients))


@rule
def want_purpose(tables: Tables, m: int) -> None:
    """Let municipality ``m`` choose what it would pay for, as its adviser comes and once a term."""
    params = tables.params[0]
    place = tables.municipalities[m]
    tables.scratch.purposes[m] = place.purpose
    tables.scratch.purpose_causes[m] = Cause.NONE
    if not place.adviser:
        tables.scratch.purposes[m] = Purpose.NONE
        return
    place.term = place.term + 1
    if place.purpose != Purpose.NONE and float(place.term) < params.municipality_years:
        return
    place.term = 0
    purpose, cause = choose_purpose(look_at_hubs(tables, m), place.need, params)
    tables.scratch.purposes[m] = purpose
    tables.scratch.purpose_causes[m] = cause


@rule
def set_purpose(tables: Tables, m: int, tick: int) -> None:
    """Let municipality ``m`` pay for what it chose (``want_purpose``)."""
    place = tables.municipalities[m]
    before = place.purpose
    place.purpose = tables.scratch.purposes[m]
    if place.purpose != before and place.purpose != Purpose.NONE:
        me = party(tables, Kind.MUNICIPALITY, m)
        cause = tables.scratch.purpose_causes[m]
        note(tables, tick, me, Event.COFUNDING_CHOSEN, NONE, cause)
