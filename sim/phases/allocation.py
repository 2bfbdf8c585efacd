"""Phase 9, allocation: a lead passes on, organisations fund hubs, units pay their suppliers."""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.title import Policy, pays_by_group
from agents.words import Kind, Phase, Plan, Stage
from sim.common.claims import organisation_claim, title_amount
from sim.common.cofunding import cofund_hub
from sim.common.funding import approved_by_funder, funder_of
from sim.common.purse import fill_purse, part_of, take_from_purse
from sim.ledger import Posting, cents_of, moment, party, transfer
from sim.tables import Tables


@rule
def allocate(tables: Tables, tick: int) -> None:
    """Divide what came in: over an alliance, over hubs with a plan, over chosen suppliers."""
    for o in range(tables.counter[0].organisations):
        organisation = tables.organisations[o]
        if organisation.alive and organisation.lead != NONE:
            _pass_on(tables, o, tick)
    pay_plus(tables, tick)
    _count_funded(tables)
    for m in range(len(tables.municipalities)):
        tables.municipalities[m].paid = 0.0
    for h in range(len(tables.hubs)):
        _fund_hub(tables, h, tick)
    for m in range(len(tables.municipalities)):
        if tables.municipalities[m].joint:
            _pool_hubs(tables, m, tick)
    for h in range(len(tables.hubs)):
        if tables.hubs[h].plan == Plan.RUNNING:
            _pay_attendance(tables, h, tick)
    for u in range(tables.counter[0].units):
        if tables.units[u].alive and tables.units[u].revenue > 0.0:
            _pay_suppliers(tables, u, tick)


@rule
def part_of_claims(tables: Tables, o: int, tick: int) -> float:
    """Return the share of ally ``o`` in what its lead claims for all.

    By named insured; a bundle per patient by the patients in its own programmes.
    """
    organisation = tables.organisations[o]
    lead = tables.organisations[organisation.lead]
    by_head = float(organisation.insured) / float(lead.allied_insured)
    grouped = False
    mine = 0.0
    total = 0.0
    for k in range(len(tables.tariffs)):
        title = tables.titles[tick][k]
        if not title.active or title.mandate <= 0.0 or lead.contract[k] == NONE:
            continue
        claim = organisation_claim(tables, int(organisation.lead), k, tick)
        part = by_head
        if pays_by_group(title):
            grouped = True
            bundle = title_amount(tables, k, tick, lead.allied_insured, lead.allied_served, 0.0)
            own = title_amount(tables, k, tick, organisation.insured, organisation.served, 0.0)
            part = own / bundle if bundle > 0.0 else by_head
        mine = mine + part * claim
        total = total + claim
    if not grouped or total <= 0.0:
        return by_head
    return min(1.0, mine / total)


@rule
def _pass_on(tables: Tables, o: int, tick: int) -> None:
    """Give an ally its part of what the lead received, less a share for leading."""
    organisation = tables.organisations[o]
    lead = tables.organisations[organisation.lead]
    if lead.allied_insured <= 0 or lead.shared_revenue <= 0.0 or organisation.insured <= 0:
        return
    part = part_of_claims(tables, o, tick)
    share = part * (1.0 - tables.params[0].organisation_lead_share)
    euros = lead.shared_revenue * share
    giver = party(tables, Kind.ORGANISATION, organisation.lead)
    # An alliance may have grown since names were counted: nobody gives what is not there.
    cents = min(cents_of(min(euros, lead.revenue)), tables.accounts[giver].balance)
    transfer(
        tables,
        giver,
        party(tables, Kind.ORGANISATION, o),
        Posting.PASS_ON,
        cents,
        moment(tick, Phase.ALLOCATION),
    )
    moved = float(cents) / 100.0
    kept = 1.0 - moved / max(0.01, lead.revenue)
    for f in range(len(lead.money)):
        passed = lead.money[f] * (1.0 - kept)
        organisation.money[f] = organisation.money[f] + passed
        lead.money[f] = lead.money[f] - passed
    # Who gets a part of what was paid bears that part of what was cut.
    borne = lead.cut * (1.0 - kept)
    lead.cut = lead.cut - borne
    organisation.cut = organisation.cut + borne
    bargained = lead.bargained * (1.0 - kept)
    organisation.bargained = organisation.bargained + bargained
    lead.bargained = lead.bargained - bargained
    lead.revenue = lead.revenue - moved
    lead.oi = lead.oi - moved
    organisation.revenue = organisation.revenue + moved
    organisation.oi = organisation.oi + moved
    # Money for hubs stays money for hubs.
    hubs = min(moved, min(lead.hub_money, lead.hub_shared * share))
    lead.hub_money = lead.hub_money - hubs
    organisation.hub_money = organisation.hub_money + hubs


