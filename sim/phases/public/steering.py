"""Phase 7, tables of many: municipalities take seats, the ROS convenes, agendas widen (F066)."""

from __future__ import annotations

from agents.compiled.draws import draw, stream, whole
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.steering import trouble_at, want_seat, widen_agenda
from agents.words import CostKind, Domain, Kind, Phase, Progress
from sim.common.booking import work_together
from sim.common.trust import adjust_trust, fade_of, meet
from sim.ledger import moment, note, party
from sim.tables import Tables

SEAT = stream("table.seat")
CONVENE = stream("table.convene")
STEP = stream("table.step")


@rule
def review_tables(tables: Tables, tick: int) -> None:
    """Municipalities want seats at regional tables or not; tables are convened, or end."""
    params = tables.params[0]
    if not params.table_on or not params.decide_municipality:
        return
    if 2006 + (tick + 1) // 4 < params.table_from:
        return
    for m in range(len(tables.municipalities)):
        _take_seat(tables, m, tick)
    # All decide on who sat last year: nobody's row comes first.
    for s in range(len(tables.steerings)):
        tables.steerings[s].seats = 0
    for m in range(len(tables.municipalities)):
        if tables.municipalities[m].seated:
            s = tables.municipalities[m].steering
            tables.steerings[s].seats = tables.steerings[s].seats + 1
    _find_tables(tables)
    for s in range(len(tables.steerings)):
        _seat_others(tables, s)
        _convene(tables, s, tick)


@rule
def _find_tables(tables: Tables) -> None:
    """Write into scratch the first municipality of each table's area, and that after its last.

    Some in between may belong to another. Who asks a table about its municipalities then passes
    by those of its area only, not by all of a country.
    """
    first = tables.scratch.table_first
    after = tables.scratch.table_after
    for s in range(len(tables.steerings)):
        first[s] = 0
        after[s] = 0
    for m in range(len(tables.municipalities)):
        s = tables.municipalities[m].steering
        if after[s] == 0:
            first[s] = m
        after[s] = m + 1


