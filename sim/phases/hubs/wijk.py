"""Phase 11, second part: yearly, hubs take managers, sign agreements, form a gemeentehub."""

from __future__ import annotations

from agents.compiled.draws import draw, stream
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.hub import chance_joint, choose_manager
from agents.organisation.governance import stand
from agents.words import CostKind, Kind, Manager, Phase, Plan, Stage
from sim.common.booking import put_cost, share_hours
from sim.common.cofunding import manager_grant
from sim.common.funding import funder_of, has_hub_money, trust_in_funder
from sim.ledger import moment, note, party
from sim.tables import Tables

AGREE = stream("hub.agreement")
JOIN = stream("hub.joint")


@rule
def review_wijken(tables: Tables, tick: int) -> None:
    """Hubs and regions agree in writing, gemeentehubs form, managers come and go."""
    if not tables.params[0].decide_hub:
        return
    for h in range(len(tables.hubs)):
        _review_agreement(tables, h, tick)
    for m in range(len(tables.municipalities)):
        _review_joint(tables, m, tick)
    for h in range(len(tables.hubs)):
        _review_manager(tables, h, tick)


@rule
def count_payroll(tables: Tables) -> None:
    """Sum, per organisation, what it pays for managers of hubs that it employs."""
    for o in range(tables.counter[0].organisations):
        tables.organisations[o].payroll = 0.0
    for h in range(len(tables.hubs)):
        hub = tables.hubs[h]
        o = hub.agreement if hub.agreement != NONE else hub.employer
        if hub.manager == Manager.REGION and o != NONE:
            organisation = tables.organisations[o]
            organisation.payroll = organisation.payroll + _cost_of(tables, h)


@rule
def _cost_of(tables: Tables, h: int) -> float:
    """Return EUR a year that the region pays for the manager of hub ``h``."""
    params = tables.params[0]
    return params.hub_manager_cost * params.hub_manager_region * tables.hubs[h].fte


@rule
def _review_agreement(tables: Tables, h: int, tick: int) -> None:
    """Let hub ``h`` and the organisation that funds it write down what each may expect (C61)."""
    params = tables.params[0]
    hub = tables.hubs[h]
    me = party(tables, Kind.HUB, h)
    o = funder_of(tables, h)
    hub.standing = 0.0
    if o != NONE:
        body = tables.organisations[o]
        hub.standing = max(float(body.seats), stand(body.hub_rights, params))
    if hub.agreement != NONE:
        if hub.agreement == o and hub.plan >= Plan.APPROVED:
            return
        before = party(tables, Kind.ORGANISATION, hub.agreement)
        cause: int = Cause.PLAN if hub.plan < Plan.APPROVED else Cause.UNSUPPORTED
        note(tables, tick, me, Event.AGREEMENT_ENDED, before, cause)
        hub.agreement = NONE
    if o == NONE or hub.plan < Plan.APPROVED or hub.stage < Stage.DRIVER or hub.wronged:
        return
    if draw(tables.counter[0].seed, AGREE, hub.id, 0, tick) >= params.hub_agreement:
        return
    hub.agreement = o
    other = party(tables, Kind.ORGANISATION, o)
    note(tables, tick, me, Event.AGREEMENT_SIGNED, other, Cause.DEPENDENCE)
    if not params.transaction_on:
        return
    hours = params.transaction_pair_hub * (params.transaction_bargain + params.transaction_contract)
    organisation = tables.organisations[o]
    # The books of this quarter's work are closed: it is paid in the next.
    hub.carried = hub.carried + hours
    organisation.carried = organisation.carried + hours
    put_cost(hub.transaction, CostKind.BARGAIN, 2.0 * hours * params.supply_wage)
    share_hours(tables, me, other, CostKind.BARGAIN, hours, moment(tick, Phase.HUBS))