@rule
def divide_hub_money(heads: float, contribution: float, funded: int, policy: Policy) -> float:
    """Return the share of an organisation's hub money that one hub with a plan gets (A1f).

    ``heads``: its part of the insured; ``contribution``: what its table brings; ``funded``: the
    hubs that share. An equal base amount, projects, and what is left per head; money for projects
    that nobody brings stays with the organisation.
    """
    per_head = heads * (1.0 - policy.base_amount - policy.projects)
    base = policy.base_amount / float(max(1, funded))
    return per_head + base + policy.projects * heads * contribution


@rule
def _fund_hub(tables: Tables, h: int, tick: int) -> None:
    """Give a hub with an approved plan its part per head, and what the municipality adds."""
    params = tables.params[0]
    hub = tables.hubs[h]
    me = party(tables, Kind.HUB, h)
    cofund_hub(tables, h, tick)
    if not approved_by_funder(hub, params):
        return
    o = funder_of(tables, h)
    if o != NONE:
        organisation = tables.organisations[o]
        # One rule for one purse: that of the insurer at the seat, who filled it.
        seat = tables.municipalities[organisation.municipality]
        rules = tables.policy[tick][seat.policy_of]
        if organisation.regioplan and organisation.insured > 0:
            share = part_of(tables, h, o)
            share = divide_hub_money(share, hub.contribution, organisation.funded, rules)
            giver = party(tables, Kind.ORGANISATION, o)
            own = params.hub_share * share * (organisation.revenue - organisation.hub_money)
            theirs = take_from_purse(organisation, share)
            cents = min(cents_of(own + theirs), tables.accounts[giver].balance)
            transfer(tables, giver, me, Posting.HUB_BUDGET, cents, moment(tick, Phase.ALLOCATION))
            moved = float(cents) / 100.0
            organisation.cost = organisation.cost + moved
            hub.revenue = hub.revenue + moved
            hub.from_region = moved
            hub.local_money = hub.local_money + moved


@rule
def _count_funded(tables: Tables) -> None:
    """Count the hubs with an approved plan that each organisation funds, and open its purse."""
    for o in range(tables.counter[0].organisations):
        organisation = tables.organisations[o]
        organisation.funded = 0
        organisation.funded_share = 0.0
    for h in range(len(tables.hubs)):
        if approved_by_funder(tables.hubs[h], tables.params[0]):
            o = funder_of(tables, h)
            if o != NONE:
                organisation = tables.organisations[o]
                organisation.funded = organisation.funded + 1
                organisation.funded_share = organisation.funded_share + part_of(tables, h, o)
    for o in range(tables.counter[0].organisations):
        fill_purse(tables.organisations[o], tables.params[0].supply_release)


@rule
def _pool_hubs(tables: Tables, m: int, tick: int) -> None:
    """Divide the local money of the running hubs of a gemeentehub per head, in whole cents."""
    place = tables.municipalities[m]
    town = party(tables, Kind.MUNICIPALITY, m)
    total = 0
    patients = 0
    for h in range(place.first_hub, place.first_hub + place.hubs):
        hub = tables.hubs[h]
        if hub.stage >= Stage.DRIVER:
            # Cents are rounded part by part: nobody gives what is not there.
            cents = min(
                cents_of(hub.local_money), tables.accounts[party(tables, Kind.HUB, h)].balance
            )
            cents = max(0, cents)
            transfer(
                tables,
                party(tables, Kind.HUB, h),
                town,
                Posting.POOL,
                cents,
                moment(tick, Phase.ALLOCATION),
            )
            hub.revenue = hub.revenue - float(cents) / 100.0
            hub.local_money = 0.0
            total = total + cents
            patients = patients + hub.patients
    reached = 0
    given = 0
    for h in range(place.first_hub, place.first_hub + place.hubs):
        hub = tables.hubs[h]
        if hub.stage >= Stage.DRIVER and patients > 0:
            reached = reached + hub.patients
            edge = (total * reached) // patients
            transfer(
                tables,
                town,
                party(tables, Kind.HUB, h),
                Posting.POOL,
                edge - given,
                moment(tick, Phase.ALLOCATION),
            )
            moved = float(edge - given) / 100.0
            hub.revenue = hub.revenue + moved
            hub.local_money = moved
            given = edge