@rule
def _take_seat(tables: Tables, m: int, tick: int) -> None:
    """Let municipality ``m`` take or leave its seat; what it wants lasts for a council's term."""
    params = tables.params[0]
    place = tables.municipalities[m]
    table = tables.steerings[place.steering]
    before = place.seated
    mine = 1 if before else 0
    others = float(table.seats - mine) / float(max(1, table.municipalities - 1))
    seed = tables.counter[0].seed
    lasts = whole(4.0 * params.municipality_years)
    turn = whole(float(lasts) * draw(seed, SEAT, place.id, 0, 0))
    lot = draw(seed, SEAT, place.id, 1, 1 + (tick + turn) // lasts)
    place.seated = lot < want_seat(place, others, params)
    if place.seated != before and table.formed:
        what = Event.SEAT_TAKEN if place.seated else Event.SEAT_LEFT
        note(tables, tick, party(tables, Kind.MUNICIPALITY, m), what, NONE, Cause.TRUST)


@rule
def _seat_others(tables: Tables, s: int) -> None:
    """See which insurers, alliances and external parties sit with municipalities at a table."""
    table = tables.steerings[s]
    _seat_insurers(tables, s)
    first = tables.scratch.table_first[s]
    after = tables.scratch.table_after[s]
    met = tables.scratch.met
    parties = tables.scratch.at_table
    for m in range(first, after):
        place = tables.municipalities[m]
        if place.lead != NONE:
            met[place.lead] = 0
        for d in range(Domain.HAP + 1, len(place.partners)):
            if place.partners[d] != NONE:
                parties[place.partners[d]] = 0
    table.organisations = 0
    table.partners = 0
    for m in range(first, after):
        place = tables.municipalities[m]
        if place.steering != s or not place.seated:
            continue
        if place.lead != NONE and met[place.lead] == 0:
            met[place.lead] = 1
            table.organisations = table.organisations + 1
        for d in range(Domain.HAP + 1, len(place.partners)):
            q = place.partners[d]
            if q != NONE and tables.partners[q].agreement != NONE and parties[q] == 0:
                parties[q] = 1
                table.partners = table.partners + 1


@rule
def _seat_insurers(tables: Tables, s: int) -> None:
    """Seat the insurer that most people's municipality prefers, and the next where it is large."""
    table = tables.steerings[s]
    begins = tables.scratch.table_first[s]
    ends = tables.scratch.table_after[s]
    first = NONE
    most = 0.0
    people = 0.0
    for z in range(len(tables.insurers)):
        preferring = 0.0
        for m in range(begins, ends):
            place = tables.municipalities[m]
            if place.steering == s and place.preferred == z:
                preferring = preferring + float(place.population)
        people = people + preferring
        if preferring > most:
            first = z
            most = preferring
    second = NONE
    most = tables.params[0].table_insurer_least * people
    for z in range(len(tables.insurers)):
        insured = 0.0
        for m in range(begins, ends):
            place = tables.municipalities[m]
            if place.steering == s:
                insured = insured + place.shares[z] * float(place.population)
        if z != first and insured >= most and insured > 0.0:
            second = z
            most = insured
    table.insurers[0] = first
    table.insurers[1] = second


@rule
def _convene(tables: Tables, s: int, tick: int) -> None:
    """Let the ROS convene the table where enough want it, or see it end."""
    params = tables.params[0]
    table = tables.steerings[s]
    enough = table.seats >= min(params.table_least, table.municipalities)
    enough = enough and table.seats > 1 and table.organisations > 0
    me = party(tables, Kind.ROS, table.ros)
    where = party(tables, Kind.MUNICIPALITY, table.municipality)
    if table.formed and not enough:
        table.formed = False
        table.progress = Progress.NONE
        table.agenda = 0.0
        note(tables, tick, me, Event.TABLE_ENDED, where, Cause.MINIMUM)
    elif enough and not table.formed and params.decide_ros:
        lot = draw(tables.counter[0].seed, CONVENE, table.id, 0, tick)
        if lot < params.table_convene and has_hours(tables, int(table.ros)):
            table.formed = True
            table.trust = tables.municipalities[table.municipality].trust_start
            note(tables, tick, me, Event.TABLE_CONVENED, where, Cause.TRUST)


@rule
def hours_of_chair(tables: Tables, r: int) -> float:
    """Return hours a year for which ROS ``r`` chairs tables."""
    count = 0
    for s in range(len(tables.steerings)):
        if tables.steerings[s].ros == r and tables.steerings[s].formed:
            count = count + 1
    return tables.params[0].table_chair_hours * float(count)


@rule
def has_hours(tables: Tables, r: int) -> bool:
    """Return whether ROS ``r`` has the hours to chair one more table."""
    params = tables.params[0]
    hours = tables.ros[r].yearly / params.supply_wage
    return bool(hours >= hours_of_chair(tables, r) + params.table_chair_hours)


@rule
def meet_at_tables(tables: Tables, tick: int) -> None:
    """Let every regional table meet, take a step, and widen its agenda; book the hours."""
    _find_tables(tables)
    for s in range(len(tables.steerings)):
        if tables.steerings[s].formed:
            _meet_at(tables, s, tick)


@rule
def _meet_at(tables: Tables, s: int, tick: int) -> None:
    params = tables.params[0]
    table = tables.steerings[s]
    insurers = 0
    for n in range(len(table.insurers)):
        insurers = insurers + (1 if table.insurers[n] != NONE else 0)
    bad = trouble_at(table, insurers, params)
    went = meet(tables, table.id, Kind.ROS, bad, params.trust_contact, tick)
    start = tables.municipalities[table.municipality].trust_start
    table.trust = adjust_trust(table.trust, start, went, fade_of(params), params)
    lot = draw(tables.counter[0].seed, STEP, table.id, 0, tick)
    if table.progress < Progress.SECURE and lot < params.ros_step:
        table.progress = table.progress + 1
        where = party(tables, Kind.MUNICIPALITY, table.municipality)
        me = party(tables, Kind.ROS, table.ros)
        note(tables, tick, me, Event.AGENDA_WIDENED, where, Cause.TRUST)
    table.agenda = widen_agenda(table, params)
    if params.transaction_on:
        _book_table(tables, s, tick)


@rule
def _book_table(tables: Tables, s: int, tick: int) -> None:
    """Book the hours of each alliance at a table with each insurer there."""
    table = tables.steerings[s]
    first = tables.scratch.table_first[s]
    after = tables.scratch.table_after[s]
    met = tables.scratch.met
    for m in range(first, after):
        lead = tables.municipalities[m].lead
        if lead != NONE:
            met[lead] = 0
    hours = 0.25 * tables.params[0].table_hours
    for m in range(first, after):
        place = tables.municipalities[m]
        if place.steering != s or not place.seated or place.lead == NONE or met[place.lead] == 1:
            continue
        met[place.lead] = 1
        if not tables.organisations[place.lead].alive:
            continue
        body = party(tables, Kind.ORGANISATION, place.lead)
        for n in range(len(table.insurers)):
            z = table.insurers[n]
            if z != NONE:
                tables.insurers[z].hours = tables.insurers[z].hours + hours
                other = party(tables, Kind.INSURER, z)
                when = moment(tick, Phase.PUBLIC)
                work_together(tables, body, other, CostKind.MONITOR, hours, when)
