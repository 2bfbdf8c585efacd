"""Phase 4, practices choose: membership, mandate and taking part in the hub.

All choose at once on what they saw last quarter: choices are worked out first and carried out
after, so that the order of rows does not matter.
"""

from __future__ import annotations

from agents.compiled.draws import draw, stream
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.words import Kind
from sim.common.counts import count_areas
from sim.common.geography import begin_surveys
from sim.ledger import note, party
from sim.phases.choices.admission import hold_to_rules, open_doors
from sim.phases.choices.mandates import review_mandate
from sim.phases.choices.plus import review_plus
from sim.phases.choices.taking_part import prefer_hub, take_part
from sim.phases.choices.wanting import prefer_organisation
from sim.tables import Tables

REVIEW = stream("choice.review")


@rule
def choose_all(tables: Tables, tick: int) -> None:
    """Every practice chooses organisation, mandate, hub and package for next year."""
    if not tables.params[0].decide_practice:
        return
    open_doors(tables)
    begin_surveys(tables)
    rows = tables.counter[0].practices
    wanted = tables.scratch.wanted
    causes = tables.scratch.why_wanted
    joins = tables.scratch.joins_hub
    hub_causes = tables.scratch.why_joins
    for i in range(rows):
        if tables.practices[i].alive:
            own = tables.practices[i].organisation
            wanted[i] = own
            causes[i] = Cause.MEMORY
            if _reconsiders(tables, i, tick):
                wanted[i], causes[i] = prefer_organisation(tables, i, tick)
            joins[i], hub_causes[i] = prefer_hub(tables, i, tick)
    hold_to_rules(tables, tick)
    for i in range(rows):
        if tables.practices[i].alive:
            move_practice(tables, i, wanted[i], causes[i], tick)
            review_mandate(tables, i, tick)
            take_part(tables, i, joins[i] == 1, hub_causes[i], tick)
            review_plus(tables, i, tick)
    count_areas(tables)


@rule
def _reconsiders(tables: Tables, i: int, tick: int) -> bool:
    """Return whether practice ``i`` asks itself this year to which organisation it should belong.

    Who has none considers membership at a rate of its own (``choice.consider``).
    """
    params = tables.params[0]
    rate = params.choice_review
    if tables.practices[i].organisation == NONE:
        rate = params.choice_consider
    lot = draw(tables.counter[0].seed, REVIEW, tables.practices[i].id, 0, tick)
    return bool(lot < rate)


@rule
def practice_chooses(tables: Tables, i: int, tick: int) -> int:
    """Let practice ``i`` alone choose its organisation and carry the choice out; return it."""
    open_doors(tables)
    begin_surveys(tables)
    choice, cause = prefer_organisation(tables, i, tick)
    wanted = tables.scratch.wanted
    for j in range(tables.counter[0].practices):
        wanted[j] = tables.practices[j].organisation
    wanted[i] = choice
    tables.scratch.why_wanted[i] = cause
    hold_to_rules(tables, tick)
    choice = int(wanted[i])
    move_practice(tables, i, choice, cause, tick)
    review_mandate(tables, i, tick)
    review_plus(tables, i, tick)
    count_areas(tables)
    return choice


@rule
def move_practice(tables: Tables, i: int, choice: int, cause: int, tick: int) -> None:
    """Carry out the choice of practice ``i``: leave, and join."""
    practice = tables.practices[i]
    if choice == practice.organisation:
        return
    me = party(tables, Kind.PRACTICE, i)
    if practice.organisation != NONE:
        old = party(tables, Kind.ORGANISATION, practice.organisation)
        note(tables, tick, me, Event.LEFT, old, cause)
    if choice != NONE:
        note(tables, tick, me, Event.JOINED, party(tables, Kind.ORGANISATION, choice), cause)
    practice.organisation = choice
    practice.plus_named = 0
    practice.mandate = False
