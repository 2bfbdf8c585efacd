"""Phase 9, second part: hubs, allies and practices see what they got, against a year before."""

from __future__ import annotations

from agents.compiled.draws import draw, stream
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.practice import find_counterpart
from agents.words import CostKind, Kind, Meeting, Phase, Stage
from sim.common.booking import work_together
from sim.common.funding import funder_of, trust_in_funder
from sim.common.losses import cashes, chance_dispute, dispute_money, lose_money
from sim.common.trust import adjust_trust, fade_of
from sim.common.worth import trust_of
from sim.ledger import Posting, cents_of, moment, note, party, transfer
from sim.tables import Tables

LOSS = stream("redistribution.loss")


@rule
def settle_receipts(tables: Tables, tick: int, year_ends: bool) -> None:
    """Regions make up for what hubs had; at a year's end losses are felt and disputed."""
    if _anyone_secures(tables, tick):
        for h in range(len(tables.hubs)):
            secure_hub(tables, h, tick, year_ends)
    for h in range(len(tables.hubs)):
        hub = tables.hubs[h]
        hub.received = hub.received + hub.oi + hub.from_region
        if year_ends:
            feel_hub_loss(tables, h, tick)
    if year_ends:
        for o in range(tables.counter[0].organisations):
            if tables.organisations[o].alive:
                feel_ally_loss(tables, o, tick)
    for i in range(tables.counter[0].practices):
        practice = tables.practices[i]
        practice.received = practice.received + practice.money + practice.fees
        if year_ends and practice.alive:
            feel_practice_loss(tables, i, tick)


@rule
def _anyone_secures(tables: Tables, tick: int) -> bool:
    """Return whether any insurer wants its regions to make up for what hubs had."""
    most = 0.0
    for z in range(len(tables.insurers)):
        most = max(most, tables.policy[tick][z].secured)
    return most > 0.0


@rule
def payer_of(tables: Tables, h: int) -> int:
    """Return the organisation through which money comes to hub ``h``, ``NONE``: the insurer."""
    o = funder_of(tables, h)
    if o != NONE and cashes(tables.organisations[o]):
        return o
    return NONE


@rule
def secure_hub(tables: Tables, h: int, tick: int, year_ends: bool) -> None:
    """Make up for part of what hub ``h`` had a year before, from the quarter's income (C58)."""
    hub = tables.hubs[h]
    o = payer_of(tables, h)
    if hub.stage == Stage.NONE or o == NONE:
        return
    organisation = tables.organisations[o]
    # What is made up for comes out of money of whoever is preferred at the region's seat.
    seat = tables.municipalities[organisation.municipality]
    secured = tables.policy[tick][seat.policy_of].secured
    had = 0.25 * secured * hub.before * float(hub.patients)
    short = min(had - hub.oi - hub.from_region, organisation.revenue - organisation.cost)
    if short <= 0.0:
        return
    giver = party(tables, Kind.ORGANISATION, o)
    me = party(tables, Kind.HUB, h)
    cents = max(0, min(cents_of(short), tables.accounts[giver].balance))
    transfer(tables, giver, me, Posting.HUB_BUDGET, cents, moment(tick, Phase.ALLOCATION))
    moved = float(cents) / 100.0
    organisation.cost = organisation.cost + moved
    hub.revenue = hub.revenue + moved
    hub.from_region = hub.from_region + moved
    hub.local_money = hub.local_money + moved
    if year_ends:
        note(tables, tick, me, Event.HUB_SECURED, giver, Cause.LOSS)


@rule
def comes_to_dispute(
    tables: Tables, me: int, number: int, against: int, disputed: float, tick: int
) -> bool:
    """Return whether party ``me`` disputes so many EUR with another, and book both sides' work.

    ``number`` is the stable id that keys the draw.
    """
    params = tables.params[0]
    if disputed <= 0.0:
        return False
    kind: int = Kind.PRACTICE
    if me >= int(tables.offsets[Kind.ORGANISATION]):
        kind = Kind.ORGANISATION
    elif me >= int(tables.offsets[Kind.HUB]):
        kind = Kind.HUB
    lot = draw(tables.counter[0].seed, LOSS, number, kind, tick)
    if lot >= chance_dispute(disputed, params):
        return False
    note(tables, tick, me, Event.MONEY_DISPUTED, against, Cause.LOSS)
    if params.transaction_on and params.supply_wage > 0.0:
        hours = 0.5 * disputed / params.supply_wage
        when = moment(tick, Phase.ALLOCATION)
        work_together(tables, me, against, CostKind.REDISTRIBUTION, hours, when)
        z = against - int(tables.offsets[Kind.INSURER])
        if z < len(tables.insurers):
            tables.insurers[z].hours = tables.insurers[z].hours + hours
    return True


