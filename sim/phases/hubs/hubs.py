"""Phase 11, hubs: they make plans, advance or fall back, and serve the neighbourhood."""

from __future__ import annotations

from agents.compiled.draws import clip, draw, stream
from agents.compiled.elementary import exp
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.conditions import weigh_conditions
from agents.events import Cause, Event
from agents.hub import (
    Help,
    chance_advance,
    contribute,
    need_contribution,
    organise_discipline,
    serve,
    weigh_disciplines,
    wijk_autonomy,
)
from agents.upkeep import count_short, lose_ties, must_cut
from agents.words import Condition, Kind, Manager, Origin, Plan, Progress, Stage
from sim.common.agenda import agenda_of
from sim.common.funding import funder_of
from sim.common.patients import people_sent
from sim.ledger import note, party
from sim.phases.hubs.planning import count_waiting, plan_ahead
from sim.phases.hubs.wijk import count_payroll
from sim.tables import Tables

ADVANCE = stream("hub.advance")
FALL = stream("hub.fall")
STEP = stream("hub.progress")


@rule
def run_hubs(tables: Tables, tick: int) -> None:
    """Let every hub area develop for a quarter."""
    count_waiting(tables)
    for h in range(len(tables.hubs)):
        hub = tables.hubs[h]
        _set_table(tables, h, tick)
        if tables.params[0].decide_hub:
            hub_develops(tables, h, tick)
        hub.service = serve(hub, tables.params[0])
        hub.best = max(float(hub.best), hub.service)


@rule
def settle_hubs(tables: Tables) -> None:
    """Regions note which managers they employ, and hubs how autonomous they are."""
    count_payroll(tables)
    for h in range(len(tables.hubs)):
        tables.hubs[h].autonomy = wijk_autonomy(tables.hubs[h], tables.params[0])


@rule
def _set_table(tables: Tables, h: int, tick: int) -> None:
    """Let disciplines organise themselves, and see what the table of hub ``h`` can bring."""
    params = tables.params[0]
    hub = tables.hubs[h]
    place = tables.municipalities[hub.municipality]
    # Whoever is preferred here pays and judges its plan, and asks who sits at its board.
    forced = tables.policy[tick][place.policy_of].multidisciplinary
    region = 0.0
    if hub.plan >= Plan.APPROVED and hub.from_region > 0.0:
        region = 1.0
        o = funder_of(tables, h)
        if o != NONE:
            region = 1.0 + params.governance_help * tables.organisations[o].seats
    for d in range(len(hub.disciplines)):
        degree = hub.disciplines[d]
        sent = people_sent(tables, hub.municipality, d)
        helped = Help(region=region, forced=forced, sent=sent)
        hub.disciplines[d] = organise_discipline(hub, degree, hub.rooted[d], helped, params)
    others = weigh_disciplines(hub, place.adviser, forced, params)
    hub.contribution = contribute(hub.active, others, params)
    _take_step(tables, h, tick)
    _read_conditions(tables, h)


@rule
def _take_step(tables: Tables, h: int, tick: int) -> None:
    """A guided process takes the next of four steps now and then; another loses one (F067)."""
    params = tables.params[0]
    hub = tables.hubs[h]
    if not params.decide_ros:
        return
    lot = draw(tables.counter[0].seed, STEP, hub.id, 0, tick)
    if hub.guided:
        if hub.progress < Progress.SECURE and lot < params.ros_step:
            hub.progress = hub.progress + 1
            note(tables, tick, party(tables, Kind.HUB, h), Event.STEP_TAKEN, NONE, Cause.GUIDANCE)
    elif Progress.NONE < hub.progress and hub.progress < Progress.SECURE and lot < params.ros_fade:
        hub.progress = hub.progress - 1


@rule
def _read_conditions(tables: Tables, h: int) -> None:
    """Read the five conditions of cooperation in hub area ``h`` off the state (S1 4.3)."""
    params = tables.params[0]
    hub = tables.hubs[h]
    # A shared ambition: a plan, or the analysis with which a guided process begins.
    ambition = 0.0
    if hub.plan >= Plan.APPROVED:
        ambition = 1.0
    elif hub.plan == Plan.DRAFTED or hub.progress >= Progress.INITIATE:
        ambition = params.condition_drafted
    # What a region agreed on is one too (S3).
    ambition = max(ambition, agenda_of(tables, int(hub.municipality)))
    # Interests: nobody loses support, and nobody depends without a say.
    lost = 0.0
    count = 0
    i = hub.first
    while i != NONE:
        practice = tables.practices[i]
        if practice.alive:
            if practice.last_coverage > 0.0 and practice.coverage < practice.last_coverage:
                lost = lost + 1.0 - practice.coverage / practice.last_coverage
            count = count + 1
        i = practice.next_in_hub
    interests = 1.0 - lost / float(max(1, count))
    interests = interests - (1.0 - wijk_autonomy(hub, params))
    hub.conditions[Condition.AMBITION] = ambition
    hub.conditions[Condition.INTERESTS] = clip(interests, 0.0, 1.0)
    hub.conditions[Condition.PERSONAL] = trust_here(tables, h)
    managed = params.condition_managed
    hub.conditions[Condition.PROFESSIONAL] = (1.0 - managed) * hub.local
    if hub.manager != Manager.NONE:
        hub.conditions[Condition.PROFESSIONAL] = hub.conditions[Condition.PROFESSIONAL] + managed
    hub.conditions[Condition.PROCESS] = float(hub.progress) / float(Progress.SECURE)