@rule
def _review_joint(tables: Tables, m: int, tick: int) -> None:
    """Let the running hubs of municipality ``m`` form one gemeentehub, or part again."""
    place = tables.municipalities[m]
    running = 0
    guided = 0
    trust = 0.0
    count = 0
    for h in range(place.first_hub, place.first_hub + place.hubs):
        hub = tables.hubs[h]
        if hub.stage >= Stage.DRIVER:
            running = running + 1
            guided = guided + (1 if hub.guided else 0)
            i = hub.first
            while i != NONE:
                if tables.practices[i].alive:
                    trust = trust + tables.practices[i].hub_trust
                    count = count + 1
                i = tables.practices[i].next_in_hub
    me = party(tables, Kind.MUNICIPALITY, m)
    if place.joint:
        if running < 2:
            place.joint = False
            note(tables, tick, me, Event.GEMEENTEHUB_ENDED, NONE, Cause.MEANS)
        return
    if running < 2 or count == 0:
        return
    share = float(guided) / float(running)
    chance = chance_joint(trust / float(count), place.adviser, share, tables.params[0])
    if draw(tables.counter[0].seed, JOIN, place.id, 0, tick) < chance:
        place.joint = True
        note(tables, tick, me, Event.GEMEENTEHUB_FORMED, NONE, Cause.TRUST)


@rule
def _early_offer(tables: Tables, h: int, tick: int) -> int:
    """Return the organisation that offers hub ``h`` a manager without an agreement, or ``NONE``.

    Who has a regioplan wants a manager in every neighbourhood (S2 Q13), who helps to write its
    plan (S2 Q14); one who is there stays.
    """
    hub = tables.hubs[h]
    if tables.params[0].plan_manager >= Stage.DRIVER:
        return NONE
    o = funder_of(tables, h)
    if o == NONE or not tables.organisations[o].regioplan:
        return NONE
    if not has_hub_money(tables, o, tick):
        return NONE
    if hub.stage < Stage.DRIVER or hub.employer == o:
        return int(o)
    return NONE


@rule
def _review_manager(tables: Tables, h: int, tick: int) -> None:
    """Let hub ``h`` take, change or lose its manager (wijkmanager, S2 Q13)."""
    params = tables.params[0]
    hub = tables.hubs[h]
    place = tables.municipalities[hub.municipality]
    fte = params.hub_manager_fte * float(hub.patients) / 10_000.0
    if place.joint:
        fte = fte * (1.0 - params.hub_joint_saving)
    hub.grant = manager_grant(tables, h)
    after: int = Manager.NONE
    employer = NONE
    o = NONE
    if hub.stage >= params.plan_manager and hub.practices > 0:
        o = int(hub.agreement)
        if o == NONE:
            o = _early_offer(tables, h, tick)
            employer = o
        trust = 0.0
        if o != NONE:
            trust = trust_in_funder(tables, h, o)
        after = choose_manager(hub, fte, o != NONE, trust, params)
    hub.employer = employer if after == Manager.REGION else NONE
    hub.fte = fte if after != Manager.NONE else 0.0
    if after == hub.manager:
        return
    _tell_manager(tables, h, after, o, tick)
    hub.manager = after


@rule
def _tell_manager(tables: Tables, h: int, after: int, o: int, tick: int) -> None:
    """Note who becomes manager of hub ``h`` (``after``), whoever employs it, or why one leaves.

    ``o``: the organisation that offers one, or ``NONE``.
    """
    hub = tables.hubs[h]
    me = party(tables, Kind.HUB, h)
    if after == Manager.REGION:
        other = party(tables, Kind.ORGANISATION, o)
        note(tables, tick, me, Event.MANAGER_APPOINTED, other, Cause.DEPENDENCE)
    elif after != Manager.NONE:
        note(tables, tick, me, Event.MANAGER_APPOINTED, NONE, Cause.MEANS)
    else:
        cause: int = Cause.MEANS
        if hub.stage == Stage.NONE or hub.practices == 0:
            cause = Cause.GONE
        elif hub.manager == Manager.REGION and o == NONE:
            cause = Cause.UNSUPPORTED
        note(tables, tick, me, Event.MANAGER_LEFT, NONE, cause)