@rule
def feel_hub_loss(tables: Tables, h: int, tick: int) -> None:
    """Hold what hub ``h`` received this year against last year's, and dispute what is less."""
    params = tables.params[0]
    hub = tables.hubs[h]
    hub.lost = 0.0
    hub.wronged = False
    if hub.stage > Stage.NONE:
        hub.lost = lose_money(hub.before, hub.received, hub.patients, params)
    hub.before = hub.received / float(max(1, hub.patients))
    if hub.lost <= 0.0:
        return
    me = party(tables, Kind.HUB, h)
    o = payer_of(tables, h)
    trust = hub.trust
    against = party(tables, Kind.INSURER, tables.municipalities[hub.municipality].preferred)
    if o != NONE:
        trust = trust_in_funder(tables, h, o)
        against = party(tables, Kind.ORGANISATION, o)
    disputed = dispute_money(hub.lost, trust, params)
    hub.wronged = comes_to_dispute(tables, me, hub.id, against, disputed, tick)
    if not hub.wronged:
        return
    i = hub.first
    while i != NONE:
        if tables.practices[i].alive and tables.practices[i].active:
            resent(tables, i, o)
        i = tables.practices[i].next_in_hub
    if o != NONE and hub.agreement == o:
        note(tables, tick, me, Event.AGREEMENT_ENDED, against, Cause.LOSS)
        hub.agreement = NONE


@rule
def resent(tables: Tables, i: int, o: int) -> None:
    """Practice ``i`` has a bad contact with whom it blames: organisation ``o``, or the insurer."""
    params = tables.params[0]
    practice = tables.practices[i]
    start = tables.municipalities[practice.municipality].trust_start
    fade = fade_of(params)
    if o == NONE:
        trust = practice.payer_trust
        practice.payer_trust = adjust_trust(trust, start, Meeting.BAD, fade, params)
        return
    k = find_counterpart(practice, o)
    if k != NONE:
        practice.trust[k] = adjust_trust(practice.trust[k], start, Meeting.BAD, fade, params)


@rule
def feel_ally_loss(tables: Tables, o: int, tick: int) -> None:
    """Hold an organisation's income against last year's: an ally disputes less with its lead."""
    params = tables.params[0]
    organisation = tables.organisations[o]
    people = int(max(organisation.insured, organisation.patients))
    # What this quarter brought is added to the year's income only when it is spent.
    income = organisation.income + organisation.revenue
    lost = lose_money(organisation.before, income, people, params)
    organisation.before = income / float(max(1, people))
    organisation.wronged = False
    lead = organisation.lead
    if lead == NONE or lost <= 0.0 or not cashes(tables.organisations[lead]):
        return
    me = party(tables, Kind.ORGANISATION, o)
    against = party(tables, Kind.ORGANISATION, lead)
    disputed = dispute_money(lost, trust_of(tables, o, lead, False), params)
    organisation.wronged = comes_to_dispute(tables, me, organisation.id, against, disputed, tick)
    i = organisation.first
    while organisation.wronged and i != NONE:
        resent(tables, i, lead)
        i = tables.practices[i].next_member


@rule
def feel_practice_loss(tables: Tables, i: int, tick: int) -> None:
    """Hold what practice ``i`` received this year against last year's, and dispute what is less.

    What its own organisation is to blame for (``lost``) weighs in its mandate: its own loss, and
    its part of what the hub lost in which it takes part.
    """
    params = tables.params[0]
    practice = tables.practices[i]
    own = lose_money(practice.before, practice.received, practice.patients, params)
    practice.before = practice.received / float(max(1, practice.patients))
    practice.lost = 0.0
    o = practice.organisation
    if o != NONE and not cashes(tables.organisations[o]):
        o = NONE
    trust = practice.payer_trust
    against = party(tables, Kind.INSURER, tables.municipalities[practice.municipality].preferred)
    if o != NONE:
        k = find_counterpart(practice, o)
        if k != NONE:
            trust = practice.trust[k]
        against = party(tables, Kind.ORGANISATION, o)
        hub = tables.hubs[practice.hub]
        practice.lost = own
        if practice.active and hub.lost > 0.0 and payer_of(tables, practice.hub) == o:
            part = float(practice.patients) / float(max(1, hub.patients))
            practice.lost = own + part * hub.lost
    disputed = dispute_money(own, trust, params)
    me = party(tables, Kind.PRACTICE, i)
    if comes_to_dispute(tables, me, practice.id, against, disputed, tick):
        resent(tables, i, o)
