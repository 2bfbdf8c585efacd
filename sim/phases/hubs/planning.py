"""Phase 11, first part: hubs write their plan, and who pays a hub approves it (S2 Q6, Q11)."""

from __future__ import annotations

from agents.compiled.draws import draw, stream
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.hub import chance_draft
from agents.words import CostKind, Kind, Manager, Phase, Plan, Stage
from sim.common.booking import put_cost
from sim.common.funding import awaits_approval, funder_of, has_hub_money
from sim.ledger import cost_code, moment, note, party, spend_hours
from sim.tables import Tables

COMMITTEE = stream("hub.committee")
DRAFT = stream("hub.draft")
PAYER = stream("hub.payer")


@rule
def count_waiting(tables: Tables) -> None:
    """Count the plans of hubs that the committees of each organisation have to decide on."""
    for o in range(tables.counter[0].organisations):
        tables.organisations[o].waiting = 0
    for h in range(len(tables.hubs)):
        hub = tables.hubs[h]
        if awaits_approval(hub, tables.params[0]) and hub.practices > 0:
            o = funder_of(tables, h)
            if o != NONE:
                tables.organisations[o].waiting = tables.organisations[o].waiting + 1


@rule
def plan_ahead(tables: Tables, h: int, means: bool, tick: int) -> None:
    """Let hub ``h`` draft a plan, have it approved and run it, as long as it has the means."""
    params = tables.params[0]
    hub = tables.hubs[h]
    me = party(tables, Kind.HUB, h)
    if hub.stage >= Stage.INITIATOR and hub.plan == Plan.NONE:
        lot = draw(tables.counter[0].seed, DRAFT, hub.id, 0, tick)
        if lot < chance_draft(hub, params):
            hub.plan = Plan.DRAFTED
            note(tables, tick, me, Event.PLAN_DRAFTED, NONE, Cause.PLAN)
    if awaits_approval(hub, params):
        _seek_approval(tables, h, means, tick)
    # Where only organisations approve plans, other money needs none.
    least: int = Plan.APPROVED if params.plan_payer > 0.0 else Plan.DRAFTED
    if hub.plan >= least and means and hub.stage >= Stage.DRIVER:
        if hub.plan != Plan.RUNNING:
            note(tables, tick, me, Event.SERVICES_BEGUN, NONE, Cause.MEANS)
        hub.plan = Plan.RUNNING
        hub.ran = True
    elif hub.plan == Plan.RUNNING and not means:
        _halt(tables, h, tick)


@rule
def _halt(tables: Tables, h: int, tick: int) -> None:
    """Stop the services of hub ``h`` for want of money; its plan waits until there is some again.

    Without ``plan.kept`` the plan is a draft again, and what was approved has to be so anew.
    """
    hub = tables.hubs[h]
    note(tables, tick, party(tables, Kind.HUB, h), Event.SERVICES_HALTED, NONE, Cause.MEANS)
    if tables.params[0].plan_kept:
        hub.plan = Plan.APPROVED
        return
    hub.plan = Plan.DRAFTED
    hub.approved = False


@rule
def _seek_approval(tables: Tables, h: int, means: bool, tick: int) -> None:
    """Have the plan of hub ``h`` approved: by its organisation, or by who else pays it.

    With ``plan.funded`` who else pays approves only what there are ``means`` for.
    """
    params = tables.params[0]
    hub = tables.hubs[h]
    me = party(tables, Kind.HUB, h)
    o = funder_of(tables, h)
    # A regioplan is the frame in which an organisation looks at plans of hubs (S2 Q6).
    framed = o != NONE and tables.organisations[o].regioplan and has_hub_money(tables, o, tick)
    if framed and _decided(tables, h, o, tick):
        hub.approved = True
        hub.plan = max(int(hub.plan), int(Plan.APPROVED))
        other = party(tables, Kind.ORGANISATION, o)
        note(tables, tick, me, Event.PLAN_APPROVED, other, Cause.PLAN)
        return
    if params.plan_funded and not means:
        return
    payer = _other_payer(tables, h)
    if hub.plan == Plan.DRAFTED and payer != NONE:
        if draw(tables.counter[0].seed, PAYER, hub.id, 0, tick) < params.plan_payer:
            hub.plan = Plan.APPROVED
            note(tables, tick, me, Event.PLAN_APPROVED, payer, Cause.MEANS)


@rule
def _other_payer(tables: Tables, h: int) -> int:
    """Return the party that pays hub ``h`` beside its organisation, or ``NONE``.

    The insurer of older titles (GEZ, OWZ, WSV); else a municipality that adds money, with
    ``municipality.manager_first`` only once somebody is there to carry the plan out (S2 Q13-14).
    """
    hub = tables.hubs[h]
    place = tables.municipalities[hub.municipality]
    if hub.oi > 0.0:
        return party(tables, Kind.INSURER, int(place.preferred))
    waits = tables.params[0].municipality_manager_first and hub.manager == Manager.NONE
    if place.cofunding > 0.0 and not waits:
        return party(tables, Kind.MUNICIPALITY, int(hub.municipality))
    return NONE


@rule
def _decided(tables: Tables, h: int, o: int, tick: int) -> bool:
    """Return whether a committee (O&I-vakcommissie) of ``o`` gets to the plan of hub ``h``.

    There is one for each sub-region, and each decides on so many plans a quarter, drawn by lot
    (F063). The work is the organisation's.
    """
    params = tables.params[0]
    organisation = tables.organisations[o]
    committees = float(max(1, organisation.subregions))
    chance = params.hub_committee * committees / float(max(1, organisation.waiting))
    lot = draw(tables.counter[0].seed, COMMITTEE, tables.hubs[h].id, organisation.id, tick)
    if lot >= chance:
        return False
    if params.transaction_on:
        hours = params.hub_committee_hours
        organisation.carried = organisation.carried + hours
        put_cost(organisation.transaction, CostKind.CONTRACT, hours * params.supply_wage)
        me = party(tables, Kind.ORGANISATION, o)
        other = party(tables, Kind.HUB, h)
        spend_hours(
            tables, me, other, cost_code(CostKind.CONTRACT), hours, moment(tick, Phase.HUBS)
        )
    return True
