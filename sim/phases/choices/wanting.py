"""Phase 4, first part: which organisation a practice prefers, by what it perceives of each."""

from __future__ import annotations

from agents.compiled.draws import draw, gumbel, stream
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause
from agents.practice import distance, value_membership
from sim.common.geography import fall_behind, survey_place
from sim.common.perceiving import perceive
from sim.tables import Tables

CHOOSE = stream("choice.membership")


@rule
def prefer_organisation(tables: Tables, i: int, tick: int) -> tuple[int, int]:
    """Return the organisation that practice ``i`` prefers (row or ``NONE``), and the cause.

    After ``begin_surveys``.
    """
    params = tables.params[0]
    seed = tables.counter[0].seed
    practice = tables.practices[i]
    best = NONE
    best_cause: int = Cause.NOISE
    highest = params.choice_noise * gumbel(draw(seed, CHOOSE, practice.id, 0, tick))
    if practice.organisation != NONE:
        highest = highest - params.choice_switching
    if params.choice_refuse:
        return best, best_cause
    most = 0.0
    if params.choice_place > 0.0:
        most = survey_place(tables, i)
    for k in range(len(practice.counterpart)):
        o = practice.counterpart[k]
        if o == NONE:
            continue
        organisation = tables.organisations[o]
        km = distance(practice.x, practice.y, organisation.x, organisation.y)
        if not organisation.alive or km > params.choice_vision:
            continue
        if organisation.entrant:
            continue
        if organisation.closed and o != practice.organisation:
            continue
        behind = 0.0
        if params.choice_place > 0.0:
            behind = fall_behind(tables, o, most)
        contact = perceive(tables, i, k, behind, tick)
        value, cause = value_membership(practice, organisation, contact, params)
        noise = params.choice_noise * gumbel(draw(seed, CHOOSE, practice.id, organisation.id, tick))
        if value + noise > highest:
            highest = value + noise
            best = o
            best_cause = cause
            if abs(noise) > abs(value):
                best_cause = Cause.NOISE
    return best, best_cause