@rule
def _pay_attendance(tables: Tables, h: int, tick: int) -> None:
    """Pay practices that take part in a running hub for their meeting hours."""
    params = tables.params[0]
    hub = tables.hubs[h]
    me = party(tables, Kind.HUB, h)
    i = hub.first
    while i != NONE:
        practice = tables.practices[i]
        if practice.alive and practice.active:
            fee = 0.25 * params.hub_meeting * params.hub_attendance
            cents = min(cents_of(min(fee, hub.local_money)), tables.accounts[me].balance)
            if cents > 0:
                transfer(tables, me, party(tables, Kind.PRACTICE, i), Posting.ATTENDANCE, cents,
                         moment(tick, Phase.ALLOCATION))  # fmt: skip
                paid = float(cents) / 100.0
                practice.fees = practice.fees + paid
                hub.local_money = max(0.0, hub.local_money - paid)
                hub.revenue = max(0.0, hub.revenue - paid)
        i = practice.next_in_hub


@rule
def _pay_suppliers(tables: Tables, u: int, tick: int) -> None:
    """Pay each supplier the unit chose, function by function and group by group."""
    unit = tables.units[u]
    practice = tables.practices[unit.chair]
    functions = len(tables.functions)
    me = party(tables, Kind.UNIT, u)
    hubs = int(tables.offsets[Kind.HUB])
    organisations = int(tables.offsets[Kind.ORGANISATION])
    for f in range(functions):
        for g in range(len(tables.groups)):
            supplier = practice.supplier[g * functions + f]
            euros = unit.pays[f] * practice.weights[g]
            if supplier == me or supplier == NONE:
                unit.money[f] = unit.money[f] + euros
                continue
            # Cents are rounded part by part: the last part takes what is left.
            cents = min(cents_of(euros), tables.accounts[me].balance)
            transfer(tables, me, supplier, Posting.PURCHASE, cents, moment(tick, Phase.ALLOCATION))
            moved = float(cents) / 100.0
            if supplier >= organisations:
                seller = tables.organisations[supplier - organisations]
                seller.money[f] = seller.money[f] + moved
                seller.revenue = seller.revenue + moved
                seller.sold = seller.sold + moved
            elif supplier >= hubs:
                hub = tables.hubs[supplier - hubs]
                hub.money[f] = hub.money[f] + moved
                hub.revenue = hub.revenue + moved


@rule
def pay_plus(tables: Tables, tick: int) -> None:
    """Pass the practices' part of PLUS money on to them, per insured."""
    params = tables.params[0]
    for i in range(tables.counter[0].practices):
        practice = tables.practices[i]
        if not practice.alive or practice.plus_named == 0 or practice.organisation == NONE:
            continue
        organisation = tables.organisations[practice.organisation]
        if organisation.plus_insured <= 0 or organisation.plus_money <= 0.0:
            continue
        part = min(1.0, float(practice.plus_named) / float(organisation.plus_insured))
        giver = party(tables, Kind.ORGANISATION, practice.organisation)
        euros = params.plus_pay * organisation.plus_money * part
        cents = max(0, min(cents_of(euros), tables.accounts[giver].balance))
        me = party(tables, Kind.PRACTICE, i)
        transfer(tables, giver, me, Posting.PLUS_PAY, cents, moment(tick, Phase.ALLOCATION))
        paid = float(cents) / 100.0
        practice.fees = practice.fees + paid
        organisation.revenue = max(0.0, organisation.revenue - paid)
