"""Phase 5: organisations want, write and renew a regioplan (S2 Q6)."""

from __future__ import annotations

from agents.compiled.draws import draw, stream, whole
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.organisation.governance import (
    Reasons,
    chance_plan,
    members_consent,
    plan_due,
    want_plan,
)
from agents.practice import find_counterpart
from agents.words import Kind
from sim.ledger import note, party
from sim.tables import Tables

PLAN = stream("organisation.plan")
WANT = stream("organisation.plan.want")


@rule
def plan_ahead(tables: Tables, o: int, asked: bool, tick: int) -> None:
    """Let ``o`` work on a regioplan where a title asks one or it wants one itself.

    A plan holds for some years (F056). In its last year it is written anew, with the consent of
    members; else it lapses.
    """
    params = tables.params[0]
    organisation = tables.organisations[o]
    if plan_due(organisation, params.plan_forever, tick):
        wants = asked
        cause: int = Cause.PLAN
        if not asked and params.plan_own:
            chance, cause = want_plan(reasons_of(tables, o), params)
            wants = draw(tables.counter[0].seed, WANT, organisation.id, 0, tick) < chance
        if wants and (not organisation.regioplan or members_consent(organisation, params)):
            _write_plan(tables, o, cause, tick)
    if organisation.regioplan and not params.plan_forever and organisation.plan_until <= tick:
        organisation.regioplan = False
        me = party(tables, Kind.ORGANISATION, o)
        agree = members_consent(organisation, params)
        why = Cause.PLAN if agree else Cause.MANDATE
        note(tables, tick, me, Event.PLAN_LAPSED, NONE, why)


@rule
def reasons_of(tables: Tables, o: int) -> Reasons:
    """Return why ``o`` would want a regioplan."""
    organisation = tables.organisations[o]
    trust = 0.0
    guided = 0.0
    count = 0
    i = organisation.first
    while i != NONE:
        practice = tables.practices[i]
        c = find_counterpart(practice, o)
        if c != NONE:
            trust = trust + practice.trust[c]
        if tables.hubs[practice.hub].guided:
            guided = guided + 1.0
        count = count + 1
        i = practice.next_member
    n = float(max(1, count))
    size = min(1.0, float(organisation.patients) / tables.params[0].plan_region)
    return Reasons(
        trust=trust / n,
        engagement=float(organisation.engagement),
        size=size,
        guided=guided / n,
    )


@rule
def _write_plan(tables: Tables, o: int, cause: int, tick: int) -> None:
    """Work a year on a regioplan, with outside advisers where cooperation is young (C07)."""
    params = tables.params[0]
    organisation = tables.organisations[o]
    me = party(tables, Kind.ORGANISATION, o)
    trust = tables.municipalities[organisation.municipality].trust_start
    young = trust < params.organisation_plan_trust
    if params.governance_advisers and young:
        if params.governance_advisers_cost <= params.governance_advisers_most * organisation.yearly:
            organisation.advised = True
            note(tables, tick, me, Event.ADVISERS_HIRED, NONE, Cause.TRUST)
    chance = chance_plan(trust, organisation.advised, params)
    if draw(tables.counter[0].seed, PLAN, organisation.id, 0, tick) < chance:
        what = Event.PLAN_WRITTEN
        since = tick
        if organisation.regioplan:
            # The new plan follows on the old one.
            what = Event.PLAN_RENEWED
            since = max(tick, int(organisation.plan_until))
        organisation.regioplan = True
        organisation.plan_until = since + whole(4.0 * params.plan_years)
        note(tables, tick, me, what, NONE, cause)
