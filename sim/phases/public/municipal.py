"""Phase 7, municipalities and ROS: advisers, co-funding, and which hubs are guided."""

from __future__ import annotations

from agents.compiled.draws import draw, stream, whole
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.municipality import set_budget, want_adviser
from agents.ros import rank_hub
from agents.title import NATIONAL
from agents.words import Kind, Stage
from sim.ledger import note, party
from sim.phases.public.council import decide_councils
from sim.phases.public.steering import hours_of_chair, review_tables
from sim.tables import Tables

ADVISER = stream("municipality.adviser")


@rule
def involve_public(tables: Tables, tick: int) -> None:
    """Municipalities decide on advisers and co-funding, the ROS on which hubs it guides."""
    for m in range(len(tables.municipalities)):
        municipality_reviews(tables, m, tick)
    decide_councils(tables, tick)
    review_tables(tables, tick)
    for r in range(len(tables.ros)):
        ros_assigns(tables, r, tick)


@rule
def count_counterparts(tables: Tables, m: int) -> int:
    """Return how many organisations and running hubs municipality ``m`` has to deal with.

    Hubs that belong to one organisation's area come as one party with it; a gemeentehub speaks
    for all, and so does a counterpart that neighbours share (C32).
    """
    place = tables.municipalities[m]
    if place.joint or place.sharers > 0:
        return 1
    seen = tables.scratch.met
    for h in range(place.first_hub, place.first_hub + place.hubs):
        i = tables.hubs[h].first
        while i != NONE:
            if tables.practices[i].organisation != NONE:
                seen[tables.practices[i].organisation] = 0
            i = tables.practices[i].next_in_hub
    parties = 0
    for h in range(place.first_hub, place.first_hub + place.hubs):
        hub = tables.hubs[h]
        i = hub.first
        supported = False
        while i != NONE:
            practice = tables.practices[i]
            if practice.alive and practice.organisation != NONE:
                supported = True
                if seen[practice.organisation] == 0:
                    seen[practice.organisation] = 1
                    parties = parties + 1
            i = practice.next_in_hub
        if hub.stage >= Stage.DRIVER and not supported:
            parties = parties + 1
    return parties


@rule
def municipality_reviews(tables: Tables, m: int, tick: int) -> bool:
    """Let municipality ``m`` post or recall its adviser; return whether it has one."""
    params = tables.params[0]
    place = tables.municipalities[m]
    place.counterparts = count_counterparts(tables, m)
    if params.decide_municipality:
        chance, cause = want_adviser(place, tables.policy[tick][NATIONAL].crisis, params)
        if place.counterparts == 0:
            chance = 0.0
        # The draw lasts a council's term: advisers come and go with trust and counterparts.
        lasts = whole(4.0 * params.municipality_years)
        turn = whole(float(lasts) * draw(tables.counter[0].seed, ADVISER, place.id, 0, 0))
        epoch = 1 + (tick + turn) // lasts
        after = draw(tables.counter[0].seed, ADVISER, place.id, 1, epoch) < chance
        if after != place.adviser:
            what = Event.ADVISER_POSTED if after else Event.ADVISER_RECALLED
            note(tables, tick, party(tables, Kind.MUNICIPALITY, m), what, NONE, cause)
        place.adviser = after
    place.cofunding = 0.0
    if place.adviser:
        place.cofunding = set_budget(place, 2006 + (tick + 1) // 4, params)
    return bool(place.adviser)


@rule
def ros_assigns(tables: Tables, r: int, tick: int) -> int:
    """Let ROS ``r`` choose the hubs it guides next year, as far as its hours reach."""
    params = tables.params[0]
    ros = tables.ros[r]
    budget = ros.yearly / params.supply_wage - hours_of_chair(tables, r)
    count = int(max(0.0, budget) / params.ros_hours)
    if not params.decide_ros:
        return int(ros.guided)
    before = tables.scratch.was_guided
    low = 0
    high = 0
    for m in range(len(tables.municipalities)):
        if tables.municipalities[m].ros == r:
            if high == 0:
                low = tables.municipalities[m].first_hub
            high = tables.municipalities[m].first_hub + tables.municipalities[m].hubs
    for h in range(low, high):
        hub = tables.hubs[h]
        before[h] = 0
        if tables.municipalities[hub.municipality].ros == r:
            before[h] = 1 if hub.guided else 0
            hub.guided = False
    guided = 0
    for _ in range(count):
        best = NONE
        highest = -1.0
        for h in range(low, high):
            hub = tables.hubs[h]
            mine = tables.municipalities[hub.municipality].ros == r
            if mine and not hub.guided and hub.stage < Stage.BOARD and hub.active > 0.0:
                rank = rank_hub(hub)
                if rank > highest:
                    highest = rank
                    best = h
        if best == NONE:
            break
        tables.hubs[best].guided = True
        guided = guided + 1
        if before[best] == 0:
            me = party(tables, Kind.ROS, r)
            note(
                tables,
                tick,
                me,
                Event.HUB_GUIDED,
                party(tables, Kind.HUB, best),
                Cause.CONTRIBUTION,
            )
    ros.guided = guided
    return guided