@rule
def trust_here(tables: Tables, h: int) -> float:
    """Return the mean trust in the hub of the practices in its area."""
    hub = tables.hubs[h]
    total = 0.0
    count = 0
    i = hub.first
    while i != NONE:
        if tables.practices[i].alive:
            total = total + tables.practices[i].hub_trust
            count = count + 1
        i = tables.practices[i].next_in_hub
    if count == 0:
        return 0.0
    return total / float(count)


@rule
def unit_carries(tables: Tables, h: int) -> bool:
    """Return whether one GP unit can carry a start in hub area ``h`` (C14).

    It is large enough, and of the patients whose practice takes part it holds a share that counts.
    """
    params = tables.params[0]
    total = 0
    most = 0
    i = tables.hubs[h].first
    while i != NONE:
        practice = tables.practices[i]
        if practice.alive and practice.active:
            total = total + practice.patients
            if tables.units[practice.unit].patients >= params.hub_unit_least:
                most = max(most, _active_of_unit(tables, h, practice.unit))
        i = practice.next_in_hub
    return most > 0 and float(most) >= params.hub_unit_share * float(total)


@rule
def _active_of_unit(tables: Tables, h: int, u: int) -> int:
    """Return the patients in hub area ``h`` of practices of unit ``u`` that take part."""
    patients = 0
    j = tables.hubs[h].first
    while j != NONE:
        practice = tables.practices[j]
        if practice.unit == u and practice.alive and practice.active:
            patients = patients + practice.patients
        j = practice.next_in_hub
    return patients


@rule
def hub_develops(tables: Tables, h: int, tick: int) -> None:
    """Let hub ``h`` draft a plan, have it approved, and advance or fall back a stage.

    A start takes only willing people. From there on a hub needs contribution and money; money
    follows a plan that who pays has approved (C44).
    """
    params = tables.params[0]
    hub = tables.hubs[h]
    if hub.practices == 0:
        hub.stage = Stage.NONE
        hub.plan = Plan.NONE
        hub.approved = False
        hub.ran = False
        return
    enough = 0.25 * params.hub_minimum * float(hub.patients)
    means = hub.revenue >= enough
    hub.short = count_short(hub, params)
    cuts = must_cut(hub, params)
    plan_ahead(tables, h, means, tick)
    if hub.stage == Stage.NONE and hub.origin <= Origin.UNIT:
        hub.origin = Origin.UNIT if unit_carries(tables, h) else Origin.NEW
    if not cuts and _advances(tables, h, means, tick):
        return
    # Who has no means, or too few who take part for the stage reached, falls back.
    held = hub.contribution >= need_contribution(max(1, hub.stage - 1), params)
    lacking = cuts or (not means and hub.stage >= Stage.DRIVER)
    if hub.stage > Stage.NONE and (lacking or not held):
        _may_fall(tables, h, lacking, tick)


@rule
def _advances(tables: Tables, h: int, means: bool, tick: int) -> bool:
    """Let hub ``h`` reach the next stage where its table and money allow; return whether."""
    params = tables.params[0]
    hub = tables.hubs[h]
    willing = hub.contribution >= need_contribution(hub.stage, params)
    if hub.stage >= Stage.BOARD or not willing or not (means or hub.stage == Stage.NONE):
        return False
    adviser = tables.municipalities[hub.municipality].adviser
    chance, cause = chance_advance(hub, trust_here(tables, h), adviser, params)
    if draw(tables.counter[0].seed, ADVANCE, hub.id, 0, tick) >= chance:
        return False
    hub.stage = hub.stage + 1
    note(tables, tick, party(tables, Kind.HUB, h), Event.HUB_ADVANCED, NONE, cause)
    return True


@rule
def _may_fall(tables: Tables, h: int, lacking: bool, tick: int) -> None:
    """Let hub ``h`` fall back a stage by a chance: for lack of money (``lacking``) or of people."""
    params = tables.params[0]
    hub = tables.hubs[h]
    falls = params.hub_fall
    if hub.manager != Manager.NONE:
        falls = falls * (1.0 - params.hub_manager_keeps)
    if hub.progress == Progress.SECURE:
        falls = falls * (1.0 - params.ros_secured)
    # What multiplies the odds of getting on, divides those of falling back.
    falls = falls * exp(-weigh_conditions(hub.conditions, params))
    if draw(tables.counter[0].seed, FALL, hub.id, 0, tick) >= falls:
        return
    cause = Cause.MEANS if lacking else Cause.CONTRIBUTION
    hub.stage = hub.stage - 1
    if must_cut(hub, params):
        # A round of cuts: what disciplines did together goes first (S4 1; F074).
        lose_ties(hub, params)
    note(tables, tick, party(tables, Kind.HUB, h), Event.HUB_FELL_BACK, NONE, cause)
    if hub.stage == Stage.NONE:
        _end(tables, h, cause, tick)
    # A round of cuts: what is left has time to show whether the money will do.
    hub.short = 0


@rule
def _end(tables: Tables, h: int, cause: int, tick: int) -> None:
    """Let hub ``h`` end: its plan goes."""
    hub = tables.hubs[h]
    hub.plan = Plan.NONE
    hub.approved = False
    if hub.ran:
        hub.ran = False
        hub.ended = True
        note(tables, tick, party(tables, Kind.HUB, h), Event.HUB_ENDED, NONE, cause)
